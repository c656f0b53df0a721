"""What the desk's scripts ask the server for, and what it makes of old, forged and hostile values."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Any

import pytest

from fakes.panel_bot import PANEL, SECOND, FakeBot, hostile
from panelbot.app.desk import desk_functions
from panelbot.app.desk.notes import pins_from
from panelbot.app.plain import without_commands
from panelbot.bot.desk.notes import pin_quote
from panelbot.errors import PanelbotError


def call(bot: Any, name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """What one of the functions returns; a mistake as the page's script gets it."""
    functions = {each.__name__: each for each in desk_functions(bot, read_only=False)}
    try:
        return functions[name](wanted, "en")
    except PanelbotError as error:
        return {"error": str(error)}


def test_old_and_forged_pins_are_left_out() -> None:
    good = asdict(pin_quote(PANEL, 1, 7, 20, id="a"))
    assert pins_from([good, good, {**good, "id": 3}, {"id": "b"}, None, "x"]) == [pin_quote(PANEL, 1, 7, 20, id="a")]
    assert pins_from("x") == []


@pytest.mark.parametrize("kind", ["docx", "markdown", "csv"])
def test_notes_are_a_file_of_each_kind(kind: str) -> None:
    pins = [asdict(pin_quote(PANEL, 1, 7, 20, id="a"))]
    file = call(FakeBot(), "notes_file", {"pins": pins, "kind": kind, "base": "http://x/"})
    data = base64.b64decode(file["base64"])
    assert (
        file["name"]
        == {"docx": "panelbot-notes.docx", "markdown": "panelbot-notes.md", "csv": "panelbot-notes.csv"}[kind]
    )
    assert data[:2] == b"PK" if kind == "docx" else pins[0]["quote"] in data.decode()
    assert "No notes" in call(FakeBot(), "notes_file", {"pins": [], "kind": kind})["error"]


def test_a_pin_is_of_what_is_there() -> None:
    bot = FakeBot([PANEL, SECOND])
    assert call(bot, "pin", {"transcript": "harbour", "turn": 1, "start": 7, "end": 20})["pin"]["speaker"] == "周启"
    for wanted in ({"transcript": "harbour", "turn": True, "start": 0, "end": 4}, {"transcript": 3}, {}):
        assert call(bot, "pin", wanted)["error"]


def test_what_is_in_a_note_stays_text() -> None:
    payload = "<img src=x onerror=alert(1)>\"'"
    bot = FakeBot([hostile(payload)])
    pin = asdict(pin_quote(bot.transcripts()[0], 0, 0, 20, id="a")) | {"comment": payload, "theme": payload}
    for group in ("", "theme", "speaker"):
        assert "<img" not in call(bot, "notes", {"pins": [pin], "group": group})["html"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("There is no transcript 'x'; `panelbot list` shows the ones there are.", "There is no transcript 'x'."),
        ("Drik may be Dirk (one letter differs); if so, merge:Drik=Dirk", "Drik may be Dirk (one letter differs)"),
        (
            "who speaks is read with 70% certainty; look at it with --dry-run, and say what a label is with "
            "--speaker-pattern",
            "who speaks is read with 70% certainty.",
        ),
        ("The new name of Ann is empty; write Ann.name=NAME.", "The new name of Ann is empty."),
        ("The question is empty.", "The question is empty."),
        ("Mei-Lin spoke; twice -- she said so.", "Mei-Lin spoke; twice -- she said so."),
    ],
)
def test_the_page_says_nothing_of_the_command_line(said: str, told: str) -> None:
    assert without_commands(said) == told
