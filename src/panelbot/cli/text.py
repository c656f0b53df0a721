"""An answer as lines of plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from panelbot.types import Answer, Citation


def answer_lines(answer: Answer, *, asked: str) -> Iterator[str]:
    """The answer, what was searched where that differs from what was asked, and each citation with its place."""
    if answer.question and answer.question != asked:
        yield f"({answer.question})"
    yield from answer.text.split("\n")
    if answer.note:
        yield f"({answer.note})"
    if answer.citations:
        yield ""
    for citation in answer.citations:
        yield f"[{citation.number}] {_place(citation)}"
        yield f"    {' '.join(citation.quote.split())}"


def _place(citation: Citation) -> str:
    who = ", ".join(part for part in (citation.organization, citation.title) if part)
    name = f"{citation.speaker} ({who})" if who else citation.speaker
    return f"{name} · {citation.transcript_id} · turn {citation.turn} · {citation.start}–{citation.end}"
