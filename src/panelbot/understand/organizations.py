"""What an organisation may be called: whole or in part, in Chinese, in English, or romanised.

Knows how names of organisations are made. Does not know which speaker belongs to one, or what a question asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from panelbot.people.forms import NameForm
from panelbot.people.romanise import syllables
from panelbot.register.kinds import job_lexicon, organization_lexicon
from panelbot.shipped import shipped_lines
from panelbot.text.fold import fold
from panelbot.text.folded import latin_tokens
from panelbot.text.language import has_han

LINKS = frozenset("of the and for".split())
_LEGAL = frozenset("inc ltd limited co corp corporation company plc llc gmbh ag sa group holdings".split())
_VAGUE = frozenset("中国 中华 全国 国家 国际".split())
Alternative = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A word of an organisation's name: its Chinese text, what English calls it, and whether it tells it apart."""

    text: str
    alternatives: tuple[Alternative, ...]
    kind: str  # "own", "generic" or "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationName:
    """An organisation's name taken apart; ``vocabulary`` holds every Latin word a name of it may hold."""

    segments: tuple[Segment, ...]
    vocabulary: frozenset[str]
    forms: tuple[NameForm, ...]  # Chinese writings and acronyms, found as they stand

    def match(self, words: Sequence[str]) -> float:
        """How surely ``words`` (Latin, folded) call this organisation: 0 not at all, 0.95 by its whole name."""
        plain = [word for word in words if word not in LINKS and word not in _LEGAL]
        hit = [_spoken(segment, words) for segment in self.segments]
        covered = {word for said in hit for word in said}
        if not plain or not covered.issuperset(plain):
            return 0.0
        kinds = {segment.kind for segment, said in zip(self.segments, hit, strict=True) if said}
        informative = sum(
            1 for segment, said in zip(self.segments, hit, strict=True) if said and segment.text not in _VAGUE
        )
        if all(hit):
            return 0.95 if kinds != {"place"} and (kinds != {"generic"} or len(hit) > 1) else 0.6
        if "own" in kinds:
            return 0.88
        if "place" in kinds:
            return 0.85 if informative > 1 else 0.0
        return 0.8 if hit[-1] and informative > 1 else 0.0


def _spoken(segment: Segment, words: Sequence[str]) -> Alternative:
    """The longest alternative of ``segment`` that stands in ``words`` without a gap."""
    best: Alternative = ()
    for alternative in segment.alternatives:
        n = len(alternative)
        if n > len(best) and any(tuple(words[i : i + n]) == alternative for i in range(len(words) - n + 1)):
            best = alternative
    return best


@lru_cache(maxsize=4096)
def organization_names(organization: str) -> tuple[OrganizationName, ...]:
    """The names in a register's organisation field, one for each part of ``A·B``."""
    text = re.sub(r"[（(\[【].*?[)）\]】]", "", organization)
    parts = [part.strip() for part in re.split(r"[·、，,;；/|]", text) if part.strip()]
    return tuple(_name(part) for part in parts)


_SEAT = re.compile(r"(?P<seat>[^省市县区镇]{2,3}[省市县区镇])(?P<rest>.{3,})$")


def _name(part: str) -> OrganizationName:
    segments = _han_segments(re.sub(r"\s+", "", fold(part))) if has_han(part) else _latin_segments(part)
    seat = _SEAT.match(fold(part))
    if seat is not None and seat["seat"] not in _organization_words():
        # 芦汀县民政局 is 民政局 to those who know which county is meant
        place = Segment(text=seat["seat"], alternatives=_pinyin(seat["seat"]), kind="place")
        segments = (place, *_han_segments(seat["rest"]))
    vocabulary = frozenset(word for segment in segments for choice in segment.alternatives for word in choice)
    forms = _han_writings(segments) if has_han(part) else _latin_writings(part, segments)
    if seat is not None:
        forms = (*forms, NameForm(key=seat["rest"], confidence=0.88, reason="organisation without its place"))
    return OrganizationName(segments=segments, vocabulary=vocabulary | LINKS | _LEGAL, forms=forms)


def _han_segments(name: str) -> tuple[Segment, ...]:
    words, longest = _organization_words(), max(map(len, _organization_words()))
    segments: list[Segment] = []
    own = ""
    at = 0
    while at < len(name):
        word = next((name[at : at + n] for n in range(longest, 1, -1) if name[at : at + n] in words), "")
        if not word and name[at] in words and (at == len(name) - 1 or segments) and not own:
            word = name[at]
        if not word:
            own += name[at]
            at += 1
            continue
        if own:
            segments.append(_own_segment(own))
            own = ""
        kind, alternatives = words[word]
        segments.append(Segment(text=word, alternatives=(*alternatives, *_pinyin(word)), kind=kind))
        at += len(word)
    if own:
        segments.append(_own_segment(own))
    return tuple(segments)


