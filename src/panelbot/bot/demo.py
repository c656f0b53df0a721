"""The sample panels that come with panelbot, in an index of their own among the user's caches.

Knows where they lie in a wheel and in a checkout.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import panelbot
from panelbot.bot.panelbot import PanelBot
from panelbot.config import Settings
from panelbot.errors import InputError
from panelbot.made import cache_folder
from panelbot.types import Progress, no_progress


def sample_panels() -> Path:
    """The folder with the sample panels.

    Raises:
        InputError: this installation has none.
    """
    package = Path(panelbot.__file__).parent
    for folder in (package / "samples", package.parents[1] / "corpus"):  # in a wheel, in a checkout
        if folder.is_dir():
            return folder
    raise InputError("This installation of panelbot has no sample panels; add transcripts of your own instead.")


def open_demo(settings: Settings, *, progress: Progress = no_progress) -> PanelBot:
    """A bot over the sample panels; its index is made at the first use."""
    panels = sample_panels()
    # Another installation's panels lie elsewhere, and another model has other vectors.
    key = hashlib.sha256(f"{panels}\n{settings.embedding_model}".encode()).hexdigest()[:12]
    own = replace(settings, catalogue="")  # whatever else is shared
    bot = PanelBot.open(cache_folder() / f"demo-{key}", settings=own, progress=progress)
    bot.add([panels], progress=progress)
    return bot
