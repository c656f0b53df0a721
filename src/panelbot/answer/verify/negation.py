"""Whether a sentence says the opposite of its quote: a "not" put in or taken out, a word for its opposite.

Knows the words that deny, and which word they stand before; does not understand either sentence, and compares only
sentences of one language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from panelbot.answer.lexicon import DENIALS, DENYING, OPPOSITES
from panelbot.answer.verify.support import overlap
from panelbot.text import fold, has_han
from panelbot.text.stem import stem
from panelbot.text.words import STOP_WORDS

_NOT_DENIED = re.compile(
    r"(.)[不没]\1|不仅|不但|不光|不只|不止|不过|不断|不同|不少|不错|不管|不论|不如|不妨|不禁|不得不|不可或缺|差不多|不久|要不(?!是)|对不起|"
    "不好意思|不然|没关系|没问题|无论|无疑|非常|特别|别的|别人|"
    "[分区级类个识差性判辨鉴告送派国甄]别|未来|非洲|除非|无线|无人机|是否"
)
VERBATIM = 0.6  # of a sentence's words
_HAN_NOT = "不没未无非别"
_NEAR = {True: 2, False: 3}  # characters, or words, between "not" and what it denies
_COPIED = {True: 8, False: 6}  # so many characters, or words, in a row are the quote's own

_OPPOSITES = {
    True: {pair for a, b in OPPOSITES["zh"] for pair in ((a, b), (b, a))},
    False: {(stem(one), stem(other)) for a, b in OPPOSITES["en"] for one, other in ((a, b), (b, a))},
}


def turns_round(sentence: str, quote: str) -> bool:
    """Whether ``sentence`` denies what ``quote`` states or states what it denies."""
    han = has_han(quote)
    if han and not has_han(sentence):
        return False
    claimed, said = _tokens(sentence, han), _tokens(quote, han)
    if _denies(claimed, said, han, sentence=True) or (_rejects(sentence) and not _rejects(quote)):
        return True
    if _turned_in_place(claimed, said, han):
        return True
    # In words of its own a sentence may state one clause of a quote that denies another.
    near = overlap(sentence, quote) >= VERBATIM
    return near and (_denies(said, claimed, han) or _opposite(sentence, quote, han))


def denies(frame: str) -> bool:
    """Whether what stands around a quote says that it was not said."""
    return _rejects(frame) or "¬" in _tokens(frame, has_han(frame))


def _rejects(text: str) -> bool:
    return re.search("|".join(rf"\b{word}\b" if word.isascii() else word for word in DENYING), fold(text)) is not None


def _tokens(text: str, han: bool) -> list[str]:
    """Characters of Chinese text, stems of English words; "not" in any form is ``¬``."""
    folded = fold(text)
    if han:
        said = re.sub(rf"[{_HAN_NOT}](?=[^\w\s])|\W", "", _plain_han(folded))  # before a comma it denies nothing
        return list(re.sub(f"[{_HAN_NOT}]", "¬", said))
    folded = re.sub(r"\bnot (?:only|just|merely|necessarily)\b", " ", re.sub(r"n['’]t\b|\bcannot\b", " not ", folded))
    found = re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z] )no(?= [a-z])", "not", folded))
    return ["¬" if word in DENIALS else stem(word) for word in found]


def _plain_han(text: str) -> str:
    return _NOT_DENIED.sub(lambda m: "□" * len(m.group()), text)


def _denies(one: Sequence[str], other: Sequence[str], han: bool, *, sentence: bool = False) -> bool:
    """Whether ``one`` denies words that ``other`` has and never denies; of a ``sentence`` also where it has none."""
    for at, token in enumerate(one):
        if token != "¬":
            continue
        denied = _denied(one, at, han)
        places = _places(denied, other)
        if places and _never(denied, other, han, denied=True) and _never(denied, one, han, denied=False):
            return True
        if sentence and not places and "¬" not in other:
            return True
    return False


def _turned_in_place(sentence: Sequence[str], quote: Sequence[str], han: bool) -> bool:
    """Whether, in a stretch that both have, a "not" stands in one alone or a word's opposite in its place."""
    (claimed, denied), (said, also) = _bare(sentence), _bare(quote)
    changes = SequenceMatcher(None, claimed, said, autojunk=False).get_opcodes()
    shared = [b - a if tag == "equal" else 0 for tag, a, b, _, _ in changes]
    for i, (tag, a, b, c, d) in enumerate(changes):
        if sum(shared[max(0, i - 1) : i + 2] if tag == "replace" else shared[i : i + 1]) < _COPIED[han]:
            continue
        # The last word of a stretch that breaks off may go on otherwise in each.
        compared = range(b - a - (b < len(claimed)) if tag == "equal" else 0)
        if any(denied[a + k] is not also[c + k] for k in compared):
            return True
        if tag == "replace" and ("".join(claimed[a:b]), "".join(said[c:d])) in _OPPOSITES[han]:
            return True
    return False


def _bare(tokens: Sequence[str]) -> tuple[list[str], list[bool]]:
    """The tokens that are no "not", and whether one stands before each."""
    at = [i for i, token in enumerate(tokens) if token != "¬"]
    return [tokens[i] for i in at], [i > 0 and tokens[i - 1] == "¬" for i in at]


def _never(words: Sequence[str], tokens: Sequence[str], han: bool, *, denied: bool) -> bool:
    """Whether ``words`` nowhere in ``tokens`` are ``denied``, or nowhere are not."""
    return all(("¬" in tokens[max(0, p - _NEAR[han]) : p]) is not denied for p in _places(words, tokens))


def _denied(tokens: Sequence[str], at: int, han: bool) -> tuple[str, ...]:
    """The words that the "not" at ``at`` stands before: three characters, or words to the first content word."""
    if han:
        return tuple(tokens[at + 1 : at + 4])
    following = tokens[at + 1 : at + 5]
    end = next((i for i, word in enumerate(following, 1) if word not in STOP_WORDS), len(following))
    return tuple(following[: max(end, 2)])


def _places(words: Sequence[str], tokens: Sequence[str]) -> list[int]:
    size = len(words)
    if size < 2:
        return []
    return [i for i in range(len(tokens) - size + 1) if tuple(tokens[i : i + size]) == tuple(words)]


def _opposite(sentence: str, quote: str, han: bool) -> bool:
    """Whether a word of the sentence is the opposite of one that the quote has in its place."""
    claimed, said = _searched(sentence, han), _searched(quote, han)
    both = _OPPOSITES[han] if han else {(f" {one} ", f" {other} ") for one, other in _OPPOSITES[han]}
    return any(one in claimed and other not in claimed and other in said and one not in said for one, other in both)


def _searched(text: str, han: bool) -> str:
    """Folded text; of English the stems, each between spaces."""
    return fold(text) if han else f" {' '.join(stem(word) for word in re.findall('[a-z]+', fold(text)))} "
