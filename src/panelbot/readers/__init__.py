"""Readers: a file as a person has it, to the transcript it holds.

``read_file`` and ``read_text`` choose the format by its content. Speakers are as the file labels them; who they are
is for the register to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.lazily import lazily

if TYPE_CHECKING:
    from panelbot.readers.files import file_bytes, read_file, read_text
    from panelbot.readers.interchange import from_interchange, to_interchange
    from panelbot.readers.registry import suffixes

__all__ = ["file_bytes", "from_interchange", "read_file", "read_text", "suffixes", "to_interchange"]

_FILES, _INTERCHANGE = "panelbot.readers.files", "panelbot.readers.interchange"
__getattr__ = lazily(
    "panelbot.readers",
    {
        "file_bytes": _FILES,
        "read_file": _FILES,
        "read_text": _FILES,
        "from_interchange": _INTERCHANGE,
        "to_interchange": _INTERCHANGE,
        "suffixes": "panelbot.readers.registry",
    },
)
