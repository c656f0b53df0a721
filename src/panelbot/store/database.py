"""What a catalogue is kept in, with its transactions. Knows neither SQL of its own kind nor a table."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

PATIENCE = 60.0  # seconds to wait for another process's write


class Rows(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...

    @property
    def description(self) -> Sequence[Any] | None:
        """The columns, by name first."""
        ...

    def fetchone(self) -> Any:
        """The next row, None at the end."""
        ...

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What runs a statement: SQL that SQLite and PostgreSQL both know, with a ``?`` for each value."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Rows:
        """Run one statement."""
        ...

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement for each row of values."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Database(ABC):
    """The connection to ``path``, a file or an address; safe to use from many threads, one at a time."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._writes = False

    @property
    @abstractmethod
    def connection(self) -> Connection:
        """What runs the statements."""

    @property
    def outermost(self) -> bool:
        """Whether it is in a transaction that stands in no other."""
        return self._depth == 1

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            self.connection.close()

    @abstractmethod
    def told(self) -> AbstractContextManager[None]:
        """What goes wrong inside, as the one sentence that is right for it."""

    @abstractmethod
    def has_tables(self) -> bool:
        """Whether there is a catalogue."""

    @abstractmethod
    def statement(self, text: str) -> str:
        """A statement of a script, which is written for SQLite, as it is said here."""

    @abstractmethod
    def upgrading(self, found: str) -> AbstractContextManager[None]:
        """Around a change of the format ``found``: it can be undone if it turns out badly."""

    @abstractmethod
    def lost(self, folder: Path) -> str:
        """What to do where there is no catalogue, though ``folder`` holds vectors of one."""

    @abstractmethod
    def problems(self) -> tuple[str, ...]:
        """What the database itself finds wrong with what it keeps."""

    @abstractmethod
    def settle(self) -> None:
        """Let go what processes that were killed have left."""

    @abstractmethod
    def _begin(self, *, writes: bool) -> None:
        """Begin a transaction of one moment, or one that nobody else writes in."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Everything read inside is of one moment."""
        with self._within(writes=False):
            yield self.connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """All or nothing of what is read and written inside; no other process writes meanwhile."""
        with self._within(writes=True):
            yield self.connection

    @contextmanager
    def _within(self, *, writes: bool) -> Iterator[None]:
        with self._lock, self.told():
            if writes and self._depth and not self._writes:
                raise ValueError("a transaction that reads cannot come to write: another process may have written")
            outermost = not self._depth
            if outermost:
                self._begin(writes=writes)
                self._writes = writes
            self._depth += 1
            try:
                yield
                if outermost:
                    self._commit()
            except BaseException:
                if outermost and self.connection.in_transaction:  # a full disk has ended it already
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def _commit(self) -> None:
        self.connection.execute("COMMIT")


def damaged(where: Path | str, how: str) -> str:
    """What to do with a catalogue whose contents are not what was written."""
    if isinstance(where, Path):
        return (
            f"The index {where} is damaged ({how}): put back a copy of it, or move the folder {where.parent} away and "
            f"run `panelbot add` again; `panelbot check` tells what is damaged."
        )
    return (
        f"The catalogue {where} is damaged ({how}): put back a copy of the database, or empty it and run "
        f"`panelbot add` again; `panelbot check` tells what is damaged."
    )
