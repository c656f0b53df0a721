"""The six statuses, decided over a small panel."""

from __future__ import annotations

import math

import pytest

from answer.panel import PANELS, ZH, ask, find, found, hit
from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, load_embedder
from panelbot.evidence import decide
from panelbot.evidence.anything import asks_for_anything
from panelbot.evidence.decide import HOPELESS, SURE
from panelbot.evidence.features import features, kind_of, prepare
from panelbot.evidence.model import load_model


def verdict(question):
    return decide(question, find(question), PANELS, search=find)


def test_what_was_said_is_answered():
    assert verdict(ask("网点客流量恢复")).status == "answered"


def test_what_nobody_spoke_of_is_not():
    assert verdict(ask("火星移民计划")).status == "not_discussed"


def test_what_only_others_spoke_of_is_not_by_the_one_asked():
    made = verdict(ask("破产案件", "赵一鸣"))
    assert made.status == "not_by_speaker"
    assert made.wider is not None
    assert "林晓" in {h.speaker.name for h in made.wider.hits}


def test_the_words_of_a_follow_up_say_nothing_of_the_one_asked():
    carried = ask("破产案件", "赵一鸣", original="那赵一鸣呢")
    assert verdict(carried).status != "not_by_speaker"


def test_where_others_spoke_of_it_too_a_reader_who_finds_nothing_is_told_so():
    made = verdict(ask("客流恢复", "林晓"))
    assert made.status == "answered"
    assert made.wider is not None
    assert "陈国栋" in {h.speaker.name for h in made.wider.hits}
    assert "林晓" not in {h.speaker.name for h in made.wider.hits}
    assert (made.denied.status, made.denied.doubtful) == ("not_by_speaker", False)


def test_a_reader_who_finds_nothing_where_nobody_else_spoke_of_it():
    made = verdict(ask("网点客流量恢复"))
    assert (made.status, made.wider, made.denied.status) == ("answered", None, "not_discussed")


def test_only_a_bare_yes_or_no_is_in_doubt():
    made = verdict(ask("网点的夜间班次几点结束"))
    assert made.doubtful
    assert HOPELESS * load_model("zh").threshold <= made.probability < SURE
    assert not decide(ask("客流"), found(()), PANELS).doubtful
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


def test_what_the_moderator_asked_is_no_open_question():
    assert verdict(ask("数字人民币的看法", "周敏")).status != "asked_not_answered"


def test_without_hits_the_probability_is_nothing():
    made = decide(ask("客流"), found(()), PANELS)
    assert (made.status, made.probability) == ("not_discussed", 0.0)


@pytest.mark.parametrize("kind", ["zh", "en", "across"])
def test_the_shipped_model_reads_every_feature(kind):
    question = ask("网点客流量恢复")
    model = load_model(kind)
    embedder = load_embedder(Settings())
    measured = features(question, find(question), PANELS, prepare(question, find(question), PANELS, embedder))
    assert set(model.names) <= set(measured)
    assert 0 < model.threshold < 1
    assert 0 < model.probability(measured) < 1


def test_what_no_model_reads_in_context_counts_as_usual():
    question, model = ask("网点客流量恢复"), load_model("zh")
    measured = features(question, find(question), PANELS, prepare(question, find(question), PANELS, HashEmbedder()))
    left_out = set(model.names) - set(measured)
    assert left_out == {name for name in model.names if name.startswith("close")}
    usual = {name: mean for name, mean in zip(model.names, model.means, strict=True) if name in left_out}
    assert model.probability(measured) == pytest.approx(model.probability({**measured, **usual}))


def test_more_evidence_is_a_higher_probability():
    question, model = ask("网点客流量恢复"), load_model("zh")
    strong = model.probability(features(question, find(question), PANELS, None))
    weak = model.probability(features(question, found((hit(ZH.turns[4], 1),), 0.0), PANELS, None))
    assert strong > weak + 0.2


def test_a_probability_is_finite_for_absurd_features():
    model = load_model("zh")
    assert math.isfinite(model.probability(dict.fromkeys(model.names, 1e12)))


def test_languages_of_question_and_hits_are_compared():
    assert kind_of(ask("branch traffic", language="en"), found((hit(ZH.turns[1], 1),))) == "across"
    assert kind_of(ask("网点客流"), found((hit(ZH.turns[1], 1),))) == "zh"


def test_a_question_may_name_no_matter_at_all():
    assert asks_for_anything(ask("提了哪些意见", "赵一鸣"))
    assert not asks_for_anything(ask("破产案件的意见", "赵一鸣"))
    assert not asks_for_anything(ask("提了哪些意见"))


def test_a_cosine_of_another_model_s_range_counts_as_usual():
    model = load_model("zh")
    at = dict(zip(model.names, model.means, strict=True))
    assert (
        model.probability({**at, "cosine": 0.2}) == model.probability(at) != model.probability({**at, "cosine": 0.84})
    )
