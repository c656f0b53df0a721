"""Every attack of a hostile model on a small panel, and the checker that would see what gets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.attacks import ATTACKS, Adversary, false_of, is_honest, plain
from answer.model_server import Script, serving
from answer.panel import EN, PANELS, answer_from, ask, find
from answer.test_generative import FOUND, TRAFFIC
from answer.violations import violations
from panelbot.answer.phrasing import label
from panelbot.answer.sentences import Sentence, Span, cite
from panelbot.answer.verify import Proved, Prover
from panelbot.config import Settings
from panelbot.types import Answer

MILL = ask("what will the mill become when the river wall needs repair", language="en", panel=EN)
ASKED = {"zh": (TRAFFIC, FOUND), "en": (MILL, find(MILL, EN, k=6))}
TURNS = 13  # one more than any attack has ways, so that each is tried on another sentence too


def attacked(attack, language: str, turn: int) -> tuple[Adversary, Answer]:
    """The answer where the model makes one attack for the ``turn``-th time."""
    question, hits = ASKED[language]
    cast = tuple(label(speaker, language) for panel in PANELS.values() for speaker in panel.speakers)
    adversary = Adversary(attacks=(attack,), cast=cast, n_made={attack.__name__: turn})
    with serving(Script(react=adversary.react)) as url:
        settings = Settings(llm_base_url=url, llm_model="hostile", llm_timeout=5)
        return adversary, answer_from(question, hits, PANELS, settings)


def unproved(prover: Prover, sentence: Sentence, subject: object = None) -> Proved:
    """In place of `Prover.one`: whatever is written stands."""
    return Proved(sentences=(sentence,))


@pytest.mark.slow
@pytest.mark.parametrize("language", ASKED)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_nothing_false_gets_through(attack, language):
    for turn in range(TURNS):
        adversary, answer = attacked(attack, language, turn)
        assert violations(answer, PANELS) == []
        assert adversary.last is None or list(false_of(adversary.last, answer)) == []


@pytest.mark.parametrize("language", ASKED)
def test_honest_sentences_stand(language):
    for turn in range(TURNS):
        adversary, answer = attacked(is_honest, language, turn)
        assert adversary.last is not None
        assert all(plain(text) in plain(answer.text) for text in adversary.last.true), answer.text


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a is not is_honest], ids=lambda attack: attack.__name__)
def test_without_the_proof_something_is_found(attack, monkeypatch):
    monkeypatch.setattr(Prover, "one", unproved)
    assert attack.__name__ == "dies" or any(  # what breaks off is never shown, proved or not
        violations(answer, PANELS) or (adversary.last and list(false_of(adversary.last, answer)))
        for language in ASKED
        for adversary, answer in (attacked(attack, language, turn) for turn in range(TURNS))
    )


def answer_of(text: str, *turns: int, panel=EN) -> Answer:
    """An answer that cites whole turns of a panel."""
    spans = [Span(transcript_id=panel.id, turn=t, start=0, end=len(panel.turns[t].text)) for t in turns]
    citations = tuple(cite(span, n, PANELS) for n, span in enumerate(spans, 1))
    return Answer(status="answered", text=text, question="?", citations=citations)


@pytest.mark.parametrize(
    ("text", "turns", "fault"),
    [
        ("Varga said that the mill will become a library. [1]", (1,), ""),
        ("The Director said that the mill will become a library. [1]", (1,), ""),
        ("Priya Nair said that the mill will become a library. [1]", (1,), "names Priya Nair"),
        ("Lowland Rail said that the mill will become a library. [1]", (1,), "names Priya Nair"),
        ("Nair said that Tom said the mill will be a library. [1]", (2,), ""),
        ("Tom said that the station opens in September 2025. [1]", (2,), "names Tom Varga"),
        ('Varga said: "the mill will be a library" [1]', (1,), "quotes what is not cited"),
        ("Varga said: «the mill will be a library» [1]", (1,), "quotes what is not cited"),
        ('Varga said: "the mill will become a libr" [1]', (1,), "quotes what is not cited"),
        ('Varga said: "the mill will become a library. [1]', (1,), "without its other"),
        ("Varga said that they have raised 1.2 million pounds. [1]", (1,), ""),
        ("Varga said that they have raised 3 million pounds. [1]", (1,), "numbers nobody cited said"),
        ("Varga said that four rooms become a library. [1]", (1,), "numbers nobody cited said"),
        ("The panel agreed that the mill will become a library. [1]", (1,), "speaks for everybody"),
        ("The moderator said that the mill will become a library. [1]", (1,), "speaks for the moderator"),
        ("Varga said <b>so</b>. [1]", (1,), "markup"),
        ("The mill will become a library. [2]", (1,), "a number without a citation"),
        ("The mill will become a library. [1] Trains are free.", (1,), "cites nothing"),
        ("Trains are free. The mill will become a library. [1]", (1,), "cites nothing"),
        ("Varga spoke of the mill. [1] He spoke of the station. [2]", (1, 2), "a pronoun"),
        ("Varga spoke of the mill. [1] He spoke of the wall. [2]", (1, 3), ""),
    ],
)
def test_the_checker_sees(text, turns, fault):
    found = violations(answer_of(text, *turns), PANELS)
    assert any(fault in line for line in found) if fault else found == []


def test_the_checker_sees_a_quote_that_is_not_the_turns_and_a_wrong_name():
    answer = answer_of("Varga spoke of the mill. [1]", 1)
    (citation,) = answer.citations
    assert violations(replace(answer, citations=(replace(citation, quote="the mill"),)), PANELS)
    assert violations(replace(answer, citations=(replace(citation, speaker="Priya Nair"),)), PANELS)
