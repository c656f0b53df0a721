"""What a notebook shows: answers and hits with their quotes, turns as a table, the notebook of the docs as it runs."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from panelbot import PanelBot
from panelbot.errors import NotFoundError
from panelbot.types import Citation

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "panels.ipynb"
QUESTION = "青禾银行的网点客流量恢复得怎么样？"
HOSTILE = "<img src=x onerror=alert(1)>&\"'"


class Tags(HTMLParser):
    """The tags and the words of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_an_answer_shows_its_words_and_whose_they_are(bot: PanelBot) -> None:
    answer = bot.ask(QUESTION)
    shown = Tags(answer._repr_html_())
    assert answer.citations
    for citation in answer.citations:
        assert citation.quote in shown.words
        assert f"[{citation.number}] {citation.speaker}" in shown.words
    assert shown.tags.count("sup") == len(re.findall(r"\[\d+\]", answer.text))
    assert shown.tags.count("blockquote") == len(answer.citations) + len(answer.nearest)


def test_a_hit_shows_its_words_and_whose_they_are(bot: PanelBot) -> None:
    hit = bot.search(QUESTION, k=1)[0]
    shown = Tags(hit._repr_html_())
    assert hit.text in shown.words
    assert f"1. 陆远, 青禾银行, 运营总监 · harbour, turn 1, characters 0–{hit.end}" in shown.words


def test_nothing_that_was_said_is_markup(bot: PanelBot) -> None:
    answer = bot.ask(QUESTION)
    quote = Citation(number=1, transcript_id=HOSTILE, turn=0, speaker=HOSTILE, quote=HOSTILE, start=0, end=1)
    hostile = replace(answer, text=HOSTILE, note=HOSTILE, citations=(quote,), nearest=(quote,), confidence="low")
    hit = replace(bot.search(QUESTION, k=1)[0], text=HOSTILE, transcript_id=HOSTILE)
    for document in (hostile._repr_html_(), hit._repr_html_()):
        shown = Tags(document)
        assert set(shown.tags) <= {"div", "p", "small", "sup", "blockquote", "br"}
        assert HOSTILE in shown.words


def test_turns_are_a_table_with_who_speaks(bot: PanelBot) -> None:
    turns = bot.to_pandas()
    assert len(turns) == sum(len(t.turns) for t in bot.transcripts())
    row = turns[(turns["transcript"] == "harbour") & (turns["turn"] == 1)].iloc[0]
    assert (row["speaker"], row["organization"], row["title"]) == ("陆远", "青禾银行", "运营总监")
    assert row["text"] == bot.transcript("harbour").turns[1].text
    timed = bot.to_pandas(["timed"])
    assert set(timed["transcript"]) == {"timed"}
    assert (timed["start"].iloc[0], timed["end"].iloc[0]) == (1.0, 4.5)
    assert turns[turns["transcript"] == "harbour"]["start"].isna().all()
    with pytest.raises(NotFoundError):
        bot.to_pandas(["gone"])


def test_no_transcripts_are_an_empty_table(tmp_path: Path) -> None:
    from panels import open_bot

    turns = open_bot(tmp_path / "index").to_pandas()
    assert len(turns) == 0
    assert "speaker" in turns.columns


@pytest.mark.model
def test_the_notebook_of_the_docs_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs nbclient")
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient")
    pytest.importorskip("ipykernel", reason="needs ipykernel")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells), "the notebook is kept without its outputs"
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": tmp_path}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    pages = [output["data"].get("text/html", "") for output in shown if "data" in output]
    assert any("panelbot-answer" in page and "<sup>[1]</sup>" in page for page in pages)
    assert sum("<table" in page for page in pages) >= 2
