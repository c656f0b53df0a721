"""Minutes as working groups take them: attendance below a heading, initials for labels, ``...:`` where one goes on."""

from __future__ import annotations

import pytest

from panelbot.readers import read_text
from panelbot.register import build_register
from readers.sample import spoken

PRESENT = """# Lock keepers, weekly

## Present

* [Rita de Poll](https://example.org/rita)
* Tim Quist
* <a href="https://example.org/olga">Olga Hart</a>

## Regrets

* Theo Kay

## Topics

"""
TALK = """### The lower gate

* RdP: The gate leaks at the left hinge.
* OH: Since when does it leak?
* RdP: Since the flood in March, or so they say.
* OH: Then it has to wait for the divers.
* RdP: The divers are free on Monday.
"""


@pytest.mark.parametrize("dots", ["* ...:", "* …:", "* ....:", "...:"])
def test_who_goes_on_after_dots_is_the_speaker_before(dots: str) -> None:
    talk = f"{TALK}* OH: Monday is fine.\n{dots} I will tell the miller.\n{dots} And the mayor.\n* RdP: Thank you.\n"
    assert spoken(PRESENT + talk)[-2:] == [
        ("OH", "Monday is fine.\n\nI will tell the miller.\n\nAnd the mayor."),
        ("RdP", "Thank you."),
    ]


def test_dots_behind_a_heading_are_nobodys() -> None:
    painted = "* ...: It was painted.\n* ...: In green.\n"
    found = spoken(f"{PRESENT}{TALK}\n### The upper gate\n\n{painted}* OH: When?\n")
    assert found[-2:] == [("", "It was painted.\n\nIn green."), ("OH", "When?")]


def test_dots_that_never_follow_dots_may_be_anybody() -> None:
    found = spoken(f"{PRESENT}{TALK}* ...: It was painted.\n* OH: In green?\n* ...: In blue.\n")
    assert found[-3:] == [("", "It was painted."), ("OH", "In green?"), ("", "In blue.")]


def test_dots_after_a_turn_of_nobody_are_nobodys() -> None:
    found = spoken(f"{PRESENT}{TALK}* ???: It was painted.\n* ...: In green.\n* ...: So we hear.\n* OH: When?\n")
    assert found[-2:] == [("", "It was painted.\n\nIn green.\n\nSo we hear."), ("OH", "When?")]


@pytest.mark.parametrize("heading", ["## Present", "**Attendees**", "### Participants (3)", "## 出席者", "Present:"])
def test_those_below_a_heading_of_attendance_own_their_initials(heading: str) -> None:
    built = build_register(read_text(PRESENT.replace("## Present", heading) + TALK, name="a.md"))
    assert {turn.speaker for turn in built.turns} == {"Rita de Poll", "Olga Hart"}
    assert built.title == "Lock keepers, weekly"
    [told] = [e for e in built.speaker("Olga Hart").evidence if e.field == "name"]
    assert told.source == "introduction"


@pytest.mark.parametrize(
    "regrets", ["## Regrets\n\n* Theo Kay", "Regrets: Theo Kay", "Absent:\nTheo Kay", "缺席人员：Theo Kay"]
)
def test_those_who_sent_regrets_speak_under_their_label_alone(regrets: str) -> None:
    head = PRESENT.replace("## Regrets\n\n* Theo Kay", regrets)
    built = build_register(read_text(f"{head}{TALK}* TK: Late, but here.\n* OH: Hello.\n", name="a.md"))
    assert "TK" in {turn.speaker for turn in built.turns}


def test_initials_that_two_of_the_list_have_are_a_label() -> None:
    built = build_register(read_text(PRESENT.replace("Tim Quist", "Otto Hume") + TALK, name="a.md"))
    assert {turn.speaker for turn in built.turns} == {"Rita de Poll", "OH"}


def test_initials_of_the_list_are_believed_though_they_come_once() -> None:
    """A list that comes again, as that of the chairs does, does not end where people are listed."""
    chairs = "## Chair\n\n* Rita Poll - [lock](https://example.org)\n\n"
    scribes = "## Scribe\n\n* Rita Poll - [lock](https://example.org)\n\n## Topics\n\n"
    head = PRESENT.replace("## Present", f"{chairs}## Present").replace("## Topics\n\n", scribes)
    found = spoken(f"{head}{TALK}* TQ: hinges rust, as I said: in the end\n* OH: Quite.\n")
    assert found[-2:] == [("TQ", "hinges rust, as I said: in the end"), ("OH", "Quite.")]
