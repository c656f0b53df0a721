"""The catalogue on disk: transcripts, speakers, turns, passages and vectors in one SQLite file. Knows no search."""

from __future__ import annotations

from panelbot.store.catalogue import FILE_NAME, Header, Record, Store, written_vectors

__all__ = ["FILE_NAME", "Header", "Record", "Store", "written_vectors"]
