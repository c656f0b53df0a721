"""Wrong passwords, by the address they came from: after a few, each costs twice the wait of the last.

Does not know what a right password is, and forgets everything when the server stops.
"""

from __future__ import annotations

import asyncio
import time

FREE = 5  # wrong passwords before an address has to wait
LONGEST = 300  # seconds
MANY = 10_000  # addresses remembered
DELAY = 0.3  # seconds every try takes once one was wrong


class Logins:
    """How often each address was wrong in a row, and when it may try again."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, float]] = {}

    def wait(self, who: str) -> int:
        """The seconds until ``who`` may try again; 0 for now."""
        _, until = self._wrong.get(who, (0, 0.0))
        return max(0, round(until - time.monotonic() + 0.5))

    async def slow(self, who: str) -> None:
        """Delay a user whose last password was wrong."""
        if who in self._wrong:
            await asyncio.sleep(DELAY)

    def note(self, who: str, *, right: bool) -> None:
        """Remember how a try went."""
        n_wrong, _ = self._wrong.pop(who, (0, 0.0))
        if right:
            return
        if len(self._wrong) >= MANY:
            self._wrong.pop(next(iter(self._wrong)))
        pause = min(LONGEST, 2 ** min(n_wrong + 1 - FREE, 20)) if n_wrong + 1 >= FREE else 0
        self._wrong[who] = (n_wrong + 1, time.monotonic() + pause)
