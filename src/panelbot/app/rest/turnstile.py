"""Few at a time, some waiting, the rest told to come back: keeps questions from crowding each other out.

Does not know what is done; only how many do it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio


class Busy(Exception):  # noqa: N818
    """As many wait as may."""


class Turnstile:
    """Lets ``n_at_once`` in, and ``n_waiting`` wait."""

    def __init__(self, n_at_once: int, n_waiting: int) -> None:
        self._places = anyio.Semaphore(n_at_once)
        self._n_waiting = n_waiting

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place among those at work, waited for.

        Raises:
            Busy: too many wait already.
        """
        if self._places.statistics().tasks_waiting >= self._n_waiting:
            raise Busy
        async with self._places:
            yield
