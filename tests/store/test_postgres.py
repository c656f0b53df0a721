"""The catalogue in PostgreSQL: what holds of the file holds of it, and several machines answer from one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from panelbot import PanelBot, Settings
from panelbot.bot import check_index, examine, migrate_catalogue
from panelbot.cli import main
from panelbot.errors import ConfigError, StoreError
from panelbot.store import Store
from panels import HARBOUR, write_panels
from store import test_catalogue
from store.postgres import Server, UnavailableError, server
from store.test_catalogue import SILENT, everything, record

psycopg = pytest.importorskip("psycopg", reason="needs psycopg: pip install 'panelbot[postgres]'")
pytestmark = pytest.mark.slow  # a server is started

QUESTIONS = ("成本 rent", "night bus", "谁谈到了网点？", "what did the library say about opening hours?")
SAME = (
    "test_what_is_stored_comes_back",
    "test_vector_ids_are_never_used_twice",
    "test_a_save_that_fails_midway_leaves_everything_as_it_was",
    "test_removing_is_all_or_nothing_and_names_what_is_missing",
    "test_a_register_changes_without_touching_text_or_vectors",
    "test_what_a_search_reads_follows_every_change",
    "test_another_format_is_refused",
    "test_eight_threads_create_and_fill_one_store",
    "test_a_transaction_reads_changes_and_writes_with_nobody_between",
    "test_a_reading_is_of_one_moment",
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with server() as running:
            yield running
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.make()


def settings(url: str = "", **changes: Any) -> Settings:
    return Settings(embedding_model="hash", catalogue=url, **changes)


def found(bot: PanelBot) -> list[Any]:
    speaker = bot.transcript("harbour").speakers[0].name
    scopes: tuple[dict[str, Any], ...] = ({}, {"transcripts": ["library"]}, {"speakers": [speaker]})
    return [bot.search(question, k=5, **scope) for question in QUESTIONS for scope in scopes]


@pytest.mark.parametrize("name", SAME)
def test_what_holds_of_a_file_holds_of_a_database(
    name: str, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = {tmp_path: postgres.make(), tmp_path / "one": postgres.make(), tmp_path / "other": postgres.make()}

    def store(folder: Path, **given: Any) -> Store:
        return Store(folder, catalogue=databases[folder], **given)

    monkeypatch.setattr(test_catalogue, "Store", store)
    getattr(test_catalogue, name)(tmp_path)


@pytest.mark.parametrize("damage", [damage for damage in SILENT if "x'ff00'" not in damage])
def test_what_is_not_what_was_written_is_never_handed_out(url: str, tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path, catalogue=url)
    store.save([record()])
    with psycopg.connect(url) as db:
        db.execute("ALTER TABLE vectors DROP CONSTRAINT vectors_transcript_id_fkey")
        for table in ("speakers", "turns", "passages", "segments"):
            db.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_transcript_id_fkey")
        db.execute(damage)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"damaged .*panelbot check"):
        [store.load(id) for id in store.headers()]
    assert check_index(tmp_path, catalogue=url).faults


def test_two_machines_answer_from_one_library(url: str, tmp_path: Path) -> None:
    """Each has a folder of its own, and sees what the other does at the next question."""
    alone = PanelBot.open(tmp_path / "alone", settings=settings())
    one, two = (PanelBot.open(tmp_path / name, settings=settings(url)) for name in ("one", "two"))
    panels = write_panels(tmp_path / "panels")
    for bot in (alone, one):
        bot.add([panels])
    assert found(one) == found(two) == found(alone)
    for bot in (alone, two):
        bot.add_text(HARBOUR, name="note")
        bot.edit_speakers("harbour", ["陆远.title=行长"])
    assert found(one) == found(two) == found(alone)
    assert one.transcript("harbour") == alone.transcript("harbour")
    for bot in (alone, one):
        bot.remove(["note"])
    assert found(one) == found(two) == found(alone)
    vectors = [
        sorted(path.name for path in (tmp_path / name / "vectors").iterdir()) for name in ("one", "two", "alone")
    ]
    assert vectors[0] == vectors[1] == vectors[2] != []
    assert not list(tmp_path.glob("one/*.sqlite"))


def test_vectors_of_the_folder_are_used_and_made_of_the_catalogue_where_they_are_lost(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    PanelBot.open(tmp_path / "one", settings=settings(url)).add([write_panels(tmp_path / "panels")])
    expected = found(PanelBot.open(tmp_path / "two", settings=settings(url)))
    with monkeypatch.context() as patched:
        patched.setattr(Store, "vectors_at", lambda *_: pytest.fail("vectors were read from the database"))
        assert found(PanelBot.open(tmp_path / "two", settings=settings(url))) == expected
    for file in (tmp_path / "two" / "vectors").iterdir():
        file.write_bytes(b"damaged")
    assert found(PanelBot.open(tmp_path / "two", settings=settings(url))) == expected


def test_an_index_moves_there_and_back_and_nothing_is_embedded(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    bot = PanelBot.open(index, settings=settings())
    bot.add([write_panels(tmp_path / "panels")])
    bot.edit_speakers("harbour", ["陆远.title=行长"])
    before, kept = found(bot), everything(bot._library.store)
    with pytest.raises(StoreError, match="migrate --to postgresql"):  # no empty library in the place of the full one
        PanelBot.open(index, settings=settings(url))
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    common = ["--json", "--index", str(index), "--catalogue", url]
    assert main(["migrate", "--to", "postgresql", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"catalogue": "postgresql", "n_transcripts": 2}
    there = PanelBot.open(index, settings=settings(url))
    assert found(there) == before
    assert everything(there._library.store) == kept
    assert everything(Store(tmp_path / "other", catalogue=url)) == kept
    assert migrate_catalogue(index, settings(url), "postgresql") == 2  # the same again
    there.add_text(HARBOUR, name="note")
    for to in ("postgresql", "sqlite"):  # neither is written over
        assert main(["migrate", "--to", to, *common]) == 2
        assert "holds transcripts already" in capsys.readouterr().err
    (index / "panelbot.sqlite").rename(index / "before.sqlite")
    assert main(["migrate", "--to", "sqlite", *common]) == 0
    back = PanelBot.open(index, settings=settings())
    assert found(back) == found(there) != []
    assert back.listing() == there.listing()
    assert back._library.store.generation == there._library.store.generation
    assert not check_index(index).faults
    with pytest.raises(ConfigError, match="Set catalogue"):
        migrate_catalogue(index, settings(), "sqlite")


def test_a_server_that_was_started_anew_is_used_again(postgres: Server, url: str, tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=settings(url))
    bot.add([write_panels(tmp_path / "panels")])
    before = found(bot)
    postgres.stop()
    try:
        with pytest.raises(StoreError, match=r"cannot be used .*see that PostgreSQL runs"):
            found(bot)
    finally:
        postgres.start()
    assert found(bot) == before
    bot.close()
    with pytest.raises(ValueError, match="closed"):
        found(bot)


WRITER = """
import os, signal, sys
from pathlib import Path
from panelbot.store import Store
from store.test_catalogue import record
store = Store(Path(sys.argv[1]), catalogue=sys.argv[2])
with store.changing():
    store.save([record("c")], stale=["a"])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_that_is_killed_leaves_what_there_was_and_keeps_nobody_out(url: str, tmp_path: Path) -> None:
    store = Store(tmp_path, catalogue=url, patience=5)
    store.save([record("a"), record("b")])
    before = everything(store)
    subprocess.run([sys.executable, "-c", WRITER, str(tmp_path), url], check=False)
    assert everything(store) == before
    store.save([record("c")])
    assert store.ids() == ("a", "b", "c")


