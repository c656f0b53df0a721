"""What a register is told by sentences of introduction: whole where it can be, and never wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.readers import read_file
from panelbot.register import build_register
from panelbot.types import Reading, Transcript, Turn

Facts = dict[str, tuple[str, str, str]]


def cases(half: str) -> list[tuple[str, Facts]]:
    """The introductions of one half of the table, each with the facts of the people in it."""
    table = Path(__file__).with_name("introductions.txt").read_text(encoding="utf-8")
    blocks = table.partition(f"[{half}]\n")[2].partition("\n[")[0].split("\n\n")
    found: list[tuple[str, Facts]] = []
    for lines in (block.strip().splitlines() for block in blocks if block.strip()):
        rows = [line.split("|") for line in lines if not line.startswith(">")]
        text = "\n".join(line[2:] for line in lines if line.startswith(">"))
        found.append((text, {name: (organization, title, role) for name, organization, title, role in rows}))
    return found


TUNED, BLIND = cases("tuned"), cases("blind")


def built(text: str, names: list[str]) -> Facts:
    turns = tuple(Turn(index=n, speaker=name, text="好。") for n, name in enumerate(names))
    reading = Reading(transcript=Transcript(id="panel", turns=turns), format="test", introduction=text)
    speakers = build_register(reading).speakers
    return {s.name: (s.organization, s.title, s.role.replace("unknown", "")) for s in speakers}


@pytest.mark.parametrize(("text", "truth"), [*TUNED, *BLIND])
def test_an_introduction_never_tells_a_wrong_fact(text: str, truth: Facts) -> None:
    for name, found in built(text, list(truth)).items():
        wrong = [(fact, told) for fact, told in zip(truth[name], found, strict=True) if told and told != fact]
        assert not wrong, name


@pytest.mark.parametrize(("text", "truth"), TUNED)
def test_an_introduction_is_read_whole(text: str, truth: Facts) -> None:
    assert built(text, list(truth)) == truth


def test_both_halves_are_there() -> None:
    assert (len(TUNED), len(BLIND)) == (17, 28)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("article-care.txt", {"Ann Lowe": ("Leeds Mail", "moderator"), "Raj Patel": ("Bright Homes", "panelist")}),
        ("page.html", {"Ines Falk": ("Ellery Courier", "moderator"), "Wei Lin": ("", "panelist")}),
    ],
)
def test_an_article_names_one_moderator_and_whole_organizations(
    file: str, expected: dict[str, tuple[str, str]]
) -> None:
    (reading,) = read_file(Path(__file__).parents[1] / "readers" / "samples" / file)
    found = {speaker.name: (speaker.organization, speaker.role) for speaker in build_register(reading).speakers}
    assert {name: found[name] for name in expected} == expected


def test_two_sentences_that_name_different_moderators_name_none() -> None:
    found = built("Ann Lowe moderated the panel. The session was chaired by Raj Patel.", ["Ann Lowe", "Raj Patel"])
    assert {role for _, _, role in found.values()} == {""}
