"""An index moved to another engine: its vectors are copied, nothing is embedded again. Knows no transcript."""

from __future__ import annotations

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
    if not (folder / FILE_NAME).exists():
        raise InputError(f"There is no index in {folder}; name its folder with --index.")
    library = Library(folder, replace(settings, engine=engine))
    try:
        return library.fill_engine()
    finally:
        library.store.close()
