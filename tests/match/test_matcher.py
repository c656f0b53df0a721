"""A question is encoded once, however many stages compare it, and each sentence once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, Tokens
from panelbot.evidence import decide
from panelbot.match.coverage import Coverage
from panelbot.match.matcher import Matcher
from panelbot.retrieve import Searcher
from panelbot.types import Question, SpeakerRef, no_progress
from panelbot.understand.intent import with_intent
from retrieve.corpora import search_index, transcript

PANEL = transcript(
    "mill",
    [
        ("Ada", "The wheel of the mill is repaired. It turns again."),
        ("Ben", "Nobody pays for the wheel."),
        ("Cy", "The mill needs a new roof."),
    ],
)


class Counting(HashEmbedder):
    """Counts the texts it embeds, as questions and as passages; its tokens are words."""

    gives_tokens = True

    def __init__(self):
        super().__init__()
        self.seen = Counter()
        self.passes = []  # of questions

    def encode_queries(self, texts):
        self.seen.update(("question", text) for text in texts)
        self.passes.append(tuple(texts))
        return super().encode_queries(texts)

    def encode_passages(self, texts, *, progress=no_progress):
        self.seen.update(("passage", text) for text in texts)
        return super().encode_passages(texts)

    def encode_tokens(self, texts, *, query=False):
        self.seen.update(("question" if query else "passage", text) for text in texts)
        if query:
            self.passes.append(tuple(texts))
        whole = super().encode_passages(texts)
        return tuple(
            Tokens(spans=np.array([[0, len(text)]], np.int32), rows=row[None], whole=row)
            for text, row in zip(texts, whole, strict=True)
        )


def question(text: str, topic: str = "", **fields) -> Question:
    return with_intent(Question(original=text, text=text, topic=topic or text, language="en", **fields))


def test_search_and_evidence_of_each_speaker_encode_a_text_once():
    asked, embedder = question("What about the wheel?", "wheel", kind="each"), Counting()
    settings = Settings(embedding_model="hash", reader=False)
    search = Searcher(
        index=search_index(PANEL),
        embedder=embedder,
        matcher=Matcher(asked, embedder),
        settings=settings,
        transcripts=["mill"],
        k=8,
    )
    embedder.seen.clear()
    for speaker in PANEL.speakers:
        narrowed = replace(asked, speakers=(SpeakerRef.of("mill", speaker),))
        assert decide(narrowed, search(narrowed), {"mill": PANEL}, search.matcher).own.hits
    assert embedder.seen["question", "What about the wheel?"] == embedder.seen["question", "wheel"] == 1
    assert set(embedder.seen.values()) == {1}


def test_nothing_is_encoded_before_it_is_compared():
    embedder = Counting()
    Matcher(question("mill"), embedder)
    assert not embedder.seen


def test_without_a_model_words_alone_count():
    matcher = Matcher(question("mill roof"))
    assert matcher.cosines(["The mill needs a new roof."]) is None
    assert matcher.coverage("The mill needs a roof.") == Coverage(mean=1.0, least=1.0, said=1.0)
    with pytest.raises(TypeError, match="without an embedder"):
        matcher.vector  # noqa: B018


def test_sentences_are_compared_as_wholes_with_and_without_tokens():
    texts = ["The wheel turns.", "A roof."]
    plain, read = Matcher(question("wheel"), HashEmbedder()), Matcher(question("wheel"), Counting())
    np.testing.assert_allclose(plain.cosines(texts), read.cosines(texts), atol=1e-6)


@pytest.mark.parametrize("reads_words", [True, False])
def test_wording_and_topic_go_through_the_model_in_one_pass(reads_words: bool) -> None:
    embedder = Counting()
    embedder.gives_tokens = reads_words
    matcher = Matcher(question("Who pays for the wheel?", "the wheel"), embedder)
    assert not np.allclose(matcher.vector, matcher.topic_vector)
    assert embedder.passes == [("Who pays for the wheel?", "the wheel")]
    same = Matcher(question("the wheel"), embedder)
    assert np.array_equal(same.vector, same.topic_vector)
    assert embedder.passes[1:] == [("the wheel",)]
