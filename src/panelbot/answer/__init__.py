"""Answers: composed of quotes or by a language model, and proved before they leave."""

from __future__ import annotations

from panelbot.answer.pipeline import answer_question, stream_answer

__all__ = ["answer_question", "stream_answer"]
