"""The catalogue in a PostgreSQL database that several machines share, and every failure of it as one sentence.

A writer holds a lock of its own from the first statement on, so that writers come one after the other, as
SQLite's do; a reader sees one moment and waits for nobody. A connection that broke is made anew by the next
transaction. Knows no table but the one that tells whether there is a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelbot.errors import ConfigError, StoreError
from panelbot.store.database import Database, Rows, damaged

if TYPE_CHECKING:
    import psycopg

SCHEMES = ("postgresql://", "postgres://")
_LOCK = int.from_bytes(b"panelbot", "big")  # of the database, for writers
# SQLite's words of schema.sql. Texts are ordered by their characters, as SQLite does it, whatever the server speaks.
_WORDS = {
    r"\bTEXT\b": 'TEXT COLLATE "C"', r"\bBLOB\b": "BYTEA", r"\bREAL\b": "DOUBLE PRECISION", r"\bINTEGER\b": "BIGINT",
    r" AUTOINCREMENT\b": "", r" WITHOUT ROWID\b": "",
}  # fmt: skip
# And what joins all rows into one value.
_FUNCTIONS = {"CAST(group_concat(": "convert_to(string_agg(", "char(10)) AS BLOB)": "chr(10)), 'UTF8')"}
# A machine that is gone keeps nobody from writing: the server notices, and lets go of its lock.
_SETTINGS = {
    "synchronous_commit": "on", "client_min_messages": "warning", "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3", "idle_in_transaction_session_timeout": "10min",
}  # fmt: skip
_CLIENT = {"connect_timeout": 10, "application_name": "panelbot", "keepalives_idle": 30, "keepalives_interval": 10,
           "keepalives_count": 3}  # fmt: skip
_FULL, _BUSY, _DENIED, _FAILED = {"53100"}, {"55P03"}, {"42501", "25006"}, {"25P02"}  # PostgreSQL's error codes
_AWAY = ("08", "28", "3D", "53", "57", "58")  # and classes of them


class PostgresConnection:
    """A connection to ``address``; statements have ``?`` where values go."""

    def __init__(self, address: str, patience: float) -> None:
        self._address = address
        self._settings = {**_SETTINGS, "lock_timeout": f"{round(1000 * patience)}ms"}
        self._raw: psycopg.Connection[Any] | None = None
        self.open()

    def open(self) -> None:
        """Connect, anew where that was done before."""
        import psycopg

        if self._raw is not None:
            self._raw.close()
        self._raw = made = psycopg.connect(self._address, autocommit=True)
        made.execute("; ".join(f"SET {name} = '{value}'" for name, value in self._settings.items()).encode())
        (encoding,) = made.execute("SHOW server_encoding").fetchone() or ("",)
        if encoding != "UTF8":
            raise StoreError(f"The catalogue's database keeps texts as {encoding}; make one with ENCODING 'UTF8'.")

    @property
    def _connection(self) -> psycopg.Connection[Any]:
        if self._raw is None:
            raise ValueError("closed")
        return self._raw

    @property
    def is_open(self) -> bool:
        """Whether it can be used, as far as is known here."""
        return not self._connection.closed

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open, perhaps one that has failed."""
        return self.is_open and self._connection.info.transaction_status != 0

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Rows:
        """Run one statement."""
        return self._connection.execute(_encoded(query, with_values=bool(values)), values or None, binary=True)

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for each row of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_encoded(query), rows)

    def close(self) -> None:
        """Let go of it for good."""
        if self._raw is not None:
            self._raw.close()
        self._raw = None

    def __del__(self) -> None:  # psycopg complains of what nobody closed; a file of SQLite closes itself
        self.close()


def _encoded(query: str, *, with_values: bool = True) -> bytes:
    for word, own in _FUNCTIONS.items():
        query = query.replace(word, own)
    return (query.replace("%", "%%").replace("?", "%s") if with_values else query).encode()


