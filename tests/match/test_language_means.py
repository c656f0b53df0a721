"""Words of two languages are compared from the middle of each."""

from __future__ import annotations

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.embedding import Tokens, load_embedder
from panelbot.embedding.hashing import HashEmbedder
from panelbot.match.language_means import centred, language_means
from panelbot.match.maxsim import MaxSim
from panelbot.text import has_han


class Apart(HashEmbedder):
    """Puts all of Chinese far from all of English, and rain a little to one side in both."""

    gives_tokens = True

    def encode_tokens(self, texts, *, query=False):
        return tuple(self._tokens(text) for text in texts)

    def _tokens(self, text):
        row = np.array([1.0, 0.0, 0.0] if has_han(text) else [0.0, 1.0, 0.0], np.float32)
        row[2] = 0.2 if "rain" in text or "雨" in text else -0.2 if "wind" in text or "风" in text else 0.0
        row /= np.linalg.norm(row)
        return Tokens(spans=np.array([[0, len(text)]], np.int32), rows=row[None])


def test_the_middle_of_a_language_is_the_mean_of_its_everyday_tokens():
    found = language_means(Apart())
    assert found[True][0] > 0.95 > 0.05 > abs(found[True][1])
    assert found[False][1] > 0.95 > 0.05 > abs(found[False][0])


def test_centred_rows_are_of_unit_length_and_point_from_it():
    rows = centred(np.array([[3.0, 1.0], [1.0, 4.0]], np.float32), np.array([1.0, 1.0], np.float32))
    np.testing.assert_allclose(rows, [[1.0, 0.0], [0.0, 1.0]])


def test_across_languages_what_sets_a_language_apart_does_not_count():
    maxsim = MaxSim("rain", ("rain",), Apart())
    rain, wind = maxsim.of("雨"), maxsim.of("风")
    assert rain[0] > 0.9
    assert wind[0] < -0.9 or wind[0] == 0  # never below nothing


def test_within_a_language_rows_are_compared_as_they_are():
    assert MaxSim("rain", ("rain",), Apart()).of("wind")[0] == pytest.approx((1 - 0.04) / (1 + 0.04), abs=1e-6)


@pytest.mark.model
def test_with_the_built_in_model_a_translation_comes_closer_than_another_matter():
    maxsim = MaxSim("rent", ("rent",), load_embedder(Settings()))
    assert maxsim.of("房租又涨了。")[0] > maxsim.of("今天下雨了。")[0] + 0.1
