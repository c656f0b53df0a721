"""A cast list before the first turn is introduction; a moderator who calls people by name speaks."""

from __future__ import annotations

import pytest

from panelbot.readers import read_text
from panelbot.register import build_register

SAID_EN = (
    "\nModerator: Welcome everyone.\n\nAna Ruiz: Thank you.\n\nTom Lee: Thanks.\n\nModerator: Go on.\n\nTom Lee: Yes.\n"
)
SAID_ZH = "\n主持人：各位好。\n\n李华：网点要留。\n\n赵强：我不同意。\n\n李华：好的。\n"
CASTS = [
    "Moderator: Jane Doe, The Ledger\nPanelists: Ana Ruiz (CTO, Acme), Tom Lee (Banco Sur)\n",
    "Moderator: Jane Doe, editor of The Ledger\nPanelist: Ana Ruiz, CTO, Acme; Tom Lee, Banco Sur\n",
    "Moderator: Dr. Jane Doe (The Ledger)\n",
    "嘉宾：李华，望津银行副行长；赵强，青禾科技创始人\n主持人：沈砚秋，砚台财经主编\n",
    "主持人：沈砚秋（砚台财经主编）\n嘉宾：李华（望津银行副行长）、赵强（青禾科技）\n",
    "对话嘉宾：李华 望津银行副行长；赵强 青禾科技\n主持人：沈砚秋\n",
]
SPOKEN = [
    "Moderator: Welcome, Ana Ruiz and Tom Lee",
    "Moderator: Ana Ruiz, over to you",
    "Moderator: Ana Ruiz, what is your view",
    "Moderator: Tom, Ana, please begin",
    "主持人：李华，你先说吧",
    "主持人：李华，请教一下赵行长",
    "主持人：各位好，我们开始",
]


def said(head: str) -> str:
    return head + (SAID_ZH if any("\u4e00" <= character <= "\u9fff" for character in head) else SAID_EN)


@pytest.mark.parametrize("head", CASTS)
def test_a_cast_list_is_introduction(head: str) -> None:
    reading = read_text(said(head), name="talk.txt")
    assert reading.transcript.turns[0].text in ("Welcome everyone.", "各位好。")
    assert all(line in reading.introduction for line in head.splitlines())


@pytest.mark.parametrize("line", SPOKEN)
def test_calling_somebody_is_speech(line: str) -> None:
    reading = read_text(said(line + "\n"), name="talk.txt")
    assert line.partition(": ")[2] in reading.transcript.turns[0].text or line[4:] in reading.transcript.turns[0].text


def test_a_cast_list_feeds_the_register() -> None:
    speakers = build_register(read_text(said(CASTS[0]), name="talk.txt")).speakers
    assert {(s.name, s.organization, s.title, s.role) for s in speakers} == {
        ("Jane Doe", "The Ledger", "", "moderator"),
        ("Ana Ruiz", "Acme", "CTO", "panelist"),
        ("Tom Lee", "Banco Sur", "", "panelist"),
    }
