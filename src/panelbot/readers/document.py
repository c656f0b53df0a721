"""A file as the readers see it: its name, its bytes, its text and, where it is JSON, its value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from panelbot.text import strip_invisible

_SEPARATORS = re.compile(r"[\s/\\:*?\"<>|]+")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_UNREADABLE = re.compile(r"[^\w.\-()（）·]+")


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file or pasted text. ``raw_text`` is empty for binary formats (DOCX).

    ``speaker_pattern`` is a person's own regular expression for its labels, empty where the form decides.
    """

    name: str
    data: bytes = b""
    raw_text: str = ""
    speaker_pattern: str = ""

    @property
    def suffix(self) -> str:
        """The suffix of the name, lower case, with its dot: a hint, never a proof."""
        return Path(self.name).suffix.lower()

    @property
    def id(self) -> str:
        """The transcript id that the name gives: its stem, Chinese and letters kept, the rest dashes."""
        return transcript_id(self.name)

    @cached_property
    def text(self) -> str:
        """The text with line feeds as line ends and without invisible characters."""
        return strip_invisible(self.raw_text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of :attr:`text`."""
        return tuple(self.text.split("\n"))

    @cached_property
    def json(self) -> Any:
        """The JSON value of the text, or None where it is none. See :attr:`json_fault`."""
        return self._parsed[0]

    @cached_property
    def json_fault(self) -> str:
        """Where a text that starts like JSON stops being JSON; empty where it is JSON or does not start like it."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[Any, str]:
        text = self.raw_text.lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return None, ""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:  # ValueError: no JSON, or a number of thousands of digits
            line = getattr(error, "lineno", 1)
            return None, f"line {line}: {getattr(error, 'msg', 'a value too deep or too long')}"
        return (_mended(value) if _SURROGATE.search(text) else value), ""


def _mended(value: Any) -> Any:
    """``value`` with half characters (an escaped surrogate without its other half) replaced: text cannot hold them."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def transcript_id(name: str) -> str:
    """A readable, stable id from a file name: ``会议 记录 (1).txt`` gives ``会议-记录-(1)``."""
    path = Path(name.replace("\\", "/")).name
    stem = path[: -len(Path(path).suffix)] if Path(path).suffix and Path(path).stem else path
    slug = _UNREADABLE.sub("-", _SEPARATORS.sub("-", strip_invisible(stem))).strip("-.")
    return slug or "transcript"
