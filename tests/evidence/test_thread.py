"""Which turns reply to a question, and when what follows shows that none does."""

from __future__ import annotations

import pytest

from panelbot.evidence.thread import thread_of
from panelbot.text.asking import question_spans
from panelbot.types import Speaker, Transcript, Turn


def talk(*turns: tuple[str, str], moderators: tuple[str, ...] = ()) -> Transcript:
    people = dict.fromkeys(who for who, _ in turns)
    return Transcript(
        id="talk",
        speakers=tuple(Speaker(name=who, role="moderator" if who in moderators else "unknown") for who in people),
        turns=tuple(Turn(index=i, speaker=who, text=text) for i, (who, text) in enumerate(turns)),
    )


BRIEFING = talk(
    ("Press office", "Good morning. Captain Ruane is here about the stranded trawler."),
    ("Reporter", "Captain, how many are still aboard?"),
    ("Ruane", "Four."),
    ("Reporter", "Was the beacon switched on?"),
    ("Press office", "The lady at the back, please."),
    ("Second reporter", "When does the tug arrive?"),
    ("Ruane", "Before dark."),
    ("Press office", "That is all, thank you."),
)


def test_a_short_reply_is_one():
    assert thread_of(BRIEFING, 1).replies == (2,)
    assert thread_of(BRIEFING, 5).replies[0] == 6


def test_whoever_leads_goes_on_to_another_asker():
    thread = thread_of(BRIEFING, 3)
    assert (thread.replies, thread.passed) == ((), 4)


@pytest.mark.parametrize(
    ("opening", "passed"),
    [
        ("Before I forget, the kiosk shuts at six.", True),
        ("对了，停车场下周要关。", True),
        ("Let me say a word on the kiosk first, it shuts at six.", True),
        ("主持人，我先把停车场说完。", True),
        ("The kiosk shuts at six.", False),
        ("Before I forget the tiller: it is oak.", False),
    ],
)
def test_a_reply_turns_elsewhere_only_in_so_many_words(opening: str, passed: bool):
    thread = thread_of(talk(("Ines", "What is the tiller made of?"), ("Oto", opening), ("Ines", "And the mast?")), 0)
    assert (thread.passed == 1, thread.replies == ()) == (passed, passed)


def test_several_reply_until_somebody_asks_anew():
    panel = talk(
        ("Host", "What does the village need most?"),
        ("Ada", "A doctor."),
        ("Bo", "A bus that comes."),
        ("Host", "Right."),
        ("Cy", "Both of these."),
        ("Host", "Who should pay for it?"),
        ("Ada", "The county."),
        moderators=("Host",),
    )
    assert thread_of(panel, 0).replies == (1, 2, 4)
    assert thread_of(panel, 5).replies == (6,)


def test_an_echo_is_no_reply():
    story = talk(("Ina", "What stopped the mill?"), ("Udo", "The mill?"), ("Ole", "An eel in the wheel."))
    assert thread_of(story, 0).replies == (2,)


def test_where_nobody_else_speaks_any_more_nobody_answered():
    assert thread_of(talk(("A", "Good evening."), ("B", "Any last words?"), ("B", "Then good night.")), 1).passed == 2
    assert thread_of(talk(("A", "Good evening."), ("B", "Any last words?"), ("A", "None.")), 1).passed == -1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Thanks. Who mends the nets?", ["Who mends the nets?"]),
        ("请乔师傅讲讲渔网。", ["请乔师傅讲讲渔网。"]),
        ("渔网谁补呢", ["渔网谁补呢"]),
        ("渔网是我补的。", []),
        ("We mend them.", []),
    ],
)
def test_what_asks(text: str, asked: list[str]):
    assert [text[a:b] for a, b in question_spans(text)] == asked
