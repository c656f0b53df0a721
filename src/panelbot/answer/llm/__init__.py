"""Answers worded by a language model: what it is told, what it writes, and whether it finds an answer at all."""
