"""Data that is whole or not there: a first line of format and checksum, and a file that is replaced at one blow.

Knows no format.
"""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path


def seal(head: str, body: bytes) -> bytes:
    """``body`` behind a line of ``head``, which names the format, and its SHA-256."""
    return f"{head} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def unseal(head: str, data: bytes) -> bytes:
    """The body of what `seal` made.

    Raises:
        ValueError: another format, or bytes that were changed since.
    """
    first, _, body = data.partition(b"\n")
    if first != f"{head} {hashlib.sha256(body).hexdigest()}".encode():
        raise ValueError(f"what should be {head!r} is of another format, or was changed")
    return body


def write_whole(path: Path, data: bytes) -> None:
    """Write ``path`` so that a reader meanwhile, or after a crash, finds the old file or the new one.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    made = begun(path)
    try:
        made.write_bytes(data)
        os.replace(made, path)
    except OSError:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        raise


def begun(path: Path) -> Path:
    """Where this thread writes what takes the name ``path`` when it is whole; sweepers look at the process's number."""
    return path.with_name(f"{path.name}.{threading.get_ident():x}.{os.getpid()}.tmp")
