"""The quote sheet: citations as rows that can be pasted into a story, a table or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panelbot.types import Answer, Citation, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """One quote with its place; ``start``/``end`` are character offsets in the turn's text."""

    question: str
    transcript_id: str
    title: str
    date: str
    turn: int
    speaker: str
    organization: str
    speaker_title: str
    quote: str
    start: int
    end: int


COLUMNS = tuple(QuoteRow.__dataclass_fields__)


def quote_rows(asked: Iterable[tuple[str, Answer]], transcripts: Mapping[str, Transcript]) -> tuple[QuoteRow, ...]:
    """A row for each citation of the answers, in order, none twice for the same question."""
    rows = [
        _row(question, citation, transcripts.get(citation.transcript_id))
        for question, answer in asked
        for citation in answer.citations
    ]
    return tuple(dict.fromkeys(rows))


def _row(question: str, citation: Citation, transcript: Transcript | None) -> QuoteRow:
    return QuoteRow(
        question=question,
        transcript_id=citation.transcript_id,
        title=transcript.title if transcript else "",
        date=transcript.date if transcript else "",
        turn=citation.turn,
        speaker=citation.speaker,
        organization=citation.organization,
        speaker_title=citation.title,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
    )


def to_csv(rows: Iterable[QuoteRow]) -> str:
    """The rows as CSV with a header. A cell that a spreadsheet would run as a formula gets a leading apostrophe.

    Every text is quoted: a spreadsheet that parts cells at semicolons would find a cell of its own after one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    out.write(",".join(COLUMNS) + "\r\n")
    for row in rows:
        writer.writerow([safe_cell(getattr(row, column)) for column in COLUMNS])
    return out.getvalue()


def safe_cell(value: str | int) -> str | int:
    """A cell that a spreadsheet takes for text: what it would run as a formula gets a leading apostrophe."""
    if not isinstance(value, str):
        return value
    # A spreadsheet passes over what cannot be seen, and takes full-width signs for the others.
    seen = next((c for c in value if unicodedata.category(c)[0] not in "CZM"), "")
    risky = unicodedata.normalize("NFKC", seen)[:1] in tuple("=+-@") or value[:1] in ("\t", "\r", "\n")
    return f"'{value}" if risky else value


def to_markdown(rows: Iterable[QuoteRow]) -> str:
    """The rows as Markdown: one quotation each, with speaker, transcript and place under it."""
    blocks: list[str] = []
    for row in rows:
        quote = "\n".join(f"> {markdown(line)}" for line in row.quote.splitlines())
        facts = ", ".join(part for part in (row.organization, row.speaker_title) if part)
        who = f"{row.speaker} ({facts})" if facts else row.speaker
        place = f"{row.title or row.transcript_id}, turn {row.turn}, characters {row.start}–{row.end}"
        blocks.append(f"{quote}\n>\n> — {markdown(who)}. {markdown(place)}")
    return "\n\n".join(blocks) + ("\n" if blocks else "")


_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]()<>#|!~&"})
_BLOCK = re.compile(r"^([^\S\n]*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")  # what many programs make a link of by themselves


def markdown(text: str) -> str:
    """``text`` with all that Markdown would act on made literal: no heading, no list, no link and no image."""
    literal = _ADDRESS.sub(r"\1\\\2", text.translate(_MARKUP))
    return _BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if not m[2].isdecimal() else f"{m[1]}{m[2]}\\", literal)
