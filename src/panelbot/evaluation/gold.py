"""What questions are asked of: the transcript each one names, and the turns that hold the quotes given as its gold.

Knows transcripts and questions as they stand; nothing about search.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from panelbot.evaluation.questions import GoldQuestion, Source, left_out_words, parse_questions, raise_faults
from panelbot.readers.document import transcript_id
from panelbot.text import fold
from panelbot.types import Transcript

logger = logging.getLogger(__name__)
_NO_FILES: Mapping[str, Sequence[str]] = {}
_SHOWN = 60  # characters of a quote in a fault
# What a raw file and the text read from it may write differently: white space, marks of emphasis, links and quotation.
_MARKS = re.compile(r"\s+|[*_`\\]+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_QUOTATION = str.maketrans("‘’“”‐‑–—", "''\"\"----")


def load_questions(sources: Iterable[Source], transcripts: Sequence[Transcript]) -> tuple[GoldQuestion, ...]:
    """The questions of JSONL files (paths) or of mappings of the same shape, checked against the transcripts.

    Lines marked unjudged are left out, and a warning names them.

    Raises:
        QuestionsError: with every fault of every line in ``.faults`` and in the message.
    """
    parsed = parse_questions(sources)
    questions, unmatched = match_transcripts(parsed.questions, transcripts)
    raise_faults([*parsed.faults, *unmatched])
    if parsed.unjudged:
        logger.warning("%s", left_out_words(parsed.unjudged))
    return questions


def match_transcripts(
    questions: Sequence[GoldQuestion],
    transcripts: Sequence[Transcript],
    files: Mapping[str, Sequence[str]] = _NO_FILES,
) -> tuple[tuple[GoldQuestion, ...], list[str]]:
    """The questions, each with its transcript and its gold turns, and what is wrong with them.

    A question names its transcript by id or by file (``files``: the ids of the transcripts each file name holds); one
    that names none is asked of the only one there is. Where its gold is quotes alone, gold turns are those that hold
    one; a quote that no turn holds is a fault.
    """
    library = Library(transcripts, files)
    matched: list[GoldQuestion] = []
    faults: list[str] = []
    for question in questions:
        found, wrong = library.match(question)
        matched.append(found)
        faults += [f"{question.where}: {fault}" for fault in wrong]
    return tuple(matched), faults


class Library:
    """Transcripts by id and by file, with their turns in the form in which quotes are compared, made once each."""

    def __init__(self, transcripts: Sequence[Transcript], files: Mapping[str, Sequence[str]]) -> None:
        self._transcripts = {transcript.id: transcript for transcript in transcripts}
        self._files = files
        self._turns: dict[str, list[str]] = {}

    def match(self, question: GoldQuestion) -> tuple[GoldQuestion, list[str]]:
        """The question with its transcript and gold turns filled in, and its faults."""
        name, fault = self._name(question)
        found = replace(question, transcript_id=name)
        if fault:
            return found, [fault]
        if not name:
            return found, self._unplaced(question)
        if question.quotes and not question.gold_turns and question.answerable:
            held = {quote: self.holding(quote, name) for quote in question.quotes}
            found = replace(found, gold_turns=tuple(sorted({turn for turns in held.values() for turn in turns})))
            lost = [quote for quote, turns in held.items() if not turns]
            return found, [f"{question.query_id}: no turn of {name} holds {_shown(quote)}" for quote in lost]
        return found, list(_check_turns(question, len(self._transcripts[name].turns)))

    def holding(self, quote: str, name: str) -> list[int]:
        """The turns of the transcript ``name`` that hold ``quote``, 0-based."""
        if name not in self._turns:
            self._turns[name] = [bare(turn.text) for turn in self._transcripts[name].turns]
        wanted = bare(quote)
        return [place for place, text in enumerate(self._turns[name]) if wanted and wanted in text]

    def _name(self, question: GoldQuestion) -> tuple[str, str]:
        """The id of the transcript a question is asked of, empty for none; and what is wrong with its naming."""
        only = next(iter(self._transcripts)) if len(self._transcripts) == 1 else ""
        if question.transcript_id or not question.file:
            name = question.transcript_id or only
            fault = f"there is no transcript {name!r}; there is {self._known()}"
            return name, fault if name and name not in self._transcripts else ""
        file = PurePath(question.file.replace("\\", "/")).name
        held = self._files.get(file, ()) or [id for id in (transcript_id(file),) if id in self._transcripts]
        if len(held) == 1:
            return held[0], ""
        many = f"{question.file} holds several transcripts; name one by transcript_id"
        return "", many if held else f"there is no transcript of the file {question.file}; there is {self._known()}"

    def _known(self) -> str:
        names = sorted(self._transcripts)
        return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "") or "none"

    def _unplaced(self, question: GoldQuestion) -> list[str]:
        if question.gold_turns or question.evidence_turns or question.quotes:
            return [f"gold needs a transcript_id, there are {len(self._transcripts)} transcripts"]
        return []


def bare(text: str) -> str:
    """The form in which a quote is looked for: folded, without white space and the marks of a raw file's markup."""
    plain = html.unescape(_LINK.sub(r"\1", text)).translate(_QUOTATION)
    return _MARKS.sub("", fold(plain))


def _shown(quote: str) -> str:
    return f"“{quote[:_SHOWN]}…”" if len(quote) > _SHOWN else f"“{quote}”"


def _check_turns(question: GoldQuestion, n_turns: int) -> Iterable[str]:
    for key, turns in (("gold_turns", question.gold_turns), ("evidence_turns", question.evidence_turns)):
        outside = [turn for turn in turns if not 0 <= turn < n_turns]
        if outside:
            listed = ", ".join(map(str, outside[:5])) + (" …" if len(outside) > 5 else "")
            span = f"turns 0 to {n_turns - 1}" if n_turns else "no turns"
            yield f"{key} {listed} out of range: the transcript has {span}"
