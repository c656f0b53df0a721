"""Fixtures shared by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from panelbot.bot.reading import Reader

# A machine under load is slow; a property is right or wrong however long an example takes.
settings.register_profile("panelbot", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("panelbot")

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


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read files in this process; another, which tests/bot/test_hostile_files.py tries, starts in a second."""
    monkeypatch.setattr("panelbot.cli.common.ReaderApart", Reader)
