"""What may be wrong with a sentence of an answer, as a list: the first check that fails names its fault.

Each check looks at one `Claim`. Knows what makes a sentence false; not what is put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from panelbot.answer.quote_segments import segment_spans
from panelbot.answer.verify.attribution import is_everybody, is_stranger, said_words, several
from panelbot.answer.verify.claim import Claim, Sort
from panelbot.answer.verify.mentions import starts_with_pronoun
from panelbot.answer.verify.names_and_numbers import names_hold, numbers_hold
from panelbot.answer.verify.negation import denies, turns_round
from panelbot.answer.verify.support import ALL_WORDS, COPIED, N_COPIED, carries, overlap
from panelbot.text import content_words
from panelbot.text.asking import has_verb_of_asking, is_question

TURNED_ROUND = "turned round"

# Addresses, tags and links: speech has none, and what a reader's browser may follow is nobody's words.
_MARKUP = re.compile(r"<\s*(?:/\s*)?[A-Za-z!]|\b(?:https?|ftp|javascript|data):|\bwww\.|\]\(", re.IGNORECASE)


def cites_nothing(claim: Claim) -> bool:
    """Whether it cites no passage, or one that is not there."""
    return not claim.quotes or not all(claim.quotes)


def invents_a_quote(claim: Claim) -> bool:
    """Whether it quotes words that what it cites does not have."""
    return claim.invents


def frames_another(claim: Claim) -> bool:
    """Whether the quote is of another speaker; the label from the register may hold words that are names of others."""
    return claim.people != frozenset({(claim.sentence.spans[0].transcript_id, claim.sentence.speaker)})


def lacks_its_quote(claim: Claim) -> bool:
    """Whether a quote it cites is not in it, word for word."""
    return not all(quote in claim.sentence.text for quote in claim.quotes)


def names_another(claim: Claim) -> bool:
    """Whether it names, or means by a pronoun, anybody but those it cites and those they speak of."""
    mentions = [m.people for m in claim.mentions]
    if refers := bool(claim.subject) and starts_with_pronoun(claim.plain):
        mentions.insert(0, claim.subject)
    mentions = mentions or claim.sources.implied(claim.plain)
    if not mentions:
        return False
    if not mentions[0] & claim.people or not claim.people <= frozenset().union(*mentions):
        return True
    heard = claim.sources.people.heard
    others = claim.mentions if refers else claim.mentions[1:]
    if any(m.ambiguous and not heard(m.people, claim.cited) for m in others):
        return True
    return any(not people & claim.people and not heard(people, claim.cited) for people in mentions[1:])


def has_markup(claim: Claim) -> bool:
    """Whether it holds what a browser may follow."""
    return _MARKUP.search(claim.plain) is not None


def is_of_nobody(claim: Claim) -> bool:
    """Whether the words are given to a stranger, to nobody in particular, or to everybody where one says them."""
    known = f"{claim.cited} {claim.known}"
    if not claim.who:
        return False
    if is_everybody(claim.who, known):
        said_by_all = all(carries(claim.impersonal, quote, claim.sources.embedder) for quote in claim.quotes)
        return not (len(claim.quotes) > 1 and said_by_all)
    if starts_with_pronoun(claim.who) or claim.sources.implied(claim.who):
        return False
    return any(_is_no_one(part, claim, known) for part in several(claim.who))


def _is_no_one(part: str, claim: Claim, known: str) -> bool:
    """Whether a subject is a stranger, or a name that two on the panel bear."""
    mentions = [m for m in claim.mentions if claim.plain[m.start : m.end] in part]
    return all(m.ambiguous for m in mentions) if mentions else is_stranger(part, known)


def has_another_number(claim: Claim) -> bool:
    """Whether it holds a number that what it cites does not have, or that counts another noun there."""
    return not numbers_hold(claim.impersonal, claim.cited)


def has_another_name(claim: Claim) -> bool:
    """Whether it holds a name that neither what it cites nor the register has."""
    return not names_hold(claim.impersonal, claim.cited, claim.known)


def denies_its_quote(claim: Claim) -> bool:
    """Whether what stands around a quote says that it was not said."""
    return denies(claim.impersonal)


def is_turned_round(claim: Claim) -> bool:
    """Whether it says the opposite of what it cites."""
    return turns_round(said_words(claim.sentence.text), claim.cited) or (denies(claim.who) and not denies(claim.cited))


def was_only_asked(claim: Claim) -> bool:
    """Whether all it cites asks, and it does not say so: who asks whether it will rain has not said that it will."""
    asked = all(is_question(quote[a:b]) for quote in claim.quotes for a, b in segment_spans(quote, 0, len(quote)))
    return asked and not has_verb_of_asking(claim.plain)


def has_no_support(claim: Claim) -> bool:
    """Whether what it cites does not carry what it says."""
    return not carries(claim.said, claim.cited, claim.sources.embedder)


def copies_another_passage(claim: Claim) -> bool:
    """Whether it is word for word what stands elsewhere, and not in what is cited."""
    if len(content_words(claim.said)) <= N_COPIED or overlap(claim.said, claim.cited) >= ALL_WORDS:
        return False
    return any(overlap(claim.said, candidate.text) >= COPIED for candidate in claim.sources.pool)


class Check(NamedTuple):
    """The ``fault`` of a sentence of one of the sorts ``of`` where it ``fails``."""

    fault: str
    of: tuple[Sort, ...]
    fails: Callable[[Claim], bool]


_EVERY: tuple[Sort, ...] = ("quote", "framed", "own words")
_WRITTEN: tuple[Sort, ...] = ("framed", "own words")

CHECKS = (
    Check("no such passage", _EVERY, cites_nothing),
    Check("invented quote", _EVERY, invents_a_quote),
    Check("wrong speaker", ("quote",), frames_another),
    Check("quote missing", ("quote",), lacks_its_quote),
    Check("wrong speaker", _WRITTEN, names_another),
    Check("markup", _WRITTEN, has_markup),
    Check("wrong speaker", _WRITTEN, is_of_nobody),
    Check("wrong number", _WRITTEN, has_another_number),
    Check("wrong name", _WRITTEN, has_another_name),
    Check(TURNED_ROUND, ("framed",), denies_its_quote),
    Check(TURNED_ROUND, ("own words",), is_turned_round),
    Check("only asked", ("own words",), was_only_asked),
    Check("no support", ("own words",), has_no_support),
    Check("another passage", ("own words",), copies_another_passage),
)


def fault_of(claim: Claim) -> str:
    """The fault of the first check that fails; empty where all hold, and for a frame, which claims nothing."""
    if claim.sentence.frame and not claim.sentence.spans:
        return ""
    return next((check.fault for check in CHECKS if claim.sort in check.of and check.fails(claim)), "")
