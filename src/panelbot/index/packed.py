"""Named lists of words and arrays as bytes and back, without pickle and without copying. Knows not what they hold.

A line of format and checksum, a JSON line of words and shapes, then the arrays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError
from panelbot.whole import seal, unseal

FORMAT = 1
_HEAD = f"packed {FORMAT}"
_ALIGNED = 8  # bytes: where each array begins

Words = Mapping[str, Sequence[str]]
Arrays = Mapping[str, NDArray[Any]]


def pack(words: Words, arrays: Arrays) -> bytes:
    """Bytes that `unpack` checks and reads."""
    little = {name: np.ascontiguousarray(a, a.dtype.newbyteorder("<")) for name, a in arrays.items()}
    shapes = [[name, a.dtype.str, list(a.shape)] for name, a in little.items()]
    line = json.dumps({"words": {name: list(w) for name, w in words.items()}, "arrays": shapes}, ensure_ascii=False)
    body = b"".join(a.tobytes().ljust(_padded(a.nbytes), b"\0") for a in little.values())
    return seal(_HEAD, line.encode() + b"\n" + body)


def unpack(data: bytes) -> tuple[dict[str, tuple[str, ...]], dict[str, NDArray[Any]]]:
    """The words and the arrays that `pack` was given; the arrays cannot be written to.

    Raises:
        StoreError: another format, or bytes that were changed since.
    """
    try:
        line, _, body = unseal(_HEAD, data).partition(b"\n")
    except ValueError:
        raise StoreError(
            "What is kept for searching is damaged or of another version; it has to be made again."
        ) from None
    header = json.loads(line)
    arrays: dict[str, NDArray[Any]] = {}
    at = 0
    for name, dtype, shape in header["arrays"]:
        n = int(np.prod(shape, dtype=np.int64))
        arrays[name] = np.frombuffer(body, dtype=dtype, count=n, offset=at).reshape(shape)
        at += _padded(arrays[name].nbytes)
    return {name: tuple(w) for name, w in header["words"].items()}, arrays


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
