"""A language model asked whether there is an answer: how its word is read, and what follows from it."""

from __future__ import annotations

import math
import socket

import pytest

from answer.model_server import Script, serving
from answer.panel import EMBEDDER, PANELS, ask, find, found
from panelbot.answer import answer_question
from panelbot.answer.llm.answerability import N_ASKED, odds_of
from panelbot.answer.llm.prompt import given_passages
from panelbot.config import Settings
from panelbot.evidence import Evidence, Verdict, gather
from panelbot.match.matcher import Matcher
from panelbot.types import Answer

TRAFFIC = ask("网点客流量恢复 破产 合规")
WHO_SAID = ask("谁说过合规是第一要素", kind="who_said", topic="合规是第一要素")
TRUE = "陈国栋表示，网点客流量已经恢复到原来的70%。"
YES, NO = {"Yes": 0.98, "No": 0.01}, {"No": 0.9, "Yes": 0.02}


@pytest.mark.parametrize(
    ("likely", "odds"),
    [
        ({"Yes": 0.6, "No": 0.3}, math.log(2)),
        ({"No": 0.5, "Yes": 0.2, " NO": 0.1, "_yes": 0.1, "Maybe": 0.1}, math.log(0.5)),
        ({"是": 0.3, "否": 0.6}, math.log(0.5)),
        ({"陈国栋": 0.6, "Yes": 0.3}, None),
        ({"": 1.0}, None),
        ({}, None),
    ],
)
def test_how_a_yes_is_read(likely, odds):
    assert odds_of(likely) == (odds if odds is None else pytest.approx(odds, abs=0.01))


def told(verdict: Verdict, script: Script, question=TRAFFIC, *, others=None) -> Answer:
    """The answer where the evidence alone gives ``verdict`` and the model follows ``script``."""
    with serving(script) as url:
        settings = Settings(llm_base_url=url, llm_timeout=5)
        return answer_question(
            question, evidence(verdict, question, others), PANELS, settings, Matcher(question, EMBEDDER)
        )


def evidence(verdict: Verdict, question=TRAFFIC, others=None) -> Evidence:
    own = find(question, k=6)
    each = gather(question, own, PANELS, Matcher(question, EMBEDDER)).each
    return Evidence(verdict=verdict, own=own, others=others, each=each)


def doubt(status="answered") -> Verdict:
    return Verdict(status=status, probability=0.3, doubtful=True)


@pytest.mark.parametrize("first", [NO, {"否": 0.8, "是": 0.1}], ids=["English", "Chinese"])
def test_a_model_that_sees_no_answer_is_not_asked_to_write_one(first):
    script = Script(pieces=[TRUE], first=first)
    answer = told(doubt(), script)
    assert (answer.status, answer.citations) == ("not_discussed", ())
    assert answer.nearest
    assert answer.note == "语言模型没有在这些段落里找到答案。"
    assert len(script.requests) == N_ASKED


def test_where_both_see_none_nothing_need_be_said_of_the_model():
    answer = told(doubt("not_discussed"), Script(first=NO))
    assert (answer.status, answer.note) == ("not_discussed", "")


@pytest.mark.parametrize("status", ["answered", "not_discussed"])
def test_where_it_sees_one_it_writes_it(status):
    answer = told(doubt(status), Script(pieces=[TRUE], first=YES))
    assert (answer.status, answer.text) == ("answered", f"{TRUE}[1]")


@pytest.mark.parametrize("first", [{"陈国栋": 0.9}, "Yes", "No"], ids=["neither", "yes alone", "no alone"])
@pytest.mark.parametrize("status", ["answered", "not_discussed"])
def test_without_probabilities_of_yes_and_no_nothing_changes(status, first):
    assert told(doubt(status), Script(pieces=[TRUE], first=first)).status == status


def test_what_is_beyond_doubt_is_not_asked():
    script = Script(pieces=[TRUE], first=NO)
    answer = told(Verdict(status="answered", probability=0.9), script)
    assert (answer.text, len(script.requests)) == (f"{TRUE}[1]", 1)


def test_each_passage_is_asked_about_by_itself_and_fenced():
    script = Script(first=NO)
    told(doubt(), script)
    passages = given_passages(find(TRAFFIC, k=6).hits, PANELS)[:N_ASKED]
    for passage, request in zip(passages, script.requests, strict=True):
        system, user = (message["content"] for message in request["messages"])
        fence = user.split("\n")[0]
        assert fence in system
        assert user.count(fence) == 2
        assert user.index(fence) < user.index(passage.text) < user.rindex(fence) < user.index(TRAFFIC.text)


def test_after_a_yes_no_other_passage_is_asked_about():
    script = Script(pieces=[TRUE], first=YES)
    told(doubt(), script)
    assert [request.get("stream", False) for request in script.requests] == [False, True]


def test_what_each_said_is_in_no_single_passage():
    script = Script(pieces=["NO ANSWER"], first=NO)
    told(doubt(), script, ask("各位怎么看网点客流量恢复", kind="each", topic="网点客流量恢复"))
    assert all(request["stream"] for request in script.requests)


@pytest.mark.parametrize(("first", "status"), [(YES, "answered"), (NO, "not_discussed")])
def test_who_said_it_is_looked_up_once_it_is_known_that_somebody_did(first, status):
    script = Script(pieces=["林晓说过。"], first=first)
    answer = told(doubt(), script, WHO_SAID)
    assert answer.status == status
    assert not any(request.get("stream") for request in script.requests)
    assert answer.text.startswith("赵一鸣（云帆科技 CTO）说过：「合规是第一要素。」[1]") == (status == "answered")


@pytest.mark.parametrize("first", [NO, YES], ids=["asked for answerability", "asked for the answer"])
def test_others_who_spoke_of_it_are_named(first):
    question = ask("林晓怎么看网点客流量", "林晓", topic="网点客流量")
    spoke = tuple(hit for hit in find(TRAFFIC).hits if hit.speaker.name not in ("林晓", "周敏"))
    answer = told(doubt(), Script(pieces=["NO ANSWER"], first=first), question, others=found(spoke))
    assert answer.status == "not_by_speaker"
    assert "林晓" not in {ref.name for ref in answer.discussed_by}
    assert answer.citations


def test_where_others_did_not_speak_of_it_either_nobody_did():
    question = ask("林晓怎么看网点客流量", "林晓", topic="网点客流量")
    assert told(doubt(), Script(first=NO), question).status == "not_discussed"


def test_a_server_that_knows_no_such_request_is_asked_for_the_answer_all_the_same():
    script = Script(status=400)
    answer = told(doubt(), script)
    assert (answer.status, len(script.requests)) == ("answered", 2)
    assert "HTTP 400" in answer.note


@pytest.mark.parametrize("status", ["answered", "not_discussed"])
def test_a_model_that_cannot_be_reached_is_not_tried_again(status):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings = Settings(llm_base_url=f"http://127.0.0.1:{nobody.getsockname()[1]}/v1")
        answer = answer_question(TRAFFIC, evidence(doubt(status)), PANELS, settings, Matcher(TRAFFIC, EMBEDDER))
    assert answer.status == status
    assert answer.note.startswith("无法连接语言模型")
    assert ("原话摘录" in answer.note) == (status == "answered")


@pytest.mark.parametrize("body", [b"{}", b"[]", b"not json", b'{"choices": [{"logprobs": {"content": [{}]}}]}'])
def test_a_malformed_word_is_no_word(body):
    assert told(doubt(), Script(body=body)).status == "answered"
