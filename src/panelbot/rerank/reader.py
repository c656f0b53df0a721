"""The reader: the built-in model's upper layers, trained to read a question and a passage at once.

Both go through the lower layers apart, as they were trained to, and meet in the upper four (training/reader). Knows
token ids and states; not what is done with scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.graph import laid
from panelbot.embedding.light import Layers, LightModel, Rows, n_heads, open_session, packs
from panelbot.embedding.pieces import Encoding
from panelbot.rerank.base import Excerpt
from panelbot.text.fold import simplify

MAX_TOKENS, MAX_QUESTION = 256, 64  # as trained
UNREAD = -99.0  # of a sentence behind the last token that is read


class Reader:
    """Reads a question with some passages; safe to call from many threads.

    ``lower`` is the graph of the lower layers, ``upper`` what training/reader/export.py wrote, by path or bytes.
    """

    def __init__(self, model: LightModel, lower: Path, upper: str | bytes | None = None) -> None:
        self._model = model
        self._lower = Layers(lower)
        self._upper = open_session(upper or files("panelbot.rerank").joinpath("reader.onnx").read_bytes())
        self._heads = n_heads(self._upper)

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[float]]:
        """As `Reranker.read`: log-odds on a scale on which 0 is as good as no answer."""
        joined = [_joined(excerpt) for excerpt in excerpts]
        texts = [simplify(text) for text in ("query: " + question, *(text for text, _ in joined))]  # as trained
        asked, *said = self._model.tokenizer.encode(texts)
        asked = _cut(asked, MAX_QUESTION)
        read = [_cut(each, MAX_TOKENS) for each in said]
        first, *states = self._states([asked, *read])
        spans = [_token_spans(each.spans, places) for each, (_, places) in zip(read, joined, strict=True)]
        found: list[list[float]] = [[] for _ in excerpts]
        for pack in packs(range(len(read)), [len(first) + len(each.ids) for each in read]):
            scores = self._scores(first, [states[i] for i in pack], [spans[i] for i in pack])
            for i, row in zip(pack, scores, strict=True):
                found[i] = row
        return found

    def _states(self, encodings: Sequence[Encoding]) -> list[Rows]:
        sizes = [len(each.ids) for each in encodings]
        found: dict[int, Rows] = {}
        for pack in packs(sorted(range(len(sizes)), key=lambda i: -sizes[i]), sizes):
            made = self._lower.run([self._model.embedded(encodings[i].ids) for i in pack])
            found |= dict(zip(pack, made, strict=True))
        return [found[i] for i in range(len(sizes))]

    def _scores(
        self, asked: Rows, states: Sequence[Rows], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[float]]:
        """The scores of each passage's sentences, all passages in one pass."""
        sizes = [len(asked) + len(each) for each in states]
        n, m = sum(sizes), sum(map(len, spans))
        said, question = np.zeros((m, n), np.float32), np.zeros((m, n), np.float32)
        side = np.ones(n, np.int64)
        row = start = 0
        for places, size in zip(spans, sizes, strict=True):
            side[start : start + len(asked)] = 0
            for a, b in places:
                question[row, start : start + len(asked)] = 1 / len(asked)
                said[row, start + len(asked) + a : start + len(asked) + b] = 1 / max(b - a, 1)
                row += 1
            start += size
        feed = {
            "states": np.concatenate([x for each in states for x in (asked, each)]),
            **laid(sizes, self._heads),
            "side": side,
            "said": said,
            "asked": question,
        }
        (scores,) = self._upper.run(["scores"], feed)
        read = iter(np.asarray(scores).tolist())
        return [[score if b > a else UNREAD for (a, b), score in zip(places, read)] for places in spans]  # noqa: B905


def _joined(excerpt: Excerpt) -> tuple[str, list[tuple[int, int]]]:
    """A passage as it was read in training, and where its sentences lie in it."""
    whole, spans = "passage: " + excerpt.lead, list[tuple[int, int]]()
    for n, sentence in enumerate(excerpt.sentences):
        whole += "" if excerpt.wide or not (n or excerpt.lead) else " "
        spans.append((len(whole), len(whole) + len(sentence)))
        whole += sentence
    return whole, spans


def _cut(encoding: Encoding, most: int) -> Encoding:
    """Its first ``most`` tokens, the one that ends a text the last of them."""
    if len(encoding.ids) <= most:
        return encoding
    keep = np.append(np.arange(most - 1), len(encoding.ids) - 1)
    return Encoding(ids=encoding.ids[keep], spans=encoding.spans[keep])


def _token_spans(offsets: NDArray[np.int32], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The tokens (first, behind last) of each character span; the first and the last token are the model's own."""
    starts, ends = offsets[1:-1, 0], offsets[1:-1, 1]
    found: list[tuple[int, int]] = []
    for a, b in spans:
        at = np.flatnonzero((ends > a) & (starts < b)) + 1
        found.append((int(at[0]), int(at[-1]) + 1) if len(at) else (0, 0))
    return found
