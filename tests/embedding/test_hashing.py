from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from panelbot.embedding import HashEmbedder


def test_rows_have_unit_length_and_do_not_change() -> None:
    rows = HashEmbedder().encode_passages(["银行网点", "branch traffic", ""])
    assert rows.dtype == np.float32
    assert rows.shape == (3, 64)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    np.testing.assert_array_equal(rows, HashEmbedder().encode_passages(["银行网点", "branch traffic", ""]))


@given(st.lists(st.text(max_size=20), min_size=2, max_size=5, unique=True))
def test_different_texts_differ(texts: list[str]) -> None:
    rows = HashEmbedder().encode_queries(texts)
    assert len({row.tobytes() for row in rows}) == len(texts)


def test_texts_that_share_words_are_nearer() -> None:
    question, near, far = HashEmbedder().encode_queries(["网点客流恢复", "网点的客流", "破产条例"])
    assert question @ near > question @ far + 0.2


def test_no_texts_give_no_rows() -> None:
    assert HashEmbedder(16).encode_queries([]).shape == (0, 16)


def test_progress_ends_at_the_total() -> None:
    seen: list[tuple[str, int, int]] = []
    HashEmbedder().encode_passages(["a", "b"], progress=lambda *step: seen.append(step))
    assert seen[-1] == ("embedding", 2, 2)
