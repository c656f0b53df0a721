"""The vocabulary of a search index: every stem, and how many passages hold it. Kept up to date by differences.

Does not know which words a question has.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from panelbot.index import SearchIndex, Segment
from panelbot.retrieve.bridge import ReverseDictionary
from panelbot.text import has_han


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """``df`` is the number of passages by stem, over ``segments``, by id."""

    segments: Mapping[str, Segment]
    df: Mapping[str, int]
    n_passages: int
    n_chinese: int  # stems with a Chinese character
    reverse: ReverseDictionary  # shared by all vocabularies: it holds facts of the dictionary, none of a corpus

    def changed(self, segments: Mapping[str, Segment]) -> Vocabulary:
        """The vocabulary of other ``segments``, at the cost of those that differ."""
        gone = [s for id, s in self.segments.items() if segments.get(id) is not s]
        new = [s for id, s in segments.items() if self.segments.get(id) is not s]
        df = dict(self.df)
        n_chinese = self.n_chinese
        for segment, sign in [*((s, 1) for s in new), *((s, -1) for s in gone)]:
            for key in segment.lexical.stems:
                count = df.get(key, 0)
                total = count + sign * segment.lexical.n_like(key)
                if not count or not total:
                    n_chinese += has_han(key) * (bool(total) - bool(count))
                df[key] = total
        return Vocabulary(
            segments=dict(segments),
            df={key: count for key, count in df.items() if count} if gone else df,
            n_passages=sum(segment.n_passages for segment in segments.values()),
            n_chinese=n_chinese,
            reverse=self.reverse,
        )

    def scoped_df(self, forms: Iterable[str], segments: Iterable[Segment] | None) -> dict[str, int]:
        """Passages of ``segments`` (None: all of them) that hold each form, at most: a form's rarest stem counts."""
        chosen = None if segments is None else list(segments)

        def count(key: str) -> int:
            if chosen is None or key not in self.df:
                return self.df.get(key, 0)
            return sum(s.lexical.n_like(key) for s in chosen)

        return {form: min(count(key) for key in form.split(" ")) for form in forms}


_EMPTY = Vocabulary(segments={}, df={}, n_passages=0, n_chinese=0, reverse=ReverseDictionary())
_known: WeakKeyDictionary[SearchIndex, Vocabulary] = WeakKeyDictionary()
_recent: list[Vocabulary] = []  # the newest of each index in use, newest last
_N_RECENT = 4
_lock = threading.Lock()


def vocabulary_of(index: SearchIndex) -> Vocabulary:
    """The vocabulary of ``index``, worked out once from the one before it."""
    found = _known.get(index)
    if found is not None:
        return found
    with _lock:
        found = _known.get(index)
        if found is None:
            before = max(reversed(_recent), key=lambda vocabulary: _n_kept(vocabulary, index), default=_EMPTY)
            if 2 * _n_kept(before, index) <= len(before.segments):  # less work to start from nothing
                before = _EMPTY
            found = before.changed(index.segments)
            new = {
                key for id, s in index.segments.items() if before.segments.get(id) is not s for key in s.lexical.stems
            }
            found.reverse.grow(new)
            _known[index] = found
            _recent[:] = [*(vocabulary for vocabulary in _recent if vocabulary is not before), found][-_N_RECENT:]
        return found


def _n_kept(vocabulary: Vocabulary, index: SearchIndex) -> int:
    """How many transcripts ``vocabulary`` knows as ``index`` has them."""
    return sum(index.segments.get(id) is segment for id, segment in vocabulary.segments.items())
