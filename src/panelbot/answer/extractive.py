"""Answers made of quotes alone: no language model, nothing that was not said.

Knows how chosen sentences are grouped and framed; does not choose them and does not decide whether there is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panelbot.answer.phrasing import label, more_people, names, opening, quoted, says
from panelbot.answer.select import choose
from panelbot.answer.sentences import Candidate, Sentence, Span
from panelbot.text.asking import is_question
from panelbot.types import Language, Question, Speaker, SpeakerRef, Transcript

MOST_PEOPLE = 6  # who are named where it is asked who said something
ABOUT = 0.85  # so much of the words of the best sentence another must hold to say the same
SAME = 0.7  # so much of the words asked about must be in a sentence for its speaker to have "said it"


def compose(
    question: Question, ranked: Sequence[Candidate], transcripts: Mapping[str, Transcript], *, limit: int
) -> tuple[Sentence, ...]:
    """The answer to a question about what was said, grouped by speaker, the best speaker first."""
    if question.kind == "who_said":
        return who_said(question, ranked, transcripts)
    return quote_groups(choose(ranked, limit=limit), ranked, transcripts, question.language)


def quote_groups(
    chosen: Sequence[Candidate],
    ranked: Sequence[Candidate],
    transcripts: Mapping[str, Transcript],
    language: Language,
) -> tuple[Sentence, ...]:
    """One line a speaker, in the order of each one's best sentence."""
    best = {c.span: rank for rank, c in enumerate(ranked)}
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in sorted(chosen, key=lambda c: best.get(c.span, len(best))):
        groups.setdefault((candidate.span.transcript_id, candidate.speaker), []).append(candidate)
    return tuple(
        sentence
        for (transcript_id, name), members in groups.items()
        for sentence in quote_lines(transcripts[transcript_id].speaker(name), members, transcripts, language)
    )


def quote_lines(
    speaker: Speaker, members: Sequence[Candidate], transcripts: Mapping[str, Transcript], language: Language
) -> tuple[Sentence, ...]:
    """What one speaker said: the best turn first, each in its order; sentences that follow each other are one quote."""
    sentences: list[Sentence] = []
    best = {(c.span.transcript_id, c.span.turn): c.score for c in sorted(members, key=lambda c: c.score)}
    spans = joined(members)
    for span in sorted(spans, key=lambda s: (-best[s.transcript_id, s.turn], s)):
        quote = transcripts[span.transcript_id].turns[span.turn].text[span.start : span.end]
        again = bool(sentences)
        text = says(speaker, quote, language, again=again, asks=is_question(quote))
        sentences.append(Sentence(text=text, spans=(span,), speaker=speaker.name, paragraph=not again))
    return tuple(sentences)


def joined(members: Sequence[Candidate]) -> tuple[Span, ...]:
    """The spans of ``members`` in order, neighbouring sentences of a turn as one span."""
    spans: list[Span] = []
    last: Candidate | None = None
    for member in sorted(members, key=lambda c: c.span):
        follows = (
            last is not None
            and (last.span.transcript_id, last.span.turn) == (member.span.transcript_id, member.span.turn)
            and member.order == last.order + 1
        )
        if follows:
            first = spans.pop()
            spans.append(
                Span(transcript_id=first.transcript_id, turn=first.turn, start=first.start, end=member.span.end)
            )
        else:
            spans.append(member.span)
        last = member
    return tuple(spans)


def who_said(
    question: Question, ranked: Sequence[Candidate], transcripts: Mapping[str, Transcript]
) -> tuple[Sentence, ...]:
    """Names first: those who said it, each with their best sentence, in the order of the talk; how many more did."""
    said = [c for c in ranked if c.covered >= ABOUT * ranked[0].covered and not is_question(c.text)] or ranked[:1]
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in said:
        best.setdefault((candidate.span.transcript_id, candidate.speaker), candidate)
    shown = sorted(list(best.items())[:MOST_PEOPLE], key=lambda item: item[1].span)
    sentences: list[Sentence] = []
    for (transcript_id, name), candidate in shown:
        speaker = transcripts[transcript_id].speaker(name)
        quote = quoted(candidate.text, question.language)
        if candidate.covered < SAME:  # near it, but not it
            text = says(speaker, candidate.text, question.language, asks=is_question(candidate.text))
        elif question.language == "zh":
            text = f"{label(speaker, 'zh')}说过：{quote}"
        else:
            text = f"{opening(label(speaker, 'en'))} said it: {quote}"
        sentences.append(Sentence(text=text, spans=(candidate.span,), speaker=name, paragraph=True))
    return (*sentences, *more_people(len(best) - len(shown), question.language))


def coverage(n_spoke: int, silent: Sequence[SpeakerRef], language: Language) -> Sentence:
    """The line that counts who spoke to it and names who did not."""
    total = n_spoke + len(silent)
    if language == "zh":
        text = f"{total} 位发言人中有 {n_spoke} 位谈到了这一点"
        text += f"；没有找到{names(silent, language)}的相关发言。" if silent else "。"
    else:
        text = f"{n_spoke} of {total} speakers spoke to this"
        text += f"; nothing on it was found by {names(silent, language)}." if silent else "."
    return Sentence(text=text, paragraph=True, frame=True)
