"""The built-in model on ONNX Runtime: no torch, its table of words read from the wheel row by row as they come up.

Vectors are those of the sentence-transformers folder up to rounding in float32. Knows no cache and no settings.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.graph import laid, write_layers, write_rounded
from panelbot.embedding.pieces import Encoding, PieceTokenizer, piece_table
from panelbot.embedding.tokens import Tokens
from panelbot.embedding.weights import WeightsFile
from panelbot.types import Progress, no_progress

LIGHT_FORMAT = 3  # raise it when what `write_light` makes changes: older folders are then made again
LAYERS, LOWER, PIECES = "layers.onnx", "lower.onnx", "pieces.npy"
N_LOWER = 8  # layers by which the reader reads each text by itself (training/reader)
# Where one channel is so large that 8 bits for it leave the others little: with these in float32 the states' cosine to
# the exact ones is .99 and not .98, in the same time.
LARGE = ("l4.fo", "l5.fo")
PACK = 256  # tokens in one pass: with twice as many a thread has more to wait for at the end, and gains a hundredth
_CHUNK = 256  # texts between two progress reports
MANY = 64  # texts from which on each thread has passes of its own, by a graph opened for that: 30 MB

Rows = NDArray[np.float32]
_Begun = list[tuple[list[int], Future[Rows]]]  # texts, and what their pass comes to


def write_light(weights: WeightsFile, folder: Path) -> None:
    """Write what the light runtime needs beside the weights file into the empty ``folder``."""
    write_layers(weights, range(weights.shape.layers), folder / LAYERS)
    write_rounded(weights, range(N_LOWER), folder / LOWER, exact=LARGE)
    np.save(folder / PIECES, piece_table(weights.pieces), allow_pickle=False)


def open_session(model: str | bytes, threads: int | None = None) -> Any:
    """A graph, by its path or its bytes, in ONNX Runtime; safe to call from many threads.

    ``threads`` share a pass, as many as `n_threads` by default.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or n_threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # A thread that waits for work would otherwise burn a processor while it does.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def n_heads(session: Any) -> int:
    """How many heads the layers of an opened graph have."""
    return next(each.shape[1] for each in session.get_inputs() if each.name == "place")


class Layers:
    """A graph that `write_layers` wrote, loaded; ``threads`` as in `open_session`."""

    def __init__(self, path: Path, threads: int | None = None) -> None:
        self._session = open_session(str(path), threads)
        self._heads = n_heads(self._session)

    def run(self, texts: Sequence[Rows]) -> list[Rows]:
        """The states (n_tokens, hidden) of some texts behind the last layer, in one pass."""
        sizes = [len(states) for states in texts]
        feed = {"states": np.concatenate(texts), **laid(sizes, self._heads)}
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
        self._path = folder / LAYERS
        self.layers = Layers(self._path)
        self.dim = shape.hidden

    def embedded(self, ids: NDArray[np.int64]) -> Rows:
        """What goes into the first layer for a text's token ids: float32 (n, hidden)."""
        rows = self._weights.blocks("emb.word", self._weights.shape.vocabulary, ids).values()
        rows += self._positions[: len(ids)]
        return rows

    def states(self, encodings: Sequence[Encoding]) -> Iterator[tuple[int, Rows]]:
        """Each encoding's place and the states of its tokens (n, hidden), the longest first."""
        for pack in _packs_of(encodings):
            yield from zip(pack, self.layers.run([self.embedded(encodings[i].ids) for i in pack]), strict=True)

    def means(self, lots: Iterable[Sequence[Encoding]]) -> Iterator[Rows]:
        """For each lot of texts the means of their tokens' states, float32 (n, hidden).

        Every thread has passes of its own: two at one pass wait for each other at each of its maps. The next lot is cut
        into tokens meanwhile.
        """
        _ = self._alone  # opened once, here
        threads = ThreadPoolExecutor(n_threads())
        begun: deque[_Begun] = deque()
        try:
            for lot in lots:
                begun.append([(p, threads.submit(self._means, [lot[i] for i in p])) for p in _packs_of(lot)])
                if len(begun) > 1:
                    yield _ended(begun.popleft())
            yield from map(_ended, begun)
        finally:  # whoever interrupts does not wait for what has not begun
            threads.shutdown(wait=False, cancel_futures=True)

    def _means(self, encodings: Sequence[Encoding]) -> Rows:
        return np.stack([states.mean(axis=0) for states in self._alone.run([self.embedded(e.ids) for e in encodings])])

    @cached_property
    def _alone(self) -> Layers:
        """The layers for one thread a pass."""
        return Layers(self._path, threads=1)


def _packs_of(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """The texts in passes, the longest first."""
    sizes = [len(encoding.ids) for encoding in encodings]
    return packs(sorted(range(len(sizes)), key=lambda i: -sizes[i]), sizes)


def _ended(begun: _Begun) -> Rows:
    """What comes of a lot's passes, in the order of its texts."""
    order = np.concatenate([pack for pack, _ in begun])
    return np.concatenate([rows.result() for _, rows in begun])[np.argsort(order)]


@lru_cache(maxsize=1)
def open_light(weights: Path, folder: Path) -> LightModel:
    """The built-in model of this process, opened once: the embedder and the reader share it."""
    return LightModel(WeightsFile(weights), folder)


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
        chunks = [order[start : start + _CHUNK] for start in range(0, len(order), _CHUNK)]
        lots = ([texts[i] for i in chunk] for chunk in chunks)
        done = 0
        progress("embedding", done, len(texts))
        for chunk, means in zip(chunks, self._passages(lots, len(texts)), strict=True):
            rows[chunk] = means
            done += len(chunk)
            progress("embedding", done, len(texts))
        return rows

    def _passages(self, lots: Iterable[Sequence[str]], n: int) -> Iterator[Rows]:
        if n < MANY or n_threads() == 1:
            return (self._encode(lot, query=False) for lot in lots)
        return map(_unit, self._model.means(self._encodings(lot, query=False) for lot in lots))

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
        """The tokens of each text by the model's last layer, with the text's own vector from the same pass."""
        prompt = self._prompts[query]
        encodings = self._encodings(texts, query=query)
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
        for i, states in self._model.states(self._encodings(texts, query=query)):
            rows[i] = states.mean(axis=0)
        return _unit(rows)

    def _encodings(self, texts: Sequence[str], *, query: bool) -> list[Encoding]:
        return self._model.tokenizer.encode([self._prompts[query] + text for text in texts])


def packs(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
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
