"""The evidence decision: whether what was retrieved answers the question, and which kind of "no" it is if not."""

from __future__ import annotations

from panelbot.evidence.decide import SURE, decide
from panelbot.evidence.gather import gather
from panelbot.evidence.verdict import Evidence, SpeakerEvidence, Verdict

__all__ = ["SURE", "Evidence", "SpeakerEvidence", "Verdict", "decide", "gather"]
