"""What the conversation-aware ranker looks at: a turn, its neighbours, its window, its thread, its speaker.

All features are relative to the question's own search (standard scores, shares) or to conversation (lengths, roles),
so that they mean the same in every language and for every model. Knows no weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from panelbot.index.segment import WINDOWS
from panelbot.retrieve.first_stage import FirstStage, bm25
from panelbot.retrieve.turn_pool import Floats, TurnPool
from panelbot.types import ROLES

_MODERATOR = ROLES.index("moderator")
_DECAY = 0.6
_LEXICAL_REACHES = (1, 2, 4, 8)


def z_scores(values: Floats, among: NDArray[np.bool_]) -> Floats:
    """Standard scores of ``values`` (…, n) by mean and deviation over the turns ``among``; 0 where all are equal."""
    chosen = values.compress(among, axis=-1)
    if not chosen.shape[-1]:
        return np.zeros_like(values)
    deviation = chosen.std(axis=-1, keepdims=True)
    varies = deviation >= 1e-6
    scores = (values - chosen.mean(axis=-1, keepdims=True)) / np.where(varies, deviation, np.float32(1))
    return np.where(varies, scores, np.float32(0)).astype(np.float32)


def turn_features(pool: TurnPool, scored: FirstStage, named: NDArray[np.bool_]) -> dict[str, Floats]:
    """Every feature over the whole pool, float32 (n,) each; ``named`` marks turns of speakers the question names."""
    own = z_scores(np.stack([scored.cosine, scored.lexical]), pool.speaks)
    cosine, lexical = (inherit(pool, row) for row in own)
    meant = pool.spans.triangles(np.stack([cosine, scored.summed, scored.adapted]), (*WINDOWS, 4))
    said = pool.spans.triangles(np.concatenate([pool.n_words[None], scored.counts]), _LEXICAL_REACHES)
    words = np.log1p(pool.n_words)
    compared = _compared(
        pool,
        {
            "cosine_near": _near(pool, cosine),
            "cosine_wide": meant[10][0],
            "length_z": words,
            **{f"lexical_window{r}": bm25(said[r][1:], said[r][0], scored.idf) for r in _LEXICAL_REACHES},
            **_windows(pool, {r: meant[r][1] for r in WINDOWS}, "window"),
            **_windows(pool, {r: meant[r][2] for r in WINDOWS}, "adapted_window"),
        },
    )
    wide = compared.pop("cosine_wide")
    return {
        **_own(pool, scored, cosine, lexical),
        **compared,
        "cosine_window4": meant[4][0],
        "cosine_window10": meant[10][0],
        "cover_window": _share(scored.idf @ (pool.window_sum(scored.counts, 4) > 0), scored.idf),
        **_beside(pool, {"cosine": cosine, "lexical": lexical, "length": words}),
        "mix": compared["cosine_near"] + compared["lexical_window4"],
        "mix_wide": wide + compared["lexical_window8"],
        **_lengths(pool, words),
        **_thread(pool, cosine, lexical),
        **_speakers(pool, named),
    }


def _compared(pool: TurnPool, features: dict[str, Floats]) -> dict[str, Floats]:
    """The standard scores of ``features`` among the turns with content."""
    return dict(zip(features, z_scores(np.stack(list(features.values())), pool.speaks), strict=True))


def inherit(pool: TurnPool, scores: Floats) -> Floats:
    """``scores`` with those of a turn that only agrees raised to what it agrees with, less a little."""
    return np.maximum(scores, np.where(pool.agreed >= 0, pool.pointed(scores, pool.agreed) - 0.5, scores))


def _own(pool: TurnPool, scored: FirstStage, cosine: Floats, lexical: Floats) -> dict[str, Floats]:
    among = pool.speaks
    idf = scored.idf
    return {
        "cosine_z": cosine,
        "cosine_gap": (scored.cosine - scored.cosine[among].max()) * np.float32(10),
        "lexical_z": lexical,
        "lexical_share": scored.lexical / max(float(scored.lexical[among].max()), 1e-6),
        "cover": _share(idf @ (scored.counts > 0), idf),
        "has_lexical": np.full(pool.n, float((scored.lexical[among] > 0).any()), dtype=np.float32),
    }


def _share(mass: Floats, idf: Floats) -> Floats:
    return (mass / max(float(idf.sum()), 1e-6)).astype(np.float32)


def _near(pool: TurnPool, cosine: Floats) -> Floats:
    near = cosine.copy()
    for step in (1, 2):
        near += np.float32(_DECAY**step) * (pool.shifted(cosine, step) + pool.shifted(cosine, -step))
    return near


def _beside(pool: TurnPool, features: dict[str, Floats]) -> dict[str, Floats]:
    """The ``features`` of the turn before and of the turn behind."""
    return {f"{name}{by:+d}": pool.shifted(values, by) for name, values in features.items() for by in (-1, 1)}


def adapted_features(pool: TurnPool, adapted: Floats) -> dict[str, Floats]:
    """The windows of the adapted question (`retrieve.adapter`), from the products of each turn with it, summed."""
    return _compared(pool, _windows(pool, pool.spans.triangles(adapted, WINDOWS), "adapted_window"))


def _windows(pool: TurnPool, sums: dict[int, Floats], name: str) -> dict[str, Floats]:
    """The cosine of a question with the sum of the vectors around each turn.

    A window whose turns keep to one matter has a longer sum than one that wanders; dividing by it takes that off.
    """
    length = {reach: np.maximum(pool.window_norm(reach), np.float32(1e-6)) for reach in sums}
    return {f"{name}{reach}": (summed / length[reach]).astype(np.float32) for reach, summed in sums.items()}


def _lengths(pool: TurnPool, words: Floats) -> dict[str, Floats]:
    return {
        "length": words,
        "content": np.log1p(pool.n_content),
        "length_near": pool.window_sum(words, 2) / np.float32(5),
        "length_typical": np.full(pool.n, np.median(words[pool.speaks]), dtype=np.float32),
    }


def _thread(pool: TurnPool, cosine: Floats, lexical: Floats) -> dict[str, Floats]:
    distance = np.log1p(np.arange(pool.n) - pool.asked).astype(np.float32)
    return {
        "asked_cosine": pool.pointed(cosine, pool.asked),
        "asked_lexical": pool.pointed(lexical, pool.asked),
        "asked_distance": np.where(pool.asked >= 0, distance, np.float32(-1)),
        "question": pool.question.astype(np.float32),
    }


def _speakers(pool: TurnPool, named: NDArray[np.bool_]) -> dict[str, Floats]:
    marks = named.astype(np.float32)
    return {
        "named": marks,
        "named_near": pool.window_sum(marks, 2),
        "any_named": np.full(pool.n, float(named.any()), dtype=np.float32),
        "moderator": (pool.role == _MODERATOR).astype(np.float32),
        "voices": np.log1p(pool.n_speakers).astype(np.float32),
    }
