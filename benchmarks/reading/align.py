"""Aligns two rows of words that say mostly the same, in order.

Knows nothing of who speaks them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_GRAM = 4
_SMALL = 3000


def align(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions of equal words, rising on both sides: by rare word groups first, then in the gaps between."""
    anchors = [(-1, -1), *_anchors(ours, theirs), (len(ours), len(theirs))]
    for (a, b), (c, d) in pairwise(anchors):
        if a >= 0:
            yield a, b
        yield from _gap(ours, theirs, a + 1, c, b + 1, d)


def _anchors(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Starts of the word groups that occur once on either side, as the longest rising chain of them."""
    left, right = _once(ours), _once(theirs)
    pairs = sorted((at, right[gram]) for gram, at in left.items() if gram in right)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before[number] = ends[at - 1] if at else -1
        tails[at : at + 1], ends[at : at + 1] = [place], [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _once(items: Sequence[str]) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(items) - _GRAM + 1):
        gram = tuple(items[at : at + _GRAM])
        seen[gram] = -1 if gram in seen else at
    return {gram: at for gram, at in seen.items() if at >= 0}


def _gap(ours: Sequence[str], theirs: Sequence[str], a: int, c: int, b: int, d: int) -> Iterator[tuple[int, int]]:
    while a < c and b < d and ours[a] == theirs[b]:
        yield a, b
        a, b = a + 1, b + 1
    tail = []
    while a < c and b < d and ours[c - 1] == theirs[d - 1]:
        c, d = c - 1, d - 1
        tail.append((c, d))
    if a < c and b < d and (c - a) * (d - b) <= _SMALL * _SMALL:
        blocks = SequenceMatcher(None, ours[a:c], theirs[b:d], autojunk=False).get_matching_blocks()
        for block in blocks:
            yield from ((a + block.a + k, b + block.b + k) for k in range(block.size))
    yield from tail[::-1]
