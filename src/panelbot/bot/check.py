"""Verifying an index folder: every checksum of every transcript, and the database's own structure. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from panelbot.errors import InputError, StoreError
from panelbot.store import FILE_NAME, Store, written_vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found: how many transcripts there are, and a sentence for each fault."""

    n_transcripts: int
    faults: tuple[str, ...]


def check_index(folder: str | Path, *, catalogue: str = "") -> Checked:
    """What is wrong with the index in ``folder``, or with its ``catalogue`` where that is elsewhere.

    Raises:
        InputError: there is no index.
    """
    path = Path(folder) / FILE_NAME
    if not catalogue and not path.exists() and not written_vectors(Path(folder)):
        raise InputError(f"There is no index in {folder}; name its folder with --index.")
    try:
        store = Store(Path(folder), catalogue=catalogue)
    except StoreError as error:
        return Checked(n_transcripts=0, faults=(str(error),))
    try:
        faults = [_damage(path, problem) for problem in store.problems()]
        ids, listed = store.listed()
        faults += listed
        faults += _derived(store)
        faults += [str(fault) for id in ids if (fault := _fault(store, id)) is not None]
        return Checked(n_transcripts=len(ids), faults=tuple(dict.fromkeys(faults)))
    except StoreError as error:
        return Checked(n_transcripts=0, faults=(str(error),))
    finally:
        store.close()


def _damage(path: Path, problem: str) -> str:
    return f"The file {path} is damaged: {problem}."


def _derived(store: Store) -> list[str]:
    try:
        store.look_at_derived()
    except StoreError as error:
        return [str(error)]
    return []


def _fault(store: Store, id: str) -> str | None:
    try:
        store.load(id)
    except StoreError as error:
        return str(error)
    if not store.is_packed(id):
        return f"What a search reads of {id!r} is damaged; the next question makes it again."
    return None
