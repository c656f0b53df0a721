"""An index moved to another engine: its vectors are copied, nothing is embedded again. Knows no transcript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from panelbot.bot.library import Library
from panelbot.config import Settings
from panelbot.errors import InputError
from panelbot.store import FILE_NAME


def migrate(folder: Path, settings: Settings, engine: Literal["local", "milvus"]) -> int:
    """Let ``engine`` hold the vectors of the index in ``folder``, which stays as it is; how many transcripts it has.

    Raises:
        InputError: there is no index.
        StoreError: the engine cannot be used.
    """
    with _opened(folder, replace(settings, engine=engine)) as library:
        return library.fill_engine()


def count_in_engine(folder: Path, settings: Settings) -> int:
    """How many transcripts of the index in ``folder`` its Milvus holds.

    Raises:
        InputError: there is no index.
        StoreError: the engine cannot be used.
    """
    with _opened(folder, settings) as library:
        return len(library.collection.held())


@contextmanager
def _opened(folder: Path, settings: Settings) -> Iterator[Library]:
    if not (folder / FILE_NAME).exists():
        raise InputError(f"There is no index in {folder}; name its folder with --index.")
    library = Library(folder, settings)
    try:
        yield library
    finally:
        library.store.close()
