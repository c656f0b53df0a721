"""What docs/architecture.md says of the rooms is so: all are there in their order, and every module it names."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pkgutil import resolve_name

import pytest

from docs.pages import ROOT
from panelbot.bot import PanelBot
from panelbot.config import Settings
from test_imports import LEVEL, ORDER

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ((?:`\w+` ?)+)\|", PAGE, re.MULTILINE)
NAMES = re.compile(r"`([a-z_.]+)`").findall
STOPS = re.split(r"^\d\. ", PAGE.partition("Its stops")[2].partition("\nNone leads back")[0], flags=re.MULTILINE)[1:]


def test_the_rooms_stand_in_the_order_of_the_imports() -> None:
    assert tuple(tuple(re.findall(r"\w+", row)) for row in ROWS) == ORDER


def is_there(name: str) -> bool:
    try:
        return find_spec(f"panelbot.{name}") is not None
    except ModuleNotFoundError:  # of its parent
        return False


def test_every_module_it_names_is_there() -> None:
    """A stop's first module is named in full, the others as they stand beside it or below the package."""
    named = [(name, first.rpartition(".")[0]) for stop in STOPS for first, *names in [NAMES(stop)] for name in names]
    assert len(named) > 30
    assert [name for name, room in named if not is_there(name) and not is_there(f"{room}.{name}")] == []
    dotted = [name for name in NAMES(PAGE) if name.partition(".")[0] in LEVEL]
    assert [name for name in dotted if not is_there(name)] == []


def test_a_question_that_is_answered_by_quotes_makes_thirty_stops_at_most() -> None:
    """Beside those in brackets; of sentences and a refusal it makes one."""
    made = [name for stop in STOPS for name in NAMES(re.sub(r"\[[^\]]*\]", "", stop))]
    assert 20 < len(set(made) - {"refuse"}) <= 30


def test_it_is_read_in_one_sitting() -> None:
    assert PAGE.count("\n") <= 120


WAY = {  # the boxes of the drawing below the front door, with what they call
    "understand": "panelbot.bot.panelbot.understand",
    "retrieve": "panelbot.retrieve.search.retrieve",
    "gather": "panelbot.bot.panelbot.gather",
    "compose": "panelbot.answer.pipeline.compose",
    "prove": "panelbot.answer.context.prover",
    "finish": "panelbot.answer.context.answer_of",
}


@pytest.fixture(scope="module")
def canteen(tmp_path_factory: pytest.TempPathFactory) -> PanelBot:
    bot = PanelBot.open(tmp_path_factory.mktemp("index"), settings=Settings(embedding_model="hash"))
    bot.add([ROOT / "corpus" / "county-canteen.txt"])
    return bot


@pytest.mark.parametrize(
    ("question", "n_searches"),
    [("食堂的饭多少钱一份？", 1), ("俞桂枝怎么看食堂的成本？", 2), ("俞桂枝和主持人各怎么看食堂的成本？", 4)],
    ids=["of everybody", "of one speaker", "of each of two"],
)
def test_a_question_goes_down_the_drawing_once(
    canteen: PanelBot, question: str, n_searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is searched among others and for each speaker is searched while evidence is gathered, nothing after it."""
    made: list[str] = []
    for box, name in WAY.items():
        called = resolve_name(name)
        monkeypatch.setattr(name, lambda *a, box=box, called=called, **k: made.append(box) or called(*a, **k))
    canteen.ask(question)
    drawn = PAGE.partition("## The way of a question")[2].partition("## ")[0]
    assert [box for box in WAY if f"{box}[" not in drawn] == []
    searched, composed = ["retrieve"] * (n_searches - 1), ["compose"] * made.count("compose")
    assert made == ["understand", "retrieve", "gather", *searched, *composed, "prove", "finish"]
