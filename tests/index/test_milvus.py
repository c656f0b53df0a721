"""Milvus in the place of files: the same answers, by its embedded edition and by a real server where one can start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from panelbot import PanelBot, Settings
from panelbot.bot import examine, migrate
from panelbot.bot.library import Library
from panelbot.cli import main
from panelbot.errors import StoreError
from panelbot.index import milvus
from panelbot.store import Record
from panelbot.types import Passage, Transcript, Turn
from panels import HARBOUR, write_panels

pytestmark = pytest.mark.slow

QUESTIONS = ("成本 rent", "night bus", "谁谈到了网点？", "what did the library say about opening hours?")
SERVER = Path(__file__).with_name("milvus_server.py")


def settings(uri: str, **changes: Any) -> Settings:
    return Settings(embedding_model="hash", milvus_uri=uri, **changes)


def found(bot: PanelBot) -> list[Any]:
    """Hits of everything there is to filter by."""
    speaker = bot.transcript("harbour").speakers[0].name
    return [
        bot.search(question, k=5, **scope)
        for question in QUESTIONS
        for scope in ({}, {"transcripts": ["library"]}, {"speakers": [speaker]})
    ]


def nearest(bot: PanelBot) -> list[list[tuple[int, int]]]:
    """The candidates themselves: a small index is searched without them."""
    index = bot._library.index()
    speaker = bot.transcript("harbour").speakers[0].name
    legs = [
        index.dense(bot.embedder.encode_queries([question])[0], 7, transcripts=transcripts, speakers=speakers)
        for question in QUESTIONS
        for transcripts, speakers in (
            (None, None), (["library"], None), (None, {"harbour": frozenset([speaker])}), (["nowhere"], None),
            (None, {"harbour": frozenset(["nobody"])}),
        )
    ]  # fmt: skip
    return [list(zip(leg.segment.tolist(), leg.ordinal.tolist(), strict=True)) for leg in legs]


def check(uri: str, folder: Path, monkeypatch: pytest.MonkeyPatch | None = None) -> None:
    """An index goes through its life in Milvus at ``uri`` with the answers that files give."""
    index = folder / "index"
    local = PanelBot.open(index, settings=Settings(embedding_model="hash"))
    local.add([write_panels(folder / "panels")])
    there = settings(uri, engine="milvus")
    assert nearest(PanelBot.open(index, settings=there)) == nearest(local)  # it holds nothing yet
    assert migrate(index, settings(uri), "milvus") == 2
    shared = PanelBot.open(index, settings=there)
    if monkeypatch is not None:
        monkeypatch.setattr(type(shared._library.store), "vectors_at", lambda *_: pytest.fail("vectors were read here"))
    assert (nearest(shared), found(shared)) == (nearest(local), found(local))
    if monkeypatch is not None:
        monkeypatch.undo()
    shared.add_text(HARBOUR, name="note")
    assert len(Library(index, there).collection.held()) == 3
    assert nearest(shared) == nearest(local)
    renamed = local.transcript("harbour").speakers
    local.edit_speakers("harbour", [f"{renamed[0].name}.title=x", f"{renamed[1].name}.name=Somebody Else"])
    assert nearest(shared) == nearest(local)  # before and after what another process changed is put there
    assert migrate(index, there, "milvus") == 3
    assert nearest(PanelBot.open(index, settings=there)) == nearest(local)
    shared.edit_speakers("harbour", ["Somebody Else.title=y"])
    assert not shared._library.index().engine._lacks()  # type: ignore[attr-defined]
    shared.remove(["note"])
    assert len(Library(index, there).collection.held()) == 2
    assert nearest(shared) == nearest(local)


def check_graph(uri: str, folder: Path) -> None:
    """An index that outgrows looking at all of its vectors gets a graph, and no other answers."""
    index, there = folder / "large", settings(uri, engine="milvus")
    local = PanelBot.open(index, settings=settings(""))
    local.add([write_panels(folder / "panels")])
    vectors = np.random.default_rng(5).standard_normal((1200, local.embedder.dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    turns = tuple(Turn(index=i, speaker="Ann", text=f"word{i}") for i in range(1200))
    spans = tuple(Passage(turn=i, start=0, end=5) for i in range(1200))
    record = Record(transcript=Transcript(id="long", turns=turns), passages=spans, vectors=vectors)
    local._library.store.save([record])
    kinds = []
    for most in (milvus.APPROXIMATE_FROM, 1000):
        milvus.APPROXIMATE_FROM = most
        assert migrate(index, there, "milvus") == len(local.listing())
        collection = Library(index, there).collection
        kinds.append(collection._client.describe_index(collection.name, "vector")["index_type"])
        assert nearest(PanelBot.open(index, settings=there)) == nearest(local)
        local.add_text(HARBOUR, name="note")
    assert kinds == ["FLAT", "HNSW"]


lite = pytest.mark.skipif(find_spec("milvus_lite") is None, reason="needs milvus-lite")


@lite
def test_the_embedded_edition_answers_as_files_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(str(tmp_path / "milvus.db"), tmp_path, monkeypatch)


@lite
def test_two_indexes_in_one_milvus_leave_each_other_alone(tmp_path: Path) -> None:
    there = settings(str(tmp_path / "milvus.db"), engine="milvus")
    one, two = (PanelBot.open(tmp_path / name, settings=there) for name in ("one", "two"))
    one.add([write_panels(tmp_path / "panels")])
    two.add_text(HARBOUR, name="note")
    two.remove(["note"])
    assert len(Library(tmp_path / "one", there).collection.held()) == 2
    assert not one._library.index().engine._lacks()  # type: ignore[attr-defined]


@lite
def test_vectors_of_another_model_are_refused(tmp_path: Path) -> None:
    there = settings(str(tmp_path / "milvus.db"), engine="milvus")
    collection = Library(tmp_path / "index", there).collection
    collection.make(8)
    with pytest.raises(StoreError, match="milvus_prefix"):
        collection.make(16)


@lite
def test_the_command_moves_an_index_and_doctor_names_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.setenv("PANELBOT_MILVUS_URI", str(tmp_path / "milvus.db"))
    index = tmp_path / "index"
    PanelBot.open(index, settings=Settings(embedding_model="hash")).add([write_panels(tmp_path / "panels")])
    assert main(["migrate", "--to", "milvus", "--json", "--index", str(index)]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"engine": "milvus", "n_transcripts": 2}
    assert 'engine = "milvus"' in told.err
    there = settings(str(tmp_path / "milvus.db"), engine="milvus")
    (engine,) = (each for each in examine(index, there) if each.part == "engine")
    assert (engine.state, "2 transcripts" in engine.said) == ("works", True)
    assert main(["migrate", "--to", "milvus", "--index", str(tmp_path / "none")]) == 2


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    index = tmp_path / "index"
    PanelBot.open(index, settings=Settings(embedding_model="hash")).add([write_panels(tmp_path / "panels")])
    away = settings("http://127.0.0.1:9", engine="milvus")
    with pytest.raises(StoreError, match=r"Milvus at .* cannot be used"):
        Library(index, away).collection.held()


def test_a_real_server_answers_as_files_do(tmp_path: Path) -> None:
    """Milvus binds every interface: it gets a network of its own."""
    if find_spec("milvus") is None:
        pytest.skip("needs the server: pip install milvus==2.3.5")
    alone = ["unshare", "--net", "--map-root-user"]
    try:
        subprocess.run([*alone, "ip", "link", "set", "lo", "up"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a network namespace")
    command = f"ip link set lo up && exec {sys.executable} {SERVER} {tmp_path}"
    done = subprocess.run(
        [*alone, "sh", "-c", command], capture_output=True, text=True, timeout=170, env=os.environ | {"no_proxy": "*"}
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
