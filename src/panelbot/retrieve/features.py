"""What the conversation-aware ranker looks at: a turn, its neighbours, its window, its thread, its speaker.

All features are relative to the question's own search (standard scores, shares) or to conversation (lengths, roles),
so that they mean the same in every language and for every model. Knows no weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from panelbot.retrieve.field import Field, Floats
from panelbot.retrieve.legs import Legs, bm25
from panelbot.types import ROLES

_MODERATOR = ROLES.index("moderator")
_DECAY = 0.6
WINDOWS = (2, 5, 10)  # turns either side


def z_scores(values: Floats, among: NDArray[np.bool_]) -> Floats:
    """Standard scores of ``values`` by mean and deviation over the turns ``among``; zeros where they are all equal."""
    deviation = float(values[among].std()) if among.any() else 0.0
    if deviation < 1e-6:
        return np.zeros_like(values)
    return ((values - values[among].mean()) / deviation).astype(np.float32)


def turn_features(field: Field, legs: Legs, named: NDArray[np.bool_]) -> dict[str, Floats]:
    """Every feature over the whole field, float32 (n,) each; ``named`` marks turns of speakers the question names."""
    among = field.speaks
    cosine = inherit(field, z_scores(legs.cosine, among))
    lexical = inherit(field, z_scores(legs.lexical, among))
    return {
        **_own(field, legs, cosine, lexical),
        **_around(field, legs, cosine, lexical),
        **_windows(field, legs.summed, "window"),
        **adapted_features(field, legs.adapted),
        **_lengths(field),
        **_thread(field, cosine, lexical),
        **_speakers(field, named),
    }


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


def _around(field: Field, legs: Legs, cosine: Floats, lexical: Floats) -> dict[str, Floats]:
    among = field.speaks
    near = cosine.copy()
    for step in (1, 2):
        near += np.float32(_DECAY**step) * (field.shifted(cosine, step) + field.shifted(cosine, -step))
    found = {
        "cosine_near": z_scores(near, among),
        "cosine_window4": field.triangle(cosine, 4),
        "cosine_window10": field.triangle(cosine, 10),
        "cover_window": _share(legs.idf @ (field.window_sum(legs.counts, 4) > 0), legs.idf),
    }
    for reach in (1, 2, 4, 8):
        scores = bm25(field.triangle(legs.counts, reach), field.triangle(field.n_words, reach), legs.idf)
        found[f"lexical_window{reach}"] = z_scores(scores, among)
    for step in (-1, 1):
        found[f"cosine{step:+d}"] = field.shifted(cosine, step)
        found[f"lexical{step:+d}"] = field.shifted(lexical, step)
    found["mix"] = found["cosine_near"] + found["lexical_window4"]
    found["mix_wide"] = z_scores(found["cosine_window10"], among) + found["lexical_window8"]
    return found


def adapted_features(field: Field, adapted: Floats) -> dict[str, Floats]:
    """The windows of the adapted question (`retrieve.adapter`), from the products of each turn with it, summed."""
    return _windows(field, adapted, "adapted_window")


def _windows(field: Field, summed: Floats, name: str) -> dict[str, Floats]:
    """The cosine of a question with the sum of the vectors around each turn.

    A window whose turns speak of one thing has a longer sum than one that wanders; dividing by it takes that off.
    """
    found: dict[str, Floats] = {}
    for reach in WINDOWS:
        length = np.maximum(field.window_norm(reach), np.float32(1e-6))
        found[f"{name}{reach}"] = z_scores((field.triangle(summed, reach) / length).astype(np.float32), field.speaks)
    return found


def _lengths(field: Field) -> dict[str, Floats]:
    words = np.log1p(field.n_words)
    return {
        "length": words,
        "content": np.log1p(field.n_content),
        "length_z": z_scores(words, field.speaks),
        "length_near": field.window_sum(words, 2) / np.float32(5),
        "length-1": field.shifted(words, -1),
        "length+1": field.shifted(words, 1),
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
