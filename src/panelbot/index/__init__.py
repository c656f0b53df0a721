"""What is searched: vectors (FAISS) and keywords (BM25), by transcript and speaker. Knows no questions."""

from __future__ import annotations

from panelbot.index.kept import Kept
from panelbot.index.milvus import Address, Collection, MilvusVectors
from panelbot.index.postings import ENTRY, Postings, build_postings
from panelbot.index.search_index import Candidates, SearchIndex
from panelbot.index.segment import Head, Segment, build_segment, lexical_of, unpack_segment
from panelbot.index.source import MemorySource, Source
from panelbot.index.vector_files import Block, Run
from panelbot.index.vectors import LocalVectors
from panelbot.index.within import Within

__all__ = [
    "ENTRY",
    "Address",
    "Block",
    "Candidates",
    "Collection",
    "Head",
    "Kept",
    "LocalVectors",
    "MemorySource",
    "MilvusVectors",
    "Postings",
    "Run",
    "SearchIndex",
    "Segment",
    "Source",
    "Within",
    "build_postings",
    "build_segment",
    "lexical_of",
    "unpack_segment",
]
