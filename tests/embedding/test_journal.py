"""A large change that was interrupted goes on where it was; what is damaged or of another model is embedded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from panelbot.embedding import HashEmbedder, Journal, journal
from panelbot.types import Progress, no_progress

TEXTS = [f"passage {i} about the tram" for i in range(10)]


class Failing(HashEmbedder):
    """Embeds so many chunks, then the power goes."""

    def __init__(self, n_chunks: int = 1000, dim: int = 16) -> None:
        super().__init__(dim)
        self.left, self.asked = n_chunks, 0

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress):
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        self.asked += len(texts)
        return super().encode_passages(texts, progress=progress)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "CHUNK", 3)


def interrupted(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Journal(Failing(2), folder).encode_passages(TEXTS)
    assert len(list(folder.glob("*.rows"))) == 2


def test_what_was_embedded_before_a_crash_is_not_embedded_again(tmp_path: Path) -> None:
    interrupted(tmp_path / "journal")
    model, steps = Failing(), []
    again = Journal(model, tmp_path / "journal")
    rows = again.encode_passages(TEXTS, progress=lambda *step: steps.append(step))
    np.testing.assert_array_equal(rows, HashEmbedder(16).encode_passages(TEXTS))
    assert model.asked == 4
    assert steps == [("embedding", 6, 10), ("embedding", 9, 10), ("embedding", 10, 10)]
    again.clear()
    assert not list((tmp_path / "journal").iterdir())


def test_a_damaged_file_and_one_of_another_model_count_for_nothing(tmp_path: Path) -> None:
    interrupted(tmp_path / "journal")
    first = min((tmp_path / "journal").iterdir())
    first.write_bytes(first.read_bytes()[:-1] + b"!")
    model = Failing()
    rows = Journal(model, tmp_path / "journal").encode_passages(TEXTS)
    np.testing.assert_array_equal(rows, HashEmbedder(16).encode_passages(TEXTS))
    assert model.asked == 7
    other = Failing(dim=8)
    assert Journal(other, tmp_path / "journal").encode_passages(TEXTS).shape == (10, 8)
    assert other.asked == 10


def test_a_small_change_writes_nothing(tmp_path: Path) -> None:
    Journal(HashEmbedder(), tmp_path / "journal").encode_passages(TEXTS[:3])
    assert not (tmp_path / "journal").exists()


def test_no_text_gives_no_row_and_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Journal(HashEmbedder(), tmp_path / "file" / "journal")
    assert kept.encode_passages(TEXTS).shape == (10, 64)
    assert kept.encode_passages([]).shape == (0, 64)
