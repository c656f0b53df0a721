"""Answers a language model writes, each sentence bound to the passages it cites and proved as it arrives.

Knows how a reply is read; the proof itself is `answer.verify`'s, the connection client.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from panelbot.answer.llm.client import ReplyError, stream_reply
from panelbot.answer.llm.prompt import NO_ANSWER, Given, given_passages, messages
from panelbot.answer.phrasing import label, short_name
from panelbot.answer.quote_segments import segment_spans
from panelbot.answer.sentences import Sentence, Span, render
from panelbot.answer.verify import TURNED_ROUND, Proof, Proved, Prover
from panelbot.answer.verify.quotation import is_open
from panelbot.config import Settings
from panelbot.text import has_han, sentence_spans, strip_invisible
from panelbot.types import Hit, Question, Transcript

MOST = 2  # times the sentences that are asked for: so many are read
N_TRIED = 3  # runs of sentences of a passage that a sentence is bound to
Read = tuple[str, tuple[int, ...], bool]
"""A sentence of a reply: its text without markers, the numbers it cites, whether it begins a line."""

_MARKER = re.compile(r"(?<!\s)\s*[\[【［](\d{1,3}(?:\s*[,，、;\-–]\s*\d{1,3})*)[\]】］]")
_HALF_MARKER = re.compile(r"(?<!\s)\s*[\[【［][\d\s,，、;\-–]*$")
_MARKER_AFTER_END = re.compile(rf"((?<![。.!?！？])[。.!?！？]+[\"”」』]?)((?:{_MARKER.pattern})+)")
_SAYS_NO = re.compile(
    r"\b(?:passages?|excerpts?)\b[^.]*(?:\bnot?\b|n['’]t\b|\bnothing\b)[^.]*"
    r"\b(?:mention|discuss|answer|address|contain|provide|say|state|specif|give|include|inform)"
    r"|(?:\bnot?\b|n['’]t\b|\bnothing\b|\bnobody\b)[^.]*\b(?:mention|discuss|answer|address|said|say|state|specif|inform)"
    r"[^.]*\b(?:in|by|from) (?:the|these|this|any|any of the)(?: given| provided)? (?:passages?|excerpts?)\b"
    r"|段落[^。]*(?:没|未|不)[^。]{0,6}(?:提|谈|说|讨论|涉及|回答|包含|给出)"
    r"|(?:没有?|未)(?:在[^。]{0,8}段落)[^。]*(?:提|谈|说|讨论|涉及|回答)",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^[^\S\n]*(?:[-*•]\s+|\d{1,2}[.)、]\s+|#+\s+)|\*\*|__|`", re.MULTILINE)


def generate(
    question: Question,
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    settings: Settings,
    prover: Prover,
) -> Iterator[str | Proved]:
    """The text so far as the model writes it, finished sentences already proved, and the proved answer last.

    Raises:
        ReplyError: no reply, or nothing in it that could be proved.
    """
    given = given_passages(hits, transcripts)
    limit = max(settings.max_sentences, len(given)) if question.kind == "each" else settings.max_sentences
    asked = messages(question, given, transcripts, limit=limit)
    proof, n_done, reply = Proof(prover), 0, ""
    most = MOST * limit  # a model that will not stop is not read to its end
    for reply in stream_reply(asked, settings):
        if NO_ANSWER.startswith(reply.strip()[: len(NO_ANSWER)]):
            continue
        sentences = read_reply(_HALF_MARKER.sub("", reply))
        for sentence in sentences[n_done : min(len(sentences) - 1, most)]:
            _prove(sentence, given, prover, proof)
        n_done = max(n_done, len(sentences) - 1)
        shown, _ = render(proof.sentences, transcripts, question.language)
        yield "\n".join(part for part in (shown, sentences[-1][0] if sentences else "") if part)
        if n_done >= most:
            break
    sentences = read_reply(reply)
    if reply.strip().upper().startswith(NO_ANSWER) or (sentences and all(says_no(text) for text, _, _ in sentences)):
        raise ReplyError("no_answer")
    for sentence in sentences[n_done:most]:
        _prove(sentence, given, prover, proof)
    if all(sentence.speaker for sentence in proof.sentences):  # quotes in the place of what it made up, at most
        cites = any(1 <= number <= len(given) for _, numbers, _ in sentences for number in numbers)
        raise ReplyError("unproved" if cites else "malformed")
    yield proof.proved


def _prove(sentence: Read, given: Sequence[Given], prover: Prover, proof: Proof) -> None:
    """Add a sentence to the proof, unless it says of the passages that they do not hold what is asked."""
    text, numbers, paragraph = sentence
    if says_no(text):
        proof.dropped += 1
    else:
        proof.add(bound(unlabelled(text, given, prover), numbers, given, prover, paragraph=paragraph))


def unlabelled(text: str, given: Sequence[Given], prover: Prover) -> str:
    """An English sentence without the Chinese facts behind a name of the prompt: they would make it a Chinese one."""
    people = {(passage.span.transcript_id, passage.speaker) for passage in given}
    for speaker in (prover.transcripts[tid].speaker(name) for tid, name in sorted(people)):
        if prover.language == "en" and has_han(speaker.name):
            text = text.replace(label(speaker, "en"), short_name(speaker.name, "en"))
    return text


def says_no(text: str) -> bool:
    """Whether it is a sentence about the passages: that they do not hold what is asked."""
    return _SAYS_NO.search(text) is not None


def read_reply(reply: str) -> list[Read]:
    """The sentences of a reply."""
    plain = _MARKDOWN.sub("", strip_invisible(reply))
    plain = _MARKER_AFTER_END.sub(lambda m: m.group(2) + m.group(1), plain)
    found: list[Read] = []
    for start, end in _whole_quotations(plain):
        numbers = tuple(n for m in _MARKER.finditer(plain, start, end) for n in _numbers(m.group(1)))
        text = _MARKER.sub("", plain[start:end]).strip()
        if re.search(r"\w", text):
            found.append((text, tuple(dict.fromkeys(numbers)), "\n" in plain[:start].rstrip(" ")[-1:]))
    return found


def _whole_quotations(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text``; those of one quotation are one."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if spans and is_open(text[slice(*spans[-1])]) and "\n" not in text[spans[-1][1] : start]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _numbers(marker: str) -> list[int]:
    """``1, 3`` is 1 and 3; ``2-4`` is 2, 3 and 4."""
    found: list[int] = []
    for part in re.split(r"(?<!\s)\s*[,，、;]\s*", marker):
        ends = [int(end) for end in re.split(r"(?<!\s)\s*[-–]\s*", part)]
        found.extend(range(ends[0], min(ends[-1], ends[0] + 20) + 1))
    return found


def bound(text: str, numbers: Sequence[int], given: Sequence[Given], prover: Prover, *, paragraph: bool) -> Sentence:
    """The sentence with the spans it cites: of each passage the part that carries it; unknown numbers are left out."""
    cited = [given[number - 1] for number in numbers if 1 <= number <= len(given)]
    spans = tuple(dict.fromkeys(_carrying(text, passage, prover) for passage in cited))
    return Sentence(text=text, spans=spans, paragraph=paragraph)


def _carrying(text: str, passage: Given, prover: Prover) -> Span:
    """The smallest run of sentences of a passage that proves ``text``; the whole passage where none does.

    One that ``text`` turns round is taken too, for the proof to refuse: a denial is not to be carried by what stands
    beside the words it denies.
    """
    whole = prover.transcripts[passage.span.transcript_id].turns[passage.span.turn].text
    pieces = segment_spans(whole, passage.span.start, passage.span.end)
    runs = [(a, b) for size in (1, 2) for (a, _), (_, b) in zip(pieces, pieces[size - 1 :], strict=False)]
    spans = [Span(transcript_id=passage.span.transcript_id, turn=passage.span.turn, start=a, end=b) for a, b in runs]
    carried = prover.carried(text, spans)
    for span in sorted(spans, key=lambda s: -carried[s])[:N_TRIED]:
        if prover.fault(Sentence(text=text, spans=(span,))) in ("", TURNED_ROUND):
            return span
    return passage.span
