"""A summary of a talk by the language model that is set, each sentence proved by what it cites, as an answer's are.

Knows which passages tell what a talk was about; does not know how a reply is proved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from panelbot.answer.llm.client import ReplyError
from panelbot.answer.llm.generative import generate
from panelbot.answer.select import candidates
from panelbot.answer.sentences import render
from panelbot.answer.verify import Proved, prover
from panelbot.bot.desk.overview import questions_put
from panelbot.config import Settings
from panelbot.errors import InputError
from panelbot.match.matcher import Matcher
from panelbot.types import Answer, Hit, Language, Question, Transcript
from panelbot.understand.intent import with_intent

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

N_PASSAGES = 8
PASSAGE_CHARS = 700
_ASKED = {
    "en": "What were the main points of this discussion, one sentence for each passage?",
    "zh": "这场讨论的要点是什么？每个段落用一句话概括。",
}


def summarise(transcript: Transcript, settings: Settings, language: Language, embedder: Embedder | None) -> Answer:
    """The summary, as an answer with citations.

    Raises:
        InputError: no language model is set, or it wrote nothing that could be proved.
    """
    if not settings.llm_base_url:
        raise InputError("No language model is set.")
    hits, texts = _passages(transcript), {transcript.id: transcript}
    asked = _ASKED[language]
    question = with_intent(Question(original=asked, text=asked, topic=asked, language=language))
    made = prover(texts, candidates(question, hits, texts, Matcher(question, embedder)), language, embedder)
    try:
        *_, proof = generate(question, hits, texts, replace(settings, max_sentences=len(hits)), made)
    except ReplyError as error:
        raise InputError(error.reason_in(language)) from None
    if not isinstance(proof, Proved):
        raise TypeError("generate ended without a proof")
    text, citations = render(proof.sentences, texts, language)
    return Answer(
        status="answered", text=text, question=question.text, language=language, citations=citations,
        repaired=proof.repaired, dropped=proof.dropped,
    )  # fmt: skip


def _passages(transcript: Transcript) -> tuple[Hit, ...]:
    """The beginnings of the replies to the questions that were asked; where none was, of the longest turns."""
    replies = dict.fromkeys(put.replies[0].turn for put in questions_put(transcript) if put.replies)
    longest = sorted(transcript.turns, key=lambda turn: (-len(turn.text), turn.index))
    turns = sorted([*replies, *(turn.index for turn in longest if turn.index not in replies)][:N_PASSAGES])
    return tuple(
        Hit.of(transcript, transcript.turns[turn], rank=rank, end=PASSAGE_CHARS) for rank, turn in enumerate(turns, 1)
    )
