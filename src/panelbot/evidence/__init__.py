"""The evidence decision: whether what was retrieved answers the question, and which kind of "no" it is if not."""

from __future__ import annotations

from panelbot.evidence.decide import SURE, Verdict, decide
from panelbot.evidence.unanswered import about_asking

__all__ = ["SURE", "Verdict", "about_asking", "decide"]
