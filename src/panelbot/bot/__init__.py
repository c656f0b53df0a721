"""PanelBot: one object that holds an index and answers from it. Front ends import from here and nothing below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.bot.check import check_index
from panelbot.bot.files import find_files
from panelbot.bot.panelbot import PanelBot
from panelbot.bot.quotes import QuoteRow, markdown, quote_rows, to_csv, to_markdown
from panelbot.bot.reading import ReaderApart
from panelbot.bot.scope import MAX_QUESTION
from panelbot.lazily import lazily

if TYPE_CHECKING:
    from panelbot.register import former_texts, offered_merges, parse_edit

__all__ = [
    "MAX_QUESTION",
    "PanelBot",
    "QuoteRow",
    "ReaderApart",
    "check_index",
    "find_files",
    "former_texts",
    "markdown",
    "offered_merges",
    "parse_edit",
    "quote_rows",
    "to_csv",
    "to_markdown",
]

__getattr__ = lazily(
    "panelbot.bot", dict.fromkeys(("former_texts", "offered_merges", "parse_edit"), "panelbot.register")
)
