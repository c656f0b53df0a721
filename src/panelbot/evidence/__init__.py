"""The evidence decision: whether what was retrieved answers the question, and which kind of "no" it is if not."""

from __future__ import annotations

from panelbot.evidence.decide import SURE, Verdict, decide

__all__ = ["SURE", "Verdict", "decide"]
