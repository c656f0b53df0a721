"""Reading a question and a passage together: which of the best hits answers, with which sentence, and whether any."""

from panelbot.rerank.base import Excerpt, Reranker, excerpt_of, question_of, sentences_of
from panelbot.rerank.hub import load_cross_encoder
from panelbot.rerank.load import load_reader, load_reranker

__all__ = [
    "Excerpt",
    "Reranker",
    "excerpt_of",
    "load_cross_encoder",
    "load_reader",
    "load_reranker",
    "question_of",
    "sentences_of",
]
