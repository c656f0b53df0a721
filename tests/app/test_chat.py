"""A question's steps: what was found, text as it grows, the answer last; what a browser sends back is checked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from fakes.panel_bot import PANEL, SECOND, FakeBot
from panelbot.app.chat import MAX_QUESTION, Scope, ask, scope_from
from panelbot.app.conversation import MAX_HISTORY, Entry, entries_from
from panelbot.app.pane import functions
from panelbot.app.views.answer import exchange_view
from panelbot.app.views.common import middle
from panelbot.errors import PanelbotError
from panelbot.types import Answer, Citation, Listed

PANELS = {PANEL.id: PANEL, SECOND.id: SECOND}


def steps(bot: FakeBot, query: str, **asked: Any) -> list[dict[str, Any]]:
    return list(ask(bot, {"query": query, "key": "k1", **asked}, "en"))  # type: ignore[arg-type]


def shown(answer: Answer, **options: Any) -> str:
    """The exchange without what is copied."""
    given = {"key": "k1", "transcripts": PANELS, "language": "en", **options}
    view = exchange_view(Entry(query="q", answer=answer), **given)
    return view.partition("<pre")[0] + view.partition("</pre>")[2]


def test_what_was_found_comes_first_then_the_text_then_the_cited_answer() -> None:
    found, *writing, last = steps(FakeBot(), "网点的客流")
    assert "passages found" in found["html"]
    assert found["html"].count('class="pb-quote"') == 3
    assert "周启（东港银行）" in writing[-1]["html"]
    assert not any("entry" in step for step in (found, *writing))
    assert 'data-transcript="harbour" data-turn="1" data-start="7" data-end="20"' in last["html"]
    assert last["entry"]["query"] == "网点的客流"


def test_quotes_are_shown_once_and_their_frame_is_not() -> None:
    answer = FakeBot().ask("网点的客流")
    view = shown(answer)
    assert view.count(answer.citations[0].quote) == 1
    assert "周启（东港银行）：" not in view
    assert "turn 2 · 0:06 · 港口城市的银行" in view


def test_one_speakers_quotes_stand_under_one_name_and_several_people_are_led_to() -> None:
    first = FakeBot().ask("网点的客流").citations[0]
    again = replace(first, number=2, quote="柜台业务少了三成")
    other = Citation(number=3, transcript_id=SECOND.id, turn=1, speaker="Tom Ash", quote="Remark 1", start=0, end=8)
    lines = (
        f"周启（东港银行 副行长）说：「{first.quote}」[1]",
        f"周启还说：「{again.quote}」[2]",
        f'Tom Ash (grower) said: "{other.quote}" [3]',
    )
    answer = Answer(status="answered", text="\n".join(lines), question="q", citations=(first, again, other))
    view = shown(answer)
    assert "In the words of Zhou Qi (周启), Tom Ash:" in view
    assert view.count("<figcaption>") == 2
    assert "还说" not in view


def test_prose_keeps_its_words_and_has_chips_and_what_it_rests_on_below() -> None:
    cited = FakeBot().ask("网点的客流").citations
    text = "周启很乐观，他列举了许多具体的数字和例子来说明这一点，比如他说：「" + cited[0].quote + "」[1]。还有[7]"
    view = shown(Answer(status="answered", text=text, question="q", citations=cited))
    assert "周启很乐观" in view
    assert view.count(cited[0].quote) == 2  # in the sentence, and in what its chip shows
    assert "[7]" in view
    free = shown(Answer(status="answered", text="It recovered.[1]", question="q", citations=cited))
    assert free.count('class="pb-quote"') == 1


def test_a_long_title_is_shortened_in_its_middle() -> None:
    assert middle("短的") == "短的"
    long = "Branches after the epidemic, the second evening, part 4"
    assert len(middle(long)) <= 26
    assert middle(long).startswith("Branches")
    assert middle(long).endswith("part 4")


@pytest.mark.parametrize(("ends", "heading"), [("：", '<h3 class="pb-sr">最接近的内容'), ("。", "<h3>最接近的内容")])
def test_what_is_nearest_to_a_no_is_shown_once(ends: str, heading: str) -> None:
    no = FakeBot().ask("火星呢")
    quote = no.nearest[0].quote
    told = replace(no, text=f"没有人谈到火星{ends}\n周启说：「{quote}」")
    view = shown(told, language="zh")
    assert view.count(quote) == 1
    assert f"没有人谈到火星{ends}</p>" in view
    assert heading in view


def test_what_was_found_beside_an_answer_is_there_for_whoever_opens_it() -> None:
    answer = FakeBot().ask("网点的客流")
    other = Citation(number=2, transcript_id=SECOND.id, turn=1, speaker="Tom Ash", quote="Remark 1", start=0, end=8)
    view = shown(replace(answer, also=(other,)))
    before, _, folded = view.partition('<details class="pb-more pb-also">')
    assert "Also found, and not in the answer: 1 quote</summary>" in folded
    assert "Remark 1" in folded
    assert "Remark 1" not in before
    assert "pb-also" not in shown(answer)


def test_a_conversation_survives_the_browser_as_json() -> None:
    bot = FakeBot()
    last = steps(bot, "网点的客流")[-1]
    record = json.loads(json.dumps({"id": "k1", "entry": last["entry"], "rating": "good"}))
    thread = next(each for each in functions(bot, read_only=False) if each.__name__ == "thread")  # type: ignore[arg-type]
    drawn, broken = thread({"records": [record, {"id": "k2", "entry": {"query": 3}}]}, "en")["html"]
    assert str(drawn).replace('pressed="true"', 'pressed="false"') == last["html"]
    assert 'aria-pressed="true"' in drawn
    assert broken is None


def test_a_question_goes_with_the_last_ones_before_it_and_nothing_forged() -> None:
    bot = FakeBot()
    earlier = [{"query": f"问题{n}", "answer": "答"} for n in range(MAX_HISTORY + 3)]
    steps(bot, "然后呢", history=[*earlier, 7, {"query": 3}, {"query": "x", "answer": None}])
    queries = [each["query"] for each in bot.calls[-1]["history"]]
    assert queries == [f"问题{n}" for n in range(5, MAX_HISTORY + 3)]


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


def test_empty_and_endless_questions_are_told_so_and_not_asked() -> None:
    bot = FakeBot()
    assert "Type a question first." in steps(bot, "  ")[0]["html"]
    assert str(MAX_QUESTION) in steps(bot, "x" * (MAX_QUESTION + 1))[0]["html"]
    assert bot.calls == []


def test_the_scope_a_browser_sends_reaches_the_bot() -> None:
    bot = FakeBot()
    steps(bot, "客流", scope={"transcripts": ["harbour", "gone"], "speakers": ["周行长", 3]})
    assert (bot.calls[0]["transcripts"], bot.calls[0]["speakers"]) == (("harbour",), ("周行长",))
    assert (
        scope_from("nonsense", [Listed.of(PANEL)])
        == scope_from({"transcripts": [], "speakers": ["gone"]}, [Listed.of(PANEL)])
        == Scope()
    )


@pytest.mark.parametrize(
    ("error", "told"), [(PanelbotError("No such thing."), "No such thing."), (OSError("x"), "server")]
)
def test_an_error_is_one_sentence(error: Exception, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = FakeBot()

    def fail(*_args: object, **_options: object) -> object:
        raise error

    monkeypatch.setattr(bot, "ask", fail)
    last = steps(bot, "客流")[-1]
    assert last["failed"]
    assert told in last["html"]


def test_a_scope_is_known_without_reading_a_transcript() -> None:
    listed = [Listed.of(PANEL), *(Listed.of(replace(SECOND, id=f"evening-{n}")) for n in range(20))]
    assert scope_from({"transcripts": ["evening-1"], "speakers": ["Tom Ash", ["x"]]}, listed) == Scope(
        transcripts=("evening-1",), speakers=("Tom Ash",)
    )
    assert scope_from({"transcripts": ["harbour"], "speakers": ["Tom Ash"]}, listed) == Scope(transcripts=("harbour",))
