"""An answer and a hit as a notebook shows them: the words, and beside each quote whose they are and where.

Knows HTML; everything a transcript or a model wrote is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from panelbot.types import Answer, Citation, Hit

_MARKER = re.compile(r"(\[\d+\])")
_QUOTE = Markup('<blockquote style="margin:.4em 0;white-space:pre-wrap">{}<br><small>{}{}</small></blockquote>')
_TEXT = Markup('<p style="white-space:pre-wrap">{}</p>')
_NOTE = Markup("<p><small>{}</small></p>")


def answer_html(answer: Answer) -> str:
    """The text with its markers raised, what is to be known of it, and the quotes."""
    parts = [_TEXT.format(_raised(answer.text))]
    if answer.note:
        parts.append(_NOTE.format(answer.note))
    if answer.confidence == "low":
        parts.append(_NOTE.format("confidence: low"))
    parts += _quotes(answer.citations)
    if answer.nearest:
        parts += [_NOTE.format("nearest to it:"), *_quotes(answer.nearest)]
    return str(
        Markup('<div class="panelbot-answer" lang="{}">{}</div>').format(answer.language, Markup("").join(parts))
    )


def hit_html(hit: Hit) -> str:
    """The passage, and whose it is."""
    speaker = hit.speaker
    who = _who(speaker.name, speaker.organization, speaker.title)
    return str(_QUOTE.format(hit.text, f"{hit.rank}. ", f"{who} · {_place(hit)}"))


def _quotes(citations: Iterable[Citation]) -> list[Markup]:
    return [
        _QUOTE.format(c.quote, f"[{c.number}] ", f"{_who(c.speaker, c.organization, c.title)} · {_place(c)}")
        for c in citations
    ]


def _raised(text: str) -> Markup:
    parts = _MARKER.split(text)
    return Markup("").join(Markup("<sup>{}</sup>").format(p) if i % 2 else p for i, p in enumerate(parts))


def _who(name: str, organization: str, title: str) -> str:
    return ", ".join(part for part in (name, organization, title) if part)


def _place(found: Citation | Hit) -> str:
    return f"{found.transcript_id}, turn {found.turn}, characters {found.start}–{found.end}"
