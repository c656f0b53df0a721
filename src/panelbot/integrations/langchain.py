"""panelbot as a LangChain retriever, and transcript files as LangChain documents, a turn each.

Knows LangChain's base classes; what is found and how it is described, the records know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot
from panelbot.integrations.records import Record, Scope, found, missing, read

try:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.document_loaders import BaseLoader
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
except ModuleNotFoundError as error:
    raise missing("langchain", error) from error


class PanelBotRetriever(BaseRetriever):
    """The best passages for a question, best first.

    ``retriever.invoke(question, history=[…])`` understands a follow-up; ``ainvoke`` searches in a thread.
    """

    bot: PanelBot
    k: int | None = None
    transcripts: Sequence[str] | None = None
    speakers: Sequence[str] | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - what LangChain passes by name
        history: Sequence[Any] = (),
    ) -> list[Document]:
        scope = Scope(k=self.k, transcripts=self.transcripts, speakers=self.speakers)
        return [_document(record) for record in found(self.bot, query, scope, history)]


class TranscriptLoader(BaseLoader):
    """The turns of transcript files and folders."""

    def __init__(self, *paths: str | Path, speaker_pattern: str = "") -> None:
        self._paths = paths
        self._speaker_pattern = speaker_pattern

    def lazy_load(self) -> Iterator[Document]:
        """One document a turn, in order."""
        return map(_document, read(self._paths, speaker_pattern=self._speaker_pattern))


def _document(record: Record) -> Document:
    return Document(id=record.id, page_content=record.text, metadata=record.metadata)
