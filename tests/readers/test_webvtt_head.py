"""A WebVTT file may say on its first line, or in notes before the first cue, what was recorded and when."""

from __future__ import annotations

import pytest

from panelbot.readers import read_text
from panelbot.types import Transcript

CUES = "\n\n00:01.000 --> 00:03.000\n<v Ada Quill>Good evening.\n\n00:03.500 --> 00:05.000\n<v Ben Marl>Hello.\n"


def read(head: str) -> Transcript:
    return read_text(head + CUES, name="evening.vtt").transcript


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("WEBVTT", "", ""),
        ("WEBVTT FILE", "", ""),
        ("WEBVTT - The long evening", "The long evening", ""),
        ("WEBVTT\n\nNOTE\nTitle: The long evening\nDate: 2024-10-17", "The long evening", "2024-10-17"),
        ("WEBVTT\n\nNOTE\nTitle: Late trains: an evening Date: 2024-10-17", "Late trains: an evening", ""),
        ("WEBVTT - evening.vtt\n\nNOTE\n标题：漫长的夜晚\n日期：2024年10月17日", "漫长的夜晚", "2024-10-17"),
        ("WEBVTT\n\nNOTE\nTranscribed by a machine\nRequest Id: 7f\nChannels: 1", "", ""),
    ],
)
def test_title_and_date(head: str, title: str, date: str) -> None:
    transcript = read(head)
    assert (transcript.title, transcript.date) == (title, date)
    assert [turn.text for turn in transcript.turns] == ["Good evening.", "Hello."]
