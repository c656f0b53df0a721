"""Answers: composed of quotes or by a language model, and proved before they leave."""

from __future__ import annotations

from panelbot.answer.ask import Search, answer_question, stream_answer

__all__ = ["Search", "answer_question", "stream_answer"]
