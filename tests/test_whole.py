"""Sealed data and files that are replaced at one blow."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.whole import seal, unseal, write_whole


def test_what_is_sealed_comes_back_and_what_was_changed_does_not() -> None:
    sealed = seal("panelbot test 1", b"one\ntwo\n")
    assert unseal("panelbot test 1", sealed) == b"one\ntwo\n"
    for wrong in (sealed.replace(b"two", b"too"), sealed[:-1], sealed + b"\n", b"", b"one\ntwo\n"):
        with pytest.raises(ValueError, match="changed"):
            unseal("panelbot test 1", wrong)
    with pytest.raises(ValueError, match="another format"):
        unseal("panelbot test 2", sealed)


def test_a_file_that_cannot_be_replaced_stays_and_nothing_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept"
    write_whole(file, b"old")

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("panelbot.whole.os.replace", fail)
    with pytest.raises(OSError, match="full"):
        write_whole(file, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("kept", b"old")]
