"""An overview is counted in the transcript, and a summary holds only what its citations prove."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from answer.model_server import Script, serving
from fakes.panel_bot import PANEL
from panelbot.bot import PanelBot
from panelbot.bot.desk.overview import overview, questions_put
from panelbot.bot.desk.topics import find_topics
from panelbot.config import Settings
from panelbot.errors import InputError
from panelbot.types import Speaker, Transcript, Turn

FERRY = Transcript(
    id="ferry",
    title="The last ferry",
    language="en",
    speakers=(
        Speaker(name="Una Birk", role="moderator"),
        Speaker(name="Oskar Lind", role="panelist"),
        Speaker(name="Mara Voss", role="panelist"),
        Speaker(name="Ib Holm", role="audience"),
    ),
    turns=tuple(
        Turn(index=index, speaker=speaker, text=text, start=start)
        for index, (speaker, text, start) in enumerate(
            [
                ("Una Birk", "Good evening. Oskar, what does the ferry cost the island each winter?", 0.0),
                ("Oskar Lind", "The ferry costs four hundred thousand, and the slipway another ninety.", 5.0),
                ("Mara Voss", "Most of that is the slipway. The ferry itself is cheap to run for the island.", 12.0),
                ("Una Birk", "Mara, would people pay more for a ticket?", 20.0),
                ("Mara Voss", "They would, if the ferry came twice a day. A ticket is three crowns now.", 24.0),
                ("Ib Holm", "Who mends the slipway when the ice has been at it?", 33.0),
                ("Oskar Lind", "We do, every spring, with our own hands and a borrowed crane.", 37.0),
                ("Una Birk", "Thank you all.", 45.0),
            ]
        )
    ),
)


def test_people_come_in_order_of_what_they_say_and_shares_are_of_all() -> None:
    found = overview(FERRY)
    assert [part.speaker.name for part in found.parts] == ["Mara Voss", "Oskar Lind", "Ib Holm", "Una Birk"]
    assert sum(part.share for part in found.parts) == pytest.approx(1.0)
    assert [(part.n_turns, part.first) for part in found.parts] == [(2, 2), (2, 1), (1, 5), (3, 0)]
    assert found.seconds == 45.0
    assert overview(replace(FERRY, turns=())).parts == ()


def test_what_was_asked_comes_with_whoever_took_it_up() -> None:
    put = questions_put(FERRY)
    assert [(each.turn, [(reply.speaker, reply.turn) for reply in each.replies]) for each in put] == [
        (0, [("Oskar Lind", 1), ("Mara Voss", 2)]),
        (3, [("Mara Voss", 4)]),
        (5, [("Oskar Lind", 6)]),
    ]
    for each in put:
        assert " ".join(FERRY.turns[each.turn].text[a:b].strip() for a, b in each.spans) == each.text
    assert put[0].text == "Oskar, what does the ferry cost the island each winter?"


def test_without_a_moderator_everybodys_questions_are_listed() -> None:
    plain = replace(FERRY, speakers=tuple(replace(s, role="panelist") for s in FERRY.speakers))
    assert [each.turn for each in questions_put(plain)] == [0, 3, 5]


def test_topics_are_nouns_of_several_people_and_no_names_or_numbers() -> None:
    topics = find_topics(FERRY)
    assert {topic.word for topic in topics} == {"ferry", "slipway"}
    assert next(topic.turns for topic in topics if topic.word == "ferry") == (0, 1, 2, 4)
    said = ("渡船每天两班。", "渡船的票价三块。", "这是渡船的问题，三块不贵。", "这是票价，渡船以后再说。")
    turns = tuple(Turn(index=n, speaker="林澜" if n % 2 else "周启", text=text) for n, text in enumerate(said))
    chinese = replace(PANEL, speakers=PANEL.speakers[:2], turns=turns)
    assert [topic.word for topic in find_topics(chinese)] == ["渡船"]


def test_a_summary_is_proved_and_needs_a_model(tmp_path: Path) -> None:
    good, bad = "Oskar Lind said the ferry costs four hundred thousand.", "Mara Voss said the ferry sank in 1907."
    with serving(Script(pieces=[f"{good} [1] {bad} [2]"])) as address:
        settings = Settings(embedding_model="hash", llm_base_url=address, llm_model="scripted")
        bot = PanelBot.open(tmp_path / "index", settings=settings)
        text = "\n\n".join(f"{turn.speaker}: {turn.text}" for turn in FERRY.turns)
        (id,) = bot.add_text(text, name="ferry").added
        answer = bot.summarise(id)
    assert good.removesuffix(".") in answer.text
    assert "1907" not in answer.text
    for citation in answer.citations:
        turn = bot.transcript(id).turns[citation.turn]
        assert turn.text[citation.start : citation.end] == citation.quote
    bot.settings = replace(settings, llm_base_url="")
    with pytest.raises(InputError, match="No language model"):
        bot.summarise(id)
