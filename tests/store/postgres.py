"""A PostgreSQL server for tests: on loopback, in a folder of its own, as a user without rights; gone with the tests."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = (*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/local/bin"), Path("/usr/bin"))
USER = "panels"


class UnavailableError(Exception):
    """No server can be started here."""


class Server:
    """A server that runs, and may be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._password = secrets.token_hex(8)
        found = (path for path in PROGRAMS if (path / "initdb").exists() and (path / "pg_ctl").exists())
        if (programs := next(found, None)) is None:
            raise UnavailableError("needs PostgreSQL's server: apt-get install postgresql")
        self._programs = programs
        self._n = 0
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        (folder / "password").write_text(self._password)
        for path in (folder, folder / "password"):
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        where = ["-D", str(folder / "data"), "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", *where, "--auth=scram-sha-256", f"--pwfile={folder / 'password'}")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        as_owner = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            check=False, timeout=60, env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            **(as_owner if os.geteuid() == 0 else {}),
        )  # fmt: skip
        if done.returncode:
            raise UnavailableError(f"{program}: {done.stderr.strip()[-300:]}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self._port} -h 127.0.0.1 -k {self._folder} -c fsync=off -c shared_buffers=16MB"
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "-w", "-t", "30", "-D", str(self._folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop it as a crash would."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self._folder / "data"))

    def url(self, database: str = "postgres", password: str = "") -> str:
        """The address of a database."""
        return f"postgresql://{USER}:{password or self._password}@127.0.0.1:{self._port}/{database}"

    def make(self) -> str:
        """The address of a new schema, which takes no time; nothing of other schemas is seen in it."""
        self._n += 1
        self.execute(f"CREATE SCHEMA panels_{self._n}")
        return self.url(f"postgres?options=-csearch_path%3Dpanels_{self._n}")

    def execute(self, statement: str) -> None:
        """Run a statement in no transaction."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as db:
            db.execute(statement)  # type: ignore[arg-type]


@contextmanager
def server() -> Iterator[Server]:
    """A server of its own.

    Raises:
        UnavailableError: none can be started; says why.
    """
    folder = Path(tempfile.mkdtemp(prefix="panels-postgres-", dir="/tmp"))  # whose path its user may walk
    started: Server | None = None
    try:
        started = Server(folder)
        yield started
    finally:
        if started is not None:
            started.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
