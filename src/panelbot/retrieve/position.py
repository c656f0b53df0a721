"""Questions about a place in the talk, how it opened or how it closed, and the turn that stands there.

Knows cue words and the order of turns; does not know what was said there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Literal

import numpy as np

from panelbot.retrieve.field import Field
from panelbot.text import content_words
from panelbot.types import ROLES, Hit, Question

_OPEN = re.compile(
    r"开场|开头|一开始|开篇|"
    r"\b(?:open(?:s|ed|ing)?|start(?:s|ed)?|beg[ai]n(?:s|ning)?|first words?|introduc(?:e|ed|tion))\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"最后.{0,4}(?:总结|说|收尾|结束|布置|交代|嘱咐|提醒)|总结发言|结束语|结尾|收尾|闭幕|"
    r"\b(?:clos(?:e[sd]?|ing)|wrap(?:s|ped)?[ -]?up|conclu(?:de[sd]?|sion|ding)|end(?:s|ed|ing)?|"
    r"final (?:words?|remarks?)|last words?|sum(?:s|med)? up)\b",
    re.IGNORECASE,
)
# The cue is what is talked about ("about closing"), a time is asked for, or the whole is to be summed up.
_NO_PLACE = re.compile(
    r"\babout\b|\bwhen (?:did|does|do|will|is|was)\b|\bwhat time\b|什么时候|几点|"
    r"^\W*(?:please |(?:can|could|would) you )?(?:please )?sum up\b",
    re.IGNORECASE,
)
_MIN_CONTENT = 4  # content words of a turn that opens or closes a talk; "thanks, everybody" does neither


def _read_place() -> frozenset[str]:
    lines = files("panelbot.retrieve").joinpath("place.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


PLACE = _read_place()


def asked_place(question: Question) -> Literal["", "open", "close"]:
    """Which end of the talk is asked about, where the question asks for nothing else."""
    if _NO_PLACE.search(question.text):
        return ""
    place = "close" if _CLOSE.search(question.text) else "open" if _OPEN.search(question.text) else ""
    rest = [word for word in content_words(question.topic) if word not in PLACE]
    return place if not rest else ""


def turn_at(place: Literal["open", "close"], question: Question, field: Field, near: int) -> int | None:
    """The first or last turn of substance that may be a hit, in the transcript of turn ``near``; None for none.

    Where the question names nobody the moderator's turn is taken, and anybody's where there is no moderator.
    """
    at = np.flatnonzero(field.eligible & (field.of == field.of[near]) & (field.n_content >= _MIN_CONTENT))
    if not question.speakers:
        moderated = at[field.role[at] == ROLES.index("moderator")]
        at = moderated if len(moderated) else at
    return None if not len(at) else int(at[0] if place == "open" else at[-1])


def put_first(hit: Hit, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """As many hits with ``hit`` before the others; every place keeps its score. Marked as ``at_place``."""
    others = [other for other in hits if (other.transcript_id, other.turn) != (hit.transcript_id, hit.turn)]
    ordered = [replace(hit, features={**hit.features, "at_place": 1.0}), *others]
    return tuple(replace(h, rank=at.rank, score=at.score) for h, at in zip(ordered, hits, strict=False))
