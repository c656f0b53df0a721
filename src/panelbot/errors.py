"""The errors panelbot raises for a user's mistake; each message names the object and the remedy.

Programmer mistakes stay ValueError and TypeError. The tree::

    PanelbotError
    ├── ConfigError            an unknown or impossible setting
    ├── InputError             a file or argument that cannot be used
    │   ├── ReadError          a file in which no transcript can be read (has .path)
    │   └── QuestionsError     a questions file with faults (has .faults)
    ├── NotFoundError          no such transcript, speaker or turn
    ├── EmbedderError          the embedding model cannot be made or loaded
    │   └── EmbedderMismatchError   the index was made with another model
    ├── StoreError             the index folder cannot be used
    └── GenerationError        a language model did not give a usable reply (never reaches a user)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class PanelbotError(Exception):
    """Base of every error a user can cause and cure."""


class ConfigError(PanelbotError):
    """A setting that does not exist or has an impossible value."""


class InputError(PanelbotError):
    """A file, argument or request that cannot be used."""


class ReadError(InputError):
    """A file that no reader could turn into a transcript."""

    def __init__(self, message: str, *, path: str | Path | None = None) -> None:
        super().__init__(message)
        self.path = Path(path) if path is not None else None


class QuestionsError(InputError):
    """A questions file with faults; all of them are listed."""

    def __init__(self, message: str, *, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class NotFoundError(PanelbotError):
    """No such transcript, speaker or turn."""


class EmbedderError(PanelbotError):
    """The embedding model cannot be made or loaded."""


class EmbedderMismatchError(EmbedderError):
    """The index was made with another embedding model."""


class StoreError(PanelbotError):
    """The index folder cannot be used."""


class IndexMovedError(StoreError):
    """Another process changed what was about to be read; a second call gets what is there now."""


class GenerationError(PanelbotError):
    """A language model gave no usable reply; the extractive answer is given instead."""
