"""Dialogue text in every usual form, and what a colon does not make."""

from __future__ import annotations

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text
from panelbot.readers.shape import label_name
from readers.sample import read_sample, spoken, turns_of

HAN = [("苏禾", "各位好。"), ("陆一鸣", "谢谢。"), ("苏禾", "开始。")]
LATIN = [("Ines Falk", "Hello all."), ("Tom Arden", "Thanks."), ("Ines Falk", "Let us begin.")]
STAMPS = ["00:00:03", "00:12:31", "01:02:07"]

INLINE = {
    "full-width colon": "{who}：{text}\n",
    "colon": "{who}: {text}\n",
    "small colon": "{who}﹕{text}\n",
    "spaced paragraphs": "{who}: {text}\n\n",
    "brackets": "【{who}】{text}\n",
    "brackets and colon": "【{who}】：{text}\n",
    "square brackets": "[{who}] {text}\n",
    "bold with colon inside": "**{who}:** {text}\n\n",
    "bold with colon outside": "**{who}**: {text}\n\n",
    "bullets": "- {who}: {text}\n",
    "quotation": "> **{who}**: {text}\n>\n",
    "bold line": "**{who}**\n\n{text}\n\n",
    "heading": "### {who}\n\n{text}\n\n",
    "colon on its own line": "{who}：\n{text}\n\n",
    "own line": "{who}\n{text} 这一句要长一些，好让它像话。\n\n",
}
STAMPED = {
    "time before": "[{time}] {who}: {text}\n",
    "bare time before": "{time} {who}: {text}\n",
    "time after": "{who}  {time}\n{text}\n\n",
    "tab and time": "{who}\t{time}\n{text}\n",
    "time in brackets": "{who} ({time})\n{text}\n\n",
    "time and colon": "{who}({time}): {text}\n",
    "time, dash, name": "{time} - {who}\n{text}\n\n",
    "bold name and time": "**{who}** {time}\n{text}\n\n",
    "bar": "{who} | {time}\n{text}\n",
    "one line": "{who} {time} {text}\n",
    "time after the colon": "{who}: [{time}] {text}\n",
    "bold name and slanted time": "**{who}** *{time}*\n{text}\n\n",
}


@pytest.mark.parametrize("turns", [HAN, LATIN], ids=["zh", "en"])
@pytest.mark.parametrize("form", INLINE.values(), ids=INLINE)
def test_a_form_of_label_is_read(form: str, turns: list[tuple[str, str]]) -> None:
    found = spoken("".join(form.format(who=who, text=text) for who, text in turns))
    assert [(who, text.split(" 这一句")[0]) for who, text in found] == turns


@pytest.mark.parametrize("turns", [HAN, LATIN], ids=["zh", "en"])
@pytest.mark.parametrize("form", STAMPED.values(), ids=STAMPED)
def test_a_form_with_times_is_read(form: str, turns: list[tuple[str, str]]) -> None:
    text = "".join(form.format(who=who, text=text, time=time) for (who, text), time in zip(turns, STAMPS, strict=True))
    reading = read_text(text, name="a.txt")
    assert turns_of(reading) == turns
    assert [turn.start for turn in reading.transcript.turns] == [3.0, 751.0, 3727.0]


def test_the_forum_keeps_colons_of_speech_in_speech() -> None:
    turns = turns_of(read_sample("forum.txt"))
    assert [who for who, _ in turns] == [
        "苏禾",
        "陆一鸣",
        "Mei O'Neil-Smith",
        "苏禾",
        "陆一鸣",
        "观众",
        "陆一鸣",
    ]
    assert (
        turns[1][1] == "我先说三点。\n1. 成本：一张床位一个月三千六。\n2. 人手：护工缺口一半。\n第三个问题：没有夜班。"
    )
    assert turns[3][1].endswith("参考 https://example.com/night: 里面有数据，12:30 以后再看。")
    assert turns[4][1] == "他说：“加钱。”我说：加。"


