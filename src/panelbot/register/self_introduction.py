"""The value a self-introduction is: what a speaker says of themselves when they begin. Knows no language."""

from __future__ import annotations

from dataclasses import dataclass

from panelbot.people.facts import NO_AFFILIATION, Affiliation


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfIntroduction:
    """One self-introduction, at ``start:end`` of its turn.

    ``sure`` is false where only the form of the name speaks for it: it needs another speaker's word too.
    """

    start: int
    end: int
    name: str = ""
    affiliation: Affiliation = NO_AFFILIATION
    role: str = ""
    aliases: tuple[str, ...] = ()
    sure: bool = True
