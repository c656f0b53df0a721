"""Layers of BERT as an ONNX graph: the built-in model's, in the 4-bit blocks they come in, or others' in float32.

Does not know texts, nor what the states mean.

The graph's inputs are ``states`` float32 (n, hidden), the tokens of some texts one behind the other, and what `laid`
makes of the texts' sizes. A token sees its own text's: for that alone texts are padded to one length, each head's rows
being picked for it, so texts share a pass and linear maps see no padding. The output ``tokens`` float32 (n, hidden) is
what the last layer makes of them.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.weights import Blocks, Shape

OPSET = 20
_EXACT = 1  # MatMulNBits: weights are widened to float32 and multiplied so, nothing else is rounded
_HIDDEN = np.float32(-1e30)  # what is added to the score of padding before the softmax


class Weights(Protocol):
    """Where a graph's numbers come from; parts are named as in the built-in model's file: ``l3.ao.w``."""

    @property
    def shape(self) -> Shape:
        """The sizes of the model."""
        ...

    def vector(self, name: str) -> NDArray[np.float32]:
        """A part that is a vector."""
        ...

    def blocks(self, name: str, n_rows: int) -> Blocks | NDArray[np.float32]:
        """A matrix (rows, columns), as blocks or as plain numbers; those of one layer alike."""
        ...


def laid(sizes: Sequence[int], heads: int) -> dict[str, NDArray[Any]]:
    """The graph's inputs beside the states, for texts of so many tokens, at least one each, ``longest`` at most.

    ``place`` int64 (texts, heads, longest) are the rows of each head's queries when what one token has of queries, keys
    and values is parted by heads; ``mask`` float32 (texts, 1, 1, longest) hides padding; ``back`` int64 (n, heads) are
    the rows of each token's heads when those of ``place`` lie one behind the other.
    """
    lengths = np.asarray(sizes, np.int64)
    at, head = np.arange(lengths.max()), np.arange(heads)
    inside = at < lengths[:, None]
    token = (lengths.cumsum() - lengths)[:, None] + np.minimum(at, lengths[:, None] - 1)  # padding: the last one again
    text, within = np.nonzero(inside)
    return {
        "place": token[:, None] * (3 * heads) + head[:, None],
        "mask": np.where(inside, np.float32(0), _HIDDEN)[:, None, None],
        "back": (text[:, None] * heads + head) * len(at) + within[:, None],
    }


def write_layers(weights: Weights, layers: Sequence[int], path: Path, *, embedded: bool = True) -> None:
    """Write a graph of ``layers`` to ``path``; ``embedded`` where its input are embeddings not normalised yet."""
    import onnx

    onnx.save(_layers(weights, layers, embedded=embedded), path)


def write_rounded(weights: Weights, layers: Sequence[int], path: Path, *, exact: Sequence[str] = ()) -> None:
    """As `write_layers`, by `rounded`."""
    import onnx

    onnx.save(rounded(_layers(Plain(weights), layers, embedded=True), exact), path)


def rounded(model: Any, exact: Sequence[str] = ()) -> Any:
    """The graph with its linear maps in 8 bits, weights a column and inputs a pass, but for the maps ``exact``.

    Of the weights' eight bits seven are used: processors without VNNI add products of all eight with saturation.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    kept = [f"{name}.out{step}" for name in exact for step in ("", "_MatMul")]  # its own name and that of its product
    with tempfile.TemporaryDirectory() as folder, _quiet():
        path = Path(folder) / "rounded.onnx"
        quantize_dynamic(
            model,
            path,
            ["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=kept,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # FusedMatMul tells nobody what it gives
        )
        return onnx.load(path)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the advice to prepare the graph first, which shapes of any length do not let."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(before)


def _layers(weights: Weights, layers: Sequence[int], *, embedded: bool) -> Any:
    graph = Graph(weights)
    states = graph.run(graph.norm("states", "emb.ln") if embedded else "states", layers)
    graph.add("Identity", [states], "tokens")
    return graph.model(tokens=["n", weights.shape.hidden])


class Plain:
    """Weights with their matrices as plain numbers."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.shape, self.vector = weights.shape, weights.vector

    def blocks(self, name: str, n_rows: int) -> NDArray[np.float32]:
        """As `Weights.blocks`."""
        found = self._weights.blocks(name, n_rows)
        return found.values() if isinstance(found, Blocks) else found


class Graph:
    """Nodes and constants as they are put together; each method gives the name of what it computes."""

    def __init__(self, weights: Weights) -> None:
        from onnx import TensorProto

        self._weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        shape = weights.shape
        size = shape.hidden // shape.heads
        self._inputs: list[tuple[str, int, list[Any]]] = [
            ("states", TensorProto.FLOAT, ["n", shape.hidden]),
            ("place", TensorProto.INT64, ["texts", shape.heads, "longest"]),
            ("mask", TensorProto.FLOAT, ["texts", 1, 1, "longest"]),
            ("back", TensorProto.INT64, ["n", shape.heads]),
        ]
        self._scale = float(1 / np.sqrt(size))
        self._apart = self.constant("apart", np.asarray([-1, size]))
        self._together = self.constant("together", np.asarray([-1, shape.hidden]))

    def model(self, **outputs: list[Any]) -> Any:
        """The model with these outputs, float32 of these shapes."""
        from onnx import TensorProto, helper

        value = helper.make_tensor_value_info
        told = [value(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()]
        made = helper.make_graph(self.nodes, "layers", [value(*each) for each in self._inputs], told, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(made, opset_imports=opsets, ir_version=10)

    def input(self, name: str, kind: int, shape: list[Any]) -> str:
        """An input more, of a type of `onnx.TensorProto`."""
        self._inputs.append((name, kind, shape))
        return name

    def run(self, states: str, layers: Sequence[int]) -> str:
        """What the layers make of the states."""
        heads = self._weights.shape.heads
        places = ["place"]
        for i, part in enumerate(("keys", "values"), start=1):
            further = self.constant(f"to.{part}", np.int64(i * heads))
            places.append(self.add("Add", ["place", further], f"place.{part}"))
        for layer in layers:
            states = self._layer(states, places, f"l{layer}")
        return states

    def add(self, kind: str, inputs: Sequence[str], *outputs: str, **attributes: Any) -> str:
        """A node; the name of its first output."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, list(inputs), list(outputs), outputs[0], **attributes))
        return outputs[0]

    def _layer(self, states: str, places: Sequence[str], name: str) -> str:
        """One layer, normalised behind each half (post-norm)."""
        seen = self._attention(states, places, name)
        attended = self.add("Add", [self._linear(seen, [f"{name}.ao"]), states], f"{name}.attended")
        middle = self.norm(attended, f"{name}.aln")
        wide = self.add("Gelu", [self._linear(middle, [f"{name}.fi"])], f"{name}.wide")
        fed = self.add("Add", [self._linear(wide, [f"{name}.fo"]), middle], f"{name}.fed")
        return self.norm(fed, f"{name}.oln")

    def norm(self, states: str, name: str) -> str:
        """Layer normalisation."""
        parts = [self.constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in "wb"]
        epsilon = self._weights.shape.epsilon
        return self.add("LayerNormalization", [states, *parts], f"{name}.out", axis=-1, epsilon=epsilon)

    def _attention(self, states: str, places: Sequence[str], name: str) -> str:
        joined = self._linear(states, [f"{name}.{part}" for part in "qkv"])
        rows = self.add("Reshape", [joined, self._apart], f"{name}.rows")
        query, key, value = (
            self.add("Gather", [rows, at], f"{name}.{part}.heads") for part, at in zip("qkv", places, strict=True)
        )
        how: dict[str, Any] = {"domain": "com.microsoft", "transB": 1, "alpha": self._scale}
        scores = self.add("FusedMatMul", [query, key], f"{name}.scores", **how)
        shares = self.add("Softmax", [self.add("Add", [scores, "mask"], f"{name}.masked")], f"{name}.shares", axis=-1)
        mixed = self.add("MatMul", [shares, value], f"{name}.mixed")
        last = self.add("Gather", [self.add("Reshape", [mixed, self._apart], f"{name}.flat"), "back"], f"{name}.last")
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
        inputs = [states, self.constant(f"{name}.weight", plain), self.constant(f"{name}.bias", bias)]
        return self.add("Gemm", inputs, f"{name}.out", transB=1)

    def _by_blocks(self, states: str, name: str, parts: Sequence[Blocks], bias: NDArray[np.float32]) -> str:
        scale, nibbles = (np.concatenate(each) for each in zip(*((p.scale, p.nibbles) for p in parts), strict=True))
        n_rows, n_blocks, block = nibbles.shape
        inputs = [
            states,
            self.constant(f"{name}.nibbles", nibbles[..., ::2] | (nibbles[..., 1::2] << 4)),
            self.constant(f"{name}.scale", scale.astype(np.float32)),
            "",  # the zero points: 8 where none are given
            "",  # the order of the columns
            self.constant(f"{name}.bias", bias),
        ]
        sizes = {"N": n_rows, "K": n_blocks * block, "bits": 4, "block_size": block, "accuracy_level": _EXACT}
        return self.add("MatMulNBits", inputs, f"{name}.out", domain="com.microsoft", **sizes)

    def constant(self, name: str, values: Any) -> str:
        """Numbers of the graph's own."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values).reshape(np.shape(values)), name))
        return name
