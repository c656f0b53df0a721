"""Fixtures shared by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _find_shared() -> Path | None:
    for folder in ROOT.parents:
        if (folder / "shared" / "eval").is_dir():
            return folder / "shared"
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data beside the checkout; tests that read it are skipped where it is absent."""
    folder = _find_shared()
    if folder is None:
        pytest.skip("the development data (../shared) is not beside this checkout")
    return folder
