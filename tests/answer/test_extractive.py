"""Answers of quotes: who said what, framed in the question's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.panel import EMBEDDER, EN, PANELS, ZH, answer_from, ask, find, found, hit
from panelbot.answer import stream_answer
from panelbot.config import Settings
from panelbot.evidence import gather
from panelbot.match.matcher import Matcher
from panelbot.types import Answer


def answered(question, panel=ZH, **changes) -> Answer:
    search = lambda q: find(q, panel)  # noqa: E731
    return answer_from(question, search(question), PANELS, Settings(**changes), search=search)


def test_a_chinese_answer_names_organization_and_title():
    answer = answered(ask("网点客流量恢复到多少"))
    assert answer.status == "answered"
    assert answer.text.startswith("陈国栋（海港银行运营总监）说：「")
    assert "网点客流量已经恢复到原来的70%。」[1]" in answer.text


def test_an_english_question_over_chinese_turns_keeps_the_original_quote():
    answer = answered(ask("What about 网点 客流量 恢复", language="en"))
    assert answer.text.startswith('Chen Guodong (陈国栋, 海港银行 运营总监) said: "')
    assert "网点客流量已经恢复到原来的70%。" in answer.citations[0].quote


def test_an_english_answer_over_english_turns():
    answer = answered(ask("what will the mill become", language="en", panel=EN), EN)
    assert answer.text.startswith('Tom Varga (Director, Millbank Trust) said: "the mill will become a library.')


def test_citations_cut_the_exact_quote():
    for citation in answered(ask("破产案件 客流 网点")).citations:
        turn = PANELS[citation.transcript_id].turns[citation.turn]
        assert turn.text[citation.start : citation.end] == citation.quote
        assert turn.speaker == citation.speaker


def test_markers_number_the_citations():
    answer = answered(ask("破产案件 客流 网点"))
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(f"[{c.number}]" in answer.text for c in answer.citations)


def test_announced_points_come_along_and_thanks_do_not():
    answer = answered(ask("原因有哪两个", "陈国栋"))
    assert "第一是夜间营业。第二是社区活动。" in answer.text
    assert "辛苦" not in answer.text


def test_what_was_found_and_not_quoted_is_offered_beside_the_answer():
    answer = answered(ask("网点客流量恢复到多少"))
    quoted, offered = {c.turn for c in answer.citations}, [c.turn for c in answer.also]
    assert offered
    assert quoted.isdisjoint(offered)
    assert len(offered) == len(set(offered))
    assert [c.number for c in answer.also] == [len(answer.citations) + n for n in range(1, len(offered) + 1)]
    for citation in answer.also:
        turn = PANELS[citation.transcript_id].turns[citation.turn]
        assert (turn.text[citation.start : citation.end], turn.speaker) == (citation.quote, citation.speaker)
        assert citation.quote not in answer.text


def test_beside_a_no_and_an_answer_from_its_place_nothing_is_offered():
    assert answered(ask("火星移民计划")).also == ()
    last = replace(hit(ZH.turns[6], 1), at_end=True)
    hits = found((last, hit(ZH.turns[1], 2)), share=0.0)
    closing = answer_from(ask("主持人最后怎么总结", "周敏"), hits, PANELS, Settings())
    assert (closing.status, closing.also) == ("answered", ())


def test_who_said_answers_with_the_name():
    answer = answered(ask("谁说过合规是第一要素", kind="who_said", topic="合规是第一要素"))
    assert answer.text == "赵一鸣（云帆科技 CTO）说过：「合规是第一要素。」[1]"


def test_each_gives_a_block_a_speaker_and_counts_the_silent():
    answer = answered(ask("各位怎么看客流恢复", kind="each", topic="客流恢复"))
    lines = answer.text.split("\n")
    assert lines[0].startswith("陈国栋")
    assert lines[1].startswith("林晓")
    assert lines[2] == "3 位发言人中有 2 位谈到了这一点；没有找到赵一鸣的相关发言。"
    assert [ref.name for ref in answer.silent] == ["赵一鸣"]


def test_the_closing_words_are_found_by_their_place():
    question = ask("主持人最后怎么总结", "周敏")
    last = replace(hit(ZH.turns[6], 1), at_end=True)
    answer = answer_from(question, found((last,), share=0.0))
    assert (answer.status, answer.citations[0].turn) == ("answered", 6)


def test_a_closing_word_in_a_question_about_something_does_not_mislead():
    answer = answered(ask("陈国栋最后说网点客流量恢复多少", "陈国栋"))
    assert answer.citations[0].turn == 1


def only(turn: int, question, panel=EN):
    """The answer where nothing is found but one turn."""
    hits = found((hit(panel.turns[turn], 1, panel),))
    return answer_from(question, hits)


def test_a_question_is_answered_by_its_reply():
    answer = only(0, ask("What will the old mill become", language="en", panel=EN))
    assert (answer.status, answer.confidence) == ("answered", "high")
    assert [citation.turn for citation in answer.citations][:1] == [1]


def test_what_was_asked_is_answered_with_the_question():
    answer = only(0, ask("What was asked about the old mill", kind="asked", topic="old mill", language="en", panel=EN))
    assert (answer.status, [citation.turn for citation in answer.citations]) == ("answered", [0])
    of_the_moderator = ask("What will the old mill become", "Ruth Adeyemi", language="en", panel=EN)
    assert only(0, of_the_moderator).status == "answered"


def test_the_number_of_sentences_is_kept():
    answer = answered(ask("破产案件 客流 网点"), max_sentences=1)
    assert len(answer.citations) == 1


def test_small_talk_is_answered_without_hits():
    answer = answered(ask("hello", kind="smalltalk", language="en"))
    assert (answer.status, answer.citations, answer.hits) == ("not_discussed", (), ())
    assert answer.text.startswith("Hello!")


def test_the_stream_grows_and_ends_in_the_answer():
    question = ask("各位怎么看客流恢复", kind="each", topic="客流恢复")
    matcher = Matcher(question, EMBEDDER)
    *texts, last = stream_answer(
        question, gather(question, find(question), PANELS, matcher), PANELS, Settings(), matcher
    )
    assert isinstance(last, Answer)
    assert texts
    assert all(last.text.startswith(text) for text in texts)


def test_repeated_words_are_quoted_once():
    turns = (ZH.turns[4], ZH.turns[4])
    question = ask("合规是第一要素吗")
    hits = tuple(hit(turn, rank) for rank, turn in enumerate(turns, 1))
    answer = answer_from(question, found(hits))
    assert answer.text.count("合规是第一要素") == 1


@pytest.mark.parametrize(
    ("fault", "start"), [("unknown_speaker", "这些讨论里没有「马云」"), ("ambiguous_speaker", "你指的是哪一位")]
)
def test_faults_end_the_matter(fault, start):
    question = ask("马云说了什么", fault=fault, unknown=("马云",))
    answer = answered(question)
    assert answer.status == fault
    assert answer.text.startswith(start)
    assert answer.citations == ()
