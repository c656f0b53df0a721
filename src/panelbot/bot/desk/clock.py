"""Times in a turn: when a character is spoken, taken that a turn is spoken evenly. Knows no recording."""

from __future__ import annotations

from panelbot.types import Turn


def time_at(turn: Turn, offset: int) -> float | None:
    """The second at which character ``offset`` of a turn is spoken, nearly; its beginning where it has no known end."""
    if turn.start is None:
        return None
    if turn.end is None or turn.end <= turn.start or not turn.text:
        return turn.start
    return turn.start + (turn.end - turn.start) * min(max(offset / len(turn.text), 0.0), 1.0)


def clock(seconds: float | None) -> str:
    """Seconds as ``m:ss`` or ``h:mm:ss``; nothing where they are not known."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}:{second:02d}" if hour else f"{minute}:{second:02d}"
