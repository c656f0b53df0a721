"""Damaged files, as `benchmarks/attack/damages.py` does at length: the answer is the same or told."""

from __future__ import annotations

import random
import runpy
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from panelbot.bot.check import check_index
from panelbot.retrieve import search
from panels import open_bot, write_panels

pytestmark = pytest.mark.slow

ATTACK = Path(__file__).parents[2] / "benchmarks" / "attack" / "damages.py"


def test_a_damaged_cache_is_made_again_or_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")  # the words' dictionaries are what is left in the cache
    write_panels(tmp_path / "corpus")
    counts: dict[str, Counter[str]] = {}
    shown: list[str] = []
    runpy.run_path(str(ATTACK))["cache_damages"](tmp_path, 2, random.Random(3), counts, shown)
    assert shown == []
    assert sum(sum(row.values()) for row in counts.values()) == 2


def test_damaged_lists_change_no_answer_and_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_POOL", 1)  # as in a library of many transcripts, which is searched by its lists
    folder = tmp_path / "index"
    bot = open_bot(folder)
    bot.add([write_panels(tmp_path / "corpus")])
    questions = ("陆远怎么看网点的客流量？", "why did the rent matter?", "成本怎么样？", "第二年省下多少成本？")
    expected = [bot.ask(question) for question in questions]
    bot.close()
    with sqlite3.connect(folder / "panelbot.sqlite") as db:
        db.execute("UPDATE lists SET data = zeroblob(length(data))")
        db.execute("UPDATE segments SET voices = zeroblob(length(voices))")
    db.close()
    bot = open_bot(folder)
    assert [bot.ask(question) for question in questions] == expected
    assert len(check_index(folder).faults) == 1
    bot.add_text("甲：网点关了。\n乙：为什么？\n甲：成本太高。\n", name="more")
    assert check_index(folder).faults == ()