def test_a_server_that_dies_while_somebody_writes_has_nothing_of_it(postgres: Server, url: str, tmp_path: Path) -> None:
    store = Store(tmp_path, catalogue=url)
    store.save([record("a")])
    before = everything(store)

    def write() -> None:
        with store.changing():
            store.save([record("b")], stale=["a"])
            postgres.stop()
            postgres.start()

    with pytest.raises(StoreError, match="cannot be used"):
        write()
    assert everything(store) == before


def test_a_statement_that_fails_takes_the_whole_change_with_it(url: str, tmp_path: Path) -> None:
    store = Store(tmp_path, catalogue=url)
    store.save([record("a")])

    def write() -> None:
        with store.changing() as db:
            store.save([record("b")])
            with pytest.raises(psycopg.Error):
                db.execute("SELECT nonsense")

    with pytest.raises(StoreError, match="as it was"):
        write()
    assert store.ids() == ("a",)


def test_what_keeps_the_catalogue_from_being_written_is_named(url: str, tmp_path: Path) -> None:
    store = Store(tmp_path, catalogue=url, patience=0.1)
    store.save([record("a")])
    with Store(tmp_path, catalogue=url).changing(), pytest.raises(StoreError, match="Another process"):
        store.remove(["a"])
    with psycopg.connect(url, autocommit=True) as db:
        (schema,) = db.execute("SELECT current_schema()").fetchone() or ("",)
        db.execute("CREATE ROLE reader LOGIN PASSWORD 'x'")
        db.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader")  # type: ignore[arg-type]
        db.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")  # type: ignore[arg-type]
    reader = url.replace(url.split("@")[0], "postgresql://reader:x")
    only = Store(tmp_path, catalogue=reader)
    assert only.load("a").transcript == record("a").transcript
    with pytest.raises(StoreError, match="cannot be written"):
        only.remove(["a"])
    with pytest.raises(StoreError, match="NUL"):
        store.set_meta("name", "a\0b")
    assert store.ids() == ("a",)


