"""Texts to the token ids of the built-in model, with none of its quarter of a million pieces held in memory.

The best cut of a text into pieces depends on the pieces that occur in it alone. So those are looked up by a hash of
every run of characters, and an ordinary Unigram tokenizer is made of them, which takes a millisecond where one of all
takes a second and 300 MB. Knows no network.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.weights import Pieces

_FACTOR = np.uint64(0x9E3779B97F4A7C15 | 1)
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoding:
    """The tokens of one text, special ones included, which span nothing."""

    ids: NDArray[np.int64]  # (n,)
    spans: NDArray[np.int32]  # (n, 2) start and end in the text


class PieceTokenizer:
    """The tokenizer of ``pieces`` by their ``table``, which `piece_table` makes; safe to call from many threads."""

    def __init__(self, pieces: Pieces, table: Hashes, *, max_tokens: int) -> None:
        self._pieces = pieces
        self._hashes, self._ids = table
        self._longest = longest(pieces)
        # A piece that is unknown counts for less than the worst of all, and three are put around every text.
        self._always = {pieces.bos, pieces.eos, pieces.unk, int(pieces.scores.argmin())}
        self._lock = threading.Lock()
        self._tokenizer = frame(pieces, *self._unigram(sorted(self._always)))
        self._tokenizer.enable_truncation(max_tokens)

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """The tokens of each text, cut at the most the network reads."""
        with self._lock:
            normalized = " ".join(map(self._tokenizer.normalizer.normalize_str, texts))
            ids = self._occurring("\0".join(f"▁{word}" for word in dict.fromkeys(normalized.split(" "))))
            self._tokenizer.model, _ = self._unigram(ids)
            found = self._tokenizer.encode_batch(list(texts))
        own = np.asarray(ids, dtype=np.int64)
        return [
            Encoding(ids=own[each.ids], spans=np.asarray(each.offsets, dtype=np.int32).reshape(-1, 2)) for each in found
        ]

    def _unigram(self, ids: Sequence[int]) -> tuple[Any, dict[int, int]]:
        from tokenizers import models

        place = {id: i for i, id in enumerate(ids)}
        pairs = [(self._pieces.text(id), float(self._pieces.scores[id])) for id in ids]
        return models.Unigram(pairs, unk_id=place[self._pieces.unk], byte_fallback=False), place

    def _occurring(self, text: str) -> list[int]:
        """The ids of the pieces that are some run of characters of ``text``, ascending, and those always needed."""
        characters = _characters(text)
        hashed = np.zeros(len(characters), np.uint64)
        found = {*self._always}
        for length in range(1, min(self._longest, len(characters)) + 1):
            hashed = hashed[: len(characters) - length + 1] * _FACTOR + characters[length - 1 :]
            runs = np.sort(hashed)  # np.unique would hash what is hashed
            runs = runs[np.append(True, runs[1:] != runs[:-1])]
            at = np.minimum(np.searchsorted(self._hashes, runs), len(self._hashes) - 1)
            found.update(self._ids[at[self._hashes[at] == runs]].tolist())
        return sorted(found)


def piece_table(pieces: Pieces) -> Hashes:
    """What `PieceTokenizer` looks pieces up in, uint64 (2, n): the hashes of all pieces, ascending, and their ids.

    Raises:
        ValueError: two pieces have one hash.
    """
    characters = _characters("".join(pieces.texts))
    sizes = np.asarray([len(text) for text in pieces.texts])
    starts = np.cumsum(sizes) - sizes
    hashed = np.zeros(len(sizes), np.uint64)
    for place in range(sizes.max()):
        longer = sizes > place
        hashed[longer] = hashed[longer] * _FACTOR + characters[starts[longer] + place]
    order = np.argsort(hashed, kind="stable")
    table = np.stack([hashed[order], order.astype(np.uint64)])
    if (table[0, 1:] == table[0, :-1]).any():
        raise ValueError("two pieces of the tokenizer have one hash")
    return table


def longest(pieces: Pieces) -> int:
    """Characters of the longest piece: the bytes of its UTF-8 that go on with none before them."""
    begins = (np.frombuffer(pieces.blob, np.uint8) & 0xC0) != 0x80
    before = np.concatenate([[0], np.cumsum(begins, dtype=np.int32)])[pieces.offsets]
    return int(np.diff(before).max(initial=1))


def _characters(text: str) -> Hashes:
    """The code points of ``text``, each counted from 1: a hash of more characters is never that of fewer."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64) + np.uint64(1)


def frame(pieces: Pieces, model: Any, place: dict[int, int]) -> Any:
    """A tokenizer around ``model``, whose ids of the special pieces are ``place``."""
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(model)
    # The model was trained on text normalised so: NFKC that spares the full-width tilde, no control characters,
    # and one space for every run of white or zero-width ones. The file's own map, character by character, agrees.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\x01-\x08\x0b\x0e-\x1f\x7f\u008f\u009f]"), ""),
            normalizers.Replace("～", "\ue000"),
            normalizers.NFKC(),
            normalizers.Replace("\ue000", "～"),
            normalizers.Replace(Regex("[\\s\u200b-\u200f▁\ufeff\ufffd]+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = ((pieces.text(id), place[id]) for id in (pieces.bos, pieces.eos))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos[0]} $A {eos[0]}", pair=f"{bos[0]} $A {eos[0]} {eos[0]} $B {eos[0]}", special_tokens=[bos, eos]
    )
    return tokenizer
