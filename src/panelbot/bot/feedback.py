"""The file that keeps judged questions: one line each, whole or not at all, and no more than a disk can bear.

Does not know what a judgement says.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from panelbot.errors import InputError, StoreError

MAX_LINE = 300_000  # bytes: a question with a whole conversation before it
MAX_FILE = 50_000_000  # bytes


def append(file: Path, record: Mapping[str, Any]) -> None:
    """Append ``record`` to ``file`` under an id of its own; one that it brings is kept as ``given_id``.

    Raises:
        InputError: it is too long, or the file is full.
        StoreError: the file cannot be written.
    """
    own = {"query_id": f"feedback-{uuid.uuid4().hex[:12]}"}
    given = record.get("query_id")
    kept = {**record, **own, **({"given_id": given} if given is not None else {})}
    line = json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    if len(line) > MAX_LINE:
        raise InputError(f"This judgement has {len(line):,} bytes; it may have {MAX_LINE:,}.")
    try:
        with file.open("ab+") as out:
            if (size := out.tell()) + len(line) > MAX_FILE:
                raise InputError(f"{file} is full; move it away to keep more judgements.")
            out.seek(max(0, size - 1))
            broken = size and out.read(1) != b"\n"  # a crash or a full disk left half a line
            out.write(b"\n" + line if broken else line)
    except OSError as error:
        raise StoreError(f"The judgement cannot be kept in {file}: {error.strerror or error}.") from None