def test_no_message_tells_the_password(postgres: Server, url: str, tmp_path: Path) -> None:
    for wrong, kind in (
        (postgres.url(password="mistaken"), StoreError),
        ("postgresql://panels:mista/ken@127.0.0.1/x", ConfigError),
        ("postgresql://panels:12/mistaken@127.0.0.1/x", ConfigError),
        ("postgresql://panels:mistaken@127.0.0.1:9/x", StoreError),
        ("mysql://panels:mistaken@127.0.0.1/x", ConfigError),
    ):
        with pytest.raises(kind) as told:
            Store(tmp_path, catalogue=wrong)
        assert "mista" not in str(told.value), wrong
    password = url.split("@")[0].split(":")[-1]
    bot = PanelBot.open(tmp_path, settings=settings(url))
    bot.add([write_panels(tmp_path / "panels")])
    assert password not in repr(bot.settings) + str(bot.settings.public()) + bot.catalogue
    (index,) = (each for each in examine(tmp_path, settings(url)) if each.part == "index")
    assert (index.state, password in index.said, "2 transcripts in postgresql://127.0.0.1" in index.said) == (
        "works", False, True
    )  # fmt: skip


def test_another_encoding_is_refused(postgres: Server, tmp_path: Path) -> None:
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(StoreError, match="UTF8"):
        Store(tmp_path, catalogue=postgres.url("latin"))


def test_questions_are_answered_while_another_machine_adds(url: str, tmp_path: Path) -> None:
    one, two = (PanelBot.open(tmp_path / name, settings=settings(url)) for name in ("one", "two"))
    one.add([write_panels(tmp_path / "panels")])
    faults: list[BaseException] = []

    def change() -> None:
        try:
            for number in range(8):
                one.add_text(HARBOUR.replace("八成", f"{number}成"), name=f"note {number % 3}")
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=change)
    thread.start()
    while thread.is_alive():
        for hit in two.search("网点客流量", k=3):
            assert hit.text in HARBOUR or "成" in hit.text
    thread.join()
    assert faults == []
    assert found(one) == found(two)


def test_a_process_of_its_own_answers_from_the_same_library(url: str, tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "one", settings=settings(url))
    bot.add([write_panels(tmp_path / "panels")])
    environment = os.environ | {"PANELBOT_CATALOGUE": url, "PANELBOT_EMBEDDING_MODEL": "hash"}
    command = [sys.executable, "-m", "panelbot", "search", "night bus", "--json", "--index", str(tmp_path / "two")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    hits = json.loads(done.stdout)["hits"]
    assert [(hit["transcript_id"], hit["turn"]) for hit in hits] == [
        (hit.transcript_id, hit.turn) for hit in bot.search("night bus")
    ]
    assert np.allclose([hit["score"] for hit in hits], [hit.score for hit in bot.search("night bus")])
