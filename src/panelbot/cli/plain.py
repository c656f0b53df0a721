"""Text as a terminal may show it: nothing in it moves the cursor, sets a colour, fills a clipboard or forges a line.

Knows characters, not what they say.
"""

from __future__ import annotations

import logging
import unicodedata

# Controls (C0, C1), what turns the direction of writing, and what separates lines; halves of characters.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: object, *, keep: str = "") -> str:
    """``text`` with every character that does more than stand there written as its escape, but those of ``keep``."""
    given = str(text)
    if given.isprintable():
        return given
    return "".join(c if c in keep or not _acts(c) else ascii(c)[1:-1] for c in given)


def _acts(character: str) -> bool:
    return character in _DIRECTIONS or unicodedata.category(character) in ("Cc", "Cs")


class PlainFormatter(logging.Formatter):
    """Formats what is logged as a terminal may show it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's lines."""
        return plain(super().format(record), keep="\t\n")


def plain_json(document: str) -> str:
    """A JSON document, in which JSON itself escapes all that acts but C1 and directions."""
    if document.isprintable():
        return document
    return "".join(f"\\u{ord(c):04x}" if c not in "\n\r\t" and _acts(c) else c for c in document)
