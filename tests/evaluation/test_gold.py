from __future__ import annotations

import pytest

from evaluation.fakes import make_transcript
from panelbot.errors import QuestionsError
from panelbot.evaluation import load_questions
from panelbot.evaluation.gold import bare, match_transcripts
from panelbot.evaluation.questions import parse_questions
from panelbot.types import Speaker, Transcript, Turn

TEXTS = (
    "The ferry leaves at six, “come rain or shine”.",
    "We sold ４２０ tickets\nlast week — more than ever.",
    "第二條航線要到明年春天才開。",
    "The ferry leaves at six? I doubt it.",
)
PANEL = Transcript(
    id="harbour-talk",
    speakers=(Speaker(name="Ines"), Speaker(name="Tomas")),
    turns=tuple(Turn(index=i, speaker=("Ines", "Tomas")[i % 2], text=text) for i, text in enumerate(TEXTS)),
)
OTHER = make_transcript("other", 3)


def gold(*quotes: str, **values: object) -> tuple[int, ...]:
    line = {"query": "?", "quotes": list(quotes), "transcript_id": "harbour-talk", **values}
    (question,) = load_questions([line], [PANEL, OTHER])
    return question.gold_turns


@pytest.mark.parametrize(
    ("quote", "turns"),
    [
        ("leaves at six", (0, 3)),
        ('leaves\n  at six, "come rain', (0,)),
        ("420 tickets last week - more", (1,)),
        ("**We sold 420** [tickets](https://example.org) last week", (1,)),
        ("第二条航线要到明年", (2,)),
    ],
)
def test_gold_is_every_turn_that_holds_a_quote_however_it_is_spaced_and_set(quote, turns):
    assert gold(quote) == turns


def test_the_turns_of_all_quotes_are_gold_each_once():
    assert gold("I doubt it", "leaves at six") == (0, 3)


def test_gold_turns_that_are_named_stay_whatever_is_quoted():
    assert gold("leaves at six", gold_turns=[2]) == (2,)


def test_a_quote_that_stands_nowhere_is_a_fault_with_question_and_quote():
    lines = [
        {"query_id": "f1", "query": "?", "quotes": ["leaves at six", "leaves at seven"], "file": "harbour-talk.txt"},
        {"query_id": "f2", "query": "?", "quotes": ["x" * 80], "transcript_id": "harbour-talk"},
    ]
    with pytest.raises(QuestionsError) as caught:
        load_questions(lines, [PANEL, OTHER])
    assert caught.value.faults == (
        "question 1: f1: no turn of harbour-talk holds “leaves at seven”",
        f"question 2: f2: no turn of harbour-talk holds “{'x' * 60}…”",
    )


def test_a_quote_does_not_reach_over_two_turns():
    with pytest.raises(QuestionsError):
        gold("more than ever.第二條")


def test_nothing_is_looked_for_where_there_is_no_answer():
    assert gold(answerable=False) == ()


def test_a_transcript_may_be_named_by_its_file_and_keys_may_have_their_other_names():
    line = {"id": "f1", "file": "texts/harbour-talk.md", "query": "?", "language": "zh", "quotes": ["six"], "note": "n"}
    (question,) = load_questions([line], [PANEL, OTHER])
    assert (question.query_id, question.transcript_id, question.language) == ("f1", "harbour-talk", "zh")
    assert (question.answerable, question.extra) == (True, {"note": "n"})


def test_a_file_with_an_id_of_its_own_is_found_by_the_files_that_were_read():
    parsed = parse_questions([{"query": "?", "quotes": ["six"], "file": "talk-7.json"}])
    (question,), faults = match_transcripts(parsed.questions, [PANEL, OTHER], {"talk-7.json": ("harbour-talk",)})
    assert (question.transcript_id, question.gold_turns, faults) == ("harbour-talk", (0, 3), [])
    _, faults = match_transcripts(parsed.questions, [PANEL, OTHER], {"talk-7.json": ("harbour-talk", "other")})
    assert faults == ["question 1: talk-7.json holds several transcripts; name one by transcript_id"]


def test_a_file_that_was_not_read_is_a_fault():
    with pytest.raises(QuestionsError, match=r"no transcript of the file lost\.md; there is harbour-talk, other"):
        load_questions([{"query": "?", "quotes": ["six"], "file": "lost.md"}], [PANEL, OTHER])


def test_words_are_no_markup():
    assert bare("a < b & c_d") == bare("a &lt; b &amp; cd")
    assert bare("six") != bare("siz")
