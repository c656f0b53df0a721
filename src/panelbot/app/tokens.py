"""Who may call as a program: the sender of one of the server's tokens, as ``Authorization: Bearer …``.

Does not know which paths want one; wrong tokens cost waiting, as wrong passwords do.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence

from panelbot.app.logins import Logins

USER = "token"  # who logs in to the page with a token, where there are no other users


class Tokens:
    """The tokens that are right."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = [token.encode() for token in tokens]
        self._tries = Logins()

    def __bool__(self) -> bool:
        return bool(self._tokens)

    async def admits(self, headers: Mapping[str, str], who: str) -> int | None:
        """None for one of the tokens; else the seconds that the address ``who`` must wait, 0 for none."""
        if wait := self._tries.wait(who):
            return wait
        await self._tries.slow(who)
        kind, _, token = headers.get("authorization", "").partition(" ")
        given = token.strip().encode("latin-1", "replace")
        same = [hmac.compare_digest(given, known) for known in self._tokens]  # all of them: it takes as long for each
        right = kind.casefold() == "bearer" and any(same)
        self._tries.note(who, right=right)
        return None if right else 0
