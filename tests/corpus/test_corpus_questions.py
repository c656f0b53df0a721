"""The sample questions are well formed; what they say about the transcripts is in test_corpus_transcripts.py."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from panelbot.types import STATUSES

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
KINDS = {
    "fact",
    "named-speaker",
    "role-reference",
    "organization-reference",
    "who-said",
    "compare",
    "follow-up",
    "cross-lingual",
    "unanswerable",
}
KINDS_OF_NO = set(STATUSES) - {"answered"}
KEYS = {
    "query_id",
    "transcript_id",
    "query",
    "query_language",
    "gold_turns",
    "speakers",
    "quotes",
    "answerable",
    "history",
    "kind",
    "status",
}
NO_KEYS = {"asked_not_answered": "asked_turn", "not_by_speaker": "discussed_by", "ambiguous_speaker": "candidates"}


def load_questions() -> list[dict]:
    lines = (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


QUESTIONS = load_questions()
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=[q["query_id"] for q in QUESTIONS])


@each_question
def test_has_the_keys_of_its_kind(question: dict) -> None:
    extra = NO_KEYS.get(question["status"])
    assert set(question) == KEYS | ({extra} if extra else set())


@each_question
def test_answerable_status_kind_and_gold_turns_agree(question: dict) -> None:
    answerable = question["status"] == "answered"
    assert question["status"] in STATUSES
    assert question["kind"] in KINDS
    assert question["answerable"] is answerable
    assert (question["kind"] == "unanswerable") is not answerable
    assert bool(question["gold_turns"]) is answerable
    assert bool(question["quotes"]) is answerable
    assert question["gold_turns"] == sorted(set(question["gold_turns"]))


@each_question
def test_language_is_that_of_the_question(question: dict) -> None:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in question["query"])
    assert question["query_language"] == ("zh" if chinese else "en")


@each_question
def test_a_follow_up_has_a_history_and_nothing_else_has(question: dict) -> None:
    assert bool(question["history"]) is (question["kind"] == "follow-up")


def test_ids_and_questions_are_unique() -> None:
    assert len({q["query_id"] for q in QUESTIONS}) == len(QUESTIONS)
    assert len({(q["transcript_id"], q["query"], *q["history"]) for q in QUESTIONS}) == len(QUESTIONS)


def test_there_are_enough_of_each() -> None:
    assert len(QUESTIONS) >= 80
    assert {q["kind"] for q in QUESTIONS} == KINDS
    languages = Counter(q["query_language"] for q in QUESTIONS)
    assert min(languages["zh"], languages["en"]) >= 30


def test_a_fifth_are_unanswerable() -> None:
    noes = Counter(q["status"] for q in QUESTIONS if not q["answerable"])
    assert sum(noes.values()) * 5 >= len(QUESTIONS)
    assert set(noes) == KINDS_OF_NO


def test_the_question_on_the_card_is_there() -> None:
    (card,) = [q for q in QUESTIONS if q["query"] == "what did the bank say about branch traffic"]
    assert card["speakers"] == ["裴仲宁"]
