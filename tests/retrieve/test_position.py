from __future__ import annotations

from dataclasses import replace

import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder
from panelbot.retrieve import Retrieval, retrieve
from panelbot.types import Question, SpeakerRef
from panelbot.understand import understand
from panelbot.understand.intent import with_intent
from retrieve.corpora import SETTINGS, search_index, transcript

PANEL = transcript(
    "panel",
    [
        ("白露", "大家好，谢谢各位。"),
        ("白露", "今天的圆桌谈渡轮、图书馆和银行网点的未来，先请陆远介绍青禾银行。"),
        ("陆远", "青禾银行的网点客流量已经恢复到去年的八成，东岸的网点更快一些。"),
        ("白露", "最后请每位嘉宾总结一句，顾澜先说票务系统。"),
        ("顾澜", "渡轮的票务系统搬到了云上，故障率下降了一半，年底通航新航线。"),
        ("白露", "渡轮、图书馆、银行都在回到居民身边，希望明年还在这里见面。"),
        ("白露", "谢谢大家，再见。"),
        ("陆远", "祝渡轮的乘客和图书馆的读者新年快乐。"),
    ],
    moderators=["白露"],
)
TALK = transcript(
    "talk",
    [
        ("Ana", "The library reading room stays open until midnight for nurses and students."),
        ("Tom", "Bookshops cannot do that, because our rent doubled within two years."),
        ("Ana", "Night buses would help both the library visitors and the bookshop owners."),
        ("Tom", "Thanks everybody."),
    ],
)
INDEX = search_index(PANEL, TALK)
REGISTERS = {t.id: t.speakers for t in (PANEL, TALK)}


def search(text: str, id: str, settings: Settings = SETTINGS, **changes: object) -> Retrieval:
    asked = replace(understand(text, (), {id: REGISTERS[id]}), **changes)  # type: ignore[arg-type]
    return retrieve(asked, INDEX, HashEmbedder(), settings, transcripts=[id])


@pytest.mark.parametrize("settings", [SETTINGS, Settings(embedding_model="hash", ranker="fusion")])
@pytest.mark.parametrize(
    ("text", "id", "turn"),
    [
        ("主持人最后怎么总结？", "panel", 5),
        ("主持人最后布置了什么？", "panel", 5),
        ("How did the moderator close the discussion?", "panel", 5),
        ("圆桌是怎么结束的？最后说了什么", "panel", 5),
        ("主持人是怎么开场的？", "panel", 1),
        ("What were the moderator's opening remarks?", "panel", 1),
        ("陆远最后说了什么？", "panel", 7),
        ("How did the talk end?", "talk", 2),
        ("how did the discussion begin", "talk", 0),
    ],
)
def test_a_question_for_a_place_finds_the_turn_of_substance_there(
    text: str, id: str, turn: int, settings: Settings
) -> None:
    first, *others = search(text, id, settings).hits
    assert (first.turn, first.at_end) == (turn, True)
    assert turn not in [hit.turn for hit in others]
    assert not any(hit.at_end for hit in others)


@pytest.mark.parametrize(
    "text",
    [
        "陆远最后说网点客流量恢复多少",
        "最后布置的网点任务是什么",
        "渡轮什么时候开始通航？",
        "一开始的票务系统怎么样？",
        "What did Tom say about closing?",
        "When did the discussion start?",
        "Sum up the discussion.",
        "How did the bookshop close its doors?",
        "Please summarize the talk.",
    ],
)
def test_a_question_for_more_than_a_place_is_searched_as_any_other(text: str) -> None:
    assert understand(text, (), REGISTERS).end == ""


def test_the_turn_at_a_place_takes_rank_and_score_of_the_first() -> None:
    for text in ("主持人最后怎么总结？", "主持人是怎么开场的？", "How did the moderator open the discussion?"):
        hits = search(text, "panel").hits
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_limit_to_other_speakers_holds_at_a_place_too() -> None:
    asked = with_intent(Question(original="怎么结尾", text="怎么结尾", topic="结尾", language="zh"))
    names = {"panel": frozenset({"顾澜"})}
    hits = retrieve(asked, INDEX, HashEmbedder(), SETTINGS, speakers=names).hits
    assert [(hit.turn, hit.speaker.name) for hit in hits] == [(4, "顾澜")]
    ref = SpeakerRef(transcript_id="panel", name="陆远")
    assert search("最后说了什么", "panel", speakers=(ref,)).hits[0].turn == 7


def test_a_place_nobody_fills_moves_nothing() -> None:
    thanks = transcript("thanks", [("A", "Thanks everybody here."), ("B", "Goodbye then, everybody.")])
    asked = with_intent(Question(original="how did it end", text="how did it end", topic="end", language="en"))
    hits = retrieve(asked, search_index(thanks), HashEmbedder(), SETTINGS).hits
    assert not any(hit.at_end for hit in hits)
