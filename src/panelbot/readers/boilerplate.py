"""Boilerplate: lines that belong to the page and not to the talk, navigation, counters, adverts, footers.

Knows the wording of such lines, one line at a time; the web-article reader decides where a page ends.
"""

from __future__ import annotations

import re
from functools import cache

from panelbot.shipped import shipped_lines

MIN_FURNITURE = 2
"""Lines of furniture from which a text is a page's."""

_MAX_LINE = 160
_LINK_LIST = re.compile(r"(?:[-•·]\s*)?[^。！？.!?]{1,60}")


def is_furniture(line: str) -> bool:
    """Whether the wording of ``line`` is that of page furniture."""
    text = line.strip().strip("\xa0").strip("[]【】|· ")
    return 0 < len(text) <= _MAX_LINE and _whole_line("page_furniture.txt").fullmatch(text) is not None


def is_tool_notice(line: str) -> bool:
    """Whether ``line`` is what a transcription tool adds about the recording."""
    text = line.strip()
    return 0 < len(text) <= _MAX_LINE and _whole_line("tool_notices.txt").fullmatch(text) is not None


def looks_like_link(line: str) -> bool:
    """Whether it is a short line that ends no sentence: a headline or a link of a list."""
    return _LINK_LIST.fullmatch(line.strip()) is not None


@cache
def _whole_line(name: str) -> re.Pattern[str]:
    return re.compile("|".join(shipped_lines(f"readers/{name}")), re.IGNORECASE)
