"""The one table of Chinese surnames, and where a name's surname ends. Knows no given names and no people."""

from __future__ import annotations

from functools import lru_cache

from panelbot.shipped import shipped_text
from panelbot.text.fold import simplify
from panelbot.text.language import has_han


@lru_cache(maxsize=1)
def _table() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The sections of surnames.txt: common, everyday words as well, compound."""
    lines = shipped_text("people/surnames.txt").splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("# ") and number]
    parts = ["".join(lines[a + 1 : b]) for a, b in zip(heads, [*heads[1:], len(lines)], strict=True)]
    return frozenset(parts[0]), frozenset(parts[1]), frozenset(" ".join(parts[2:]).split())


def surnames(*, everyday: bool = True) -> frozenset[str]:
    """Every surname, simplified, of one or two characters; ``everyday``: those too that are words (和, 明, 全)."""
    common, words, compound = _table()
    return common | compound | (words if everyday else frozenset[str]())


def split_surname(name: str, *, everyday: bool = False) -> tuple[str, str]:
    """``(surname, rest)`` of what may be a Chinese name; the surname is empty where it starts with none."""
    simple = simplify(name[:2])
    common, words, compound = _table()
    if len(name) > 2 and simple in compound:
        return name[:2], name[2:]
    if len(name) > 1 and (simple[0] in common or (everyday and simple[0] in words)):
        return name[:1], name[1:]
    return "", name


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a known Chinese name; one of one character, or in Latin, is all surname."""
    if not has_han(name) or len(name) < 2:
        return name, ""
    width = 2 if len(name) > 2 and simplify(name[:2]) in _table()[2] else 1
    return name[:width], name[width:]
