"""The weights of the reader that ships, to go on training from: the reverse of export.py.

    python training/reader/restore.py src/panelbot/rerank/reader.onnx START.pt
    python training/reader/train.py DATA RUN --from START.pt

Linear maps come back from their 8 bits: each number is within a 127th of its column's largest.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from export import PARTS, SHAPE
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor


def restored(model: onnx.ModelProto) -> dict[str, Tensor]:
    """The state of a `network.Joint`."""
    kept = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    state: dict[str, NDArray[np.float32]] = {"side": kept["sides"], "scale": np.stack([kept["times"], kept["shift"]])}
    for name in ("dense", "score"):
        state |= {f"{name}.weight": _map(kept, f"{name}.weight"), f"{name}.bias": kept[f"{name}.bias"]}
    for i in range(SHAPE.layers):
        for ours, theirs in {"q+l{}.k+l{}.v": "qkv", **PARTS}.items():
            at, to = f"l{i}.{ours.format(i, i)}", f"layers.{i}.{theirs}"
            if theirs.endswith("norm"):
                state |= {f"{to}.weight": kept[f"{at}.w"], f"{to}.bias": kept[f"{at}.b"]}
            else:
                state |= {f"{to}.weight": _map(kept, f"{at}.weight"), f"{to}.bias": kept[f"{at}.bias"]}
    return {name: torch.tensor(np.asarray(value, np.float32)) for name, value in state.items()}


def _map(kept: dict[str, NDArray], name: str) -> NDArray[np.float32]:
    """A linear map (outputs, inputs) from its 8 bits."""
    name += "_Transposed"
    rows = kept[f"{name}_quantized"].astype(np.float32) - kept[f"{name}_zero_point"].astype(np.float32)
    return (rows * kept[f"{name}_scale"]).T


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shipped", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    torch.save(restored(onnx.load(given.shipped)), given.out)
