"""Traditional characters: read like simplified ones, kept as they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from panelbot.register import build_register
from panelbot.register.script import is_traditional, simplify
from panelbot.types import Reading, Transcript, Turn

TURNS = (
    ("發言人1", "歡迎大家，我是今天的主持人張曉慧，來自望津財經。首先有請劉總。"),
    ("發言人2", "謝謝。我是望津銀行運營部總經理劉國華，關於網點的問題，劉某先說幾句。"),
    ("發言人1", "感謝劉總。"),
)


def reading(*turns: tuple[str, str], introduction: str = "") -> Reading:
    said = tuple(Turn(index=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(turns))
    return Reading(transcript=Transcript(id="panel", turns=said), format="test", introduction=introduction)


def test_a_traditional_transcript_has_its_register_in_its_own_script() -> None:
    built = build_register(reading(*TURNS))
    host, banker = built.speakers
    assert (host.name, host.organization, host.role) == ("張曉慧", "望津財經", "moderator")
    assert (banker.name, banker.organization, banker.title) == ("劉國華", "望津銀行", "運營部總經理")
    assert banker.aliases == ("發言人2", "劉總")
    assert [(turn.speaker, turn.text) for turn in built.turns] == [
        ("張曉慧", TURNS[0][1]),
        ("劉國華", TURNS[1][1]),
        ("張曉慧", TURNS[2][1]),
    ]
    assert all(e.text in built.turns[e.turn].text for e in banker.evidence if e.turn is not None)


def test_an_introduction_in_traditional_characters() -> None:
    text = "圓桌論壇由望津財經創始人張曉慧主持，望津銀行法學會理事蕭颯參與了討論。"
    built = build_register(
        reading(("張曉慧", "歡迎各位。"), ("蕭颯", "謝謝主持人，這個問題很難說。"), introduction=text)
    )
    assert [(s.name, s.organization, s.title, s.role) for s in built.speakers] == [
        ("張曉慧", "望津財經", "創始人", "moderator"),
        ("蕭颯", "望津銀行法學會", "理事", "panelist"),
    ]


def test_simplified_text_with_a_stray_character_is_not_traditional() -> None:
    assert not is_traditional(
        reading(("柏亮", "我们接著讨论这个问题，看看银行的网点还要不要，人往哪里去，大家都来说说自己的看法。"))
    )


@given(st.text())
def test_simplifying_keeps_every_offset(text: str) -> None:
    assert len(simplify(text)) == len(text)
