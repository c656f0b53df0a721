"""The English grammar of introductions: what stands before and behind a name, and who moderates."""

from __future__ import annotations

import re

from panelbot.register.affiliation import split_affiliation
from panelbot.register.claims import NO_AFFILIATION, Affiliation
from panelbot.register.names import latin_names, strip_honorific
from panelbot.text import sentence_spans

_BEFORE = re.compile(
    r"\b(?:by|with|and|from|is|are|includes?|including|featuring|welcome|joined|panelists?|moderator|guests?)\b", re.I
)
_BEHIND = re.compile(r"\s*(?:,|–|—|-|:|\bof\b|\bfrom\b|\bat\b|\bis\b|\()\s*(?P<told>[^.;()\n]*)")
_NEXT_CLAUSE = re.compile(
    r",?\s+(?:and|with|as well as|who|joined|moderat\w+|host\w+|discuss\w*)\s*$|"
    r",\s*(?:with|and with|joined by|moderated by)\b"
)
_MODERATED_BY = re.compile(
    r"(?:moderat(?:ed|or|ing|ors)|host(?:ed)?|chair(?:ed)?|facilitat(?:ed|or)|led|interviewed)"
    r"(?:\s+(?:by|is|was|for the session))?\s*:?\s*(?:our\s+)?[^,.;:]{0,40}$",
    re.I,
)
_SESSION = (
    r"(?:the|this|our|a|tonight['’]s|today['’]s)\s+(?:\w+\s+)?"
    r"(?:panel|session|discussion|debate|conversation|event|round\s?table|evening|meeting)"
)
_MODERATES = re.compile(
    rf"^[^.;]{{0,80}}?\b(?:moderat(?:es|ed|ing)|who (?:will )?moderates?|(?:host|chair)(?:s|ed)?\s+{_SESSION}|"
    r"(?:is |was )?(?:the |your |our )?(?:moderator|host)\b)",
    re.I,
)
_MODERATOR_IS = re.compile(
    r"\b(?:moderated|hosted|chaired)\s+by\s+|\bmoderator(?:\s+is|\s+was)?\s*:?\s+|\bmoderator\s*[:–—-]\s*", re.I
)


def moderators(text: str) -> list[str]:
    """The names right behind "moderated by" and "Moderator:"."""
    found: list[str] = []
    for cue in _MODERATOR_IS.finditer(text):
        rest = strip_honorific(text[cue.end() : cue.end() + 60])
        found += [rest[:end] for start, end in latin_names(rest) if start == 0]
    return found


_PRESENTS = re.compile(
    r"\b(?:with (?:me|us)\b|join(?:ed|ing) (?:me|us|by)|my guests?|our (?:guests?|panel(?:l?ists?)?|speakers?)|"
    r"panel(?:l?ists?):|introduce|please welcome|featuring|moderated)",
    re.I,
)


def presented(text: str) -> list[str]:
    """The names in sentences that present somebody: "my guest today is Wei Chen"."""
    found: list[str] = []
    for start, end in sentence_spans(text):
        cue = _PRESENTS.search(text, start, end)
        if cue is not None:
            told = text[cue.end() : end]
            found += [told[a:b] for a, b in latin_names(told)]
    return found


def ahead(segment: str) -> str:
    """A title in front of a name: "Ledger founder", "Banco Sur's chief economist"; empty where there is none."""
    before = _BEFORE.split(segment)[-1].strip()
    return before if before and split_affiliation(before).title else ""


def behind(right: str) -> Affiliation:
    """The affiliation told behind a name: ", chief economist at Banco Sur"."""
    match = _BEHIND.match(right)
    if match is None:
        return NO_AFFILIATION
    return split_affiliation(re.sub(r",?\s+and$|,\s*$", "", _NEXT_CLAUSE.split(match["told"])[0].strip()))


def moderates(prefix: str, right: str) -> bool:
    """Whether the person between ``prefix`` and ``right`` is said to lead the session."""
    return bool(_MODERATED_BY.search(prefix) or _MODERATES.match(right))
