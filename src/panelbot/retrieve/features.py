"""What the conversation-aware ranker looks at: a turn, its neighbours, its window, its thread, its speaker.

All features are relative to the question's own search (standard scores, shares) or to conversation (lengths, roles),
so that they mean the same in every language and for every model. Knows no weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from panelbot.index.segment import WINDOWS
from panelbot.retrieve.field import Field, Floats
from panelbot.retrieve.legs import Legs, bm25
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


def turn_features(field: Field, legs: Legs, named: NDArray[np.bool_]) -> dict[str, Floats]:
    """Every feature over the whole field, float32 (n,) each; ``named`` marks turns of speakers the question names."""
    own = z_scores(np.stack([legs.cosine, legs.lexical]), field.speaks)
    cosine, lexical = (inherit(field, row) for row in own)
    meant = field.spans.triangles(np.stack([cosine, legs.summed, legs.adapted]), (*WINDOWS, 4))
    said = field.spans.triangles(np.concatenate([field.n_words[None], legs.counts]), _LEXICAL_REACHES)
    words = np.log1p(field.n_words)
    compared = _compared(
        field,
        {
            "cosine_near": _near(field, cosine),
            "cosine_wide": meant[10][0],
            "length_z": words,
            **{f"lexical_window{r}": bm25(said[r][1:], said[r][0], legs.idf) for r in _LEXICAL_REACHES},
            **_windows(field, {r: meant[r][1] for r in WINDOWS}, "window"),
            **_windows(field, {r: meant[r][2] for r in WINDOWS}, "adapted_window"),
        },
    )
    wide = compared.pop("cosine_wide")
    return {
        **_own(field, legs, cosine, lexical),
        **compared,
        "cosine_window4": meant[4][0],
        "cosine_window10": meant[10][0],
        "cover_window": _share(legs.idf @ (field.window_sum(legs.counts, 4) > 0), legs.idf),
        **_beside(field, {"cosine": cosine, "lexical": lexical, "length": words}),
        "mix": compared["cosine_near"] + compared["lexical_window4"],
        "mix_wide": wide + compared["lexical_window8"],
        **_lengths(field, words),
        **_thread(field, cosine, lexical),
        **_speakers(field, named),
    }


def _compared(field: Field, features: dict[str, Floats]) -> dict[str, Floats]:
    """The standard scores of ``features`` among the turns that say something."""
    return dict(zip(features, z_scores(np.stack(list(features.values())), field.speaks), strict=True))


def inherit(field: Field, scores: Floats) -> Floats:
    """``scores`` with those of a turn that only agrees raised to what it agrees with, less a little."""
    return np.maximum(scores, np.where(field.agreed >= 0, field.pointed(scores, field.agreed) - 0.5, scores))


def _own(field: Field, legs: Legs, cosine: Floats, lexical: Floats) -> dict[str, Floats]:
    among = field.speaks
    idf = legs.idf
    return {
        "cosine_z": cosine,
        "cosine_gap": (legs.cosine - legs.cosine[among].max()) * np.float32(10),
        "lexical_z": lexical,
        "lexical_share": legs.lexical / max(float(legs.lexical[among].max()), 1e-6),
        "cover": _share(idf @ (legs.counts > 0), idf),
        "has_lexical": np.full(field.n, float((legs.lexical[among] > 0).any()), dtype=np.float32),
    }


def _share(mass: Floats, idf: Floats) -> Floats:
    return (mass / max(float(idf.sum()), 1e-6)).astype(np.float32)


def _near(field: Field, cosine: Floats) -> Floats:
    near = cosine.copy()
    for step in (1, 2):
        near += np.float32(_DECAY**step) * (field.shifted(cosine, step) + field.shifted(cosine, -step))
    return near


def _beside(field: Field, features: dict[str, Floats]) -> dict[str, Floats]:
    """The ``features`` of the turn before and of the turn behind."""
    return {f"{name}{by:+d}": field.shifted(values, by) for name, values in features.items() for by in (-1, 1)}


def adapted_features(field: Field, adapted: Floats) -> dict[str, Floats]:
    """The windows of the adapted question (`retrieve.adapter`), from the products of each turn with it, summed."""
    return _compared(field, _windows(field, field.spans.triangles(adapted, WINDOWS), "adapted_window"))


def _windows(field: Field, sums: dict[int, Floats], name: str) -> dict[str, Floats]:
    """The cosine of a question with the sum of the vectors around each turn.

    A window whose turns speak of one thing has a longer sum than one that wanders; dividing by it takes that off.
    """
    length = {reach: np.maximum(field.window_norm(reach), np.float32(1e-6)) for reach in sums}
    return {f"{name}{reach}": (summed / length[reach]).astype(np.float32) for reach, summed in sums.items()}


def _lengths(field: Field, words: Floats) -> dict[str, Floats]:
    return {
        "length": words,
        "content": np.log1p(field.n_content),
        "length_near": field.window_sum(words, 2) / np.float32(5),
        "length_typical": np.full(field.n, np.median(words[field.speaks]), dtype=np.float32),
    }


def _thread(field: Field, cosine: Floats, lexical: Floats) -> dict[str, Floats]:
    distance = np.log1p(np.arange(field.n) - field.asked).astype(np.float32)
    return {
        "asked_cosine": field.pointed(cosine, field.asked),
        "asked_lexical": field.pointed(lexical, field.asked),
        "asked_distance": np.where(field.asked >= 0, distance, np.float32(-1)),
        "question": field.question.astype(np.float32),
    }


def _speakers(field: Field, named: NDArray[np.bool_]) -> dict[str, Floats]:
    marks = named.astype(np.float32)
    return {
        "named": marks,
        "named_near": field.window_sum(marks, 2),
        "any_named": np.full(field.n, float(named.any()), dtype=np.float32),
        "moderator": (field.role == _MODERATOR).astype(np.float32),
        "voices": np.log1p(field.n_speakers).astype(np.float32),
    }
