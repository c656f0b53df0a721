"""The built-in model on ONNX Runtime: no torch, its table of words read from the wheel row by row as they come up.

Vectors are those of the sentence-transformers folder up to rounding in float32. Knows no cache and no settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.graph import write_layers
from panelbot.embedding.pieces import Encoding, PieceTokenizer, piece_table
from panelbot.embedding.tokens import Tokens
from panelbot.embedding.weights import WeightsFile
from panelbot.types import Progress, no_progress

LIGHT_FORMAT = 1  # raise it when what `write_light` makes changes: older folders are then made again
LAYERS, PIECES = "layers.onnx", "pieces.npy"
PACK = 256  # tokens in one pass: more would spend the time on looking past each other's texts
_CHUNK = 256  # texts between two progress reports

Rows = NDArray[np.float32]


def write_light(weights: WeightsFile, folder: Path) -> None:
    """Write what the light runtime needs beside the weights file into the empty ``folder``."""
    write_layers(weights, range(weights.shape.layers), folder / LAYERS)
    np.save(folder / PIECES, piece_table(weights.pieces), allow_pickle=False)


class Layers:
    """A graph that `write_layers` wrote, loaded; safe to call from many threads."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads()
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # A thread that waits for work would otherwise burn a processor while it does.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, texts: Sequence[Rows]) -> list[Rows]:
        """The states (n_tokens, hidden) of some texts behind the last layer, in one pass."""
        sizes = [len(states) for states in texts]
        feed = {"states": np.concatenate(texts), "text": np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)}
        (tokens,) = self._session.run(["tokens"], feed)
        return np.split(np.asarray(tokens), np.cumsum(sizes)[:-1])


class LightModel:
    """Texts to the states of their tokens, by the layers in ``folder`` over the word table of ``weights``."""

    def __init__(self, weights: WeightsFile, folder: Path) -> None:
        shape = weights.shape
        self._weights = weights
        table = np.load(folder / PIECES, mmap_mode="r", allow_pickle=False)
        self.tokenizer = PieceTokenizer(weights.pieces, table, max_tokens=shape.positions)
        self._positions = (
            weights.vector("emb.pos").reshape(-1, shape.hidden) + weights.vector("emb.type")[: shape.hidden]
        )
        self.layers = Layers(folder / LAYERS)
        self.dim = shape.hidden

    def embedded(self, ids: NDArray[np.int64]) -> Rows:
        """What goes into the first layer for a text's token ids: float32 (n, hidden)."""
        rows = self._weights.blocks("emb.word", self._weights.shape.vocabulary, ids).values()
        rows += self._positions[: len(ids)]
        return rows

    def states(self, encodings: Sequence[Encoding]) -> Iterator[tuple[int, Rows]]:
        """Each encoding's place and the states of its tokens (n, hidden), the longest first."""
        order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids))
        for pack in _packs(order, [len(encoding.ids) for encoding in encodings]):
            yield from zip(pack, self.layers.run([self.embedded(encodings[i].ids) for i in pack]), strict=True)


class LightEmbedder:
    """The embedder over a `LightModel` with its prompts."""

    gives_tokens = True

    def __init__(self, model: LightModel, *, name: str, query_prompt: str, passage_prompt: str) -> None:
        self._model = model
        self._prompts = {True: query_prompt, False: passage_prompt}
        self.dim = model.dim
        self.name = name

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """Questions as float32 (n, dim), rows of unit length."""
        return self._encode(texts, query=True)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> Rows:
        """Passages as float32 (n, dim), rows of unit length."""
        rows = np.empty((len(texts), self.dim), np.float32)
        # Texts of like length lie in one chunk, the longest first: the time left is then overstated, not understated.
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), texts[i]))
        for start in range(0, len(order), _CHUNK):
            progress("embedding", start, len(texts))
            chunk = order[start : start + _CHUNK]
            rows[chunk] = self._encode([texts[i] for i in chunk], query=False)
        progress("embedding", len(texts), len(texts))
        return rows

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
        """The tokens of each text by the model's last layer, with the text's own vector from the same pass."""
        prompt = self._prompts[query]
        encodings = self._model.tokenizer.encode([prompt + text for text in texts])
        found: dict[int, Tokens] = {}
        for i, states in self._model.states(encodings):
            spans = encodings[i].spans
            behind = spans[:, 1] > len(prompt)
            found[i] = Tokens(
                spans=np.maximum(spans[behind] - len(prompt), 0),
                rows=_unit(states)[behind],
                whole=_unit(states.mean(axis=0)),
            )
        return tuple(found[i] for i in range(len(texts)))

    def _encode(self, texts: Sequence[str], *, query: bool) -> Rows:
        rows = np.empty((len(texts), self.dim), np.float32)
        for i, states in self._model.states(self._model.tokenizer.encode([self._prompts[query] + t for t in texts])):
            rows[i] = states.mean(axis=0)
        return _unit(rows)


def _packs(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """The texts of ``order`` in runs of at most `PACK` tokens together; a longer text is a run of its own."""
    pack: list[int] = []
    n = 0
    for i in order:
        if pack and n + sizes[i] > PACK:
            yield pack
            pack, n = [], 0
        pack.append(i)
        n += sizes[i]
    if pack:
        yield pack


def _unit(rows: Rows) -> Rows:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)


def n_threads() -> int:
    """As many threads as ``OMP_NUM_THREADS`` says, else as processors this process may use."""
    given = os.environ.get("OMP_NUM_THREADS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
