"""Who stands where: everybody of the panel has a place in each row, with their own words or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.panel_bot import PANEL
from panelbot.bot import PanelBot
from panelbot.bot.desk.stances import panel_of, row_of
from panelbot.config import Settings
from panelbot.errors import InputError, NotFoundError
from panelbot.types import Answer, Citation, Speaker

TALK = """林澜（主持人）：网点的客流恢复得怎么样？

周启：网点的客流恢复到八成，老年客户都回来了。

罗岚：我们的网点客流还不到六成，年轻人不来网点。

林澜（主持人）：手机支付呢？

罗岚：手机支付翻了一番，手机银行没有停过。
"""


def test_the_panel_is_the_panelists_else_whoever_is_nobody_else() -> None:
    assert [s.name for s in panel_of(PANEL)] == ["周启", "Ada Moss"]
    unknown = replace(PANEL, speakers=tuple(replace(s, role="unknown") for s in PANEL.speakers))
    assert [s.name for s in panel_of(unknown)] == ["林澜", "周启", "Ada Moss"]
    silent = replace(PANEL, speakers=(*PANEL.speakers, Speaker(name="Nobody", role="panelist")))
    assert "Nobody" not in [s.name for s in panel_of(silent)]


def test_a_row_gives_each_their_own_words_and_says_who_has_none() -> None:
    cited = Citation(number=1, transcript_id=PANEL.id, turn=1, speaker="周启", quote="x", start=0, end=1)
    answer = Answer(status="answered", text="x [1]", question="客流", citations=(cited,), confidence="low")
    row = row_of("客流", answer, PANEL)
    assert [(s.speaker.name, s.citations) for s in row.stances] == [("周启", (cited,)), ("Ada Moss", ())]
    assert (row.answered, row.sure) == (True, False)
    assert not row_of("客流", replace(answer, status="not_discussed"), PANEL).answered


def test_each_of_the_panel_is_asked_and_quoted_exactly(tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    (id,) = bot.add_text(TALK, name="夜谈").added
    transcript = bot.transcript(id)
    row = bot.stances(id, "网点的客流恢复得怎么样？")
    said = {stance.speaker.name: stance.citations for stance in row.stances}
    assert set(said) == {"周启", "罗岚"}
    assert all(said.values())
    for name, citations in said.items():
        for citation in citations:
            assert transcript.turns[citation.turn].speaker == name
            assert transcript.turns[citation.turn].text[citation.start : citation.end] == citation.quote
    with pytest.raises(NotFoundError):
        bot.stances("gone", "x")
    with pytest.raises(InputError):
        bot.stances(id, " ")
