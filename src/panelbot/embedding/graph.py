"""Layers of BERT as an ONNX graph: the built-in model's, in the 4-bit blocks they come in, or others' in float32.

Does not know texts, nor what the states mean.

The graph's inputs are ``states`` float32 (n, hidden), the tokens of some texts one behind the other, and ``text``
int64 (n,), which text each token is of: a token sees its own text's, so texts share a pass and nothing is padding.
The output ``tokens`` float32 (n, hidden) is what the last layer makes of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.weights import Blocks, Shape

OPSET = 20
_EXACT = 1  # MatMulNBits: weights are widened to float32 and multiplied so, nothing else is rounded
_HIDDEN = np.float32(-1e30)  # what a token of another text adds to a score before the softmax


class Weights(Protocol):
    """Where a graph's numbers come from; parts are named as in the built-in model's file: ``l3.ao.w``."""

    @property
    def shape(self) -> Shape: ...

    def vector(self, name: str) -> NDArray[np.float32]: ...

    def blocks(self, name: str, n_rows: int) -> Blocks | NDArray[np.float32]:
        """A matrix (rows, columns), as blocks or as plain numbers; those of one layer alike."""
        ...


def write_layers(weights: Weights, layers: Sequence[int], path: Path, *, embedded: bool = True) -> None:
    """Write a graph of ``layers`` to ``path``; ``embedded`` where its input are embeddings not normalised yet."""
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    mask = graph.mask()
    states = graph.norm("states", "emb.ln") if embedded else "states"
    for layer in layers:
        states = graph.layer(states, mask, f"l{layer}")
    graph.add("Identity", [states], "tokens")
    hidden = weights.shape.hidden
    value = helper.make_tensor_value_info
    made = helper.make_graph(
        graph.nodes,
        "layers",
        [value("states", TensorProto.FLOAT, ["n", hidden]), value("text", TensorProto.INT64, ["n"])],
        [value("tokens", TensorProto.FLOAT, ["n", hidden])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    onnx.save(helper.make_model(made, opset_imports=opsets, ir_version=10), path)


class _Graph:
    """Nodes and constants as they are put together; each method gives the name of what it computes."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        shape = weights.shape
        size = shape.hidden // shape.heads
        self._scale = self._constant("scale", np.float32(1 / np.sqrt(size)))
        self._apart = self._constant("apart", np.asarray([-1, 3 * shape.heads, size]))
        self._together = self._constant("together", np.asarray([-1, shape.hidden]))
        self._thirds = self._constant("thirds", np.full(3, shape.heads))

    def add(self, kind: str, inputs: Sequence[str], *outputs: str, **attributes: Any) -> str:
        """A node; the name of its first output."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, list(inputs), list(outputs), **attributes))
        return outputs[0]

    def mask(self) -> str:
        """What is added to each token's score for each other: float32 (n, n)."""
        rows = self.add("Unsqueeze", ["text", self._constant("second", np.asarray([1]))], "rows")
        columns = self.add("Unsqueeze", ["text", self._constant("first", np.asarray([0]))], "columns")
        same = self.add("Equal", [rows, columns], "same")
        seen, hidden = self._constant("seen", np.float32(0)), self._constant("hidden", _HIDDEN)
        return self.add("Where", [same, seen, hidden], "mask")

    def layer(self, states: str, mask: str, name: str) -> str:
        """One layer, normalised behind each half (post-norm)."""
        seen = self._attention(states, mask, name)
        attended = self.add("Add", [self._linear(seen, [f"{name}.ao"]), states], f"{name}.attended")
        middle = self.norm(attended, f"{name}.aln")
        wide = self.add("Gelu", [self._linear(middle, [f"{name}.fi"])], f"{name}.wide")
        fed = self.add("Add", [self._linear(wide, [f"{name}.fo"]), middle], f"{name}.fed")
        return self.norm(fed, f"{name}.oln")

    def norm(self, states: str, name: str) -> str:
        """Layer normalisation."""
        parts = [self._constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in "wb"]
        epsilon = self._weights.shape.epsilon
        return self.add("LayerNormalization", [states, *parts], f"{name}.out", axis=-1, epsilon=epsilon)

    def _attention(self, states: str, mask: str, name: str) -> str:
        joined = self._linear(states, [f"{name}.{part}" for part in "qkv"])
        heads = self.add("Reshape", [joined, self._apart], f"{name}.heads")
        first = self.add("Transpose", [heads], f"{name}.first", perm=[1, 0, 2])
        query, key, value = (f"{name}.{part}.heads" for part in "qkv")
        self.add("Split", [first, self._thirds], query, key, value, axis=0)
        turned = self.add("Transpose", [key], f"{name}.turned", perm=[0, 2, 1])
        scores = self.add("MatMul", [self.add("Mul", [query, self._scale], f"{name}.scaled"), turned], f"{name}.scores")
        shares = self.add("Softmax", [self.add("Add", [scores, mask], f"{name}.masked")], f"{name}.shares", axis=-1)
        mixed = self.add("MatMul", [shares, value], f"{name}.mixed")
        last = self.add("Transpose", [mixed], f"{name}.last", perm=[1, 0, 2])
        return self.add("Reshape", [last, self._together], f"{name}.seen")

    def _linear(self, states: str, names: Sequence[str]) -> str:
        """Linear maps of the same input, one below the other in one matrix."""
        biases = [self._weights.vector(f"{name}.b") for name in names]
        parts = [self._weights.blocks(f"{name}.w", len(bias)) for name, bias in zip(names, biases, strict=True)]
        name, bias = "+".join(names), np.concatenate(biases)
        blocks = [part for part in parts if isinstance(part, Blocks)]
        if len(blocks) == len(parts):
            return self._by_blocks(states, name, blocks, bias)
        plain = np.concatenate([part for part in parts if not isinstance(part, Blocks)])
        inputs = [states, self._constant(f"{name}.weight", plain), self._constant(f"{name}.bias", bias)]
        return self.add("Gemm", inputs, f"{name}.out", transB=1)

    def _by_blocks(self, states: str, name: str, parts: Sequence[Blocks], bias: NDArray[np.float32]) -> str:
        scale, nibbles = (np.concatenate(each) for each in zip(*((p.scale, p.nibbles) for p in parts), strict=True))
        n_rows, n_blocks, block = nibbles.shape
        inputs = [
            states,
            self._constant(f"{name}.nibbles", nibbles[..., ::2] | (nibbles[..., 1::2] << 4)),
            self._constant(f"{name}.scale", scale.astype(np.float32)),
            "",  # the zero points: 8 where none are given
            "",  # the order of the columns
            self._constant(f"{name}.bias", bias),
        ]
        sizes = {"N": n_rows, "K": n_blocks * block, "bits": 4, "block_size": block, "accuracy_level": _EXACT}
        return self.add("MatMulNBits", inputs, f"{name}.out", domain="com.microsoft", **sizes)

    def _constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values).reshape(np.shape(values)), name))
        return name
