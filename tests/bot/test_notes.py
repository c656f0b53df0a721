"""Notes: pins that follow their words, styles to print, and files that keep a text a text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import docx
import pytest

from fakes.panel_bot import PANEL, SECOND
from panelbot.bot.desk.clean import clean_answer
from panelbot.bot.desk.note_files import COLUMNS, notes_csv, notes_docx, notes_markdown
from panelbot.bot.desk.notes import Pin, attributed, grouped, link_to, noted, pin_quote
from panelbot.errors import InputError
from panelbot.types import Answer, Citation, Speaker, Transcript, Turn

TEXT = PANEL.turns[1].text
QUOTE = TEXT[7:20]
BASE = "http://localhost:7860/"


def pinned(**changes: str) -> Pin:
    return replace(pin_quote(PANEL, 1, 7, 20, id="a"), **changes)


def corrected(text: str) -> Transcript:
    turns = (*PANEL.turns[:1], replace(PANEL.turns[1], text=text), *PANEL.turns[2:])
    return replace(PANEL, turns=turns)


def test_a_pin_holds_the_words_without_the_blanks_around_them() -> None:
    pin = pin_quote(PANEL, 2, 3, 10)
    assert (pin.quote, pin.start, pin.end) == ("phone", 4, 9)
    assert PANEL.turns[2].text[pin.start : pin.end] == pin.quote
    for turn, start, end in ((9, 0, 3), (2, 5, 5), (2, 3, 4), (-1, 0, 3)):
        with pytest.raises(InputError):
            pin_quote(PANEL, turn, start, end)


@pytest.mark.parametrize(
    ("text", "place", "state"),
    [
        (TEXT, (1, 7, 20), "there"),
        ("好的。" + TEXT, (1, 10, 23), "there"),
        (TEXT.replace("八成", "九成"), (1, 7, 20), "changed"),
        (f"{QUOTE}{'。' * 40}{QUOTE}", (1, 0, 13), "there"),
    ],
)
def test_a_note_goes_where_its_words_went(text: str, place: tuple[int, int, int], state: str) -> None:
    (note,) = noted([pinned()], {PANEL.id: corrected(text)})
    assert ((note.turn, note.start, note.end), note.state) == (place, state)


def test_a_note_follows_its_words_to_another_turn_only_where_one_turn_holds_them() -> None:
    moved = replace(
        PANEL, turns=(Turn(index=0, speaker="周启", text="开场。"), Turn(index=1, speaker="林澜", text=QUOTE))
    )
    pin = pinned(speaker="周启")
    assert noted([replace(pin, turn=0)], {PANEL.id: moved})[0].speaker.name == "林澜"
    twice = replace(moved, turns=(*moved.turns, Turn(index=2, speaker="周启", text=QUOTE)))
    assert noted([replace(pin, turn=0)], {PANEL.id: twice})[0].state == "changed"
    assert noted([pin], {})[0].state == "gone"


def test_a_quote_is_printed_as_its_language_prints_it() -> None:
    speaker, date = PANEL.speaker("周启"), PANEL.date
    assert attributed("客流", speaker, date, "zh") == "「客流」——周启，东港银行副行长，2021-03-04"
    assert attributed("flow", speaker, date, "en") == "“flow” — Zhou Qi (周启), 副行长, 东港银行, 2021-03-04"
    assert attributed("x", Speaker(name="Ada"), "", "en") == "“x” — Ada"


def test_groups_keep_the_order_and_what_has_no_name_comes_last() -> None:
    pins = [pinned(id=id, theme=theme) for id, theme in (("1", ""), ("2", "费用"), ("3", "客流"), ("4", "费用"))]
    notes = noted(pins, {PANEL.id: PANEL})
    assert [(name, [n.pin.id for n in found]) for name, found in grouped(notes, "theme")] == [
        ("费用", ["2", "4"]), ("客流", ["3"]), ("", ["1"]),
    ]  # fmt: skip


def test_csv_has_every_column_and_runs_no_formula() -> None:
    notes = noted(
        [pinned(comment="=1+1", theme="＝cmd"), pin_quote(SECOND, 3, 0, 8, id="b")],
        {PANEL.id: PANEL, SECOND.id: SECOND},
    )
    rows = list(csv.DictReader(io.StringIO(notes_csv(notes, base=BASE, language="zh"))))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["speaker"], rows[0]["turn"], rows[0]["time"], rows[0]["quote"]) == ("周启", "2", "0:09", QUOTE)
    assert (rows[0]["comment"], rows[0]["theme"]) == ("'=1+1", "'＝cmd")
    assert rows[0]["link"] == f"{BASE}?transcript=harbour&no=2&quote=7-20"
    assert (rows[1]["time"], rows[1]["turn"]) == ("", "4")


def test_a_link_leads_to_a_page_and_nowhere_else() -> None:
    (note,) = noted([pinned()], {PANEL.id: PANEL})
    assert link_to(note, "javascript:alert(1)") == link_to(note, "") == ""
    assert link_to(note, f"{BASE}?old=1#x") == f"{BASE}?transcript=harbour&no=2&quote=7-20"


def test_markdown_keeps_a_text_a_text() -> None:
    (note,) = noted([pinned(comment="# see [x](http://y)")], {PANEL.id: replace(PANEL, title="<b>*港口*</b>")})
    text = notes_markdown([note], by="speaker", base=BASE, language="en")
    assert "## 周启" in text
    assert f"> {QUOTE}" in text
    assert r"\# see \[x\]\(http\://y\)" in text
    assert r"\<b\>\*港口\*\</b\>" in text


def test_a_word_file_has_the_quotes_comments_and_links() -> None:
    (note,) = noted([pinned(comment="check\x00 this", theme="客流")], {PANEL.id: PANEL})
    document = docx.Document(io.BytesIO(notes_docx([note], by="theme", base=BASE, language="en")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[1:] == [
        "客流",
        QUOTE,
        "— Zhou Qi (周启), 副行长, 东港银行, 2021-03-04. 港口城市的银行, 0:09, turn 2",
        "check this",
    ]
    assert [link.address for p in document.paragraphs for link in p.hyperlinks] == [link_to(note, BASE)]


def test_a_copied_answer_is_plain_and_says_each_thing_once() -> None:
    cited = Citation(number=1, transcript_id=PANEL.id, turn=1, speaker="周启", quote=QUOTE, start=7, end=20)
    answer = Answer(
        status="answered", text=f"周启（东港银行）：{QUOTE} [1] 另见 [9]", question="客流", citations=(cited,)
    )
    assert clean_answer(answer, {PANEL.id: PANEL}, "zh") == (
        f"周启（东港银行）：{QUOTE} 另见 [9]\n\n周启，东港银行副行长，2021-03-04，《{PANEL.title}》\n"
    )
    short = replace(answer, text="Branches recovered [1].")
    assert "“网点的客流已经恢复到八成。” — Zhou Qi (周启)" in clean_answer(short, {PANEL.id: PANEL}, "en")
