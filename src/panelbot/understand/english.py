"""English grammar of questions, as far as it tells who speaks from what is spoken about.

Knows word order and lists of verbs. Does not know who is on the panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from panelbot.understand.folded import Folded, Token
from panelbot.understand.lexicon import english
from panelbot.understand.mentions import Mention

Place = Literal["voice", "by", "actor", "loose", "topic"]
"""``voice`` said or thought something; ``by`` did so in passing (suggested by X); ``actor`` does something else;
``topic`` is spoken about; ``loose`` cannot be told."""

_CONJUNCTIONS = frozenset(("and", "or", "vs", "versus", "nor"))


def place_english(folded: Folded, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """The place of each mention, in order. A mention joined to another by "and" shares its place."""
    places: list[Place] = []
    for at, mention in enumerate(mentions):
        place = _place(folded, mention)
        previous = mentions[at - 1] if at else None
        if previous is not None and _joined(folded, previous, mention) and places[-1] != "loose":
            place = _shared(places[-1], place)
            if place in ("voice", "actor"):
                places[-1] = place
        places.append(place)
    return tuple(places)


def _shared(first: Place, second: Place) -> Place:
    # "A and B say": the verb stands behind the second; "about A and B": the preposition before the first
    if first in ("topic", "by"):
        return first if second != "voice" else second
    return "voice" if "voice" in (first, second) else first


def _joined(folded: Folded, left: Mention, right: Mention) -> bool:
    between = folded.text[left.end : right.start].strip()
    return re.fullmatch(r"(?:,|and|or|vs\.?|versus|&|, and|with)?\s*(?:the|both|his|her)?", between) is not None and (
        between != ""
    )


def _place(folded: Folded, mention: Mention) -> Place:
    before, after = _around(folded, mention)
    right = after[0].text if after else ""
    rest = folded.text[mention.end :]
    left = before[-1].text if before else ""
    before_left = before[-2].text if len(before) > 1 else ""
    if left == "to" and before_left == "according":
        return "voice"
    if rest.startswith(("'s ", "' ")) or (rest.startswith("'s") and not after):
        return _possessive(before, after)
    if left == "by":
        return "by"
    if left == "of":
        return "by" if before_left in english("voice_nouns") else "topic"
    if left in english("moving") and before_left in ("what", "which"):
        return "voice"
    if left in ("ask", "quote", "hear") and len(before) <= 2:
        return "voice"
    if left == "from":
        return (
            "voice"
            if any(t.text in english("voice_nouns") or t.text in ("hear", "heard", "quote", "quotes") for t in before)
            else "actor"
        )
    if left == "for" and (not after or right not in english("voice_verbs")):
        return "actor"
    if left in ("with", "between") and before_left in (
        "compare",
        "difference",
        "differences",
        "compared",
        "contrast",
        "disagreement",
    ):
        return "voice"
    if left in ("compare", "contrast"):
        return "voice"
    if left in ("about",) and before_left in ("what", "how") and len(before) <= 3:
        return "actor"
    if left in english("topic_prepositions") and left not in english("auxiliaries"):
        return "topic"
    if left in ("ask", "asked", "tell", "told", "think", "thought"):
        return "voice" if right in english("speech_verbs") and left in ("think", "thought") else "topic"
    return _subject(before, after, left)


def _around(folded: Folded, mention: Mention) -> tuple[list[Token], list[Token]]:
    before = [token for token in folded.tokens if token.end <= mention.start]
    after = [token for token in folded.tokens if token.start >= mention.end]
    while before and (
        before[-1].text in english("determiners")
        or before[-1].text in english("honorifics")
        or before[-1].text in ("right",)
    ):
        if before[-1].text == "that" and len(before) > 1 and before[-2].text in english("voice_verbs"):
            break
        before.pop()
    while after and after[0].text in english("adverbs"):
        after.pop(0)
    return before, after


def _possessive(before: list[Token], after: list[Token]) -> Place:
    left = before[-1].text if before else ""
    compared = any(token.text in english("comparing") for token in before)
    spoken = any(token.text in english("voice_verbs") for token in before[:-1])
    if left in english("possessor_topics") and not compared:
        return "topic"
    if (left == "of" and spoken) or left in english("voice_verbs") - english("commands"):
        return "topic"
    nouns = (
        [token.text for token in after[1:4] if token.text != "s"]
        if after and after[0].text == "s"
        else [t.text for t in after[:3]]
    )
    return "voice" if any(noun in english("voice_nouns") for noun in nouns) else "actor"


_ABOUT = frozenset(("about", "on", "regarding", "concerning", "between"))


def _subject(before: list[Token], after: list[Token], left: str) -> Place:
    right = after[0].text if after else ""
    asked = left in english("auxiliaries")
    starts = (
        not left or asked or left in english("clause_starts") or left in _CONJUNCTIONS or left in english("adverbs")
    )
    if left in _CONJUNCTIONS and any(token.text in _ABOUT for token in before):
        return "topic"  # "the discussion about finance and veterans"
    if right in english("voice_verbs") and (starts or not right.endswith("ing")):
        return "voice"
    if right in english("auxiliaries") and len(after) > 1:
        return _after_auxiliary(after)
    if not starts:
        return "loose"
    beyond = after[1].text if len(after) > 1 else ""
    if right not in english("not_nouns") and beyond not in english("articles") and _compound(right, asked=asked):
        return "topic"
    if left in ("is", "are", "was", "were") and not right:
        return "loose"  # "who is Hu Wei": about the person
    return "actor"


def _after_auxiliary(after: list[Token]) -> Place:
    """ "the bank didn't mention", "Hu Wei has said"."""
    following = next((t.text for t in after[1:4] if t.text not in english("adverbs") and t.text != "not"), "")
    return "voice" if following in english("voice_verbs") else "actor"


def _compound(right: str, *, asked: bool) -> bool:
    """True where the mention only modifies the noun behind it: "how did the bank cards change"."""
    if right in english("compound_nouns"):
        return True
    plural = right.endswith("s") and not right.endswith("ss") and right not in english("voice_verbs")
    return asked and plural and right not in english("verbs_in_s")


def owned_kind(folded: Folded, start: int, end: int) -> bool:
    """True where a general word is the head of a name: "Ping An Bank", "Grad D", "the Minister of Health"."""
    tokens = [token for token in folded.tokens if token.end <= start]
    following = next((token for token in folded.tokens if token.start >= end), None)
    if (
        following is not None
        and len(following.text) == 1
        and following.capital
        and folded.text[end : following.start] == " "
    ):
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
    """ "the two hospital people", "both lawyers"."""
    return re.search(r"\b(?:two|three|four|five|several|both|all|all the)\s+$", folded.text[:start]) is not None


def before_a_name(folded: Folded, end: int) -> bool:
    """True where a title stands before a name of its own: "Councillor Ellerby"."""
    following = next((token for token in folded.tokens if token.start >= end), None)
    return (
        following is not None
        and folded.text[end : following.start] == " "
        and following.capital
        and following.text.isascii()
        and following.text
        not in english("auxiliaries") | english("not_nouns") | english("voice_verbs") | english("person_words")
    )


def unknown_slots(folded: Folded) -> Iterator[tuple[int, int]]:
    """Spans (token indices) that the grammar gives to somebody who spoke, whoever that is."""
    tokens = folded.tokens
    for i, token in enumerate(tokens):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if token.text in english("auxiliaries"):
            j = _slot_end(folded, i + 1)
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
        if j > start and re.search(r"[,;:?!.]", folded.text[tokens[j - 1].end : tokens[j].start]):
            return None
        if word in english("not_nouns") - {"of", "from", "at", "and", "or", "for", "in"} or word in _CLAUSE_WORDS:
            return None
    return None


def _clause_end(folded: Folded, start: int) -> int:
    tokens = folded.tokens
    for j in range(start, len(tokens)):
        if j > start and re.search(r"[,;:?!.]", folded.text[tokens[j - 1].end : tokens[j].start]):
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


def part_of_other_name(folded: Folded, start: int, end: int) -> bool:
    """True for a surname or given name that a neighbour makes somebody else's ("Jack Shen", "Shen Zhiqiang")."""
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
    common = (
        english("auxiliaries")
        | english("determiners")
        | english("honorifics")
        | english("label_words")
        | english("clause_starts")
        | english("not_nouns")
        | english("voice_verbs")
    )
    return any(
        neighbour.capital and neighbour.text.isascii() and len(neighbour.text) > 1 and neighbour.text not in common
        for neighbour in neighbours
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
