"""Reading for an index: here, or apart, in a process of its own that a hostile file can fill or hang and no more.

Does not know formats, nor where transcripts are kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from panelbot.errors import ReadError
from panelbot.register.child import found_from
from panelbot.register.reading import MAX_TEXT, Found, read_here, text_here

SECONDS = 10  # of computing a file may take; a two-hour panel takes a tenth of one
MEGABYTES = 1000  # of memory; reading nothing takes 200
AT_ONCE = 4  # processes, of 200 MB each, however many cores there are
PATIENCE = 12  # times as long the clock may run, on a machine that has others to serve


def once(read: Callable[[Path, str], Found]) -> Callable[[Path, str, str], Found]:
    """``read``, which remembers what it gave for a file and the mark of its content."""
    kept: dict[tuple[Path, str], Found] = {}

    def remembered(file: Path, speaker_pattern: str, mark: str) -> Found:
        if (file, mark) not in kept:
            kept[file, mark] = read(file, speaker_pattern)
        return kept[file, mark]

    return remembered


class Beside:
    """``work``, if any, done once in a thread that begins with the first file that is read and ends with the block."""

    def __init__(self, work: Callable[[], None] | None) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> None:
        """Nothing is begun yet."""

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            self._thread.join()

    def while_doing(self, read: Callable[[Path, str, str], Found]) -> Callable[[Path, str, str], Found]:
        """``read``, whose first call begins the work."""

        def reading(file: Path, speaker_pattern: str, mark: str) -> Found:
            with self._lock:
                if self._work is not None and self._thread is None:
                    self._thread = threading.Thread(target=self._work)
                    self._thread.start()
            return read(file, speaker_pattern, mark)

        return reading


class Reader:
    """Reads here, in this process, one file after the other.

    ``at_once`` is how many files are better read at the same time, each from a thread of its own. ``apart`` where it is
    another process that reads: who asks it waits.
    """

    at_once = 1
    apart = False

    def file(self, file: Path, speaker_pattern: str = "") -> Found:
        """The transcripts of ``file``, its labels found by ``speaker_pattern`` where one is given.

        Raises:
            ReadError: no transcript can be read in it.
        """
        return read_here(file, speaker_pattern)

    def text(self, text: str, name: str, speaker_pattern: str = "") -> Found:
        """The transcript that pasted text is.

        Raises:
            ReadError: no transcript can be read in it.
        """
        if len(text) > MAX_TEXT:
            raise ReadError(f"The text has {len(text):,} characters; pasted text may have {MAX_TEXT:,}.")
        return self._text(text, name, speaker_pattern)

    def close(self) -> None:
        """Let go of what reading needs."""

    def _text(self, text: str, name: str, speaker_pattern: str) -> Found:
        return text_here(text, name, speaker_pattern)


class ReaderApart(Reader):
    """Reads in processes of its own, one for each file on its way; one that went too far is ended.

    Args:
        seconds: of computing each file may take.
        megabytes: of memory each process may take.
        at_once: processes; by default one a core.
    """

    apart = True

    def __init__(self, *, seconds: float = SECONDS, megabytes: int = MEGABYTES, at_once: int | None = None) -> None:
        self.at_once = at_once or min(os.cpu_count() or 1, AT_ONCE)
        self._limits = {"seconds": seconds, "megabytes": megabytes}
        self._free = threading.BoundedSemaphore(self.at_once)
        self._idle: list[subprocess.Popen[bytes]] = []

    def close(self) -> None:
        """End the processes that read nothing now."""
        while self._idle:
            _end(self._idle.pop())

    def file(self, file: Path, speaker_pattern: str = "") -> Found:
        """The transcripts of ``file``, its labels found by ``speaker_pattern`` where one is given.

        Raises:
            ReadError: no transcript can be read in it, or not within the limits.
        """
        return self._ask({"path": str(file), "pattern": speaker_pattern}, file.name)

    def _text(self, text: str, name: str, speaker_pattern: str) -> Found:
        return self._ask({"text": text, "name": name, "pattern": speaker_pattern}, name)

    def _ask(self, request: dict[str, Any], name: str) -> Found:
        with self._free:
            process = self._running()
            line = _reply(process, request, PATIENCE * self._limits["seconds"])
            if not line.endswith(b"\n"):
                _end(process)
                raise ReadError(
                    f"{name} takes more than {self._limits['seconds']:g} seconds or {self._limits['megabytes']} MB "
                    "to read; no transcript does."
                )
            self._idle.append(process)
        reply = json.loads(line)
        if "error" in reply:
            raise ReadError(reply["error"])
        return found_from(reply)

    def _running(self) -> subprocess.Popen[bytes]:
        """A process that waits for a file: the caller has one of the ``at_once`` places."""
        while self._idle:
            process = self._idle.pop()
            if process.poll() is None:
                return process
        own = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (own, os.environ.get("PYTHONPATH", "")) if part)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "panelbot.register.child", json.dumps(self._limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        )
        weakref.finalize(self, _end, process)
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def _reply(process: subprocess.Popen[bytes], request: dict[str, Any], seconds: float) -> bytes:
    """The line that the process answers; one without its end where it could not."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        return process.stdout.readline()
    except BrokenPipeError:
        return b""
    finally:
        timer.cancel()
