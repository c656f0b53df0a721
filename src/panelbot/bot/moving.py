"""An index moved to another engine or another catalogue: nothing is embedded again. Knows no transcript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from panelbot.bot.library import Library
from panelbot.config import Settings
from panelbot.errors import ConfigError, InputError
from panelbot.store import FILE_NAME, Store, copy


def migrate(folder: Path, settings: Settings, engine: Literal["local", "milvus"]) -> int:
    """Let ``engine`` hold the vectors of the index in ``folder``, which stays as it is; how many transcripts it has.

    Raises:
        InputError: there is no index.
        StoreError: the engine cannot be used.
    """
    with _opened(folder, replace(settings, engine=engine)) as library:
        return library.fill_engine()


def migrate_catalogue(folder: Path, settings: Settings, to: Literal["sqlite", "postgresql"]) -> int:
    """Copy the catalogue between the file in ``folder`` and the settings' database; how many transcripts it has.

    Raises:
        ConfigError: the settings name no database.
        InputError: there is no index.
        StoreError: one of them cannot be used, or there is something else where it should go.
    """
    if not settings.catalogue:
        raise ConfigError(
            "Set catalogue to the database's address, postgresql://USER@HOST/DATABASE, to copy to or from."
        )
    if to == "postgresql" and not (folder / FILE_NAME).exists():
        raise InputError(f"There is no index in {folder}; name its folder with --index.")
    with (
        closing(Store(folder, fresh=to == "sqlite")) as file,
        closing(Store(folder, catalogue=settings.catalogue, fresh=to == "postgresql")) as database,
    ):
        return copy(file, database) if to == "postgresql" else copy(database, file)


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
    if not settings.catalogue and not (folder / FILE_NAME).exists():
        raise InputError(f"There is no index in {folder}; name its folder with --index.")
    library = Library(folder, settings)
    try:
        yield library
    finally:
        library.store.close()
