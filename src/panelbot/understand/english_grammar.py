"""English grammar of questions, as far as it tells who speaks from what is spoken about.

Knows word order and lists of verbs. Does not know who is on the panel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from panelbot.text.folded import Folded, Token
from panelbot.understand.lexicon import english
from panelbot.understand.mention import Mention

Place = Literal["voice", "by", "actor", "loose", "topic"]
"""``voice`` said or thought it; ``by`` did so in passing (suggested by X); ``actor`` acts otherwise;
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
    rest = folded.text[mention.end :]
    left, before_left = ([token.text for token in reversed(before[-2:])] + ["", ""])[:2]
    if left == "to" and before_left == "according":
        return "voice"
    if rest.startswith(("'s ", "' ")) or (rest.startswith("'s") and not after):
        return _possessive(before, after)
    found = _after_word(left, before_left, [token.text for token in before], after[0].text if after else "")
    return found or _subject(before, after, left)


def _after_word(left: str, before_left: str, before: list[str], right: str) -> Place | None:
    """The place the word on the left gives: "by X", "the view of X", "ask X", "between X and Y", "about X"."""
    if left == "by" or (left == "of" and before_left in english("voice_nouns")):
        return "by"
    if left in english("moving") and before_left in ("what", "which"):
        return "voice"
    if left in ("compare", "contrast") or (left in ("ask", "quote", "hear") and len(before) <= 2):
        return "voice"
    if left in ("with", "between") and before_left in english("comparing") | {"disagreement"}:
        return "voice"
    if left == "from":
        return "voice" if any(word in english("voice_nouns") | {"hear", "heard"} for word in before) else "actor"
    if left == "for" and right not in english("voice_verbs"):
        return "actor"
    if left == "about" and before_left in ("what", "how") and len(before) <= 3:
        return "actor"  # "what about the bank?"
    if left == "of" or left in english("topic_prepositions") - english("auxiliaries"):
        return "topic"
    if left in ("ask", "asked", "tell", "told"):
        return "topic"
    if left in ("think", "thought"):
        return "voice" if right in english("speech_verbs") else "topic"
    return None


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
    """As in "the bank didn't mention", "Hu Wei has said"."""
    following = next((t.text for t in after[1:4] if t.text not in english("adverbs") and t.text != "not"), "")
    return "voice" if following in english("voice_verbs") else "actor"


def _compound(right: str, *, asked: bool) -> bool:
    """Whether the mention only modifies the noun behind it: "how did the bank cards change"."""
    if right in english("compound_nouns"):
        return True
    plural = right.endswith("s") and not right.endswith("ss") and right not in english("voice_verbs")
    return asked and plural and right not in english("verbs_in_s")


_OPEN = re.compile(r"\W*(?:(?:and|but|so)\s+)?what\s+(?:did|does|do|has|have|had|will|would)\b")


def reported(folded: Folded, mention: Mention) -> bool:
    """Whether what a mention did may be told by others: "how many jobs has the developer promised?".

    "What did the mayor promise?" asks for words of the mayor's own.
    """
    after = [token.text for token in folded.tokens if token.start >= mention.end]
    return bool(after) and after[0] in english("reported") and _OPEN.match(folded.text) is None
