"""The six statuses, decided over a small panel."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from answer.panel import PANELS, ZH, ask, find, found, hit
from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, load_embedder
from panelbot.evidence import decide, gather
from panelbot.evidence.decide import HOPELESS, SURE, Judgement, by_thread
from panelbot.evidence.features import features, kind_of
from panelbot.evidence.model import load_model
from panelbot.evidence.open_questions import NEAR
from panelbot.match.matcher import Matcher


def evidence(question, reader=None):
    return gather(question, find(question), PANELS, Matcher(question), search=find, reader=reader)


def verdict(question):
    return evidence(question).verdict


def test_what_was_said_is_answered():
    assert verdict(ask("网点客流量恢复")).status == "answered"


def test_what_nobody_spoke_of_is_not():
    assert verdict(ask("火星移民计划")).status == "not_discussed"


def test_what_only_others_spoke_of_is_not_by_the_one_asked():
    made = evidence(ask("破产案件", "赵一鸣"))
    assert made.verdict.status == "not_by_speaker"
    assert made.others is not None
    assert "林晓" in {h.speaker.name for h in made.others.hits}


def test_the_words_of_a_follow_up_say_nothing_of_the_one_asked():
    carried = ask("破产案件", "赵一鸣", original="那赵一鸣呢")
    assert verdict(carried).status != "not_by_speaker"


def test_where_others_spoke_of_it_too_a_reader_who_finds_nothing_is_told_so():
    made = evidence(ask("客流恢复", "林晓"))
    assert made.verdict.status == "answered"
    assert made.others is not None
    assert "陈国栋" in {h.speaker.name for h in made.others.hits}
    assert "林晓" not in {h.speaker.name for h in made.others.hits}
    assert (made.denied.verdict.status, made.denied.verdict.doubtful) == ("not_by_speaker", False)


def test_a_reader_who_finds_nothing_where_nobody_else_spoke_of_it():
    made = evidence(ask("网点客流量恢复"))
    assert (made.verdict.status, made.others, made.denied.verdict.status) == ("answered", None, "not_discussed")


def test_only_a_bare_yes_or_no_is_in_doubt():
    made = verdict(ask("网点的夜间班次几点结束"))
    assert made.doubtful
    assert HOPELESS * load_model("zh").threshold <= made.probability < SURE
    assert not decide(ask("客流"), found(()), PANELS, Matcher(ask("客流"))).verdict.doubtful
    assert not verdict(ask("破产案件", "赵一鸣")).doubtful
    assert not verdict(ask("赵一鸣说了什么", "赵一鸣")).doubtful


def test_a_question_nobody_took_up_is_asked_not_answered():
    made = verdict(ask("数字人民币的看法"))
    assert made.status == "asked_not_answered"
    assert made.asked is not None
    assert (made.asked.thread.asked, made.asked.thread.replies) == (5, ())


def test_a_question_that_was_taken_up_is_answered_by_the_reply():
    made = verdict(ask("今年的破产案件多吗"))
    assert made.status == "answered"
    assert made.asked is not None
    assert made.asked.thread.replies[0] == 3


def test_the_chance_of_the_hits_says_nothing_of_replies_that_are_not_the_best_of_them():
    question = ask("今年的破产案件多吗")
    retrieval, asked = find(question), verdict(question).asked
    assert asked is not None
    near = replace(asked, likeness=NEAR)
    own = Judgement(chance=0.9, threshold=0.3, measured={})
    best = replace(retrieval.hits[0], turn=near.thread.replies[0])
    for first, confidence in ((best, "high"), (replace(best, turn=5), "low")):
        made = by_thread(question, near, own, 0.0, replace(retrieval, hits=(first,)), PANELS)
        assert made is not None
        assert made.confidence == confidence


def test_what_the_moderator_asked_is_no_open_question():
    assert verdict(ask("数字人民币的看法", "周敏")).status != "asked_not_answered"


def test_without_hits_the_probability_is_nothing():
    made = decide(ask("客流"), found(()), PANELS, Matcher(ask("客流"))).verdict
    assert (made.status, made.probability) == ("not_discussed", 0.0)


@pytest.mark.model
@pytest.mark.parametrize("kind", ["zh", "en", "crosslingual"])
def test_the_shipped_model_reads_every_feature(kind):
    question = ask("网点客流量恢复")
    model = load_model(kind)
    embedder = load_embedder(Settings())
    measured = features(question, find(question), PANELS, Matcher(question, embedder))
    assert set(model.names) <= set(measured)
    assert 0 < model.threshold < 1
    assert 0 < model.probability(measured) < 1


def test_what_no_model_reads_in_context_counts_as_usual():
    question, model = ask("网点客流量恢复"), load_model("zh")
    measured = features(question, find(question), PANELS, Matcher(question, HashEmbedder()))
    left_out = set(model.names) - set(measured)
    assert left_out == {name for name in model.names if name.startswith("close")}
    usual = {name: mean for name, mean in zip(model.names, model.means, strict=True) if name in left_out}
    assert model.probability(measured) == pytest.approx(model.probability({**measured, **usual}))


def test_more_evidence_is_a_higher_probability():
    question, model = ask("网点客流量恢复"), load_model("zh")
    strong = model.probability(features(question, find(question), PANELS, Matcher(question)))
    weak = model.probability(features(question, found((hit(ZH.turns[4], 1),), 0.0), PANELS, Matcher(question)))
    assert strong > weak + 0.2


def test_a_probability_is_finite_for_absurd_features():
    model = load_model("zh")
    assert math.isfinite(model.probability(dict.fromkeys(model.names, 1e12)))


def test_languages_of_question_and_hits_are_compared():
    assert kind_of(ask("branch traffic", language="en"), found((hit(ZH.turns[1], 1),))) == "crosslingual"
    assert kind_of(ask("网点客流"), found((hit(ZH.turns[1], 1),))) == "zh"


def test_a_question_may_name_no_matter_at_all():
    assert ask("提了哪些意见", "赵一鸣").open_ended
    assert not ask("破产案件的意见", "赵一鸣").open_ended
    assert verdict(ask("提了哪些意见")).status != "answered"


def test_a_cosine_of_another_model_s_range_counts_as_usual():
    model = load_model("zh")
    at = dict(zip(model.names, model.means, strict=True))
    assert (
        model.probability({**at, "cosine": 0.2}) == model.probability(at) != model.probability({**at, "cosine": 0.84})
    )


class Says:
    """A reader that finds every sentence with ``word`` in it ``sure`` of answering, and every other unsure of it."""

    def __init__(self, word: str, sure: float = 6.0) -> None:
        self.word, self.sure = word, sure
        self.asked: list[str] = []

    def read(self, question, excerpts):
        self.asked.append(question)
        return [[self.sure if self.word in s else -self.sure for s in e.sentences] for e in excerpts]


def test_what_a_reader_finds_an_answer_in_is_sure():
    question = ask("网点的夜间班次几点结束")
    made = evidence(question, Says("夜间营业"))
    assert (made.verdict.status, made.verdict.confidence) == ("answered", "high")
    assert made.verdict.probability > verdict(question).probability
    assert "夜间营业" in made.own.hits[0].text


def test_what_a_reader_finds_none_in_comes_closest():
    question = ask("网点夜间营业的原因")
    assert verdict(question).confidence == "high"
    unsure = evidence(question, Says("火星", sure=12.0)).verdict
    assert (unsure.status, unsure.confidence, unsure.doubtful) == ("answered", "low", True)


def test_what_the_evidence_refuses_is_not_read():
    reader = Says("火星")
    assert evidence(ask("火星移民计划"), reader).verdict.status == "not_discussed"
    assert reader.asked == []


def test_a_reader_moves_a_hit_up_and_counts_the_ranks_anew():
    question = ask("客户感觉到客流了吗")
    before = find(question).hits
    made = evidence(question, Says("42个网点", sure=9.0))
    assert (before[0].turn, made.own.hits[0].turn) == (3, 1)
    assert [h.rank for h in made.own.hits] == list(range(1, len(before) + 1))
    assert {h.turn for h in made.own.hits} == {h.turn for h in before}


def test_a_reader_has_no_say_of_one_speaker_nor_of_a_question_put_before():
    reader = Says("客流")
    assert evidence(ask("破产案件", "赵一鸣"), reader).verdict.status == "not_by_speaker"
    assert evidence(ask("今年的破产案件多吗"), reader).verdict.status == "answered"
    assert evidence(ask("数字人民币的看法"), reader).verdict.status == "asked_not_answered"
    assert reader.asked == []
