"""Texts that say when they were changed: a first line with the format and a digest of the rest.

Knows no format; what is learned is written by the benchmarks and by nobody else.
"""

from __future__ import annotations

import hashlib


def seal(head: str, body: str) -> str:
    """``body`` behind a line of ``head``, which names the format, and its digest."""
    return f"{head} {hashlib.sha256(body.encode()).hexdigest()[:16]}\n{body}"


def unseal(head: str, text: str) -> str:
    """The body of a text that `seal` made.

    Raises:
        ValueError: another format, or a text that was changed since.
    """
    body = text.partition("\n")[2]
    if text != seal(head, body):
        raise ValueError(f"a text that should be {head!r} is of another format, or was changed by hand")
    return body
