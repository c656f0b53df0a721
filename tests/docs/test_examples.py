"""Every example of README and docs runs, or says why not; none goes unseen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sybil import Example

from docs.pages import PAGES, ROOT, examples, is_directive
from docs.runner import Runner
from fakes.serving import serving_index
from panelbot.cli import main

pytestmark = pytest.mark.slow

COUNCIL = "Ada Moss - We open at nine.\nTom Ash - And close at six.\nAda Moss - Except on market days.\n"
TALK = "Ada: Who has the key?\nTom: I have.\nAda: Then let us go in.\nTom: After you.\n"
PANEL = "Speaker 1: Who keeps the ferry running in winter?\nSpeaker 2: My brother and I, by turns.\n"
JUDGED = {"query": "who keeps the keys", "transcript_id": "county-canteen", "gold_turns": [1]}
MOST_UNRUN = 24  # blocks that take data or hours; a new one is worth a thought
_running: list[Runner] = []


def _run(example: Example) -> None:
    _running[-1](example)


BLOCKS: list[tuple[Example, ...]] = []
for _page in PAGES:
    _before: tuple[Example, ...] = ()
    for _example in examples(_page, _run):
        _before = (*_before, _example)
        if not is_directive(_example):
            BLOCKS.append(_before)
            _before = ()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a newcomer has it: the sample panels in corpus/, added, and files to try."""
    folder = tmp_path_factory.mktemp("desk") / "desk"
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    (folder / "council.txt").write_text(COUNCIL, encoding="utf-8")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
        patch.chdir(folder)
        assert main(["add", "corpus/"]) == 0
    (folder / "corpus" / "my-panel.txt").write_text(PANEL, encoding="utf-8")
    (folder / "index" / "feedback.jsonl").write_text(json.dumps(JUDGED) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Serves the sample panels with their tools once somebody asks for the address."""
    index = tmp_path_factory.mktemp("site") / "index"
    with ExitStack() as stack:

        @cache
        def address() -> str:
            samples = [str(ROOT / "corpus")]
            served = serving_index(str(index), samples, options={"mcp": True}, embedding_model="hash")
            return stack.enter_context(served)

        yield address


@pytest.mark.parametrize(
    "block", BLOCKS, ids=lambda block: f"{Path(block[-1].path).relative_to(ROOT)}:{block[-1].line}"
)
def test_an_example_runs(
    block: tuple[Example, ...],
    desk: Path,
    site: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(desk, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TOKEN", "a-token-of-some-length")
    _running[:] = [Runner(site, monkeypatch, capsys)]
    for example in block:
        example.evaluate()


def test_every_page_s_code_is_seen_and_few_blocks_are_not_run() -> None:
    seen = {Path(block[-1].path).name for block in BLOCKS}
    assert {"README.md", "page.md", "integrations.md", "commands.md"} <= seen
    unrun = [block for block in BLOCKS if len(block) > 1 or _is_measuring(block[-1].parsed)]
    assert len(unrun) <= MOST_UNRUN, [f"{block[-1].path}:{block[-1].line}" for block in unrun]


def _is_measuring(parsed: Any) -> bool:
    return any(line.startswith("python ") for line in parsed[1].splitlines())
