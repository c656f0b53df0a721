"""panelbot: ask a panel discussion who said what, and get it word for word.

Importing the package loads no model, index or web library; those come with the first use.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panelbot.bot import PanelBot as PanelBot
    from panelbot.evaluation import evaluate as evaluate

from panelbot.config import Settings, load_settings
from panelbot.errors import PanelbotError
from panelbot.lazily import lazily
from panelbot.types import AddReport, Answer, Citation, Exchange, Hit, Reference, Speaker, SpeakerRef, Transcript, Turn

try:
    __version__ = version("panelbot")
except PackageNotFoundError:  # a source tree that was not installed
    __version__ = "0.0.0"

__all__ = [
    "AddReport",
    "Answer",
    "Citation",
    "Exchange",
    "Hit",
    "PanelBot",
    "PanelbotError",
    "Reference",
    "Settings",
    "Speaker",
    "SpeakerRef",
    "Transcript",
    "Turn",
    "evaluate",
    "load_settings",
]

__getattr__ = lazily("panelbot", {"PanelBot": "panelbot.bot", "evaluate": "panelbot.evaluation"})
