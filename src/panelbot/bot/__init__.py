"""PanelBot: one object that holds an index and answers from it. Front ends import from here and nothing below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.bot.check import check_index
from panelbot.bot.files import find_files, is_taken, taken
from panelbot.bot.panelbot import PanelBot
from panelbot.bot.quotes import QuoteRow, markdown, quote_rows, to_csv, to_markdown
from panelbot.bot.reading import ReaderApart
from panelbot.bot.scope import MAX_QUESTION
from panelbot.lazily import lazily
from panelbot.made import own_folder

if TYPE_CHECKING:
    from panelbot.bot.demo import open_demo, sample_panels
    from panelbot.bot.doctor import Finding, examine, versions
    from panelbot.bot.folder import FolderFollower, Followed
    from panelbot.bot.moving import migrate, migrate_catalogue
    from panelbot.register import former_texts, offered_merges, parse_edit

__all__ = [
    "MAX_QUESTION",
    "Finding",
    "FolderFollower",
    "Followed",
    "PanelBot",
    "QuoteRow",
    "ReaderApart",
    "check_index",
    "examine",
    "find_files",
    "former_texts",
    "is_taken",
    "markdown",
    "migrate",
    "migrate_catalogue",
    "offered_merges",
    "open_demo",
    "own_folder",
    "parse_edit",
    "quote_rows",
    "sample_panels",
    "taken",
    "to_csv",
    "to_markdown",
    "versions",
]

_LATER = {
    "panelbot.register": ("former_texts", "offered_merges", "parse_edit"),
    "panelbot.bot.demo": ("open_demo", "sample_panels"),
    "panelbot.bot.doctor": ("Finding", "examine", "versions"),
    "panelbot.bot.folder": ("Followed", "FolderFollower"),
    "panelbot.bot.moving": ("migrate", "migrate_catalogue"),
}
__getattr__ = lazily("panelbot.bot", {name: module for module, names in _LATER.items() for name in names})
