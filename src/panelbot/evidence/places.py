"""Places a question names that nobody speaks of: an answer about another place is no answer.

Knows places as CC-CEDICT has them (a city, a province, a capital), by their names in both languages and their short
names; does not know what was said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from panelbot.retrieve.dictionary import glosses
from panelbot.text import content_words, fold
from panelbot.types import Question, Transcript

LONGEST = 3  # characters of a Chinese name
_KIND = r"(?:(?:sub-?provincial|prefecture[ -]level|county[ -]level) )?(?:city|municipality|province|autonomous region)"
_PLACE = re.compile(rf"(?=.*\b(?:{_KIND}|capital)\b)(?P<name>[A-Z][a-z]{{2,}}(?: [A-Z][a-z]+)?)(?:,| {_KIND}\b)")
_SHORT = re.compile(r".*\b(?:abbr\. for|short name for) (?P<name>[A-Z][a-z]{2,})")
_KINDS = re.compile("city|capital|municipality|province|autonomous region|abbr. for|short name")
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|[^\x00-\x7f]+)")


def unsaid_place(question: Question, transcripts: Iterable[Transcript]) -> str:
    """The first place the question is about that none of the transcripts names; empty where there is none.

    A place in what points at a speaker ("the lawyer from Suzhou") is not what the question is about.
    """
    topic, referring = question.topic, " ".join(reference.text for reference in question.references)
    asked = [(found, names) for found, names in _asked(topic) if found not in fold(referring)]
    if not asked:
        return ""
    said = "\n".join(_said(transcript) for transcript in transcripts)
    return next((found for found, names in asked if not any(name in said for name in names)), "")


def _asked(text: str) -> list[tuple[str, frozenset[str]]]:
    """The places named in ``text``, folded, each with every name it goes by."""
    places, words = _places(), content_words(text)
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return [(name, places[name]) for name in dict.fromkeys([*pairs, *words]) if name in places]


def _said(transcript: Transcript) -> str:
    """Everything in a transcript that may name a place."""
    people = [part for s in transcript.speakers for part in (s.name, s.organization, s.title)]
    return fold("\n".join([transcript.title, *people, *(turn.text for turn in transcript.turns)]))


@lru_cache(maxsize=1)
def _places() -> Mapping[str, frozenset[str]]:
    """Names of places, folded, with all names of the same place."""
    chinese: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for word, gloss in glosses().items():
        if len(word) > LONGEST or not _KINDS.search(gloss):
            continue
        for sense in gloss.split("/"):
            pattern, names = (_SHORT, short) if len(word) == 1 else (_PLACE, chinese)
            if match := pattern.match(_ASIDE.sub("", sense).strip()):
                names.setdefault(fold(match["name"]), set()).add(word)
    found: dict[str, frozenset[str]] = {}
    for english, words in chinese.items():
        names = frozenset({english, *words, *short.get(english, ())})
        for name in (english, *words):
            found[name] = found.get(name, frozenset()) | names
    return found
