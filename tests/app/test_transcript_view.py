"""The transcript pane: offsets that can be marked, colours, times, the strip."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from fakes.panel_bot import PANEL
from panelbot.app.views.common import clock, colour
from panelbot.app.views.transcript import paragraphs, transcript_view

_PARAGRAPH = re.compile(r'<p data-start="(\d+)">(.*?)</p>', re.DOTALL)


@given(st.text(alphabet="网点客流😀<&\n ab\r\u2028"))
def test_paragraphs_carry_their_offsets(text: str) -> None:
    covered = [" "] * len(text)
    for start, body in _PARAGRAPH.findall(Markup("").join(paragraphs(text))):
        shown = Markup(body).unescape()
        assert text[int(start) : int(start) + len(shown)] == shown
        covered[int(start) : int(start) + len(shown)] = shown
    assert "".join(covered) == text.replace("\n", " ")


def test_the_pane_has_a_block_a_turn_as_wide_as_it_is_long() -> None:
    view = transcript_view(PANEL, "zh")
    assert [int(width) for width in re.findall(r"flex-grow:(\d+)", view)] == [len(turn.text) for turn in PANEL.turns]
    assert 'aria-valuemax="4"' in view


def test_speakers_keep_one_colour_and_show_who_they_are() -> None:
    view = transcript_view(PANEL, "en")
    assert colour(PANEL, "周启") == "pb-c1"
    assert colour(PANEL, "nobody") == colour(None, "周启") == "pb-c-none"
    assert view.count('<article class="pb-turn pb-c0"') == 2
    assert "东港银行 · 副行长" in view
    assert "moderator" in view
    assert view.count("<time>") == 3


def test_times_read_as_clocks() -> None:
    assert [clock(seconds) for seconds in (0, 61.9, 3600)] == ["0:00", "1:01", "1:00:00"]
