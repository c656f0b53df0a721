"""Questions to start from are those that are answered well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from panelbot.bot.suggest import suggest
from panelbot.types import Answer, Citation, Speaker, Transcript, Turn

TALK = Transcript(
    id="quay",
    language="en",
    speakers=(Speaker(name="Hedda Brock", role="moderator"), Speaker(name="Milo Anders")),
    turns=(
        Turn(index=0, speaker="Hedda Brock", text="Welcome. Why is the crane at the north quay so old?"),
        Turn(index=1, speaker="Milo Anders", text="Nobody wanted to pay for another."),
        Turn(index=2, speaker="Hedda Brock", text="And what do you make of that?"),
        Turn(index=3, speaker="Milo Anders", text="Not much."),
    ),
)
ASKED = "Why is the crane at the north quay so old?"


def answering(turn: int, **changes: str) -> Answer:
    text = TALK.turns[turn].text
    cited = Citation(number=1, transcript_id="quay", turn=turn, speaker="", quote=text, start=0, end=len(text))
    return replace(Answer(status="answered", text=text, question=ASKED, citations=(cited,)), **changes)


def test_a_question_whose_own_reply_is_quoted_first_is_suggested():
    assert suggest([TALK], "en", lambda _: answering(1))[0] == ASKED


@pytest.mark.parametrize(
    "answer", [answering(3), answering(1, confidence="low"), answering(1, status="asked_not_answered")]
)
def test_one_that_is_answered_badly_is_not(answer: Answer):
    assert suggest([TALK], "en", lambda _: answer) == ("Who is on the panel?",)


def test_what_points_at_what_was_said_before_does_not_stand_alone():
    asked: list[str] = []

    def ask(query: str) -> Answer:
        asked.append(query)
        return answering(1)

    suggest([TALK], "en", ask)
    assert asked == [ASKED]


def test_questions_are_in_the_language_of_the_page():
    assert suggest([TALK], "zh", lambda _: answering(1)) == ("有哪些嘉宾？",)
    assert suggest([], "zh", lambda _: answering(1)) == ()


def test_where_none_stands_alone_it_is_what_people_said_of_a_word_of_the_talk():
    texts = (
        "Well?", "The ferry is late when the tide is out.", "And you?", "The ferry needs two crews.", "So?",
        "Nobody mends the ferry at night.",
    )  # fmt: skip
    names = ("Hedda Brock", "Milo Anders", "Hedda Brock", "Ada Finch", "Hedda Brock", "Milo Anders")
    turns = tuple(Turn(index=n, speaker=names[n], text=text) for n, text in enumerate(texts))
    people = (*TALK.speakers, Speaker(name="Ada Finch"))
    talk = replace(TALK, turns=turns, speakers=people)
    assert suggest([talk], "en", lambda _: answering(1))[0] == "What did Milo Anders say about the ferry?"
    assert suggest([talk], "en", lambda _: answering(3)) == ("Who is on the panel?",)
