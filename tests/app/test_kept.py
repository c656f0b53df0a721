"""What people keep under their login: each record under its user, whole, in any process."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from panelbot.app.kept import MAX_RECORD, Kept
from panelbot.app.pane import kept_call
from panelbot.errors import InputError, StoreError


def test_records_are_their_users_own_and_found_by_kind_and_parent(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.put("mei", "exchange", {"id": "b", "parent": "one", "entry": "两"})
    kept.put("mei", "exchange", {"id": "a", "parent": "one"})
    kept.put("mei", "exchange", {"id": "c", "parent": "two"})
    kept.put("mei", "note", {"id": "a"})
    assert [each["id"] for each in Kept(tmp_path).all("mei", "exchange", "one")] == ["a", "b"]
    assert kept.all("mei", "exchange", "one")[1]["entry"] == "两"
    assert len(kept.all("mei", "exchange")) == 3
    assert kept.all("lin", "exchange") == []
    kept.drop("lin", "exchange", "a")
    kept.drop("mei", "exchange", "c")
    assert [each["id"] for each in kept.all("mei", "exchange")] == ["a", "b"]


def test_what_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for record in ({}, {"id": ""}, {"id": 3}, {"id": "a", "parent": 3}, {"id": "a", "text": "x" * MAX_RECORD}):
        with pytest.raises(InputError):
            kept.put("mei", "note", record)
    assert kept.all("mei", "note") == []


def test_many_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    def write(number: int) -> None:
        Kept(tmp_path).put("mei", "note", {"id": str(number)})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    assert len(Kept(tmp_path).all("mei", "note")) == 60


def test_the_pages_calls_reach_the_user_that_asks(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept_call(kept, "mei", {"do": "put", "kind": "note", "record": {"id": "a", "user": "lin"}})
    assert kept_call(kept, "mei", {"do": "all", "kind": "note"})["records"][0]["id"] == "a"
    assert kept_call(kept, "lin", {"do": "all", "kind": "note"}) == {"records": []}
    kept_call(kept, "mei", {"do": "drop", "kind": "note", "id": "a"})
    assert kept_call(kept, "mei", {"do": "all", "kind": "note", "parent": 7}) == {"records": []}


def test_a_record_that_is_not_what_was_written_is_never_shown(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for id in ("a", "b"):
        kept.put("mei", "note", {"id": id, "quote": "the pier closes at six"})
    with closing(sqlite3.connect(kept.file)) as db, db:
        db.execute("UPDATE kept SET value = replace(value, 'six', 'ten') WHERE id = 'a'")
        db.execute("""INSERT INTO kept VALUES ('mei', 'note', 'c', '', '{"id": "c"}')""")  # of an earlier version
    assert [each["id"] for each in kept.all("mei", "note")] == ["b", "c"]


@pytest.mark.parametrize("damage", [b"no database at all, not even nearly", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, damage: bytes) -> None:
    kept = Kept(tmp_path)
    kept.put("mei", "note", {"id": "a"})
    kept.file.write_bytes(damage)
    for call in (lambda: kept.all("mei", "note"), lambda: kept.put("mei", "note", {"id": "a"})):
        with pytest.raises(StoreError, match="What visitors keep"):
            call()
