"""Questions with their gold turns, read from JSONL; every fault of every line is found before any is reported.

Knows the questions format of DESIGN.md and nothing about search, measures or reports.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from panelbot.errors import QuestionsError
from panelbot.text import detect_language
from panelbot.types import STATUSES, Exchange

Source = str | Path | Mapping[str, Any]
FEEDBACK = "feedback"  # the kind of a question that a reader of the page judged


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question and what a good search and answer for it hold.

    ``gold_turns`` and ``evidence_turns`` are 0-based turn indexes of ``transcript_id``; a question that names its
    transcript by ``file`` gets the id, and one with ``quotes`` alone its gold turns, from `gold`. ``status`` is the
    expected answer status, empty where the file does not say. ``source`` is what it is from, for tables by source.
    ``where`` is the file and line, or the position in a list.
    """

    query_id: str
    query: str
    transcript_id: str = ""
    gold_turns: tuple[int, ...] = ()
    evidence_turns: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    answerable: bool = True
    status: str = ""
    history: tuple[Exchange, ...] = ()
    kind: str = ""
    language: str = ""
    file: str = ""
    source: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What stands in the files: questions in order, faults, and the ids of the lines that are not judged.

    Those (``"unjudged": true``) say nothing of the right answer; measuring against them would make numbers up.
    """

    questions: tuple[GoldQuestion, ...]
    faults: tuple[str, ...]
    unjudged: tuple[str, ...] = ()


def left_out_words(unjudged: Sequence[str]) -> str:
    """How many lines were left out, why, and the first of them."""
    what = "1 line says" if len(unjudged) == 1 else f"{len(unjudged)} lines say"
    listed = ", ".join(unjudged[:5]) + (f" and {len(unjudged) - 5} more" if len(unjudged) > 5 else "")
    were = "is" if len(unjudged) == 1 else "are"
    return f"{what} nothing of the right answer (unjudged) and {were} left out: {listed}."


def raise_faults(faults: Sequence[str]) -> None:
    """Raise QuestionsError with all ``faults``, where there are any."""
    if faults:
        head = "The questions have a fault:" if len(faults) == 1 else f"The questions have {len(faults)} faults:"
        raise QuestionsError("\n  ".join([head, *faults]), faults=faults)


def parse_questions(sources: Iterable[Source]) -> Parsed:
    """The questions that can be made out, and what was found on the way."""
    questions: list[GoldQuestion] = []
    unjudged: list[str] = []
    faults: list[str] = []
    seen: dict[str, GoldQuestion] = {}
    n_objects = 0
    for source in sources:
        if isinstance(source, Mapping):
            n_objects += 1
            lines: Iterable[tuple[str, Any]] = [(f"question {n_objects}", source)]
        else:
            lines = _read_lines(Path(source), faults)
        for where, line in lines:
            raw = _rename(line)
            found = _check_object(raw)
            faults += [f"{where}: {fault}" for fault in found]
            if found:
                continue
            question = _make_question(raw, where, default_id=f"q{len(questions) + len(unjudged) + 1}")
            earlier = seen.setdefault(question.query_id, question)
            if earlier is not question and _judged_again(earlier, question):
                seen[question.query_id] = question
                questions = [kept for kept in questions if kept is not earlier]
                unjudged = [id for id in unjudged if id != question.query_id]
            elif earlier is not question:
                faults.append(f"{where}: query_id {question.query_id!r} is already used by {earlier.where}")
            if raw.get("unjudged"):
                unjudged.append(question.query_id)
            else:
                questions.append(question)
    if not questions and not faults:
        none = "all are unjudged: none says what the right answer is" if unjudged else "there is no question in them"
        faults.append(none)
    return Parsed(questions=tuple(questions), faults=tuple(faults), unjudged=tuple(unjudged))


def _judged_again(earlier: GoldQuestion, later: GoldQuestion) -> bool:
    """Whether two lines of feedback judge one question: what was said last is what is meant."""
    lines = (earlier, later)
    return all(line.kind == FEEDBACK for line in lines) and len({(line.query, line.history) for line in lines}) == 1


def _read_lines(file: Path, faults: list[str]) -> Iterable[tuple[str, Any]]:
    try:
        # Split at line feeds only: a JSON string may hold U+2028 and other characters splitlines() breaks at.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or "unreadable"
        faults.append(f"{file}: cannot be read ({reason})")
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield f"{file}:{number}", json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "too deep"
            faults.append(f"{file}:{number}: not JSON ({reason})")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_filled_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_turns(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(v, int) and not isinstance(v, bool) for v in value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value)


def _is_history(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(v, str) or (isinstance(v, Mapping) and _is_text(v.get("query")) and _is_text(v.get("answer", "")))
        for v in value
    )


_SHAPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "query": (_is_filled_text, "a text that is not empty"),
    "gold_turns": (_is_turns, "a list of whole numbers"),
    "query_id": (_is_filled_text, "a text that is not empty"),
    "transcript_id": (_is_filled_text, "a text that is not empty"),
    "evidence_turns": (_is_turns, "a list of whole numbers"),
    "speakers": (_is_texts, "a list of texts"),
    "quotes": (_is_texts, "a list of texts"),
    "answerable": (lambda value: isinstance(value, bool), "true or false"),
    "status": (lambda value: value in STATUSES, f"one of {', '.join(STATUSES)}"),
    "history": (_is_history, 'a list of texts or of {"query", "answer"}'),
    "kind": (_is_text, "a text"),
    "query_language": (_is_text, "a text"),
    "file": (_is_filled_text, "a text that is not empty"),
    "source": (_is_text, "a text"),
    "unjudged": (lambda value: isinstance(value, bool), "true or false"),
}
_OTHER_NAMES = {"id": "query_id", "language": "query_language"}


def _rename(raw: Any) -> Any:
    """The object with the keys that question files of others use for the same under the names of this format."""
    if not isinstance(raw, Mapping):
        return raw
    renamed = {old: new for old, new in _OTHER_NAMES.items() if old in raw and new not in raw}
    return {renamed.get(key, key): value for key, value in raw.items()}


def _check_object(raw: Any) -> list[str]:
    if not isinstance(raw, Mapping):
        return [f"one JSON object a line is expected, not {type(raw).__name__}"]
    faults = ["query is missing"] if "query" not in raw else []
    if "gold_turns" not in raw and "quotes" not in raw:
        faults.append("gold_turns or quotes are missing")
    for key, (fits, wanted) in _SHAPES.items():
        if key in raw and not fits(raw[key]):
            shown = json.dumps(raw[key], ensure_ascii=False, default=str)
            faults.append(f"{key} must be {wanted}, not {shown[:80]}")
    return faults


def _make_question(raw: Mapping[str, Any], where: str, *, default_id: str) -> GoldQuestion:
    gold = tuple(dict.fromkeys(raw.get("gold_turns", ())))
    status = raw.get("status", "")
    return GoldQuestion(
        query_id=raw.get("query_id", default_id),
        query=raw["query"],
        transcript_id=raw.get("transcript_id", ""),
        gold_turns=gold,
        evidence_turns=tuple(dict.fromkeys(raw.get("evidence_turns", ()))),
        speakers=tuple(raw.get("speakers", ())),
        quotes=tuple(raw.get("quotes", ())),
        answerable=raw.get("answerable", status == "answered" if status else bool(gold or raw.get("quotes"))),
        status=status,
        history=tuple(
            Exchange(query=item)
            if isinstance(item, str)
            else Exchange(query=item["query"], answer=item.get("answer", ""))
            for item in raw.get("history", ())
        ),
        kind=raw.get("kind", ""),
        language=raw.get("query_language", "") or detect_language(raw["query"]),
        file=raw.get("file", ""),
        source=raw.get("source", ""),
        extra={key: value for key, value in raw.items() if key not in _SHAPES},
        where=where,
    )
