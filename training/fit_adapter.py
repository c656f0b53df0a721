"""Fit the adapter of a question's vector to questions whose turns are known.

The form ``x . (q + (q - mean) A + b)`` over a question ``q`` and the unit vectors ``x`` of windows of turns is learned
by a softmax over the turns of the question's transcript: cross-entropy with the gold turns, half of it spread over the
span and half over the evidence. Of ``A`` the largest parts of its singular value decomposition are kept, in the whole
numbers of the file that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch
from formats import format_adapter
from numpy.typing import NDArray

from panelbot.retrieve.adapter import Adapter, parse_adapter
from panelbot.retrieve.turn_pool import TurnPool

MODEL = "multilingual-e5-small"
RANK = 64
REACH = 5  # turns either side of which the windows are
N_EPOCHS, N_BATCH = 30, 16
RATE, SCALE_RATE = 2e-4, 0.1
FIRST_SCALE = 12.0


class Asked(Protocol):
    """A question of one transcript."""

    @property
    def transcript_id(self) -> str: ...
    @property
    def query(self) -> NDArray[np.float32]: ...  # (dim,)
    @property
    def pool(self) -> TurnPool: ...
    @property
    def gold(self) -> dict[str, NDArray[np.bool_]]: ...  # by "gold" and "evidence"


def fit_adapter(cases: Sequence[tuple[Asked, float]]) -> Adapter:
    """The adapter for questions and their weights, rounded as the file is. Single-threaded, the same every time."""
    torch.set_num_threads(1)
    windows = {case.transcript_id: case.pool for case, _ in cases}
    turns = {id: torch.from_numpy(_windows(pool)) for id, pool in windows.items()}
    queries = torch.from_numpy(np.stack([case.query for case, _ in cases]))
    targets = [torch.from_numpy(_target(case)) for case, _ in cases]
    mean, dim = queries.mean(dim=0), queries.shape[1]
    form = [torch.zeros(dim, dim, requires_grad=True), torch.zeros(dim, requires_grad=True)]
    scale = torch.tensor(FIRST_SCALE, requires_grad=True)
    optimizer = torch.optim.AdamW(form, lr=RATE, weight_decay=0.0)
    of_scale = torch.optim.Adam([scale], lr=SCALE_RATE)
    n_steps = N_EPOCHS * -(-len(cases) // N_BATCH)
    decay = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / n_steps))
    order = np.random.default_rng(0)
    for _ in range(N_EPOCHS):
        shuffled = order.permutation(len(cases)).tolist()
        for start in range(0, len(shuffled), N_BATCH):
            loss = torch.zeros(())
            for i in shuffled[start : start + N_BATCH]:
                case, weight = cases[i]
                adapted = queries[i] + (queries[i] - mean) @ form[0] + form[1]
                chances = torch.log_softmax(scale * (turns[case.transcript_id] @ adapted), dim=0)
                loss = loss - weight * (targets[i] * chances).sum() / N_BATCH
            optimizer.zero_grad()
            of_scale.zero_grad()
            loss.backward()
            optimizer.step()
            of_scale.step()
            decay.step()
    return _rounded(mean.numpy(), form[0].detach().numpy(), form[1].detach().numpy())


def _windows(pool: TurnPool) -> NDArray[np.float32]:
    """Unit vectors of the windows, float32 (n_turns, dim)."""
    (segment,) = pool.segments
    sums = pool.spans.triangles(segment.turn_sums(segment.vectors).T, (REACH,))[REACH]
    return np.ascontiguousarray((sums / np.maximum(pool.window_norm(REACH), 1e-6)).T)


def _target(case: Asked) -> NDArray[np.float32]:
    """What share of the question each turn should have, float32 (n_turns,)."""
    marked = [flags & case.pool.speaks for flags in case.gold.values()]
    shares = np.sum([flags / max(int(flags.sum()), 1) for flags in marked], axis=0)
    return (shares / max(float(shares.sum()), 1e-9)).astype(np.float32)


def _rounded(mean: NDArray[np.float32], form: NDArray[np.float32], bias: NDArray[np.float32]) -> Adapter:
    left, sizes, right = np.linalg.svd(form)
    root = np.sqrt(sizes[:RANK])
    exact = Adapter(
        model=MODEL, mean=mean[None], bias=bias[None], down=(left[:, :RANK] * root).T, up=root[:, None] * right[:RANK]
    )
    return parse_adapter(format_adapter(exact))
