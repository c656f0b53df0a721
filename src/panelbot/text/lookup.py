"""A dictionary of another package as a file to look words up in, so that a question does not wait for all of it.

Does not know what the values mean. It is made once, in the cache; where that cannot be written it is held in memory.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
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
        try:
            folder = ensure_made(cache_folder() / f"{name}-v{FORMAT}", source, FORMAT, lambda made: _write(made, pairs))
            address = f"{(folder / FILE).resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        except OSError as error:
            logger.warning("The dictionary %s is held in memory: its file cannot be made (%s).", source.name, error)
            self._known.update(pairs())
            self._whole = True

    def get(self, word: str) -> Value | None:
        """The value of ``word``, None where it has none."""
        known = self._known
        if word in known:
            return known[word]
        return None if self._whole else self._ask(word)

    def _ask(self, word: str) -> Value | None:
        with self._lock:
            if len(self._known) >= MANY:
                self._known, self._whole = dict(self._db.execute("SELECT word, value FROM words")), True
                return self._known.get(word)
            row = self._db.execute("SELECT value FROM words WHERE word = ?", (word,)).fetchone()
            found = row[0] if row else None
            self._known[word] = found
            return found


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
