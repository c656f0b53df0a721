"""The command line: results on stdout, everything else on stderr. Knows `PanelBot` and nothing below it."""

from __future__ import annotations

from panelbot.cli.main import build_parser, main

__all__ = ["build_parser", "main"]
