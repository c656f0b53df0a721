"""Word documents: dialogue in paragraphs and tables, and the exports of Teams and 腾讯会议."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word

from panelbot.errors import ReadError
from panelbot.readers import read_file
from panelbot.readers.word import table_cells
from panelbot.types import Reading
from readers.sample import timed, turns_of

Save = Callable[[Word], Reading]


@pytest.fixture
def read(tmp_path: Path) -> Save:
    def save(document: Word) -> Reading:
        document.save(str(tmp_path / "a.docx"))
        return read_file(tmp_path / "a.docx")[0]

    return save


def test_paragraphs_are_dialogue(read: Save) -> None:
    word = docx.Document()
    word.add_heading("河湾圆桌", 0)
    for line in (
        "时间：2024年3月9日",
        "主持人：各位好。",
        "今天谈养老。",
        "陆一鸣：好。",
        "第二点：是人。",
        "主持人：谢谢。",
    ):
        word.add_paragraph(line)
    reading = read(word)
    assert (reading.format, reading.transcript.title, reading.transcript.date) == ("docx", "河湾圆桌", "2024-03-09")
    assert turns_of(reading) == [
        ("主持人", "各位好。\n\n今天谈养老。"),
        ("陆一鸣", "好。\n\n第二点：是人。"),
        ("主持人", "谢谢。"),
    ]


def test_teams_writes_name_and_time_in_front(read: Save) -> None:
    word = docx.Document()
    for line in ("Cable panel-20221103_140000-Meeting Recording", "November 3, 2022, 2:00PM", "34m 12s"):
        word.add_paragraph(line)
    word.add_paragraph("Ines Falk started transcription")
    for name, time, text in (
        ("Ines Falk", "0:03", "Hello."),
        ("Tom Arden", "0:10", "Hi.\nNote: fine."),
        ("Ines Falk", "0:15", "Bye."),
    ):
        paragraph = word.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"   {time}\n{text}")
    word.add_paragraph("Ines Falk stopped transcription")
    reading = read(word)
    assert (reading.transcript.title, reading.transcript.date) == ("Cable panel", "2022-11-03")
    assert timed(reading) == [
        ("Ines Falk", "Hello.", 3.0, None),
        ("Tom Arden", "Hi.\nNote: fine.", 10.0, None),
        ("Ines Falk", "Bye.", 15.0, None),
    ]


def test_older_teams_writes_the_time_span_first(read: Save) -> None:
    word = docx.Document()
    for span, name, text in (
        ("0:0:0.0 --> 0:0:2.460", "Ines Falk", "Hello."),
        ("0:0:3.10 --> 0:0:4.0", "Tom Arden", "Hi."),
        ("0:1:5.0 --> 0:1:6.0", "Ines Falk", "Bye."),
    ):
        word.add_paragraph(f"{span}\n{name}\n{text}")
    assert timed(read(word)) == [
        ("Ines Falk", "Hello.", 0.0, 2.0),
        ("Tom Arden", "Hi.", 3.0, 4.0),
        ("Ines Falk", "Bye.", 65.0, 66.0),
    ]


def test_tencent_meeting_writes_name_and_time_on_a_line(read: Save) -> None:
    word = docx.Document()
    for name, time, text in (
        ("苏禾", "00:00:03", "各位好。"),
        ("陆一鸣", "00:00:09", "好：开始。"),
        ("苏禾", "00:01:00", "谢谢。"),
    ):
        word.add_paragraph(f"{name}  {time}")
        word.add_paragraph(text)
    assert timed(read(word)) == [
        ("苏禾", "各位好。", 3.0, None),
        ("陆一鸣", "好：开始。", 9.0, None),
        ("苏禾", "谢谢。", 60.0, None),
    ]


def test_a_table_of_time_speaker_and_text(read: Save) -> None:
    word = docx.Document()
    table = word.add_table(0, 3)
    rows = (
        ("时间", "发言人", "内容"),
        ("00:01", "苏禾", "各位好。"),
        ("00:05", "陆一鸣", "好：开始。"),
        ("00:09", "苏禾", "谢谢。"),
    )
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert timed(read(word)) == [
        ("苏禾", "各位好。", 1.0, None),
        ("陆一鸣", "好：开始。", 5.0, None),
        ("苏禾", "谢谢。", 9.0, None),
    ]


def test_a_document_without_a_talk_is_one_sentence(read: Save) -> None:
    word = docx.Document()
    word.add_paragraph("这里没有人说话。")
    with pytest.raises(ReadError, match=r"^no turns found in a\.docx: looked for paragraphs such as"):
        read(word)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("word/document.xml", b" " * 31_000_000),
        ("word/document.xml", b"<p/>" * 2_000_001),
        ("word/media/image1.png", b"\xff\xfe<\0" + b" \0" * 16_000_000),  # what it is called means nothing
        ("word/media/image1.png", b"\x89PNG" + bytes(101_000_000)),
    ],
)
def test_a_document_that_unpacks_without_end_is_refused(name: str, part: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, part)
    with pytest.raises(ReadError, match=r"^a\.docx unpacks to more than any transcript has; save it as text$"):
        read_file(tmp_path / "a.docx")


def test_a_cell_over_two_thousand_million_columns_is_one_row_long() -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for row, cells in zip(table.rows, (("Ines Falk", "Hello."), ("Tom Arden", "Hi.")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 1)._tc.grid_span = 2_000_000_000
    [cells, wide] = table_cells(word.tables[0])
    assert cells == ["Ines Falk", "Hello."]
    assert wide == ["Tom Arden", *["Hi."] * 63]


def test_cells_merged_downwards_say_what_is_above_them() -> None:
    word = docx.Document()
    table = word.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "Ines Falk"
    for number, text in enumerate(("Hello.", "And so on.", "Bye.")):
        table.cell(number, 1).text = text
    assert list(table_cells(table)) == [[cell.text for cell in row.cells] for row in table.rows]
