from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from panelbot.index import WordFiles


def vectors(*words: str) -> dict[str, np.ndarray]:
    return {word: np.full(4, len(word), np.float16) for word in words}


def test_what_is_written_is_read_by_the_next_process(tmp_path: Path) -> None:
    WordFiles(tmp_path / "words", "model").write(vectors("贷前", "upsell"))
    WordFiles(tmp_path / "words", "model").write(vectors("风控"))
    found = WordFiles(tmp_path / "words", "model").read()
    assert sorted(found) == ["upsell", "贷前", "风控"]
    assert found["upsell"].tolist() == [6, 6, 6, 6]


def test_an_empty_or_missing_folder_has_no_words(tmp_path: Path) -> None:
    assert WordFiles(tmp_path / "words", "model").read() == {}


def test_the_words_of_another_model_count_for_nothing(tmp_path: Path) -> None:
    WordFiles(tmp_path, "one").write(vectors("upsell"))
    assert WordFiles(tmp_path, "other").read() == {}


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b[:0], lambda b: b.replace(b"up", b"UP")]
)
def test_a_damaged_file_counts_for_nothing_and_goes_with_the_next(tmp_path: Path, damage) -> None:
    files = WordFiles(tmp_path, "model")
    files.write(vectors("upsell"))
    (path,) = tmp_path.glob("*.words")
    path.write_bytes(damage(path.read_bytes()))
    assert files.read() == {}
    files.write(vectors("贷前"))
    assert path not in list(tmp_path.iterdir())
    assert sorted(files.read()) == ["贷前"]


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    WordFiles(tmp_path, "model").write(vectors("upsell"))
    assert [path.suffix for path in tmp_path.iterdir()] == [".words"]
