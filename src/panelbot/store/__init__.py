"""The catalogue: transcripts, speakers, turns, passages and vectors, in one SQLite file or in PostgreSQL.

Knows no search.
"""

from __future__ import annotations

from panelbot.store.catalogue import Header, Record, Store, written_vectors
from panelbot.store.copy import copy
from panelbot.store.sqlite import FILE_NAME

__all__ = ["FILE_NAME", "Header", "Record", "Store", "copy", "written_vectors"]