class PostgresDatabase(Database):
    """The database at ``url``.

    Raises:
        ConfigError: ``url`` is no address.
        StoreError: it cannot be reached.
    """

    def __init__(self, url: str, *, patience: float) -> None:
        address, shown = _read_address(url)
        super().__init__(shown)
        with self.told():
            self._connection = PostgresConnection(address, patience)

    @property
    def connection(self) -> PostgresConnection:
        """What runs the statements."""
        return self._connection

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong inside, as the one sentence that is right for it."""
        import psycopg

        try:
            yield
        except (psycopg.Error, OSError) as error:
            raise StoreError(self._sentence(error)) from None

    def _sentence(self, error: Exception) -> str:
        code = getattr(error, "sqlstate", None) or ""
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        if code in _FULL:
            return f"The disk of {self.path} is full; free some space and try again. The index is as it was."
        if code in _BUSY:
            return f"Another process has been writing to {self.path} for too long; try again when it is done."
        if code in _DENIED:
            return f"The catalogue {self.path} cannot be written ({said}); look at the permissions of its user."
        if code in _FAILED:
            return f"A statement before this one failed; the catalogue {self.path} is as it was, try again."
        if "NUL" in said and not code:
            return f"The catalogue {self.path} keeps no text with a NUL character in it; take it out of the transcript."
        if not code or code.startswith(_AWAY):
            return f"The catalogue {self.path} cannot be used ({said}); see that PostgreSQL runs and lets panelbot in."
        return damaged(self.path, said)

    def has_tables(self) -> bool:
        """Whether there is a catalogue."""
        # Asked of the tables themselves: what a name stands for is remembered from before the wait for the lock.
        asked = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'meta'"
        return self.connection.execute(asked).fetchone() == (1,)

    def statement(self, text: str) -> str:
        """Other names for the types."""
        for word, own in _WORDS.items():
            text = re.sub(word, own, text)
        return text

    def upgrading(self, found: str) -> nullcontext[None]:  # noqa: ARG002
        """PostgreSQL takes tables back, too; who administers it has copies."""
        return nullcontext()

    def lost(self, folder: Path) -> str:
        """A database of nothing."""
        return (
            f"The catalogue {self.path} is empty, though {folder} holds vectors of transcripts: copy their catalogue "
            f"with `panelbot migrate --to postgresql`, or remove {folder} and run `panelbot add` again."
        )

    def problems(self) -> tuple[str, ...]:
        """None are looked for: the checksums of what is kept tell of damage."""
        return ()

    def settle(self) -> None:
        """The server does."""

    def _begin(self, *, writes: bool) -> None:
        try:
            self._start(writes=writes)
        except Exception:
            if self.connection.is_open:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.open()  # the server was started anew since
            self._start(writes=writes)

    def _start(self, *, writes: bool) -> None:
        if writes:
            self.connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")  # what is there after the lock
            self.connection.execute("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
        else:
            self.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _read_address(url: str) -> tuple[str, str]:
    """What the client is given, and how the database is called where anybody may read it: without its password."""
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict, make_conninfo
    except ImportError:
        raise StoreError(
            "catalogue = postgresql://… needs psycopg; install it with: pip install 'panelbot[postgres]'"
        ) from None
    try:
        given = conninfo_to_dict(url)
    except ProgrammingError:  # its message may quote the password
        given = {"port": "none"}
    host, port, name = (str(given.get(part) or "") for part in ("host", "port", "dbname"))
    if not re.fullmatch(r"[\d,]*", port) or "@" in host + name:  # a piece of the password
        raise ConfigError(
            "catalogue is no address that PostgreSQL's client can read; in a password / is written %2F, and @ %40."
        )
    shown = f"postgresql://{host}{':' * bool(port)}{port}/{name}"
    return make_conninfo("", **{**_CLIENT, **given}), shown  # type: ignore[arg-type]
