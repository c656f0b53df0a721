"""Tables for a person at a terminal; lines with tabs for whatever else reads them. Knows texts, not what they say."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from panelbot.cli.common import out
from panelbot.cli.plain import plain


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The rows on stdout: under headings, as wide as the terminal, where it is one; else one a line."""
    if not sys.stdout.isatty():
        for row in rows:
            out("\t".join(map(plain, row)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))  # a Text is no markup, whatever stands in it
    Console().print(drawn)
