"""Files that are no transcripts, damaged, or made to harm: each is one sentence, and the others are stored."""

from __future__ import annotations

import json
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from panelbot import PanelBot, Settings
from panelbot.bot import ReaderApart
from panelbot.embedding import HashEmbedder
from panelbot.errors import ReadError
from panelbot.register import reading
from panels import HARBOUR, open_bot

pytestmark = pytest.mark.slow


def damaged_files(folder: Path) -> None:
    """One file of each kind of damage."""
    folder.mkdir()
    (folder / "cut.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    with zipfile.ZipFile(folder / "nothing.docx", "w") as made:
        made.writestr("word/document.xml", "<w:document")
    with zipfile.ZipFile(folder / "other.docx", "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
    (folder / "locked.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    (folder / "halves.json").write_text(json.dumps({"turns": [{"speaker": "A", "text": "\ud800x"}]}), encoding="utf-8")
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / "never.srt").write_text("1\n999999999999:00:00,000 --> 99:00:00,000\nA: hello\n", encoding="utf-8")
    (folder / "numbers.json").write_text('{"turns": [{"speaker": "A", "text": "x", "start": 1e999}]}', encoding="utf-8")


def test_each_bad_file_is_one_sentence_and_the_good_ones_are_stored(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    damaged_files(folder)
    (folder / "good.txt").write_text(HARBOUR, encoding="utf-8")
    Path(os.fsdecode(bytes(folder) + b"/\xff\xfe.txt")).write_text(HARBOUR, encoding="utf-8")
    report = open_bot(tmp_path / "index").add([folder])
    assert "good" in report.added
    failed = {Path(failure.path).name: failure.reason for failure in report.failed}
    assert {"cut.docx", "nothing.docx", "other.docx", "locked.docx", "deep.json"} <= set(failed)
    assert "\\udcff\\udcfe.txt" in failed
    for name, reason in failed.items():
        assert name in reason
        assert "\n" not in reason
        assert reason.encode()


def test_what_a_parser_raises_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    for fault in (KeyError("x"), MemoryError(), RecursionError(), OverflowError(), zipfile.BadZipFile(), SystemError()):
        monkeypatch.setattr("panelbot.readers.read_file", lambda *_, fault=fault, **__: (_ for _ in ()).throw(fault))
        with pytest.raises(ReadError, match=r"^a\.txt .*\.$"):
            reading.read_here(file)


def test_a_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(3_000_000_000)
    bot = open_bot(tmp_path / "index")
    tracemalloc.start()
    [failure] = bot.add([tmp_path / "huge.txt"]).failed
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "3,000,000,000 bytes" in failure.reason
    assert peak < 50_000_000


def test_what_is_named_like_a_file_and_is_none_keeps_nothing_out(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "good.txt").write_text(HARBOUR, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    bot = open_bot(tmp_path / "index")
    assert bot.add([folder]).added == ("good",)
    report = bot.add([folder / "good.txt", folder / "pipe.txt", Path("/dev/zero"), folder / "loop.txt"])
    assert report.unchanged == ("good",)
    assert [failure.reason.rpartition("is a ")[2] for failure in report.failed[:2]] == ["pipe or a device."] * 2
    assert len(report.failed) == 3
    with pytest.raises(ReadError, match="but a pipe or a device"):
        bot.preview(folder / "pipe.txt")


def apart(folder: Path, **limits: float) -> PanelBot:
    reader = ReaderApart(**limits)  # type: ignore[arg-type]
    return PanelBot.open(folder, settings=Settings(embedding_model="hash"), embedder=HashEmbedder(), reader=reader)


def test_reading_apart_gives_the_same_transcripts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    here, there = open_bot(tmp_path / "here"), apart(tmp_path / "there")
    assert here.add([tmp_path / "a.txt", tmp_path / "b.txt"]) == there.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert here.transcripts() == there.transcripts()
    assert here.preview_text(HARBOUR, name="夜谈") == there.preview_text(HARBOUR, name="夜谈")
    there.close()


def test_a_file_that_hangs_or_fills_the_memory_ends_its_process_and_not_the_command(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(HARBOUR, encoding="utf-8")
    # The interchange reader is linear: three hundred thousand turns are just too many for the limits.
    (tmp_path / "big.json").write_text(
        '{"turns": [' + ",".join(['{"speaker": "A", "text": "said"}'] * 300_000) + "]}", encoding="utf-8"
    )
    for limits in ({"seconds": 2}, {"seconds": 2, "megabytes": 300}):
        bot = apart(tmp_path / f"index-{len(limits)}", **limits)
        report = bot.add([tmp_path / "big.json", tmp_path / "good.txt"])
        assert report.added == ("good",)
        [failure] = report.failed
        assert "big.json takes more" in failure.reason
        bot.close()


def test_what_links_lead_to_outside_a_folder_is_added_when_asked_for(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "corpus", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "far.txt").write_text(HARBOUR, encoding="utf-8")
    (elsewhere / "near.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "own.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "within.txt").symlink_to(folder / "own.txt")
    (folder / "near.txt").symlink_to(elsewhere / "near.txt")
    (folder / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    bot = open_bot(tmp_path / "index")
    report = bot.add([folder])
    assert report.added == ("own",)
    assert sorted(Path(failure.path).name for failure in report.failed) == ["linked", "near.txt"]
    report = bot.add([folder], follow_links=True)
    assert (set(report.added), report.unchanged, report.failed) == ({"far", "near"}, ("own",), ())


def test_many_files_read_at_once_come_in_their_order_and_one_that_hangs_stops_none(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(HARBOUR.replace("八成", f"{number}成"), encoding="utf-8")
    (folder / "04.json").write_text(
        '{"turns": [' + ",".join(['{"speaker": "A", "text": "said"}'] * 300_000) + "]}", encoding="utf-8"
    )
    (folder / "05.srt").write_text("", encoding="utf-8")
    bot, one = apart(tmp_path / "three", seconds=2, at_once=3), apart(tmp_path / "one", seconds=2, at_once=1)
    report = bot.add([folder])
    assert report == one.add([folder])
    assert report.added == tuple(f"{number:02}" for number in range(40))
    assert [Path(failure.path).name for failure in report.failed] == ["04.json", "05.srt"]
    assert bot.transcripts() == one.transcripts()
    bot.close()
    one.close()
