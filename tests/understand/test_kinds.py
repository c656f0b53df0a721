"""Questions that ask for something else than what was said."""

from __future__ import annotations

import pytest

from panelbot.types import Speaker
from panelbot.understand import understand

REGISTER = {
    "quay": (
        Speaker(name="Hedda Brock", role="moderator"),
        Speaker(name="Milo Anders", organization="Quay Works", role="panelist"),
        Speaker(name="陆远", organization="江口银行", role="panelist"),
    )
}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who is on the panel?", "people"),
        ("who took part in the discussion", "people"),
        ("Who are the speakers?", "people"),
        ("Who is Milo Anders?", "people"),
        ("陆远是谁？", "people"),
        ("有哪些嘉宾？", "people"),
        ("谁参加了这场讨论？", "people"),
        ("Summarize the discussion", "overview"),
        ("总结一下", "overview"),
        ("这场讨论讲了什么？", "overview"),
        ("translate this into Chinese", "task"),
        ("把这段翻译成英文", "task"),
        ("What did the moderator ask?", "asked"),
        ("Who asked about the ferry?", "asked"),
        ("谁问了渡轮的事？", "asked"),
        ("谁提出了利率的问题？", "asked"),
        ("观众追问了哪些细节？", "asked"),
        ("Which question was put to the bank?", "asked"),
        ("What did Quay Works ask for?", "content"),
        ("陆远和Milo Anders在起重机的问题上各有什么意见？", "each"),
        ("陆远在追问成本的时候拿出了什么数字？", "content"),
        ("How much money was raised?", "content"),
        ("How long are people's questions kept?", "content"),
        ("访问量恢复了吗？", "content"),
        ("Who is to blame for the delay?", "content"),
        ("Who said that the crane is too old?", "who_said"),
        ("summarize what Milo Anders said about the crane", "content"),
        ("What was said about the crane?", "content"),
        ("谁提到了渡轮？", "who_said"),
    ],
)
def test_kinds(question: str, kind: str):
    assert understand(question, (), REGISTER).kind == kind
