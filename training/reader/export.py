"""Write a trained reader as the graph that ships: upper layers and head, linear maps in 8 bits.

    python training/reader/export.py RUN/mean-0{06,08,10,12,14}000.pt src/panelbot/rerank/reader.onnx [--exact]

Of several checkpoints the mean of their weights is written (Izmailov et al., averaging weights, 2018): one alone is as
good as the last questions it saw. Inputs are those of `panelbot.rerank.reader`, which runs it. ``--exact`` leaves the
weights in float32, to compare.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto
from torch import Tensor

from panelbot.embedding.graph import Graph, rounded
from panelbot.embedding.weights import Shape

LEAST = 1e-8  # of two norms, as torch.cosine_similarity has it
SHAPE = Shape(
    hidden=384, layers=4, heads=12, feed_forward=1536, vocabulary=0, positions=512, types=2, epsilon=1e-12, block=32
)
PARTS = {"ao": "out", "aln": "out_norm", "fi": "up", "fo": "down", "oln": "down_norm"}
THIRDS = "qkv"


class Trained:
    """The weights of a `network.Joint`, under the names that `Graph` asks for."""

    shape = SHAPE

    def __init__(self, state: Mapping[str, Tensor]) -> None:
        self._state = {name: value.numpy() for name, value in state.items()}

    def vector(self, name: str) -> NDArray[np.float32]:
        """A bias or a norm, flat."""
        return self._of(name)

    def blocks(self, name: str, n_rows: int) -> NDArray[np.float32]:
        """A matrix (n_rows, columns)."""
        return self._of(name).reshape(n_rows, -1)

    def own(self, name: str) -> NDArray[np.float32]:
        """A part of the head, under its own name."""
        return self._state[name]

    def _of(self, name: str) -> NDArray[np.float32]:
        layer, part, kind = name.split(".")
        end = "weight" if kind == "w" else "bias"
        if part in THIRDS:
            return np.split(self._state[f"layers.{layer[1:]}.qkv.{end}"], 3)[THIRDS.index(part)]
        return self._state[f"layers.{layer[1:]}.{PARTS[part]}.{end}"]


def mean(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of some checkpoints of one run."""
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def reader(state: Mapping[str, Tensor]) -> onnx.ModelProto:
    """The graph in float32."""
    weights = Trained(state)
    graph = Graph(weights)
    add, constant = graph.add, graph.constant
    side = graph.input("side", TensorProto.INT64, ["n"])
    said = graph.input("said", TensorProto.FLOAT, ["sentences", "n"])
    asked = graph.input("asked", TensorProto.FLOAT, ["sentences", "n"])
    which = add("Gather", [constant("sides", weights.own("side")), side], "which")
    tokens = graph.run(add("Add", ["states", which], "told"), range(SHAPE.layers))
    one, other = add("MatMul", [said, tokens], "one"), add("MatMul", [asked, tokens], "other")
    both = add("Mul", [one, other], "both")
    last = constant("last", np.asarray([-1]))
    norms = [add("ReduceL2", [x, last], f"{x}.norm", keepdims=0) for x in (one, other)]
    size = add("Max", [add("Mul", norms, "norms"), constant("least", np.float32(LEAST))], "size")
    cosine = add("Div", [add("ReduceSum", [both, last], "product", keepdims=0), size], "cosine")
    felt = add("Concat", [one, both], "felt", axis=1)
    for name in ("dense", "score"):
        linear = [felt, *(constant(f"{name}.{kind}", weights.own(f"{name}.{kind}")) for kind in ("weight", "bias"))]
        felt = add("Gemm", linear, f"{name}.linear", transB=1)
        felt = add("Gelu", [felt], f"{name}.out") if name == "dense" else felt
    scale, shift = weights.own("scale")
    scaled = add("Add", [add("Mul", [cosine, constant("times", scale)], "scaled"), constant("shift", shift)], "shifted")
    add("Add", [scaled, add("Squeeze", [felt, last], "learned")], "scores")
    return graph.model(scores=["sentences"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--exact", action="store_true")
    given = parser.parse_args()
    model = reader(mean([torch.load(path, weights_only=True) for path in given.checkpoints]))
    onnx.save(model if given.exact else rounded(model), given.out)
