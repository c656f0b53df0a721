"""Whom a sentence says the words are from, where that is nobody who can be pointed at."""

from __future__ import annotations

import pytest

from panelbot.answer.attribution import is_stranger

REGISTER = "卢漪澄 霁川省律师协会 金融专业委员会 主任"


@pytest.mark.parametrize(
    ("who", "said", "strange"),
    [
        ("有人", "后来有人跟我讲，路断了，行长自己开车送现金。", True),
        ("有人", "后来有人说路断了，行长自己开车送现金。", False),
        ("一位专家", "做到这三条，官司至少少一半。", True),
        ("An expert", "做到这三条，官司至少少一半。", True),
        ("One lawyer", "Somebody told me. Do these three and half the cases are gone.", True),
        ("One lawyer", "One lawyer told me that half the cases are gone.", False),
        ("Another panelist", "Do these three and half the cases are gone.", True),
        ("卢漪澄", "做到这三条，官司至少少一半。", False),
    ],
)
def test_somebody_is_a_stranger_unless_the_cited_words_speak_of_what_somebody_says(
    who: str, said: str, strange: bool
) -> None:
    assert is_stranger(who, f"{said}\n{REGISTER}") is strange
