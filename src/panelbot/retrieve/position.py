"""The turn that stands at an end of the talk, for a question about how it opened or closed.

Knows the order of turns; does not know what was said there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from panelbot.retrieve.turn_pool import TurnPool
from panelbot.types import ROLES, End, Hit, Question

_MIN_CONTENT = 4  # content words of a turn that opens or closes a talk; "thanks, everybody" does neither


def turn_at(end: End, question: Question, pool: TurnPool, near: int) -> int | None:
    """The first or last turn of substance that may be a hit, in the transcript of turn ``near``; None for none.

    Where the question names nobody the moderator's turn is taken, and anybody's where there is no moderator.
    """
    at = np.flatnonzero(pool.eligible & (pool.of == pool.of[near]) & (pool.n_content >= _MIN_CONTENT))
    if not question.speakers:
        moderated = at[pool.role[at] == ROLES.index("moderator")]
        at = moderated if len(moderated) else at
    return None if not len(at) else int(at[0] if end == "open" else at[-1])


def put_first(hit: Hit, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """As many hits with ``hit`` before the others; every place keeps its score. Marked as ``at_end``."""
    others = [other for other in hits if (other.transcript_id, other.turn) != (hit.transcript_id, hit.turn)]
    ordered = [replace(hit, at_end=True), *others]
    return tuple(replace(h, rank=at.rank, score=at.score) for h, at in zip(ordered, hits, strict=False))
