"""The evaluate stage: questions with gold in, rows, measures and reports out.

The package is called ``evaluation`` because ``panelbot.evaluate`` is the function: a sub-package of that name would
take the function's place on ``panelbot`` as soon as anything imported it.
"""

from __future__ import annotations

from panelbot.evaluation.gold import load_questions
from panelbot.evaluation.questions import GoldQuestion
from panelbot.evaluation.rows import Row
from panelbot.evaluation.run import evaluate

__all__ = ["GoldQuestion", "Row", "evaluate", "load_questions"]
