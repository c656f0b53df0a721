"""What tells one model's vectors from another's. Knows no model, only the numbers it begins with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAD = 64  # numbers of each tensor


def fingerprint(
    prompts: Mapping[str, str | None],
    given: tuple[str | None, str | None],
    max_tokens: Any,
    tensors: Iterable[tuple[str, tuple[int, ...], NDArray[np.float32]]],
) -> str:
    """A digest of a model's prompts and those ``given`` for questions and passages, and of its weights' beginnings.

    ``tensors`` are names, shapes and the first `HEAD` numbers, sorted by name.
    """
    digest = hashlib.sha256(repr((dict(prompts), given, max_tokens)).encode())
    for name, shape, head in tensors:
        digest.update(f"{name} {shape}".encode() + head.tobytes())
    return digest.hexdigest()[:16]
