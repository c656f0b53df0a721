"""The catalogue: what is stored comes back, changes are all or nothing, damage is noticed."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from panelbot.errors import NotFoundError, StoreError
from panelbot.store import Record, Store
from panelbot.store.sqlite import FILE_NAME
from panelbot.store.sums import seal
from panelbot.types import Evidence, Passage, Speaker, Transcript, Turn


def transcript(id: str = "panel") -> Transcript:
    evidence = (Evidence(field="organization", source="introduction", text="某行的张三", turn=0),)
    return Transcript(
        id=id,
        title="<b>圆桌</b>",
        language="zh",
        date="2031-05-02",
        speakers=(
            Speaker(name="张三", organization="某行", role="panelist", aliases=("张总",), evidence=evidence),
            Speaker(name="Ann O'Neil"),
        ),
        turns=(
            Turn(index=0, speaker="张三", text="网点的客流恢复了。\n第二段。", start=0.5, end=9.25),
            Turn(index=1, speaker="Ann O'Neil", text="'); DROP TABLE turns; --"),
        ),
    )


def record(id: str = "panel", *, path: str = "p.txt") -> Record:
    return Record(
        transcript=transcript(id),
        passages=(Passage(turn=0, start=0, end=15), Passage(turn=1, start=0, end=24)),
        vectors=np.asarray([[0.6, 0.8], [1.0, 0.0]], np.float32),
        path=path,
        fingerprint="f",
        edits=({"rename": "x"},),
    )


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save([record()])
    loaded = Store(tmp_path).load("panel")
    assert loaded.transcript == transcript()
    assert loaded.passages == record().passages
    assert np.array_equal(loaded.vectors, record().vectors)
    assert (loaded.path, loaded.edits) == ("p.txt", ({"rename": "x"},))


def test_vector_ids_are_never_used_twice(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save([record("a"), record("b")])
    store.save([record("a")])
    assert [store.load(id).first_id for id in ("a", "b")] == [4, 2]


def test_a_save_that_fails_midway_leaves_everything_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save([record("a")])
    before = (store.generation, store.headers())
    broken = record("c")
    object.__setattr__(broken, "path", None)  # NOT NULL refuses it after the first record went in
    with pytest.raises(StoreError):
        store.save([record("b"), broken], stale=["a"])
    assert (store.generation, store.headers()) == before


def test_removing_is_all_or_nothing_and_names_what_is_missing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save([record("a"), record("b")])
    with pytest.raises(NotFoundError, match="'nope'"):
        store.remove(["a", "nope"])
    assert store.ids() == ("a", "b")
    store.remove(["a"])
    assert store.ids() == ("b",)
    with pytest.raises(NotFoundError, match="'a'"):
        store.load("a")


def test_a_register_changes_without_touching_text_or_vectors(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save([record("a"), record("b")])
    old = store.load("a")
    renamed = Transcript(
        id="a",
        title=old.transcript.title,
        speakers=(Speaker(name="李四", aliases=("张三",)), Speaker(name="Ann O'Neil")),
        turns=tuple(
            Turn(index=t.index, speaker="李四" if t.index == 0 else t.speaker, text=t.text)
            for t in old.transcript.turns
        ),
    )
    store.save_register(renamed, [{"rename": "李四"}])
    new = store.load("a")
    assert [t.speaker for t in new.transcript.turns] == ["李四", "Ann O'Neil"]
    assert [t.text for t in new.transcript.turns] == [t.text for t in old.transcript.turns]
    assert new.first_id == old.first_id
    assert np.array_equal(new.vectors, old.vectors)
    changed = {id: header.changed for id, header in store.headers().items()}
    assert changed["a"] > changed["b"]


def test_changed_vectors_are_noticed_but_the_text_can_still_be_had(tmp_path: Path) -> None:
    Store(tmp_path).save([record()])
    with sqlite3.connect(tmp_path / "panelbot.sqlite") as db:
        db.execute("UPDATE vectors SET data = zeroblob(16)")
    db.close()
    store = Store(tmp_path)
    with pytest.raises(StoreError, match="--rebuild"):
        store.load("panel")
    assert store.load("panel", with_vectors=False).transcript == transcript()


def test_a_file_that_is_no_database_gives_one_sentence_and_stays(tmp_path: Path) -> None:
    (tmp_path / "panelbot.sqlite").write_bytes(b"not a database, but somebody's file" * 50)
    with pytest.raises(StoreError, match=r"move the folder .* away"):
        Store(tmp_path)
    assert (tmp_path / "panelbot.sqlite").read_bytes().startswith(b"not a database")


def everything(store: Store) -> dict[str, object]:
    """What a search reads, without where it lies."""
    heads = store.heads()
    keys = ["ann", "网点", "drop", "客流", "nobody"]
    live = {(head.first_id + i) for head in heads for i in range(head.n_passages)}
    lists = {key: [e for e in found.tolist() if e[0] in live] for key, found in store.lists(keys).items()}
    return {
        "heads": [replace(head, changed=0) for head in heads],
        "registers": store.registers(),
        "voices": {id: found.tolist() for id, found in store.voices(heads).items()},
        "lists": {key: found for key, found in lists.items() if found},
        "counts": store.counts(keys),
        "scripts": store.scripts(),
        "runs": [run for block in store.blocks() for run in block.runs],
    }


def said(id: str, text: str) -> Record:
    """A record of one turn."""
    own = Transcript(id=id, turns=(Turn(index=0, speaker="Ann", text=text),))
    return Record(
        transcript=own, passages=(Passage(turn=0, start=0, end=len(text)),), vectors=np.ones((1, 2), np.float32)
    )


def test_what_a_search_reads_follows_every_change(tmp_path: Path) -> None:
    """However transcripts came and went, it is as if the ones that are left had been put down at once."""
    store = Store(tmp_path / "one")
    texts = {f"t{n}": f"drop 网点 word{n}" + " drop" * (n % 3) for n in range(12)}
    for id, text in texts.items():
        store.save([said(id, text)])
    store.save([said("t3", "客流 drops"), said("new", "网点")], stale=["t4"])
    store.remove(["t0", "t7", "t8"])
    texts |= {"t3": "客流 drops", "new": "网点"}
    order = [id for _, id in sorted((head.first_id, head.id) for head in store.heads())]
    other = Store(tmp_path / "other")
    other.save([said(id, texts[id]) for id in order])
    assert sorted(order) == sorted(texts.keys() - {"t0", "t4", "t7", "t8"})
    places = {head.id: head.first_id for head in other.heads()}
    renumber = {head.first_id: places[head.id] for head in store.heads()}
    found, expected = everything(store), everything(other)
    lists: Any = found["lists"]
    assert {key: [(renumber[e[0]], *e[1:]) for e in entries] for key, entries in lists.items()} == expected["lists"]
    for name in ("registers", "voices", "counts", "scripts"):
        assert found[name] == expected[name], name
    assert store.counts(["word7", "word4", "word5"]) == {"word5": 1}
    assert len(store.blocks()) <= 4
    assert sum(len(data) for (data,) in store._db.execute("SELECT data FROM lists")) <= 2 * sum(
        len(data) for (data,) in other._db.execute("SELECT data FROM lists")
    )


# Each changes what a search finds, no transcript, and is noticed when the index is opened.
DERIVED = (
    "DELETE FROM segments WHERE transcript_id = 'a'",
    "UPDATE segments SET n_words = n_words + 1",
    "UPDATE blocks SET high = low",
    "UPDATE stems SET n = n + 1 WHERE stem = 'drop'",
    "UPDATE stems SET stem = 'dorp' WHERE stem = 'drop'",
    "DELETE FROM lists WHERE stem = 'drop'",
)


@pytest.mark.parametrize("what", ["lists", "voices"])
def test_lists_and_voices_that_are_damaged_are_told(tmp_path: Path, what: str) -> None:
    Store(tmp_path).save([record("a"), record("b")])
    store = Store(tmp_path)
    store._db.execute("UPDATE lists SET data = CAST(data || zeroblob(8) AS BLOB)")
    store._db.execute("UPDATE segments SET voices = zeroblob(length(voices))")
    with pytest.raises(StoreError, match="--rebuild"):
        store.lists(["drop"]) if what == "lists" else store.voices(store.heads())
    with pytest.raises(StoreError, match="--rebuild"):
        store.look_at_derived()
    store.remove(["b"])  # whose lists cannot be put together with those of another
    store.derive(anew=True)
    store.look_at_derived()


def test_lists_that_are_damaged_or_gone_are_made_again(tmp_path: Path) -> None:
    Store(tmp_path).save([record("a"), record("b")])
    whole = everything(Store(tmp_path))
    for damage in (
        "DELETE FROM segments WHERE transcript_id = 'a'",
        "UPDATE meta SET value = '' WHERE key = 'derived'",
    ):
        store = Store(tmp_path)
        with store.changing():
            store._db.execute(damage)
        store.derive()
        assert everything(store) == whole
    for damage in DERIVED:
        store._db.execute(damage)
        store = Store(tmp_path)
        store.save_register(store.load("a").transcript, [])  # which puts no seal on it
        store.derive()
        assert everything(store) == whole, damage
    store._db.execute("UPDATE segments SET data = x'00'")
    assert not store.is_packed("a")
    store.mend("a")
    assert (store.is_packed("a"), store.is_packed("b")) == (True, False)
    store.remove(["b"])  # whose words are not known any more
    store.derive()
    assert store.counts(["drop", "nobody"]) == {"drop": 1}


# The tables of format 1 that differ from today's, filled from them.
FORMAT_1 = """
PRAGMA foreign_keys = OFF;
CREATE TABLE old (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL, event TEXT NOT NULL,
    location TEXT NOT NULL, source TEXT NOT NULL, path TEXT NOT NULL, fingerprint TEXT NOT NULL, edits TEXT NOT NULL,
    first_id INTEGER NOT NULL, changed INTEGER NOT NULL, vectors BLOB NOT NULL, vectors_sha256 TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO old SELECT id, title, language, date, event, location, source, path, fingerprint, edits, first_id, changed,
    (SELECT data FROM vectors WHERE transcript_id = id), vectors_sha256 FROM transcripts;
DROP TABLE vectors;
DROP TABLE transcripts;
ALTER TABLE old RENAME TO transcripts;
CREATE TABLE old_postings (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE, data BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO old_postings SELECT id, x'00' FROM transcripts;
DROP TABLE segments; DROP TABLE lists; DROP TABLE blocks; DROP TABLE stems;
ALTER TABLE old_postings RENAME TO postings;
DELETE FROM meta WHERE key = 'derived';
UPDATE meta SET value = '1' WHERE key = 'format';
"""


def test_a_store_of_format_1_is_brought_up_to_date_when_opened(tmp_path: Path) -> None:
    def schema() -> list[tuple[str, ...]]:
        with sqlite3.connect(tmp_path / "panelbot.sqlite") as db:
            tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            kinds = "name, type, pk"
            found = [(t, *map(str, db.execute(f"SELECT {kinds} FROM pragma_table_info('{t}')"))) for t in tables]
            keys = [(t, *map(str, db.execute(f"PRAGMA foreign_key_list({t})"))) for t in tables]
        db.close()
        return found + keys

    store = Store(tmp_path)
    store.save([record("a"), record("b")])
    before, headers, searched = schema(), store.headers(), everything(store)
    store.close()
    with sqlite3.connect(tmp_path / "panelbot.sqlite") as db:
        db.executescript(FORMAT_1)
    db.close()
    assert schema() != before
    old = (tmp_path / "panelbot.sqlite").read_bytes()
    upgraded = Store(tmp_path)
    assert (schema(), upgraded.meta("format"), upgraded.headers()) == (before, "5", headers)
    kept = sqlite3.connect(tmp_path / "panelbot.sqlite.format-1")
    assert kept.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("1",)
    assert kept.execute("SELECT length(vectors) FROM transcripts").fetchall() == [(16,), (16,)]
    kept.close()
    assert len((tmp_path / "panelbot.sqlite.format-1").read_bytes()) == len(old)
    for id in ("a", "b"):
        loaded = upgraded.load(id)
        assert loaded.transcript == transcript(id)
        assert np.array_equal(loaded.vectors, record().vectors)
    upgraded.derive()
    assert everything(upgraded) == searched
    upgraded.remove(["a"])
    left = {
        t: upgraded._db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("vectors", "segments", "turns")
    }
    assert left == {"vectors": 1, "segments": 1, "turns": 2}


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE speakers SET name = 'Somebody Else' WHERE transcript_id = 'a'", "the transcript 'a'"),
        ("UPDATE transcripts SET path = 'other' WHERE id = 'a'", "its list of transcripts"),
    ],
)
def test_bringing_up_to_date_puts_no_seal_on_damage(tmp_path: Path, damage: str, told: str) -> None:
    write_format_4(tmp_path, damage)
    with pytest.raises(StoreError, match=told):
        Store(tmp_path).listing()


def write_format_4(folder: Path, damage: str = "SELECT 1") -> None:
    Store(folder).save([record("a"), record("b")])
    with sqlite3.connect(folder / "panelbot.sqlite") as db:
        db.execute("ALTER TABLE transcripts DROP COLUMN listed_sha256")
        db.execute("UPDATE meta SET value = '4' WHERE key = 'format'")
        seal(db)
        db.execute(damage)
    db.close()


def test_eight_threads_bring_one_store_up_to_date(tmp_path: Path) -> None:
    for number in range(5):
        folder = tmp_path / str(number)
        write_format_4(folder)
        with ThreadPoolExecutor(8) as pool:
            found = [store.listing() for store in pool.map(Store, [folder] * 8)]
        assert len(found[0]) == 2
        assert found == [found[0]] * 8
        assert sorted(path.name for path in folder.iterdir()) == ["panelbot.sqlite", "panelbot.sqlite.format-4"]


def test_another_format_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).set_meta("format", "99")
    with pytest.raises(StoreError, match="format 99"):
        Store(tmp_path)


def test_eight_threads_create_and_fill_one_store(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def fill(number: int) -> None:
        try:
            Store(tmp_path).save([record(f"t{number}")])
        except BaseException as fault:  # a thread's fault would be lost otherwise
            faults.append(fault)

    threads = [threading.Thread(target=fill, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    store = Store(tmp_path)
    assert store.ids() == tuple(f"t{n}" for n in range(8))
    assert store.generation == 8


# Each changes what a transcript says, who said it or which there are, and leaves SQLite content.
SILENT = (
    "UPDATE turns SET text = replace(text, '恢复', '减少') WHERE position = 0",
    "UPDATE turns SET speaker = 1 - speaker",
    "UPDATE speakers SET name = 'Somebody Else' WHERE position = 1",
    "UPDATE speakers SET title = 'chair' WHERE position = 0",
    'UPDATE passages SET "end" = 3 WHERE position = 0',
    "DELETE FROM turns WHERE position = 1",
    "UPDATE transcripts SET title = 'another panel'",
    "UPDATE transcripts SET edits = '[]'",
    "DELETE FROM transcripts",
    "UPDATE transcripts SET id = 'other'",
    "UPDATE meta SET value = '0' WHERE key = 'next_id'",
    "UPDATE turns SET text = CAST(x'ff00' AS TEXT)",
    "UPDATE transcripts SET rows_sha256 = ''",
)


@pytest.mark.parametrize("damage", SILENT)
def test_what_is_not_what_was_written_is_never_handed_out(tmp_path: Path, damage: str) -> None:
    Store(tmp_path).save([record()])
    with sqlite3.connect(tmp_path / "panelbot.sqlite") as db:
        db.execute(damage)
    db.close()
    store = Store(tmp_path)
    with pytest.raises(StoreError, match=r"damaged .*panelbot check"):
        [store.load(id) for id in store.headers()]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE speakers SET name = 'Somebody Else' WHERE position = 1",
        "UPDATE speakers SET title = 'chair' WHERE position = 0",
        "UPDATE transcripts SET title = 'another panel'",
        "UPDATE transcripts SET listed_sha256 = ''",
        "UPDATE segments SET n_turns = 3",
        "DELETE FROM speakers",
    ],
)
def test_a_listing_shows_nobody_who_was_not_written(tmp_path: Path, damage: str) -> None:
    Store(tmp_path).save([record()])
    store = Store(tmp_path)
    assert (store.listing()[0].title, store.registers()["panel"]) == ("<b>圆桌</b>", transcript().speakers)
    store._db.execute(damage)
    for read in (Store.registers, Store.listing):
        with pytest.raises(StoreError, match=r"damaged .*panelbot check"):
            read(Store(tmp_path))
    assert len(Store(tmp_path).listed()[1]) == 1
    with pytest.raises(StoreError, match="remove"):
        store.listing()
    store.remove(["panel"])  # as the sentence says
    store.save([record()])
    assert Store(tmp_path).registers() == {"panel": transcript().speakers}


@pytest.mark.parametrize("damage", ["aliases = '[\"a'", "evidence = '[{\"b\": 1}]'", "aliases = x'ff00'"])
def test_registers_that_cannot_be_read_are_told(tmp_path: Path, damage: str) -> None:
    Store(tmp_path).save([record()])
    with sqlite3.connect(tmp_path / "panelbot.sqlite") as db:
        db.execute(f"UPDATE speakers SET {damage}")
    db.close()
    for read in (Store.registers, Store.listing):
        with pytest.raises(StoreError, match=r"damaged .*panelbot check"):
            read(Store(tmp_path))


def test_a_lost_catalogue_is_no_empty_index(tmp_path: Path) -> None:
    (tmp_path / "vectors").mkdir()
    (tmp_path / "vectors" / "00000000.faiss").write_bytes(b"of a transcript")
    for left in (None, b""):
        if left is not None:
            (tmp_path / "panelbot.sqlite").write_bytes(left)
        with pytest.raises(StoreError, match="missing or empty"):
            Store(tmp_path)


def test_a_transaction_reads_changes_and_writes_with_nobody_between(tmp_path: Path) -> None:
    Store(tmp_path).save([record()])
    threads = [threading.Thread(target=_add_one_edit, args=(tmp_path,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Store(tmp_path).load("panel").edits) == 7


def _add_one_edit(folder: Path) -> None:
    store = Store(folder)
    with store.changing():
        stored = store.load("panel", with_vectors=False)
        store.save_register(stored.transcript, [*stored.edits, {"n": len(stored.edits)}])


def test_a_reading_is_of_one_moment(tmp_path: Path) -> None:
    store, other = Store(tmp_path), Store(tmp_path)
    store.save([record("a"), record("b")])
    done = threading.Thread(target=other.remove, args=(["b"],))
    with store.reading():
        ids = tuple(store.headers())
        done.start()
        done.join(0.2)
        assert [store.load(id).transcript.id for id in ids] == ["a", "b"]
    done.join()
    assert store.ids() == ("a",)


def test_what_keeps_the_index_from_being_written_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path, patience=0.1)
    store.save([record("a")])
    with Store(tmp_path).changing(), pytest.raises(StoreError, match="Another process"):
        store.remove(["a"])
    store._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="is full"):
        store.save([record(f"b{n}") for n in range(200)])
    store._db.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="permissions"):
        store.remove(["a"])
    assert Store(tmp_path).ids() == ("a",)


def test_the_journal_of_a_killed_process_is_let_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    left = tmp_path / f"{FILE_NAME}-journal"
    left.write_bytes(bytes(512))  # as one that was never in use
    before = store.meta("format")
    store.settle()
    assert not left.exists()
    assert store.meta("format") == before
    store.close()
