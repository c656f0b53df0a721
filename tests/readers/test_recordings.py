"""Subtitles, the transcribers' JSON and the meeting products' text, as the tools write them."""

from __future__ import annotations

import json

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text
from readers.sample import read_sample, spoken, timed, turns_of

HEAR = "Can everybody hear me?"
SAMPLES = {
    "lecture.srt": [
        ("主持人", "各位好，欢迎来到河湾。", 1.0, 6.0),
        ("陆一鸣", "谢谢。床位不是问题。第二点：是人。", 8.1, 12.0),
        ("主持人", "人从哪里来？", 12.5, 14.0),
    ],
    "zoom.vtt": [
        ("Ines Falk", f"{HEAR} Good, let us begin.", 3.12, 8.0),
        ("Tom Arden", "One thing first: the cable cost doubled.", 8.2, 11.76),
        ("Ines Falk", "It did.", 12.0, 13.0),
    ],
    "teams.vtt": [
        ("Ines Falk", HEAR, 3.12, 5.4),
        ("Tom Arden", "Yes & clearly. Go on.", 5.9, 8.0),
        ("何田田", "我也听到了。", 8.2, 11.76),
    ],
    "whisperx.json": [("SPEAKER_01", "各位好，我们开始。", 0.03, 3.0), ("SPEAKER_00", "好的 Ines", 3.4, 5.0)],
    "assemblyai.json": [("Speaker A", HEAR, 0.25, 1.8), ("Speaker B", "Yes. Clearly.", 2.1, 4.6)],
    "deepgram.json": [("Speaker 0", HEAR, 0.25, 1.8), ("Speaker 1", "Yes. Clearly.", 2.1, 4.6)],
    "deepgram-words.json": [("Speaker 0", "can you", 0.25, 0.8), ("Speaker 1", "Yes.", 2.1, 2.6)],
    "rev.json": [("Speaker 0", "Can everybody?", 0.25, 0.8), ("Tom Arden", "Yes.", 2.1, 2.6)],
    "aws.json": [("spk_0", "Hear me?", 0.25, 0.8), ("spk_1", "Yes.", 2.1, 2.6)],
    "otter.json": [("Ines Falk", HEAR, 3.0, 5.4), ("Speaker 72", "Yes.", 8.0, 10.0)],
    "fireflies.json": [("Ines Falk", HEAR, 3.12, 5.4), ("Tom Arden", "Yes. Clearly.", 5.9, 8.0)],
    "tingwu.json": [("Speaker 1", "各位好，我们开始。", 0.03, 2.1), ("Speaker 2", "好的。", 3.4, 5.0)],
    "script.json": [("关键词", "时间：三点。", 3.0, 5.0), ("何田田", "好。", 6.0, 7.0)],
    "tencent-meeting.txt": [
        ("苏禾", "大家能听到吗？我们开始。", 3.0, None),
        ("陆一鸣", "能听到。", 9.0, None),
        ("苏禾", "好，先过一下上周的事。关键词：床位。\n\n另外，夜班排班表发了吗？", 12.0, None),
        ("何田田", "发了，在群里。", 35.0, None),
        ("陆一鸣", "收到。", 3727.0, None),
    ],
    "feishu-minutes.txt": [
        ("说话人 1", "大家能听到吗？\n我们开始。", 3.0, None),
        ("说话人 2", "能听到。时间：两点零三。", 9.0, None),
        ("陆一鸣", "我补充一句。", 12.0, None),
        ("说话人 1", "散会。", 3727.0, None),
    ],
    "tingwu.txt": [
        ("发言人1", "各位好，我们开始。", 1.0, None),
        ("发言人2", "一张床位一个月三千六。\n\n第二点：护工缺口一半。", 15.0, None),
        ("发言人1", "夜班怎么办？", 760.0, None),
    ],
    "zoom.txt": [
        ("Ines Falk", f"{HEAR}\nGood, let us begin.", 3.0, None),
        ("Tom Arden", "One thing first: the cable cost doubled.\n\nIn 12:30 of the draft you see why.", 8.0, None),
        ("Ives", "I have a question.", 20.0, None),
        ("Ines Falk", "Go on.", 24.0, None),
    ],
    "otter.txt": [
        ("Ines Falk", HEAR, 3.0, None),
        ("Tom Arden", "Yes. One thing: the cost doubled.", 8.0, None),
        ("Unknown Speaker", "By how much?", 15.0, None),
        ("Tom Arden", "Twice.", 18.0, None),
    ],
    "fireflies.txt": [
        ("Ines Falk", HEAR, 0.0, None),
        ("Tom Arden", "Yes. One thing: the cost doubled.", 8.0, None),
        ("Ines Falk", "By how much?", 15.0, None),
    ],
}


