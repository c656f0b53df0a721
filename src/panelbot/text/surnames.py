"""Chinese surnames, and whether a short run of characters starts with one. Knows no given names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Every surname in the list, of one or two characters, simplified and traditional."""
    lines = files("panelbot.text").joinpath("surnames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def split_surname(name: str) -> tuple[str, str]:
    """``(surname, rest)`` of a Chinese name; the surname is empty where the name starts with none."""
    for n_characters in (2, 1):
        if len(name) > n_characters and name[:n_characters] in surnames():
            return name[:n_characters], name[n_characters:]
    return "", name
