"""What a file gives whatever is in it: ids, one sentence for each thing that is no transcript, and no surprises."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelbot.errors import ReadError
from panelbot.readers import read_file, read_text
from panelbot.readers.document import transcript_id
from panelbot.readers.registry import formats

TALK = "苏禾：好。\n陆一鸣：好。\n苏禾：好。\n"

FAULTS = {
    "empty.txt": (b"", "empty.txt is empty: there is no text to read"),
    "blank.txt": (b" \n\n", "blank.txt is empty: there is no text to read"),
    "mark.txt": (b"\xef\xbb\xbf", "mark.txt is empty: there is no text to read"),
    "a.pdf": (b"%PDF-1.7\n", "a.pdf is a PDF, not a transcript: save its text as .txt or .docx"),
    "a.doc": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        "a.doc is an old Word or Excel file, not a transcript: save it as .docx or .txt",
    ),
    "a.png": (b"\x89PNG\r\n", "a.png is an image, not a transcript: add the text of the talk, not a picture of it"),
    "a.mp3": (
        b"ID3\x03",
        "a.mp3 is a sound or video recording, not a transcript: have it transcribed first and add the transcript",
    ),
    "a.mp4": (
        b"\0\0\0\x20ftypisom",
        "a.mp4 is a sound or video recording, not a transcript: have it transcribed first and add the transcript",
    ),
    "a.zip": (b"PK\x03\x04junk", "a.zip is an archive or an Office file: unpack it, or save it as .docx or .txt"),
    "a.docx": (b"PK\x03\x04junk", "a.docx is not a Word document that can be opened; save it again as .docx"),
    "a.bin": (bytes(range(256)) * 4, "a.bin is not text in any encoding known here: save it as UTF-8 text"),
}


@pytest.mark.parametrize(("name", "data", "sentence"), [(n, d, s) for n, (d, s) in FAULTS.items()], ids=FAULTS)
def test_what_is_no_transcript_is_one_sentence(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_file(tmp_path / name)
    assert str(caught.value) == sentence
    assert caught.value.path == tmp_path / name


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"^cannot open .*nothing\.txt: No such file or directory$"):
        read_file(tmp_path / "nothing.txt")


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match=r"^pipe\.txt is no file that holds something, but a pipe or a device$"):
        read_file(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with pytest.raises(ReadError, match=r"^zero\.txt is no file"):
        read_file(tmp_path / "zero.txt")


def test_pasted_text_may_not_be_empty() -> None:
    with pytest.raises(ReadError, match=r"^pasted is empty"):
        read_text(" \n", name="pasted")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("fintech-roundtable-2020.txt", "fintech-roundtable-2020"),
        ("圆桌 会议 (1).txt", "圆桌-会议-(1)"),
        ("论坛：转型·破局.docx", "论坛-转型·破局"),
        ("a.b.c.json", "a.b.c"),
        ("/tmp/x/Panel One.vtt", "Panel-One"),
        ("C:\\panels\\two.srt", "two"),
        ("???.txt", "transcript"),
        (".txt", "txt"),
    ],
)
def test_an_id_is_the_readable_stem(name: str, id: str) -> None:
    assert transcript_id(name) == id


def test_the_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    for name, content, form in (
        ("a.txt", json.dumps({"turns": [{"speaker": "A", "text": "x"}]}), "interchange"),
        ("b.json", TALK, "dialogue"),
        ("c", "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: hi\n", "webvtt"),
        ("d.txt", "1\n00:00:01,000 --> 00:00:02,000\nAnn: hi\n", "subrip"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert read_file(tmp_path / name)[0].format == form


def test_several_transcripts_in_one_file_get_ids_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    entry = json.dumps({"turns": [{"speaker": "A", "text": "x"}]})
    path.write_text(f"{entry}\n{entry}\n", encoding="utf-8")
    assert [reading.transcript.id for reading in read_file(path)] == ["two-1", "two-2"]


def test_every_format_is_one_module_with_a_name_of_its_own() -> None:
    names = [form.name for form in formats()]
    assert len(set(names)) == len(names)
    assert {"article", "dialogue", "docx", "interchange", "subrip", "segments", "webpage", "webvtt"} <= set(names)


def test_ten_thousand_turns_are_read() -> None:
    text = "\n\n".join(f"{'苏禾' if n % 2 else '陆一鸣'}：这是第{n}句：关于网点。" for n in range(10_000))
    turns = read_text(text, name="a.txt").transcript.turns
    assert len(turns) == 10_000
    assert (turns[-1].speaker, turns[-1].text) == ("苏禾", "这是第9999句：关于网点。")


HOSTILE = [
    "(",
    ":",
    "：",
    "【",
    "**",
    "# ",
    "1:",
    "00:00 ",
    "A. ",
    " \n",
    "<v ",
    "[",
    "a:b\n",
    "张三\n",
    "<div>",
    "{",
    '{"turns":',
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_ends_in_a_sentence(piece: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(piece * (50_000 // len(piece)), name="a.txt")
    assert len(str(caught.value)) < 1000


LINES = st.lists(st.text(alphabet="张三：:Ann 0123-【】[]()<>*#\"'{}，。\n\t\r", max_size=30), max_size=12).map(
    "\n".join
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_text(text, name="a.txt")
    except ReadError:
        return
    turns = reading.transcript.turns
    assert turns
    assert [turn.index for turn in turns] == list(range(len(turns)))
    assert all(turn.text.strip() for turn in turns)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.txt"
    path.write_bytes(data)
    sentence = ""
    try:
        read_file(path)
    except ReadError as error:
        sentence = str(error)
    assert "\n" not in sentence
