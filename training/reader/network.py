"""The reader's network: the built-in model's upper layers over a question and a passage joined, a score a sentence.

Both texts go through the built-in model's lower layers apart, as they were trained to, and meet in the upper ones
(Cao et al., DeFormer, 2020; MacAvaney et al., PreTTR, 2020). Does not know where weights or texts come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

N_LOWER = 8  # layers that read each text by itself; the rest read both at once
_FIRST_SCALE, _FIRST_SHIFT = 20.0, -18.0  # the model's cosines crowd below 1: scores about 0 to begin with


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text as the lower layers leave it, float32 (n_tokens, hidden), and the token spans of its sentences."""

    states: Tensor
    sentences: tuple[tuple[int, int], ...] = ()


class Layer(nn.Module):
    """One layer of BERT, post-norm."""

    def __init__(self, hidden: int, heads: int, feed_forward: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.out_norm = nn.LayerNorm(hidden, eps=epsilon)
        self.up = nn.Linear(hidden, feed_forward)
        self.down = nn.Linear(feed_forward, hidden)
        self.down_norm = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` (batch, n, hidden); ``mask`` (batch, 1, 1, n), True where there is a token."""
        batch, n, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, n, hidden)
        x = self.out_norm(x + self.out(seen))
        return self.down_norm(x + self.down(gelu(self.up(x))))


class Joint(nn.Module):
    """The upper layers and the head."""

    def __init__(self, n_layers: int, hidden: int = 384, heads: int = 12, feed_forward: int = 1536) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(hidden, heads, feed_forward, 1e-12) for _ in range(n_layers))
        self.side = nn.Parameter(torch.zeros(2, hidden))  # which of the two texts a token is of
        self.scale = nn.Parameter(torch.tensor([_FIRST_SCALE, _FIRST_SHIFT]))
        self.dense = nn.Linear(2 * hidden, hidden)
        self.score = nn.Linear(hidden, 1)
        nn.init.zeros_(self.score.weight)
        nn.init.zeros_(self.score.bias)

    def forward(self, questions: Sequence[Tensor], passages: Sequence[Read]) -> list[Tensor]:
        """A score for each sentence of each passage, read with the question beside it; 0 is as good as no answer."""
        joined = [
            torch.cat([q + self.side[0], p.states + self.side[1]]) for q, p in zip(questions, passages, strict=True)
        ]
        x = nn.utils.rnn.pad_sequence(joined, batch_first=True)
        lengths = torch.tensor([len(one) for one in joined])
        mask = (torch.arange(x.shape[1]) < lengths[:, None])[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        starts = [len(q) for q in questions]
        return [self._scores(one, start, p.sentences) for one, start, p in zip(x, starts, passages, strict=True)]

    def _scores(self, x: Tensor, start: int, sentences: Sequence[tuple[int, int]]) -> Tensor:
        asked = x[:start].mean(0)
        said = torch.stack([x[start + a : start + b].mean(0) for a, b in sentences])
        cosine = torch.cosine_similarity(said, asked[None], dim=-1)
        felt = torch.cat([said, said * asked], dim=-1)
        return self.scale[0] * cosine + self.scale[1] + self.score(gelu(self.dense(felt))).squeeze(-1)


def from_bert(state: Mapping[str, Tensor], n_lower: int, n_layers: int) -> Joint:
    """The network before training: layers ``n_lower`` … ``n_layers`` - 1 of the BERT weights ``state``."""
    joint = Joint(n_layers - n_lower)
    own: dict[str, Tensor] = {}
    for i in range(n_layers - n_lower):
        bert = f"encoder.layer.{n_lower + i}."
        for kind in ("weight", "bias"):
            parts = [state[f"{bert}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            own[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
            for ours, theirs in _PARTS.items():
                own[f"layers.{i}.{ours}.{kind}"] = state[f"{bert}{theirs}.{kind}"]
    joint.load_state_dict(own, strict=False)
    return joint


_PARTS = {
    "out": "attention.output.dense",
    "out_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "down_norm": "output.LayerNorm",
}
