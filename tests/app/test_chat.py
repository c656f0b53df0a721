"""A question's steps: text as it grows, the thread last; what a browser sends back is checked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fakes.panel_bot import PANEL, FakeBot
from panelbot.app.chat import MAX_QUESTION, Scope, Step, ask, scope_from, thread_view
from panelbot.app.conversation import MAX_EXCHANGES, entries_from
from panelbot.app.views.answer import exchange_view
from panelbot.errors import PanelbotError


def steps(bot: FakeBot, query: str, stored: object = (), scope: Scope = Scope()) -> list[Step]:  # noqa: B008
    return list(ask(bot, query, stored, scope, "en"))  # type: ignore[arg-type]


def test_the_text_grows_and_ends_as_a_cited_answer() -> None:
    *writing, last = steps(FakeBot(), "网点的客流")
    assert [step.thread for step in writing] == [None] * len(writing)
    assert "周启（东港银行）" in writing[-1].live
    assert last.live == ""
    assert last.thread is not None
    assert 'data-transcript="harbour" data-turn="1" data-start="7" data-end="20"' in last.thread
    assert PANEL.turns[1].text[7:20] in last.thread


@pytest.mark.parametrize(("ends", "heading"), [("：", '<h3 class="pb-sr">最接近的内容'), ("。", "<h3>最接近的内容")])
def test_what_is_nearest_to_a_no_is_shown_once(ends: str, heading: str) -> None:
    no = FakeBot().ask("火星呢")
    quote = no.nearest[0].quote
    told = replace(no, text=f"没有人谈到火星{ends}\n周启说：「{quote}」")
    shown, _, copied = exchange_view("火星呢", told, number=0, transcripts={}, language="zh").partition("<pre")
    assert shown.count(quote) == 1
    assert f"没有人谈到火星{ends}</p>" in shown
    assert heading in shown
    assert copied.count(quote) == 2  # what is copied is the whole answer


def test_a_conversation_survives_the_browser_as_json() -> None:
    bot = FakeBot()
    last = steps(bot, "网点的客流")[-1]
    stored = json.loads(json.dumps(last.conversation))
    assert thread_view(bot, stored, "en") == last.thread  # type: ignore[arg-type]
    steps(bot, "然后呢", stored)
    assert bot.calls[-1]["history"] == [
        {"query": "网点的客流", "answer": "周启（东港银行）：网点的客流已经恢复到八成。 [1]"}
    ]


@pytest.mark.parametrize(
    "forged",
    [
        None,
        7,
        "x",
        {},
        [3],
        [{"query": "q"}],
        [{"query": 1, "answer": {}}],
        [{"query": "q", "answer": {"status": "bad"}}],
    ],
)
def test_a_forged_conversation_is_no_conversation(forged: object) -> None:
    assert entries_from(forged) == []


def test_the_conversation_keeps_its_newest_questions() -> None:
    bot, stored = FakeBot(), []
    for number in range(MAX_EXCHANGES + 2):
        stored = steps(bot, f"问题{number}", stored)[-1].conversation or []
    assert [entries_from(stored)[place].query for place in (0, -1)] == ["问题2", f"问题{MAX_EXCHANGES + 1}"]


def test_empty_and_endless_questions_are_told_so_and_not_asked() -> None:
    bot = FakeBot()
    assert "Type a question first." in steps(bot, "  ")[0].live
    assert str(MAX_QUESTION) in steps(bot, "x" * (MAX_QUESTION + 1))[0].live
    assert bot.calls == []


def test_the_scope_a_browser_sends_reaches_the_bot() -> None:
    bot = FakeBot()
    steps(bot, "客流", scope=scope_from({"transcripts": ["harbour", "gone"], "speakers": ["周行长", 3]}, [PANEL]))
    assert (bot.calls[0]["transcripts"], bot.calls[0]["speakers"]) == (("harbour",), ("周行长",))
    assert scope_from("nonsense", [PANEL]) == scope_from({"transcripts": [], "speakers": ["gone"]}, [PANEL]) == Scope()


@pytest.mark.parametrize(
    ("error", "shown"), [(PanelbotError("No such thing."), "No such thing."), (OSError("x"), "server")]
)
def test_an_error_is_one_sentence(error: Exception, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = FakeBot()

    def fail(*_args: object, **_options: object) -> object:
        raise error

    monkeypatch.setattr(bot, "ask", fail)
    assert shown in steps(bot, "客流")[-1].live
