"""What is searched: vectors (FAISS) and keywords (BM25), by transcript and speaker. Knows no questions."""

from __future__ import annotations

from panelbot.index.dense import DenseIndex
from panelbot.index.postings import Postings, build_postings
from panelbot.index.search_index import Candidates, SearchIndex
from panelbot.index.segment import Segment
from panelbot.index.turns import TurnTable
from panelbot.index.vector_files import VectorFiles

__all__ = [
    "Candidates",
    "DenseIndex",
    "Postings",
    "SearchIndex",
    "Segment",
    "TurnTable",
    "VectorFiles",
    "build_postings",
]
