"""What the desk's functions are asked: a JSON object, of which nothing is certain but that it is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from panelbot.types import Language

Json = dict[str, Any]
Function = Callable[[Json, Language], Json]


def number(wanted: Json, key: str) -> int:
    """An integer of what was sent; -1 where there is none."""
    value = wanted.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def text(wanted: Json, key: str, *, most: int = 10_000) -> str:
    """A text of what was sent, no longer than ``most``; empty where there is none."""
    value = wanted.get(key)
    return value[:most] if isinstance(value, str) else ""
