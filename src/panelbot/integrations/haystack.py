"""panelbot as a Haystack retriever component, and a converter of transcript files into documents, a turn each.

Knows Haystack's components; what is found and how it is described, the records know.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot
from panelbot.integrations.records import Record, Scope, found, missing, read

try:
    from haystack import Document, component, default_to_dict
except ModuleNotFoundError as error:
    raise missing("haystack", error) from error


@component
class PanelBotRetriever:
    """The best passages for a question, best first.

    ``bot`` is an open one, or the folder of an index that is opened at the first use. A pipeline is saved with the
    folder; one whose bot was opened with settings of its own is loaded with those of the place it is loaded in.
    """

    def __init__(
        self,
        bot: PanelBot | str | Path = "index",
        *,
        top_k: int | None = None,
        transcripts: list[str] | None = None,
        speakers: list[str] | None = None,
    ) -> None:
        self._bot = bot
        self._scope = Scope(k=top_k, transcripts=transcripts, speakers=speakers)

    def warm_up(self) -> None:
        """Open the index."""
        if not isinstance(self._bot, PanelBot):
            self._bot = PanelBot.open(self._bot)

    def to_dict(self) -> dict[str, Any]:
        """What a saved pipeline holds of this component."""
        folder = str(self._bot.path if isinstance(self._bot, PanelBot) else self._bot)
        scope = self._scope
        return default_to_dict(self, bot=folder, top_k=scope.k, transcripts=scope.transcripts, speakers=scope.speakers)

    @component.output_types(documents=list[Document])
    def run(self, query: str, top_k: int | None = None, history: list[str] | None = None) -> dict[str, Any]:
        """Search for a question; ``history`` holds earlier ones, oldest first."""
        self.warm_up()
        if not isinstance(self._bot, PanelBot):
            raise TypeError("warm_up opened no index")
        scope = Scope(k=top_k or self._scope.k, transcripts=self._scope.transcripts, speakers=self._scope.speakers)
        return {"documents": [_document(record) for record in found(self._bot, query, scope, history or ())]}

    @component.output_types(documents=list[Document])
    async def run_async(self, query: str, top_k: int | None = None, history: list[str] | None = None) -> dict[str, Any]:
        """As `run`, in a thread."""
        return await asyncio.to_thread(self.run, query, top_k, history)


@component
class TranscriptConverter:
    """The turns of transcript files and folders."""

    def __init__(self, *, speaker_pattern: str = "") -> None:
        self._speaker_pattern = speaker_pattern

    @component.output_types(documents=list[Document])
    def run(self, sources: list[str | Path]) -> dict[str, Any]:
        """One document a turn, in order."""
        return {"documents": [_document(r) for r in read(sources, speaker_pattern=self._speaker_pattern)]}

    @component.output_types(documents=list[Document])
    async def run_async(self, sources: list[str | Path]) -> dict[str, Any]:
        """As `run`, in a thread."""
        return await asyncio.to_thread(self.run, sources)

    def to_dict(self) -> dict[str, Any]:
        """What a saved pipeline holds of this component."""
        return default_to_dict(self, speaker_pattern=self._speaker_pattern)


def _document(record: Record) -> Document:
    return Document(id=record.id, content=record.text, meta=record.metadata, score=record.score)
