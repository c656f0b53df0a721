"""The interchange form: exact both ways, and a sentence that says what is wrong and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelbot.errors import ReadError
from panelbot.readers import from_interchange, read_file, to_interchange
from panelbot.types import ROLES, Speaker, Transcript, Turn

_TEXT = st.text(max_size=40)
_SECONDS = st.none() | st.floats(0, 1e5, allow_nan=False)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    names = draw(st.lists(_TEXT, min_size=1, max_size=4, unique=True))
    speaker = st.builds(
        Speaker,
        name=_TEXT,
        organization=_TEXT,
        title=_TEXT,
        role=st.sampled_from(ROLES),
        aliases=st.lists(_TEXT, max_size=2).map(tuple),
    )
    spoken = draw(st.lists(st.tuples(st.sampled_from(names), _TEXT, _SECONDS, _SECONDS), min_size=1, max_size=6))
    turns = tuple(Turn(index=i, speaker=s, text=t, start=a, end=b) for i, (s, t, a, b) in enumerate(spoken))
    speakers = draw(st.lists(speaker, max_size=3, unique_by=lambda s: s.name))
    facts = {field: draw(_TEXT) for field in ("title", "language", "date", "event", "location", "source")}
    return Transcript(id=draw(st.text(min_size=1, max_size=10)), speakers=tuple(speakers), turns=turns, **facts)


@given(transcripts())
def test_any_transcript_comes_back_exactly(transcript: Transcript) -> None:
    written = json.loads(json.dumps(to_interchange(transcript), ensure_ascii=False))
    reading = from_interchange(written, name="any.json")
    assert reading.warnings == ()
    assert to_interchange(reading.transcript) == to_interchange(transcript)
    assert reading.transcript.turns == transcript.turns


def test_a_fact_of_a_speaker_names_the_file_as_its_evidence() -> None:
    turns = [{"speaker": "沈志峰", "text": "好。"}]
    listed = [{"name": "沈志峰", "organization": "江苏银行", "role": "panelist"}]
    (speaker,) = from_interchange({"turns": turns, "speakers": listed}, name="a.json").transcript.speakers
    assert [(e.field, e.source, e.text) for e in speaker.evidence] == [
        ("organization", "file", "江苏银行"),
        ("role", "file", "panelist"),
    ]


def test_unknown_keys_and_roles_are_warnings() -> None:
    obj = {
        "domain": "x",
        "speakers": [{"name": "A", "role": "Grad"}],
        "turns": [{"speaker": "A", "text": "x", "mood": 1}],
    }
    reading = from_interchange(obj, name="m.json")
    assert reading.transcript.speakers[0].role == "unknown"
    assert reading.warnings == (
        "m.json: ignored unknown keys domain, turns[].mood",
        'm.json: unknown roles "Grad" were read as "unknown" (known: moderator, panelist, audience, unknown)',
    )


@pytest.mark.parametrize(
    ("obj", "sentence"),
    [
        ({"turns": []}, 'no turns found in a.json: its list "turns" is empty'),
        ({"turns": [{"speaker": "A", "text": "x"}, {"text": "y"}]}, 'a.json: turns[1] has no "speaker"'),
        ({"turns": [{"speaker": "A"}]}, 'a.json: turns[0] has no "text"'),
        ({"turns": [{"speaker": None, "text": ""}]}, 'a.json: "speaker" of turns[0] must be a string, not nothing'),
        ({"turns": ["hello"]}, "a.json: turns[0] must be an object, not a string"),
        (
            {"turns": [{"speaker": "A", "text": "", "start": "1"}]},
            'a.json: "start" of turns[0] must be a number of seconds, not a string',
        ),
        ({"turns": "x"}, 'a.json: "turns" must be a list of objects with "speaker" and "text", not a string'),
        ({"turns": [{"speaker": "A", "text": ""}], "title": []}, 'a.json: "title" must be a string, not a list'),
        ({"turns": [{"speaker": "A", "text": ""}], "speakers": [{}]}, 'a.json: speakers[0] has no "name"'),
    ],
)
def test_a_fault_is_one_sentence_that_says_where(obj: object, sentence: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_interchange(obj, name="a.json")
    assert str(caught.value) == sentence


def test_a_speaker_really_called_keywords_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"turns": [{"speaker": "关键词", "text": "时间：三点"}]}), encoding="utf-8")
    (reading,) = read_file(path)
    assert reading.transcript.id == "a"
    assert reading.transcript.turns[0].speaker == "关键词"


@pytest.mark.shared
def test_every_development_transcript_is_accepted(shared: Path) -> None:
    paths = sorted((shared / "eval").glob("*/transcripts/*.json"))
    assert len(paths) == 267
    for path in paths:
        (reading,) = read_file(path)
        stored = json.loads(path.read_text(encoding="utf-8"))
        assert [(t.speaker, t.text) for t in reading.transcript.turns] == [
            (t["speaker"], t["text"]) for t in stored["turns"]
        ]
        assert reading.transcript.id == stored["id"]


@pytest.mark.parametrize("start", ["1e999", "NaN", "1" + "0" * 400, "1" + "0" * 5000])
def test_a_time_that_is_none_is_one_sentence(tmp_path: Path, start: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"turns": [{{"speaker": "A", "text": "x", "start": {start}}}]}}', encoding="utf-8")
    with pytest.raises(ReadError, match=r"^a\.json.*(out of range|too long)"):
        read_file(path)


def test_half_characters_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"turns": [{"speaker": "A", "text": "a\\ud83d\\ude00b\\ud83dc"}]}', encoding="utf-8")
    assert read_file(path)[0].transcript.turns[0].text == "a😀b\ufffdc"
