"""From mentions and their places to references, the scope, and who is missing or meant twice.

The rule of scope: a reference with confidence 0.5 or more narrows the search to its speakers; below that it is a hint
the ranker may use, and nobody is left out (银行 in 疫情期间银行怎么做产品宣传: the banker there, or banks at large).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from panelbot.people.roles import is_member
from panelbot.text.folded import Folded
from panelbot.types import Language, Reference, SpeakerRef
from panelbot.understand import chinese_grammar as zh
from panelbot.understand import english_grammar as en
from panelbot.understand import english_names
from panelbot.understand.combine import combine, sound, with_person
from panelbot.understand.english_grammar import Place
from panelbot.understand.lexicon import english as english_words
from panelbot.understand.mention import SCOPE_CONFIDENCE, Fit, Mention
from panelbot.understand.mentions import find_mentions
from panelbot.understand.table import RegisterTable
from panelbot.understand.unknown import find_unknown
from panelbot.understand.words import everyday

# What a mention's place in the sentence leaves of its confidence; only who speaks there narrows by itself.
PLACE_WEIGHT: dict[Place, float] = {"voice": 1.0, "by": 0.8, "actor": 0.75, "loose": 0.45, "topic": 0.3}
_HINT = 0.45  # most a reference may have that is to narrow nothing
_EVERYDAY = 0.3  # most of a word that is common beside being a name
_CAPITALISED = 0.6  # most of a surname alone, where it is written as a name
_KEYWORDS = 0.75  # of the confidence of a name in front of words without a verb
_ACTING = 0.8  # of the confidence of a job that acts in the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mention with its place in the sentence and the confidence that it names who is asked about."""

    mention: Mention
    place: Place
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a question's references come to."""

    placed: tuple[Placed, ...] = ()
    references: tuple[Reference, ...] = ()
    speakers: tuple[SpeakerRef, ...] = ()
    fault: Literal["", "unknown_speaker", "ambiguous_speaker"] = ""
    unknown: tuple[str, ...] = ()
    candidates: tuple[SpeakerRef, ...] = ()


def resolve(folded: Folded, table: RegisterTable, language: Language, *, who: bool = False) -> Resolution:
    """The references of a question; ``who`` where it asks for the speaker, so that names in it are its topic."""
    found = tuple(with_person(folded, mention) for mention in find_mentions(folded, table))
    mentions = combine(folded, sound(folded, found))
    grammar = zh.place_chinese if language == "zh" else en.place_english
    placed = tuple(
        _weigh(folded, mention, place, language)
        for mention, place in zip(mentions, grammar(folded, mentions), strict=True)
    )
    placed = _settle(placed, who=who)
    unknown, homophones = find_unknown(folded, _taken(placed), table, language)
    placed = tuple(
        sorted(
            (*placed, *(Placed(mention=m, place="voice", confidence=m.fits[0].confidence) for m in homophones)),
            key=lambda p: p.mention.start,
        )
    )
    missing = tuple(p for p in placed if _is_missing(p, folded, language)) if table.informative else ()
    unknown = tuple(dict.fromkeys((*(_said(folded, p.mention) for p in missing), *unknown)))
    return _conclude(folded, placed, unknown, table)


def _taken(placed: Sequence[Placed]) -> list[tuple[int, int]]:
    """The spans of those mentions that may fill a speaker's slot."""
    kinds = ("role", "everyone", "job", "organization_kind")
    return [(p.mention.start, p.mention.end) for p in placed if p.mention.fits or p.mention.kind in kinds]


