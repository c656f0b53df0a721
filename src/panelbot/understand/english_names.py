"""Names in English questions: where a speaker's name stands, known or not, and where a word is part of another name.

Knows capitals, neighbours and word lists. Does not know who is on the panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from panelbot.text.folded import Folded, Token
from panelbot.understand.lexicon import english


def owned_kind(folded: Folded, start: int, end: int, *, office: bool) -> bool:
    """Whether a general word is the head of a name: "Ping An Bank", "Grad D", "the Minister of Health"."""
    tokens = [token for token in folded.tokens if token.end <= start]
    following = next((token for token in folded.tokens if token.start >= end), None)
    if (
        following is not None
        and len(following.text) == 1
        and following.capital
        and folded.text[end : following.start] == " "
    ):
        return True
    if not office and re.match(r" of [A-Z]", folded.original[folded.origins[end] :]):  # the Bank of England
        return True
    if not tokens or folded.text[tokens[-1].end : start] not in (" ", "-"):
        return False
    last = tokens[-1]
    return (
        last.capital
        and last.text.isascii()
        and last.text
        not in english("determiners") | english("clause_starts") | english("not_nouns") | english("honorifics")
        and (len(tokens) > 1 or not folded.cased)
    )


def several(folded: Folded, start: int) -> bool:
    """As in "the two hospital people", "both lawyers"."""
    return re.search(r"\b(?:two|three|four|five|several|both|all|all the)\s+$", folded.text[:start]) is not None


def before_a_name(folded: Folded, end: int) -> bool:
    """Whether a title stands before a name of its own: "Councillor Ellerby"."""
    following = next((token for token in folded.tokens if token.start >= end), None)
    return (
        following is not None
        and folded.text[end : following.start] == " "
        and following.capital
        and following.text.isascii()
        and following.text
        not in english("auxiliaries") | english("not_nouns") | english("voice_verbs") | english("person_words")
    )


def part_of_other_name(folded: Folded, start: int, end: int) -> bool:
    """Whether it is a surname or given name that a neighbour makes another person's ("Jack Shen", "Shen Zhiqiang")."""
    tokens = folded.tokens
    word = tokens[start].text
    if end - start == 1 and word in english("everyday_names") and not _clearly_named(folded, start, end):
        return True
    if end - start == 1 and len(word) == 1 and not _clearly_named(folded, start, end):
        return True
    neighbours = (
        [tokens[end]]
        if end < len(tokens) and folded.text[tokens[end - 1].end : tokens[end].start] in (" ", "-")
        else []
    )
    if start > 1 and folded.text[tokens[start - 1].end : tokens[start].start] in (" ", "-"):
        neighbours.append(tokens[start - 1])
    common = _common_words()
    return any(
        neighbour.capital and neighbour.text.isascii() and len(neighbour.text) > 1 and neighbour.text not in common
        for neighbour in neighbours
    )


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    names = ("auxiliaries", "determiners", "honorifics", "label_words", "clause_starts", "not_nouns", "voice_verbs")
    return frozenset(word for name in names for word in english(name))


def follows_a_name(folded: Folded, start: int) -> bool:
    """Whether a word written as a name stands right before, as a given name would."""
    before = folded.tokens[start - 1] if start > 1 else None
    return (
        before is not None
        and before.capital
        and before.text.isascii()
        and len(before.text) > 1
        and folded.text[before.end : folded.tokens[start].start] == " "
        and before.text not in _common_words()
    )


def _clearly_named(folded: Folded, start: int, end: int) -> bool:
    """An everyday word is a name where it is written as one and stands where a speaker stands."""
    tokens = folded.tokens
    left = tokens[start - 1].text if start else ""
    right = tokens[end].text if end < len(tokens) else ""
    if not tokens[start].capital:
        return False
    if left in english("honorifics"):
        return True
    asked = left in english("auxiliaries") or (left == "to" and start > 1 and tokens[start - 2].text == "according")
    return (
        (asked and right in english("voice_verbs"))
        or (left == "to")
        or folded.text[tokens[end - 1].end :].startswith("'s")
        or (bool(left) and right in english("speech_verbs"))
    )


def unknown_slots(folded: Folded) -> Iterator[tuple[int, int]]:
    """Spans (token indices) that the grammar gives to a speaker, known or not."""
    tokens = folded.tokens
    for i, token in enumerate(tokens):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if token.text in english("auxiliaries"):
            j = _slot_end(folded, i + 1) or (_full_name_end(folded, i + 1) if _what_was_said(folded, i) else None)
            if j is not None:
                yield i + 1, j
        elif token.text == "to" and i and tokens[i - 1].text == "according":
            yield i + 1, _clause_end(folded, i + 1)
        elif token.text in ("what", "how", "why") and following not in english("auxiliaries"):
            j = _slot_end(folded, i + 1)
            if j is not None and tokens[j].text not in _NOUNS_TOO:
                yield i + 1, j
        elif token.text == "s" and folded.text[token.start - 1] == "'" and _owns_view(tokens[i + 1 : i + 3]):
            yield _possessor_start(folded, i), i


_NOUNS_TOO = frozenset(("point", "view", "state", "see"))


def _owns_view(tokens: Sequence[Token]) -> bool:
    return any(token.text in english("views") for token in tokens)


_CLAUSE_WORDS = frozenset(("what", "how", "why", "when", "who", "which"))


def _slot_end(folded: Folded, start: int) -> int | None:
    """The index of the verb that follows a subject of at most six words."""
    tokens = folded.tokens
    for j in range(start, min(start + 7, len(tokens))):
        word = tokens[j].text
        if j > start and word in english("speech_verbs") and word not in english("label_words"):
            return j
        titled = j > start and tokens[j - 1].text in english("honorifics")  # "Mr. Hale"
        if j > start and re.search(r"[,;:?!]|\.\s", folded.text[tokens[j - 1].end : tokens[j].start]) and not titled:
            return None
        if tokens[j].capital and (titled or (j > start and tokens[j - 1].capital)):  # Evan You
            continue
        if word in english("not_nouns") - {"of", "from", "at", "and", "or", "for", "in"} or word in _CLAUSE_WORDS:
            return None
    return None


def _what_was_said(folded: Folded, auxiliary: int) -> bool:
    """As in "what example did …": whatever is done with it is speech."""
    before = [token.text for token in folded.tokens[max(0, auxiliary - 3) : auxiliary]]
    return len(before) > 1 and before[-1] in english("said_nouns") and bool({"what", "which"} & set(before[:-1]))


def _full_name_end(folded: Folded, start: int) -> int | None:
    """The index behind a name of several words written as one."""
    end = start
    while end < len(folded.tokens) and folded.tokens[end].capital:
        end += 1
    return end if end - start > 1 else None


def _clause_end(folded: Folded, start: int) -> int:
    tokens = folded.tokens
    for j in range(start, len(tokens)):
        if j > start and re.search(r"[,;:?!]|\.\s", folded.text[tokens[j - 1].end : tokens[j].start]):
            return j
        if tokens[j].text in english("auxiliaries") or tokens[j].text in ("what", "how", "why", "which", "who", "when"):
            return j
    return len(tokens)


def _possessor_start(folded: Folded, end: int) -> int:
    start = end
    tokens = folded.tokens
    while (
        start > 0
        and (tokens[start - 1].capital or start == end)
        and tokens[start - 1].text not in english("clause_starts")
    ):
        start -= 1
    return start
