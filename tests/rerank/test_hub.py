from __future__ import annotations

import math
from pathlib import Path

import pytest

from panelbot.errors import EmbedderError
from panelbot.rerank import Excerpt, load_cross_encoder
from rerank.tiny import write_tiny

pytestmark = pytest.mark.slow

HARBOUR = Excerpt(lead="Ada: ", sentences=("The ferry is late.", "The harbour is closed.", "Nobody minds."), wide=False)
DOCK = Excerpt(lead="", sentences=("The dock is full.",), wide=False)


def test_each_sentence_is_read_with_those_beside_it(tmp_path: Path) -> None:
    reranker = load_cross_encoder(str(write_tiny(tmp_path / "tiny")), "cpu")
    read = reranker.read("Where is the ferry?", [HARBOUR, DOCK])
    assert [len(scores) for scores in read] == [3, 1]
    assert all(math.isfinite(score) for scores in read for score in scores)
    first = Excerpt(lead="Ada: ", sentences=("The ferry is late. The harbour is closed.",), wide=False)
    assert reranker.read("Where is the ferry?", [first])[0][0] == pytest.approx(read[0][0], abs=1e-5)
    assert read[0][0] != pytest.approx(read[0][2], abs=1e-5)
    assert reranker.read("Where is the ferry?", []) == []


def test_scores_are_log_odds_not_chances(tmp_path: Path) -> None:
    reranker = load_cross_encoder(str(write_tiny(tmp_path / "tiny")), "cpu")
    from sentence_transformers import CrossEncoder

    chance = CrossEncoder(str(tmp_path / "tiny"), device="cpu").predict([("Where is the ferry?", "The dock is full.")])
    (score,), *_ = reranker.read("Where is the ferry?", [DOCK])
    assert 1 / (1 + math.exp(-score)) == pytest.approx(float(chance[0]), abs=1e-5)


def test_a_reranker_that_is_not_here_is_one_sentence() -> None:
    with pytest.raises(EmbedderError, match="The reranker no-such/model cannot be loaded") as raised:
        load_cross_encoder("no-such/model", "cpu")
    assert "\n" not in str(raised.value)


def test_a_model_that_sorts_into_classes_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="sorts pairs into 3 classes"):
        load_cross_encoder(str(write_tiny(tmp_path / "sorts", labels=3)), "cpu")