def test_a_label_states_who_its_speaker_is() -> None:
    speakers = {speaker.name: speaker for speaker in read_sample("forum.txt").transcript.speakers}
    assert speakers["苏禾"].role == "moderator"
    assert (speakers["陆一鸣"].organization, speakers["陆一鸣"].title) == ("安康护理院", "院长")
    assert {(e.source, e.text) for e in speakers["陆一鸣"].evidence} == {("label", "陆一鸣（安康护理院院长）")}


def test_a_header_states_title_date_and_place() -> None:
    transcript = read_sample("forum.txt").transcript
    assert (transcript.title, transcript.date) == ("河湾社区养老圆桌", "2024-03-09")
    assert transcript.location == "河湾社区活动中心"


def test_markdown_keeps_lists_and_drops_headings() -> None:
    reading = read_sample("notes.md")
    turns = turns_of(reading)
    assert turns[1] == (
        "Tom Arden",
        "Note: I am not neutral here.\n\nThree points matter:\n\n- Cost: it doubled.\n- Time: it tripled.",
    )
    assert turns[2] == ("Wei Lin", "The fishers pay, in lost ground.")
    assert turns[4] == ("Audience member", "Does it kill seals?")
    assert (reading.transcript.title, reading.transcript.date) == ("Tides and Turbines", "2022-11-03")
    assert reading.introduction.startswith("Moderator: Ines Falk")


def test_questions_and_answers_are_two_speakers() -> None:
    assert turns_of(read_sample("interview.txt")) == [
        ("Q", "What did the storm change?"),
        ("A", "Everything. Two reasons: wind and water.\n\nAnd the pier."),
        ("Q", "Would you build it again?"),
        ("A", "Yes."),
    ]


def test_names_on_lines_of_their_own() -> None:
    turns = turns_of(read_sample("lines.txt"))
    assert turns[0] == ("林知夏", "各位好，今天谈到馆人次。")
    assert [who for who, _ in turns] == ["林知夏", "白露", "林知夏", "白露"]


@pytest.mark.parametrize(
    "text",
    ["张三\n大家好\n李四\n谢谢\n张三\n好", "Jane Smith\nHello\nTom Brown\nHi\nJane Smith\nBye"],
    ids=["zh", "en"],
)
def test_names_on_lines_of_their_own_above_short_speech(text: str) -> None:
    lines = text.split("\n")
    assert spoken(text) == list(zip(lines[::2], lines[1::2], strict=True))


def test_one_label_spelled_in_two_ways_is_one_speaker() -> None:
    turns = spoken("Moderator: a.\n发言人 1: b.\nmoderator: c.\n发言人1：d.")
    assert [who for who, _ in turns] == ["Moderator", "发言人 1", "Moderator", "发言人 1"]


@pytest.mark.parametrize("form", ["{who} {time}\n{text}\n", "{time} {who}：{text}\n", "[{time}] {who}: {text}\n"])
def test_a_day_before_each_time_is_no_time_of_the_recording(form: str) -> None:
    said = [("苏禾", "好。"), ("陆一鸣", "谢谢。"), ("苏禾", "再见。")]
    stamps = ["2024-03-15 14:00:05", "2024-03-15 14:00:09", "2024-03-15 14:01:00"]
    text = "".join(form.format(who=who, text=text, time=time) for (who, text), time in zip(said, stamps, strict=True))
    reading = read_text(text, name="a.txt")
    assert turns_of(reading) == said
    assert {turn.start for turn in reading.transcript.turns} == {None}


def test_a_day_and_time_in_the_head_is_no_speaker() -> None:
    reading = read_text(
        "Weekly Sync 2024-03-15 14:00:21\n\nAnn Lee  00:01\nHello.\n\nBo Chen  00:05\nHi.\n", name="a.txt"
    )
    assert [turn.speaker for turn in reading.transcript.turns] == ["Ann Lee", "Bo Chen"]
    assert (reading.transcript.title, reading.transcript.date) == ("Weekly Sync", "2024-03-15")


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "ANN: We started the project in the spring of last year because the old\n"
        "system could not keep up with the number of readers that came through\n"
        "the doors on each and every day of the week, and on holidays as well it\n"
        "was worse.\n\nBOB: So it was.\n"
    )
    assert spoken(text)[0][1].count("\n") == 0
    assert "because the old system could not" in spoken(text)[0][1]


