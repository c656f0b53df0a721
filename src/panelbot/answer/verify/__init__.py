"""The proof before an answer leaves: ``checks`` lists what a sentence may get wrong, ``proof`` repairs or drops it."""

from __future__ import annotations

from panelbot.answer.verify.checks import CHECKS, TURNED_ROUND
from panelbot.answer.verify.proof import Proof, Proved, Prover, prover

__all__ = ["CHECKS", "TURNED_ROUND", "Proof", "Proved", "Prover", "prover"]
