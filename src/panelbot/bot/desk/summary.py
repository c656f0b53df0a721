"""A summary of a talk by the language model that is set, each sentence proved by what it cites, as an answer's are.

Knows which passages tell what a talk was about; does not know how a reply is proved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from panelbot.answer.client import ReplyError
from panelbot.answer.draft import render
from panelbot.answer.generative import generate
from panelbot.answer.select import candidates
from panelbot.answer.verify import Proved, prover
from panelbot.bot.desk.overview import questions_put
from panelbot.config import Settings
from panelbot.errors import InputError
from panelbot.types import Answer, Hit, Language, Question, Transcript

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
    question = Question(original=_ASKED[language], text=_ASKED[language], topic=_ASKED[language], language=language)
    made = prover(texts, candidates(question, hits, texts, embedder), language, embedder)
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
        Hit(
            rank=rank,
            transcript_id=transcript.id,
            turn=turn,
            speaker=transcript.speaker(transcript.turns[turn].speaker),
            text=transcript.turns[turn].text[:PASSAGE_CHARS],
            start=0,
            end=min(len(transcript.turns[turn].text), PASSAGE_CHARS),
            score=1.0,
        )
        for rank, turn in enumerate(turns, start=1)
    )