def _conclude(folded: Folded, placed: tuple[Placed, ...], unknown: tuple[str, ...], table: RegisterTable) -> Resolution:
    references = tuple(_reference(folded, p) for p in placed if p.mention.fits)
    scoping = [
        p for p in placed if p.confidence >= SCOPE_CONFIDENCE and p.mention.kind != "everyone" and p.mention.fits
    ]
    resolution = Resolution(placed=placed, references=references, unknown=unknown)
    for p in scoping:
        if _is_ambiguous(p.mention):
            return replace(resolution, fault="ambiguous_speaker", candidates=_refs(p.mention.fits))
    if any(p.mention.kind == "everyone" and p.place == "voice" for p in placed) and not scoping:
        return resolution
    speakers = tuple(dict.fromkeys(ref for p in scoping for ref in _all_labels(p.mention.fits, table)))
    # Any name may be that of 发言人1: the talk must tell. Any number is not.
    if not speakers and any(name[-1:].isdigit() or not table.anonymous for name in unknown):
        return replace(resolution, fault="unknown_speaker")
    return replace(resolution, speakers=speakers)


def _all_labels(fits: Sequence[Fit], table: RegisterTable) -> tuple[SpeakerRef, ...]:
    """The people, each under all the labels a transcript has for them."""
    identities = list(dict.fromkeys(fit.person.identity for fit in fits))
    return tuple(person.ref for identity in identities for person in table.labels[identity])


def _refs(fits: Sequence[Fit]) -> tuple[SpeakerRef, ...]:
    return tuple(fit.person.ref for fit in fits)


def _reference(folded: Folded, placed: Placed) -> Reference:
    mention = placed.mention
    first, last = _whole(folded, mention)
    start, end = folded.span(first - zh.head_length(folded.text, first), last)  # 那位夜班护士
    reason = mention.fits[0].reason
    return Reference(
        text=folded.original[start:end],
        start=start,
        end=end,
        kind=mention.kind,
        speakers=_refs(mention.fits),
        confidence=round(placed.confidence, 3),
        reason=f"{reason}; {placed.place}",
    )


def _whole(folded: Folded, mention: Mention) -> tuple[int, int]:
    """The span with what belongs to it: "the bank", "Mr Shen", "the Xiaomi representative", 银行那位."""
    start, end = mention.start, mention.end + zh.tail_length(folded.text, mention.end)
    for token in reversed([token for token in folded.tokens if token.end <= start]):
        gap = folded.text[token.end : start]
        if gap not in (" ", ". ") or token.text not in english_words("before_names"):
            break
        start = token.start
    for token in (token for token in folded.tokens if token.start >= end):
        if folded.text[end : token.start] != " " or token.text not in english_words("person_words"):
            break
        end = token.end
    return start, end


def _said(folded: Folded, mention: Mention) -> str:
    start, end = folded.span(*_whole(folded, mention))
    return folded.original[start:end]


def _is_ambiguous(mention: Mention) -> bool:
    """Two people of one transcript fit equally. Over several transcripts all of them are searched instead."""
    if mention.plural or mention.kind in ("organization", "role", "everyone"):
        return False
    transcripts = {fit.person.ref.transcript_id for fit in mention.fits}
    return len(transcripts) == 1 and len({fit.person.identity for fit in mention.fits}) > 1


def _is_missing(placed: Placed, folded: Folded, language: Language) -> bool:
    """A definite person the question gives a voice, whom the register does not have."""
    mention = placed.mention
    if mention.fits or placed.place != "voice" or mention.external or mention.kind in ("role", "everyone"):
        return False
    if mention.kind == "name":
        return True
    if language == "zh":
        definite = zh.definite_before(folded.text, mention.start)
        return definite or zh.strong_tail(folded.text, mention.end) > 0 or zh.present(folded.text, mention.end)
    return not mention.plural and _definite(folded, mention) and not en.reported(folded, mention)


def _definite(folded: Folded, mention: Mention) -> bool:
    before = [token.text for token in folded.tokens if token.end <= mention.start]
    return mention.person or (bool(before) and before[-1] in english_words("determiners"))


