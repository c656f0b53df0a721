"""The words of a search index: how many passages hold a stem, and which Chinese words mean an English one.

Does not know which words a question has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

from panelbot.index import SearchIndex
from panelbot.match.dictionary import Sense, reverse
from panelbot.text import has_han
from panelbot.types import Speaker

MOST = 50_000  # stems, and meanings, that are remembered of an index


class _Memory:
    """What was looked up in one index."""

    def __init__(self) -> None:
        self.n: dict[str, int] = {}
        self.meanings: dict[Sense, dict[str, float]] = {}
        self.organizations: frozenset[str] | None = None


_memories: WeakKeyDictionary[SearchIndex, _Memory] = WeakKeyDictionary()


class Vocabulary:
    """The stems of ``index``, looked up as they are asked for; safe to use from many threads at once."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self._memory = _memories.get(index) or _memories.setdefault(index, _Memory())
        self.has_chinese, self.has_other = index.source.scripts()

    @property
    def n_passages(self) -> int:
        """How many passages there are."""
        return sum(head.n_passages for head in self.index.heads)

    @property
    def registers(self) -> Mapping[str, tuple[Speaker, ...]]:
        """The speakers of every transcript, by its id."""
        return self.index.source.registers

    @property
    def latin_organizations(self) -> frozenset[str]:
        """The organizations of the speakers that are written in Latin letters."""
        known = self._memory.organizations
        if known is None:
            found = (speaker.organization for speakers in self.registers.values() for speaker in speakers)
            known = self._memory.organizations = frozenset(name for name in found if name and not has_han(name))
        return known

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.counts([key])[key] > 0

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """How many passages hold each of ``keys``, and perhaps others."""
        known = self._memory.n
        new = [key for key in keys if key not in known]
        if new and len(known) > MOST:
            known, new = {}, list(keys)
        if new:
            known.update(self.index.counts(new))
            self._memory.n = known
        return known

    def meaning(self, sense: Sense) -> dict[str, float]:
        """The Chinese words of the index with this sense, or part of one, and how much of it they are, 0..1."""
        known = self._memory.meanings
        if sense not in known:
            forms = reverse(sense)
            n = self.counts(forms)
            if len(known) > MOST:
                known = self._memory.meanings = {}
            known[sense] = {word: weight for word, weight in forms.items() if n[word]}
        return known[sense]

    def scoped_df(self, forms: Iterable[str], scope: Sequence[int] | None, *, closely: bool) -> dict[str, int]:
        """Passages of the transcripts numbered ``scope`` (None: all) that hold each form, at most.

        A form's rarest stem counts. ``closely`` reads the transcripts, which a search will look at anyway; else they
        are so many that a passage which holds two words of a stem may count once.
        """
        forms = list(forms)
        keys = {key for form in forms for key in form.split(" ")}
        n = self.counts(keys)
        df = {key: n[key] for key in keys}
        if scope is not None:
            held = [key for key, count in df.items() if count]
            segments = [self.index.segment_at(number) for number in scope] if closely else []
            for key in held:
                df[key] = (
                    sum(segment.lexical.n_like(key) for segment in segments)
                    if closely
                    else self.index.n_holding(key, scope)
                )
        return {form: min(df[key] for key in form.split(" ")) for form in forms}
