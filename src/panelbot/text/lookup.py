"""A dictionary of another package as a file to look words up in, so that a question does not wait for all of it.

Does not know what the values mean. It is made once, in the cache; where that cannot be written it is held in memory.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path

from panelbot.made import cache_folder, ensure_made

logger = logging.getLogger(__name__)
FORMAT = 1
FILE = "words.sqlite"
MANY = 30_000  # words after which all are read: who asks for so many reads a whole corpus

Value = str | int
Pairs = Callable[[], Iterable[tuple[str, Value]]]


class Lookup:
    """The values of words, each word's as it is asked for; safe to call from many threads."""

    def __init__(self, name: str, source: Path, pairs: Pairs) -> None:
        self._known: dict[str, Value | None] = {}
        self._whole = False
        self._lock = threading.Lock()
        self._pairs, self._source = pairs, source
        try:
            folder = ensure_made(cache_folder() / f"{name}-v{FORMAT}", source, FORMAT, lambda made: _write(made, pairs))
            address = f"{(folder / FILE).resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
            weakref.finalize(self, self._db.close)
        except (OSError, sqlite3.Error) as error:
            self._hold_all(f"its file cannot be made ({error})")

    def get(self, word: str) -> Value | None:
        """The value of ``word``, None where it has none."""
        known = self._known
        if word in known:
            return known[word]
        return None if self._whole else self._ask(word)

    def _ask(self, word: str) -> Value | None:
        with self._lock:
            try:
                if not self._whole:  # another thread may have read all meanwhile
                    self._read(word)
            except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: SQLite quotes what is damaged
                self._hold_all(f"its file in {cache_folder()} went bad after it was checked ({error}); start again")
            return self._known.get(word)

    def _read(self, word: str) -> None:
        if len(self._known) >= MANY:
            self._known, self._whole = dict(self._db.execute("SELECT word, value FROM words")), True
        else:
            row = self._db.execute("SELECT value FROM words WHERE word = ?", (word,)).fetchone()
            self._known[word] = row[0] if row else None

    def _hold_all(self, why: str) -> None:
        """All words from where they come from: what the file says is not needed for an answer."""
        logger.warning("The dictionary %s is held in memory: %s.", self._source.name, why)
        known: dict[str, Value | None] = {}
        known.update(self._pairs())
        self._known, self._whole = known, True


def _write(folder: Path, pairs: Pairs) -> None:
    db = sqlite3.connect(folder / FILE)
    try:
        db.execute("CREATE TABLE words (word TEXT PRIMARY KEY, value) WITHOUT ROWID")
        db.executemany("INSERT INTO words VALUES (?, ?)", sorted(pairs()))
        db.commit()
    except sqlite3.DatabaseError as error:
        raise OSError(str(error)) from error
    finally:
        db.close()
