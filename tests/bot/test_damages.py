"""Every file of the cache damaged, as `benchmarks/attack/damages.py` does at length: the answer is the same or told."""

from __future__ import annotations

import random
import runpy
from collections import Counter
from pathlib import Path

import pytest

from panels import write_panels

ATTACK = Path(__file__).parents[2] / "benchmarks" / "attack" / "damages.py"


def test_a_damaged_cache_is_made_again_or_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")  # the words' dictionaries are what is left in the cache
    write_panels(tmp_path / "corpus")
    counts: dict[str, Counter[str]] = {}
    shown: list[str] = []
    runpy.run_path(str(ATTACK))["cache_damages"](tmp_path, 2, random.Random(3), counts, shown)
    assert shown == []
    assert sum(sum(row.values()) for row in counts.values()) == 2