@lru_cache(maxsize=1)
def _general_words() -> frozenset[str]:
    kinds = (*organization_lexicon().values(), *job_lexicon().values())
    return frozenset(word for kind in kinds for word in (*kind.words, *kind.people))


def _own_segment(text: str) -> Segment:
    if text in _general_words() and text not in well_known():  # the 律师 of 律师协会 is no name
        return Segment(text=text, alternatives=_pinyin(text), kind="generic")
    known = tuple(latin_tokens(name) for name in well_known().get(text, ()))
    return Segment(text=text, alternatives=(*known, *_pinyin(text)), kind="own")


def _pinyin(text: str) -> tuple[Alternative, ...]:
    if text.isascii():
        return (latin_tokens(text),)
    parts = syllables(text)
    joined = "".join(parts).replace("v", "u")
    return ((joined,), parts) if len(parts) > 1 else ((joined,),)


def _latin_segments(part: str) -> tuple[Segment, ...]:
    generic = _generic_english()
    segments: list[Segment] = []
    for word in latin_tokens(part):
        if word not in LINKS and word not in _LEGAL:
            kind = "generic" if word in generic else "place" if word in _english_places() else "own"
            segments.append(Segment(text=word, alternatives=((word,),), kind=kind))
    return tuple(segments)


def _latin_writings(part: str, segments: tuple[Segment, ...]) -> tuple[NameForm, ...]:
    forms: list[NameForm] = []
    capitals = "".join(word[0] for word in re.findall(r"[A-Za-z][\w'’-]*", part) if word[0].isupper())
    if len(capitals) >= 3:
        forms.append(NameForm(key=capitals.casefold(), confidence=0.88, reason="initials of the organisation"))
    tokens = latin_tokens(part)
    forms.extend(
        NameForm(key=chinese, confidence=0.93, reason="Chinese name of the organisation")
        for chinese, names in well_known().items()
        if any(latin_tokens(name) == tokens for name in names)
    )
    if len(segments) == 1 and segments[0].kind != "own":
        forms.append(NameForm(key=" ".join(tokens), confidence=0.9, reason="organisation"))
    return tuple(forms)


def _han_writings(segments: tuple[Segment, ...]) -> tuple[NameForm, ...]:
    """Every unbroken run of the name's words that tells it apart: 小米 and 小米金融, 江苏银行 but not 江苏."""
    whole = "".join(segment.text for segment in segments)
    forms = {whole: NameForm(key=whole, confidence=0.96, reason="organisation")}
    for start in range(len(segments)):
        for end in range(start + 1, len(segments) + 1):
            run = segments[start:end]
            text = "".join(segment.text for segment in run)
            kinds = {segment.kind for segment in run}
            telling = "own" in kinds or ("place" in kinds and "generic" in kinds)
            if telling and len(text) >= 2 and text not in forms:
                forms[text] = NameForm(key=text, confidence=0.9, reason="part of the organisation's name")
    for segment in segments:
        if segment.kind == "own" and len(segment.text) >= 4:  # short for it, of a speaker: 星桥 of 星桥视界
            for text in (segment.text[:2], segment.text[-2:]):
                forms.setdefault(text, NameForm(key=text, confidence=0.7, reason="part of the name", bare=True))
    aliases = [chinese for chinese, names in well_known().items() if set(names) & set(well_known().get(whole, ()))]
    for alias in aliases:
        forms.setdefault(alias, NameForm(key=alias, confidence=0.9, reason="short name of the organisation"))
    return tuple(forms.values())


@lru_cache(maxsize=1)
def well_known() -> dict[str, tuple[str, ...]]:
    """Chinese name → English names of organisations that are no everyday words."""
    return {chinese: tuple(english.split("|")) for chinese, english in _rows("organizations.tsv")}


@lru_cache(maxsize=1)
def well_known_english() -> frozenset[tuple[str, ...]]:
    """The English names as folded words."""
    return frozenset(latin_tokens(name) for names in well_known().values() for name in names)


@lru_cache(maxsize=1)
def _organization_words() -> dict[str, tuple[str, tuple[Alternative, ...]]]:
    kinds = {"*": "generic", "@": "place"}
    return {
        word.lstrip("*@"): (kinds.get(word[0], "own"), tuple(latin_tokens(name) for name in english.split("|")))
        for word, english in _rows("organization_words.tsv")
    }


@lru_cache(maxsize=1)
def _generic_english() -> frozenset[str]:
    words = {
        word for kind, names in _organization_words().values() if kind == "generic" for name in names for word in name
    }
    return frozenset(words)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Chinese place names that organisations are called by."""
    return frozenset(word for word, (kind, _) in _organization_words().items() if kind == "place")


@lru_cache(maxsize=1)
def _english_places() -> frozenset[str]:
    return frozenset(
        word for kind, names in _organization_words().values() if kind == "place" for name in names for word in name
    )


def _rows(file: str) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in shipped_lines(f"understand/data/{file}")]
    return [(row[0], row[1]) for row in rows]
