"""Mentions made one or struck out: "the CTO of Weizhong" is one person, the Shen of "Jack Shen" is none of the panel.

Knows neighbouring words and mentions. Does not weigh who is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from panelbot.text.folded import Folded
from panelbot.understand import english_names
from panelbot.understand.lexicon import english as english_words
from panelbot.understand.mention import Fit, Mention, best_fits
from panelbot.understand.words import inside_another_word


def with_person(folded: Folded, mention: Mention) -> Mention:
    """The mention with the person it makes of an organisation: "the bank's man", "the man from Lanthornby"."""
    present = re.match(r"\s+(?:on|at) (?:the|this) (?:panel|table|roundtable|meeting)\b", folded.text[mention.end :])
    if present is not None and mention.kind in ("job", "organization", "organization_kind", "name"):
        return replace(mention, end=mention.end + present.end(), person=True)
    if mention.kind not in ("organization", "organization_kind"):
        return mention
    behind = re.match(r"(?:'s)?\s+([a-z]+)\b", folded.text[mention.end :])
    if behind and behind.group(1) in english_words("person_words"):
        plural = mention.plural or behind.group(1) in english_words("person_plurals")
        return replace(mention, end=mention.end + behind.end(), plural=plural, person=True)
    before = re.search(
        r"\b([a-z]+)(?: of [a-z]+(?: and [a-z]+)?)? (?:from|at|of|with) (?:the )?$", folded.text[: mention.start]
    )
    if before and before.group(1) in english_words("someone"):
        return replace(mention, start=mention.start - len(before.group()), person=True)
    return mention


def sound(folded: Folded, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Without the mentions that only look like one: everyday words, and parts of another person's name."""
    starts = {mention.start for mention in mentions}
    return tuple(mention for mention in mentions if not _spurious(folded, mention, starts))


def _spurious(folded: Folded, mention: Mention, starts: set[int]) -> bool:
    if mention.kind == "everyone":
        return _not_everyone(folded, mention)
    if mention.kind in ("job", "organization_kind") and folded.text[mention.start].isascii():
        following = next((token.start for token in folded.tokens if token.start >= mention.end), -1)
        titled = mention.kind == "job" and following not in starts and english_names.before_a_name(folded, mention.end)
        office = mention.kind == "job"
        return titled or english_names.owned_kind(folded, mention.start, mention.end, office=office)
    if mention.kind not in ("name", "organization"):
        return inside_another_word(folded, mention)
    tokens = folded.tokens
    at = next((i for i, token in enumerate(tokens) if token.start == mention.start), None)
    if at is None or not tokens[at].text.isascii():
        return inside_another_word(folded, mention)
    end = next((i + 1 for i, token in enumerate(tokens) if token.end == mention.end), at + 1)
    if mention.kind == "organization" and end == at + 1 and english_names.follows_a_name(folded, at):
        return True  # the Cole of "Ellen Cole" is no Marsh & Cole
    return mention.bare and english_names.part_of_other_name(folded, at, end)


def _not_everyone(folded: Folded, mention: Mention) -> bool:
    """The panel in "the officer on the panel", 嘉宾 in 出版社的嘉宾: where one of them is meant."""
    before = folded.text[: mention.start]
    if mention.word == "嘉宾":
        return re.search(r"[的位个名]$", before) is not None
    return mention.word == "panel" and re.search(r"\b(?:on|of|from) (?:the|this|our) $", before) is not None


def combine(folded: Folded, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Join what names one person together: "the CTO of Weizhong", 江苏银行的沈总, "Xiaomi's CTO"."""
    combined: list[Mention] = []
    for mention in mentions:
        if combined and (joined := _join(folded, combined[-1], mention)) is not None:
            combined[-1] = joined
        else:
            combined.append(mention)
    return tuple(combined)


_LINK = r"\s*(?:of|from|at|for|with|'s|的|,|in|that|who is|来自)?\s*(?:the|那位|这位|那个)?\s*"


def _join(folded: Folded, left: Mention, right: Mention) -> Mention | None:
    between = folded.text[left.end : right.start]
    kinds = {left.kind, right.kind}
    persons = {"name", "job"} & kinds
    groups = {"organization", "organization_kind"} & kinds
    if not re.fullmatch(_LINK, between) or not persons or not (groups or kinds == {"name", "job"}):
        return None
    if between.strip() == "" and left.kind == "name" and right.kind not in ("job",):
        return None
    if between.strip() == "," and kinds == {"name", "job"}:
        return None
    names = [m for m in (left, right) if m.kind == "name"]
    common = _intersect(left.fits, right.fits)
    span = replace(
        names[0] if names else left if left.kind == "job" else right, start=left.start, end=right.end, bare=False
    )
    if common:
        return replace(span, fits=common, plural=False, word="", exact=True)
    if names and names[0].fits and not names[0].bare:
        return replace(span, fits=names[0].fits)
    if not groups or (left.kind == "organization_kind" or right.kind == "organization_kind"):
        return None
    organization = left if left.kind == "organization" else right
    untitled = [fit for fit in organization.fits if not fit.person.speaker.title]
    return replace(span, fits=best_fits([replace(f, confidence=0.7) for f in untitled]), word="", exact=bool(untitled))


def _intersect(left: Sequence[Fit], right: Sequence[Fit]) -> tuple[Fit, ...]:
    confidence = {fit.person.ref: fit.confidence for fit in right}
    return best_fits(
        [
            replace(
                fit,
                confidence=min(0.97, max(fit.confidence, confidence[fit.person.ref]) + 0.02),
                reason=f"{fit.reason}, narrowed",
            )
            for fit in left
            if fit.person.ref in confidence
        ]
    )