@pytest.mark.parametrize(("name", "turns"), SAMPLES.items(), ids=SAMPLES)
def test_a_tool_s_file_gives_its_turns(name: str, turns: list[tuple[str, str, float, float]]) -> None:
    assert timed(read_sample(name)) == turns


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("tencent-meeting.txt", "苏禾的快速会议", ""),
        ("feishu-minutes.txt", "河湾养老项目周会", "2024-03-11"),
        ("tingwu.txt", "河湾养老圆桌", "2024-03-11"),
        ("otter.txt", "Tides and Turbines", "2022-11-03"),
        ("otter.json", "Tides and Turbines", "2022-11-03"),
        ("fireflies.txt", "Tides and Turbines", "2022-11-03"),
        ("fireflies.json", "Tides and Turbines", "2022-11-03"),
        ("deepgram.json", "", "2022-11-03"),
    ],
)
def test_a_tool_s_file_states_its_title_and_date(name: str, title: str, date: str) -> None:
    transcript = read_sample(name).transcript
    assert (transcript.title, transcript.date) == (title, date)


@pytest.mark.parametrize("name", ["unnamed.srt", "whisper.json"])
def test_a_recording_that_names_nobody_is_parted_at_pauses(name: str) -> None:
    reading = read_sample(name)
    assert turns_of(reading) == [("", "We began with a map of every pier."), ("", "Then the storm came.")]
    assert reading.warnings == (f"{name}: it names no speakers; its speech was parted at pauses and by length",)


def test_times_without_names_are_speech_of_nobody() -> None:
    assert timed(read_sample("video-page.txt")) == [
        ("", "We began with a map of every pier. Then the storm came.", 0.0, None)
    ]


def test_speech_of_nobody_is_parted_where_it_grows_long() -> None:
    lines = "\n".join(f"[{n // 60:02}:{n % 60:02}] a sentence that says nothing much at all." for n in range(100))
    lengths = [len(text) for _, text in spoken(lines)]
    assert len(lengths) > 5
    assert max(lengths) < 700


def test_times_that_run_back_are_no_recording() -> None:
    with pytest.raises(ReadError):
        read_text("09:00 doors\n10:00 talk\n08:00 early\n", name="agenda.txt")


def test_rolling_captions_are_not_repeated() -> None:
    text = (
        "WEBVTT\nKind: captions\n\n00:00.000 --> 00:02.000\nhello<00:00:01.000><c> there</c>\n\n"
        "00:02.000 --> 00:02.010\nhello there\n\n00:02.010 --> 00:04.000\nhello there\nmy<00:00:03.000><c> friend</c>\n"
    )
    assert spoken(text, "a.vtt") == [("", "hello there my friend")]


def test_broadcast_captions_name_the_speaker_after_arrows() -> None:
    cues = [">> TOM ARDEN: Hello.", "More.", ">> MARY: Yes.", ">> TOM ARDEN: Good."]
    text = "WEBVTT\n" + "".join(f"\n00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n" for n, cue in enumerate(cues))
    assert spoken(text, "a.vtt") == [("TOM ARDEN", "Hello. More."), ("MARY", "Yes."), ("TOM ARDEN", "Good.")]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"mood": 1}, "a.json is JSON without a transcript in it: looked for"),
        ([1, 2], "a.json is JSON without a transcript in it: looked for"),
        ({"turns": [{"speaker": "A"}]}, 'a.json: turns[0] has no "text"'),
    ],
)
def test_json_that_is_no_transcript_is_one_sentence(value: object, sentence: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(json.dumps(value), name="a.json")
    assert str(caught.value).startswith(sentence)


def test_broken_json_names_the_line() -> None:
    with pytest.raises(ReadError) as caught:
        read_text('{"turns": [\n{"speaker": "A", "text": "x"},\n', name="a.json")
    assert str(caught.value).startswith("a.json is not valid JSON (line 3")


def test_broken_subtitles_are_one_sentence() -> None:
    with pytest.raises(ReadError, match=r"^no turns found in a\.vtt: looked for WebVTT cues"):
        read_text("WEBVTT\n\n", name="a.vtt")
