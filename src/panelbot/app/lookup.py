"""The transcripts of an index by id, each read when somebody looks at it: of five hundred an answer cites three.

Knows which are there when it is made; one that is removed meanwhile is not found any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from panelbot.errors import NotFoundError
from panelbot.types import Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


class Lookup(Mapping[str, Transcript]):
    """All transcripts of ``bot``, for one request; the newest first."""

    def __init__(self, bot: PanelBot) -> None:
        self._bot = bot
        self._ids = dict.fromkeys(bot.newest())

    def __getitem__(self, id: str) -> Transcript:
        if id not in self._ids:
            raise KeyError(id)
        try:
            return self._bot.transcript(id)
        except NotFoundError:
            raise KeyError(id) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