def test_a_colon_in_an_indented_line_opens_nothing_where_labels_stand_at_the_margin() -> None:
    talk = "Ann Lee: The tide gauge by the pier went down in spring\n  and came back a week later.\n"
    talk += "Bo Chen: We wrote to the harbour about it and they said\n  it would be mended.\n"
    last = "Ann Lee: I take no readings from a buoy of others when\n  possible: Bristol taught me that.\n"
    said = spoken(talk * 3 + last)
    assert said[-1] == ("Ann Lee", "I take no readings from a buoy of others when possible: Bristol taught me that.")
    assert {speaker for speaker, _ in said} == {"Ann Lee", "Bo Chen"}


def test_minutes_that_go_on_in_another_form_are_read_in_both() -> None:
    scribed = "Ann Lee: The kiln was cold.\n\nBo Chen: Who lit it?\n\n" * 4
    times = (f"{minute:02}:{second:02}" for minute in range(9) for second in (5, 35))
    recorded = "".join(
        f"{who}  {next(times)}  {said}\n\n" for who, said in [("Bo Chen", "So: on we go."), ("Cy Dow", "Yes.")] * 8
    )
    said = spoken(scribed + recorded)
    assert said[:2] == [("Ann Lee", "The kiln was cold."), ("Bo Chen", "Who lit it?")]
    assert ("Bo Chen", "So: on we go.") in said
    assert {speaker for speaker, _ in said} == {"Ann Lee", "Bo Chen", "Cy Dow"}


def test_names_tied_with_underscores_are_labels_though_they_come_once() -> None:
    talk = "Ann Lee: The kiln was cold.\n\nIt had been so all week.\n\nBo Chen: Who lit it?\n\nWas it you?\n\n" * 6
    said = spoken(talk + "Nora_Fes_(Kilnworks): I did, with a match.\n\nCy_Dow: Not I.\n\n")
    assert said[-2:] == [("Nora_Fes", "I did, with a match."), ("Cy_Dow", "Not I.")]


@pytest.mark.parametrize(
    "text",
    [
        "这一段里没有人说话。\n\n第二段：也没有。",
        "Ingredients: flour\nMethod: bake\nTime: 30 min",
        "From: Ann\nTo: Bo\nSubject: Hi\n\nDear Bo,\nplease see: the file.",
        "关键词：银行\n时间：2024年1月1日\n地点：上海\n来源：某网",
        "第一个问题：成本。\n第二个问题：收益。\n第三个问题：时间。",
        "1. 成本：高\n2. 收益：低\n3. 风险：大",
        "name,age\nann,3",
    ],
)
def test_text_without_speakers_is_one_sentence(text: str) -> None:
    with pytest.raises(ReadError, match=r"^no turns found in x\.txt: looked for .*lines such as") as caught:
        read_text(text, name="x.txt")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("between", ["照案通过，送办。\n", ""], ids=["lines between", "labels throughout"])
def test_a_field_behind_which_no_sentence_ever_stands_is_no_speaker(between: str) -> None:
    turns = [
        ("罗启文", f"第{n}项的说明，请各位看一下。") if n % 2 else ("叶慧敏", f"第{n}项，我同意。") for n in range(40)
    ]
    text = "".join(
        f"{who}：{said}\n" + (f"附议人：唐素梅　　尤敏\n{between}" if n % 2 else "")
        for n, (who, said) in enumerate(turns)
    )
    found = spoken(text)
    assert [turn for turn in found if turn[0]] == turns
    assert all("唐素梅" in said for who, said in found if not who)


@pytest.mark.parametrize("clause", ["Mr Speaker, I would like to move", "Tom, I think"])
def test_who_is_spoken_to_in_a_clause_is_not_its_label(clause: str) -> None:
    assert label_name(clause) == clause
    assert label_name("Arden, Tom") == "Tom Arden"
