"""What a caller may name: transcripts, speakers and earlier questions, checked. Knows no search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from panelbot.errors import InputError, NotFoundError
from panelbot.index import SearchIndex
from panelbot.text import fold
from panelbot.types import Exchange, Speaker, SpeakerRef, Transcript

MAX_QUESTION = 2000  # characters
MAX_HISTORY = 60  # earlier questions; those before them are left out
MAX_ANSWER = 20_000  # characters of an earlier answer that are looked at

History = Sequence[str | Exchange | Mapping[str, Any]]


def as_history(history: History) -> tuple[Exchange, ...]:
    """Earlier questions in any of the three accepted forms as exchanges, oldest first.

    Raises:
        InputError: an object without "query", or a question that is too long.
    """
    exchanges = [_exchange(item) for item in history[-MAX_HISTORY:]]
    for exchange in exchanges:
        check_length(exchange.query)
    return tuple(replace(exchange, answer=exchange.answer[:MAX_ANSWER]) for exchange in exchanges)


def check_length(query: str) -> None:
    """A question is a question: what is longer costs seconds and says nothing.

    Raises:
        InputError: it is longer than `MAX_QUESTION`.
    """
    if len(query) > MAX_QUESTION:
        raise InputError(f"The question has {len(query):,} characters; a question may have {MAX_QUESTION:,}.")


def _exchange(item: str | Exchange | Mapping[str, Any]) -> Exchange:
    if isinstance(item, Exchange):
        return item
    if isinstance(item, str):
        return Exchange(query=item)
    if not isinstance(item.get("query"), str):
        raise InputError('An earlier question must be a text or an object with "query" (and "answer").')
    return Exchange(query=item["query"], answer=str(item.get("answer") or ""))


def find_transcripts(ids: Sequence[str] | None, known: Mapping[str, object]) -> tuple[str, ...]:
    """The transcripts in scope: those named, or all.

    Raises:
        NotFoundError: there is no transcript of that id.
    """
    if ids is None:
        return tuple(known)
    for id in ids:
        if id not in known:
            raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")
    return tuple(dict.fromkeys(ids))


def name_scope(
    names: Sequence[str] | None, registers: Mapping[str, tuple[Speaker, ...]]
) -> tuple[SpeakerRef, ...] | None:
    """The speakers called one of ``names`` (name or alias, case and width aside); None where no names are given.

    Raises:
        NotFoundError: nobody in these transcripts is called so.
    """
    if names is None:
        return None
    wanted = {fold(name).strip(): name for name in names}
    called = [(_calls(s) & set(wanted), SpeakerRef.of(id, s)) for id, speakers in registers.items() for s in speakers]
    missing = set(wanted).difference(*(found for found, _ in called))
    if missing:
        name = wanted[min(missing)]
        raise NotFoundError(f"Nobody in these transcripts is called {name!r}; `panelbot speakers` lists them.")
    return tuple(ref for found, ref in called if found)


def _calls(speaker: Speaker) -> set[str]:
    return {fold(name).strip() for name in (speaker.name, *speaker.aliases)}


class Texts(Mapping[str, Transcript]):
    """The transcripts ``scope`` names, each read when it is first asked for and then held."""

    def __init__(self, read: Callable[[str], Transcript], scope: Sequence[str]) -> None:
        self._read_one = read
        self._scope = dict.fromkeys(scope)
        self._read: dict[str, Transcript] = {}

    def __getitem__(self, id: str) -> Transcript:
        if id not in self._scope:
            raise KeyError(id)
        if id not in self._read:
            self._read[id] = self._read_one(id)
        return self._read[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scope)

    def __len__(self) -> int:
        return len(self._scope)

    def __contains__(self, id: object) -> bool:
        return id in self._scope


def read_texts(index: SearchIndex, scope: Sequence[str]) -> Iterator[Transcript]:
    """The transcripts ``scope`` names, one after the other."""
    return (index.segments[id].transcript for id in scope)
