"""Judging an answer against its question's gold: every judgement is a number from 0 to 1, or is not defined.

Knows transcripts, citations and statuses; nothing about how the answer was made, and nothing it trusts the
answer to say about itself: quotes and speakers are looked up in the transcript again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from panelbot.evaluation.gold import bare
from panelbot.evaluation.questions import GoldQuestion
from panelbot.text import fold, sentence_spans
from panelbot.types import Answer, Citation, Speaker, Transcript

REFUSED = "refused"
"""The expected status of an unanswerable question whose file names no status: any kind of "no"."""

ANSWER_MEASURES = (
    "first_citation",
    "shown",
    "citation_precision",
    "citation_recall",
    "quote_integrity",
    "attribution",
    "speaker_precision",
    "speaker_coverage",
    "strings_found",
    "refusal_precision",
    "refusal_recall",
    "answered",
    "false_unanswered",
    "false_silence",
    "status",
)

LOWER_IS_BETTER = frozenset({"false_unanswered", "false_silence"})
"""Of these the mean should be near 0: each is a false statement about the panel."""

_MARKER = re.compile(r"\[(\d+)\]")
_LEADING_MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_QUOTED = re.compile('“[^”]*”|「[^」]*」|『[^』]*』|‘[^’]*’|"[^"]*"')


def expected_status(question: GoldQuestion) -> str:
    """The status the question should get."""
    return question.status or ("answered" if question.answerable else REFUSED)


def judge_answer(question: GoldQuestion, answer: Answer, transcripts: Mapping[str, Transcript]) -> dict[str, float]:
    """The measures of one answer, by name; one that does not apply to the question is left out.

    ``citation_recall``, ``speaker_coverage`` and ``strings_found`` of an answerable question that was refused are 0,
    and so is ``first_citation``; ``shown`` counts what is offered with a no, and beside an answer, too.
    """
    refused = answer.status != "answered"
    expected = expected_status(question)
    measures = {"status": float(refused if expected == REFUSED else answer.status == expected)}
    if refused:
        measures["refusal_precision"] = float(not question.answerable)
    measures["answered" if question.answerable else "refusal_recall"] = float(refused != question.answerable)
    shown = [*answer.citations, *answer.nearest, *answer.also]
    if shown:
        measures["quote_integrity"] = _share([_is_exact(citation, transcripts) for citation in shown])
        measures["attribution"] = _share(
            [_is_attributed(citation, transcripts) for citation in shown] + _judge_sentences(answer, transcripts)
        )
    if question.answerable:
        measures["false_unanswered"] = float(answer.status == "asked_not_answered")
        measures["false_silence"] = float(answer.status in ("not_by_speaker", "not_discussed"))
        measures |= _judge_against_gold(question, answer, transcripts)
    return measures


def _judge_against_gold(
    question: GoldQuestion, answer: Answer, transcripts: Mapping[str, Transcript]
) -> dict[str, float]:
    measures: dict[str, float] = {}
    citations = answer.citations
    right = {(question.transcript_id, turn) for turn in (*question.gold_turns, *question.evidence_turns)}
    needed = {(question.transcript_id, turn) for turn in question.evidence_turns or question.gold_turns}
    cited = {(citation.transcript_id, citation.turn) for citation in citations}
    if right:
        if citations:
            measures["citation_precision"] = _share([(c.transcript_id, c.turn) in right for c in citations])
        first, shown = citations[:1], (*citations, *answer.nearest, *answer.also)
        measures["first_citation"] = float(any((c.transcript_id, c.turn) in right for c in first))
        measures["shown"] = float(any((c.transcript_id, c.turn) in right for c in shown))
        measures["citation_recall"] = len(needed & cited) / len(needed)
    if question.speakers:
        people = [_turn_speaker(citation, transcripts) for citation in citations]
        if citations:
            named = [any(_is_called(person, name) for name in question.speakers) for person in people]
            measures["speaker_precision"] = _share(named)
        covered = [any(_is_called(person, name) for person in people) for name in question.speakers]
        measures["speaker_coverage"] = _share(covered)
    if question.quotes:
        quoted = [bare(citation.quote) for citation in citations]
        measures["strings_found"] = _share([any(bare(text) in quote for quote in quoted) for text in question.quotes])
    return measures


def _share(judgements: Sequence[bool]) -> float:
    return sum(judgements) / len(judgements)


def _is_exact(citation: Citation, transcripts: Mapping[str, Transcript]) -> bool:
    transcript = transcripts.get(citation.transcript_id)
    if transcript is None or not 0 <= citation.turn < len(transcript.turns) or not citation.quote:
        return False
    return transcript.turns[citation.turn].text[citation.start : citation.end] == citation.quote


def _turn_speaker(citation: Citation, transcripts: Mapping[str, Transcript]) -> Speaker | None:
    transcript = transcripts.get(citation.transcript_id)
    if transcript is None or not 0 <= citation.turn < len(transcript.turns):
        return None
    return transcript.speaker(transcript.turns[citation.turn].speaker)


def _is_attributed(citation: Citation, transcripts: Mapping[str, Transcript]) -> bool:
    speaker = _turn_speaker(citation, transcripts)
    return speaker is not None and speaker.name == citation.speaker


def _is_called(speaker: Speaker | None, name: str) -> bool:
    return speaker is not None and fold(name) in {fold(speaker.name), *map(fold, speaker.aliases)}


def _judge_sentences(answer: Answer, transcripts: Mapping[str, Transcript]) -> list[bool]:
    """For each sentence that cites and names a speaker outside quotation marks: does it cite that speaker's turns?

    A sentence that names nobody is not judged: its citations are, each for itself.
    """
    by_number = {citation.number: citation for citation in answer.citations}
    judged: list[bool] = []
    for sentence in _sentences(answer.text):
        cited = [by_number[int(n)] for n in _MARKER.findall(sentence) if int(n) in by_number]
        owners = {(c.transcript_id, speaker.name) for c in cited if (speaker := _turn_speaker(c, transcripts))}
        named = {
            (transcript_id, speaker.name)
            for transcript_id in sorted({transcript_id for transcript_id, _ in owners})
            for speaker in transcripts[transcript_id].speakers
            if _names(sentence, speaker.name)
        }
        if named:
            judged.append(owners <= named)
    return judged


def _names(sentence: str, name: str) -> bool:
    # A name of one letter is everywhere; one written in letters counts as whole words only.
    if len(name) < 2:
        return False
    edge = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
    return re.search(edge[0] + re.escape(name) + edge[1], sentence) is not None


def _sentences(text: str) -> list[str]:
    """The sentences with what they quote blanked out; a marker behind a full stop belongs to the sentence before."""
    sentences: list[str] = []
    for line in _QUOTED.sub(lambda match: " " * len(match.group()), text).splitlines():
        for place, (start, end) in enumerate(sentence_spans(line)):
            sentence = line[start:end]
            markers = _LEADING_MARKERS.match(sentence)
            if markers and place:
                sentences[-1] += markers.group()
                sentence = sentence[markers.end() :]
            sentences.append(sentence)
    return sentences
