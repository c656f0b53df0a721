"""panelbot as a LlamaIndex retriever, and transcript files as LlamaIndex documents, a turn each.

Knows LlamaIndex's base classes; what is found and how it is described, the records know.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot
from panelbot.integrations.records import Record, Scope, found, missing, read

try:
    from llama_index.core.readers.base import BaseReader
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import Document, NodeWithScore, QueryBundle, TextNode
except ModuleNotFoundError as error:
    raise missing("llamaindex", error) from error

# What a language model need not read to know who says what where; a vector is made of the words alone.
_NOT_FOR_MODELS = ("source", "language", "start_offset", "end_offset", "score", "rank")


class PanelBotRetriever(BaseRetriever):
    """The best passages for a question, best first; asked with ``aretrieve``, it searches in a thread."""

    def __init__(
        self,
        bot: PanelBot,
        *,
        k: int | None = None,
        transcripts: Sequence[str] | None = None,
        speakers: Sequence[str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self._bot = bot
        self._searched = Scope(k=k, transcripts=transcripts, speakers=speakers)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        records = found(self._bot, query_bundle.query_str, self._searched)
        return [NodeWithScore(node=TextNode(**_fields(record)), score=record.score) for record in records]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class TranscriptReader(BaseReader):
    """The turns of transcript files and folders."""

    def lazy_load_data(self, *paths: str | Path, speaker_pattern: str = "") -> Iterable[Document]:
        """One document a turn, in order."""
        return (Document(**_fields(record)) for record in read(paths, speaker_pattern=speaker_pattern))


def _fields(record: Record) -> dict[str, Any]:
    return {
        "id_": record.id,
        "text": record.text,
        "metadata": record.metadata,
        "excluded_embed_metadata_keys": list(record.metadata),
        "excluded_llm_metadata_keys": list(_NOT_FOR_MODELS),
    }