def _weigh(folded: Folded, mention: Mention, place: Place, language: Language) -> Placed:
    base = mention.fits[0].confidence if mention.fits else 0.0
    confidence = base * PLACE_WEIGHT[place]
    if mention.kind in ("job", "organization_kind") and not mention.exact:
        confidence, mention, place = _weigh_kind(folded, mention, place, confidence, language)
    elif place != "voice" and everyday(folded.text[mention.start : mention.end]):
        confidence = min(confidence, _EVERYDAY)
    elif mention.kind == "organization" and place != "voice" and _common_words(folded, mention):
        confidence = min(confidence, _HINT)  # "bus drivers" are no Bus Drivers' Union
    elif mention.bare and place in ("actor", "loose"):
        named = _looks_like_name(folded, mention) or (mention.start == 0 and folded.original[:1].isupper())
        confidence = min(confidence, _CAPITALISED if named else _EVERYDAY)
    elif mention.kind in ("name", "organization") and place == "loose" and mention.start == 0:
        confidence = base * _KEYWORDS  # keywords: "Shen Zhifeng branch traffic"
    return Placed(mention=mention, place=place, confidence=confidence)


def _weigh_kind(
    folded: Folded, mention: Mention, place: Place, confidence: float, language: Language
) -> tuple[float, Mention, Place]:
    """General words need more: an article in English, a speaking verb or 那位 in Chinese."""
    text = folded.text
    if language == "zh":
        plural = mention.plural or zh.plural_near(text, mention.start, mention.end)
        plural = plural or (is_member(mention.word) and not zh.definite_before(text, mention.start))
        mention = replace(mention, plural=plural)
        definite = zh.definite_before(text, mention.start) or bool(zh.strong_tail(text, mention.end))
        if mention.kind == "job" and place == "actor" and mention.fits and zh.acts(text, mention.start, mention.end):
            return max(confidence * _ACTING, SCOPE_CONFIDENCE), mention, place
        if place == "voice" or (definite and place in ("actor", "loose")):
            return max(confidence, 0.6) if mention.fits else 0.0, mention, "voice" if definite else place
        return min(confidence, _HINT), mention, place
    definite = _definite(folded, mention)
    mention = replace(mention, plural=mention.plural or english_names.several(folded, mention.start))
    if mention.external and place != "voice":  # the government's plan is mostly not the panel's
        return min(confidence, _HINT), mention, place
    if not definite and (mention.plural or place != "voice"):
        return min(confidence, _HINT), mention, place
    return confidence, mention, place


def _common_words(folded: Folded, mention: Mention) -> bool:
    """Whether it is part of an English organisation's name in small letters and without an article."""
    token = next((t for t in folded.tokens if t.start == mention.start), None)
    english_name = all(fit.person.speaker.organization.isascii() for fit in mention.fits)
    return token is not None and not token.capital and english_name and not _definite(folded, mention)


def _looks_like_name(folded: Folded, mention: Mention) -> bool:
    token = next((t for t in folded.tokens if t.start == mention.start), None)
    return token is not None and token.capital and folded.cased


def _settle(placed: tuple[Placed, ...], *, who: bool) -> tuple[Placed, ...]:
    """Weigh the mentions against each other: beside a voice, the others are hints."""
    voices = [p for p in placed if p.place == "voice" and (p.mention.fits or p.mention.kind in ("everyone", "role"))]
    subjects = [p for p in placed if p.place == "actor" and p.confidence >= SCOPE_CONFIDENCE]
    settled: list[Placed] = []
    for p in placed:
        confidence = p.confidence
        if p.place == "by" and any(s.mention.end <= p.mention.start for s in subjects):
            confidence = min(confidence, _HINT)  # "how did WJEC tackle the concerns raised by …"
        if (
            (voices and p.place != "voice")
            or (who and p.place != "voice")
            or (who and p.mention.kind != "everyone" and p.place == "actor")
        ):
            confidence = min(confidence, _HINT)
        settled.append(replace(p, confidence=confidence))
    return tuple(settled)
