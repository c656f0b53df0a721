"""Finding words: by their letters, in any case, width and script, with offsets of the text itself."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from panelbot.bot.finding import Finder, even
from panelbot.types import Transcript, Turn

TEXTS = (
    "The ferry’s  night run is gone. Night ferries cost more.",
    "夜班渡轮停了，渡輪的夜班没有了。",
    "ＡＩ on the quay, and İstanbul",
)
TALK = Transcript(id="quay", turns=tuple(Turn(index=n, speaker="Ida", text=text) for n, text in enumerate(TEXTS)))


def found(words: str, *, exact: bool = False, talk: Transcript = TALK) -> list[tuple[int, list[str]]]:
    places = Finder().find(words, [talk], exact=exact)
    return [(each.turn, [talk.turns[each.turn].text[a:b] for a, b in each.spans]) for each in places]


def test_all_words_of_a_turn_or_the_very_phrase() -> None:
    assert found("ferries night") == [(0, ["night", "Night", "ferries"])]
    assert found("night run", exact=True) == [(0, ["night run"])]
    assert found("run night", exact=True) == []
    assert found("night walrus") == found("  ") == []


def test_case_width_script_and_apostrophes_make_no_difference() -> None:
    assert found("FERRY'S") == [(0, ["ferry’s"])]
    assert found("渡輪") == [(1, ["渡轮", "渡輪"])]
    assert found("ai istanbul"[:2]) == [(2, ["ＡＩ"])]


@given(st.text(max_size=40))
def test_even_text_keeps_its_length(text: str) -> None:
    assert len(even(text)) == len(text)


def test_a_changed_transcript_is_looked_through_anew_and_the_limit_is_kept() -> None:
    finder = Finder()
    assert len(finder.find("night", [TALK])) == 1
    changed = replace(TALK, turns=(replace(TALK.turns[0], text="Nothing."), *TALK.turns[1:]))
    assert finder.find("night", [changed]) == ()
    assert len(finder.find("n", [TALK], limit=1)) == 1
