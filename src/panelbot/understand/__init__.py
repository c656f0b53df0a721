"""From the words of a question to what is searched: references, scope, topic, kind and standalone wording."""

from __future__ import annotations

from panelbot.understand.question import understand

__all__ = ["understand"]
