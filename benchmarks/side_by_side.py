"""panelbot beside LangChain, LlamaIndex, Haystack and txtai: the same turns, the same embedder, one run.

    pip install langchain-classic langchain-community rank-bm25 llama-index-core llama-index-retrievers-bm25 \
        llama-index-vector-stores-faiss haystack-ai txtai
    python benchmarks/side_by_side.py QUESTIONS.jsonl TRANSCRIPT… [--turns 2000 20000]

Each of the others is set up as its documentation shows hybrid search: meaning and words, joined by rank, one document a
turn. They split words at blanks, so turns and questions are given to them with panelbot's words, a blank between; their
embedder gets the text as it was. First the share of QUESTIONS whose first turn is right, and nDCG@10, every question
asked of its own transcript by all; then milliseconds a question, embedding it included, over made-up turns
(search_speed.py), all of them in turns, one thread.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from search_speed import N_BEFORE, StandIn, ask, write_transcript

from panelbot import PanelBot, Settings
from panelbot.embedding import Embedder, load_embedder
from panelbot.evaluation import GoldQuestion, load_questions
from panelbot.text import content_words
from panelbot.types import Transcript

K = 10
Search = Callable[[str], list[int]]
"""A question; the numbers of the turns found, best first."""


class Turns:
    """Documents as the others want them: words with blanks between, whose embedder knows the text they stand for."""

    def __init__(self, texts: Sequence[str], embedder: Embedder) -> None:
        self._embedder = embedder
        self.words = [spaced(text) or "-" for text in texts]
        self.vectors = embedder.encode_passages(texts)
        self._asked: dict[str, str] = {}

    @cached_property
    def _known(self) -> dict[str, NDArray[np.float32]]:
        return dict(zip(self.words, self.vectors, strict=True))

    def question(self, text: str) -> str:
        """The question as it is handed over."""
        words = spaced(text) or "-"
        self._asked[words] = text
        return words

    def embed(self, words: str) -> list[float]:
        """The vector of a question that was handed over."""
        return self._embedder.encode_queries([self._asked[words]])[0].tolist()

    def known(self, words: str) -> list[float]:
        """The vector of a document."""
        return self._known[words].tolist()


def spaced(text: str) -> str:
    """The text's words, as panelbot's keyword lists have them, with blanks between."""
    return " ".join(content_words(text))


def langchain(turns: Turns) -> Search:
    """FAISS and BM25 in an ensemble."""
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import Embeddings

    class Ours(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [turns.known(text) for text in texts]

        def embed_query(self, text: str) -> list[float]:
            return turns.embed(text)

    numbered = [{"turn": i} for i in range(len(turns.words))]
    pairs = list(zip(turns.words, turns.vectors.tolist(), strict=True))
    dense = FAISS.from_embeddings(pairs, Ours(), metadatas=numbered).as_retriever(search_kwargs={"k": K})
    words = BM25Retriever.from_texts(turns.words, metadatas=numbered, k=K)
    # Without ids it would take turns with the same words for one.
    both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5], id_key="turn")
    return lambda question: [d.metadata["turn"] for d in both.invoke(turns.question(question))][:K]


def llama_index(turns: Turns) -> Search:
    """FAISS and BM25, joined by reciprocal ranks."""
    import faiss
    from llama_index.core import MockEmbedding, StorageContext, VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever
    from llama_index.vector_stores.faiss import FaissVectorStore

    class Ours(MockEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return turns.embed(query)

    size = turns.vectors.shape[1]
    rows = zip(turns.words, turns.vectors.tolist(), strict=True)
    nodes = [TextNode(id_=str(i), text=text, embedding=vector) for i, (text, vector) in enumerate(rows)]
    store = StorageContext.from_defaults(vector_store=FaissVectorStore(faiss_index=faiss.IndexFlatIP(size)))
    index = VectorStoreIndex(nodes, storage_context=store, embed_model=Ours(embed_dim=size))
    both = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=K), BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=K)],
        llm=MockLLM(), num_queries=1, mode="reciprocal_rerank", similarity_top_k=K, use_async=False,
    )  # fmt: skip
    return lambda question: [int(n.node.node_id) for n in both.retrieve(turns.question(question))][:K]


def haystack(turns: Turns) -> Search:
    """The store in memory, by meaning and by BM25, joined by reciprocal ranks."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    rows = zip(turns.words, turns.vectors.tolist(), strict=True)
    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(i), content=text, embedding=v) for i, (text, v) in enumerate(rows)])
    words = InMemoryBM25Retriever(store, top_k=K)
    dense = InMemoryEmbeddingRetriever(store, top_k=K)
    join = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=K)

    def search(question: str) -> list[int]:
        text = turns.question(question)
        found = [words.run(query=text)["documents"], dense.run(query_embedding=turns.embed(text))["documents"]]
        return [int(d.id) for d in join.run(documents=found)["documents"]]

    return search


def txtai(turns: Turns) -> Search:
    """Its hybrid index."""
    from txtai import Embeddings

    def transform(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray([turns.embed(t) if t in turns._asked else turns.known(t) for t in texts], np.float32)

    index = Embeddings({"method": "external", "transform": transform, "hybrid": True, "backend": "faiss"})
    index.index([(i, text, None) for i, text in enumerate(turns.words)])
    return lambda question: [int(number) for number, _ in index.search(turns.question(question), K)]


OTHERS = {"LangChain": langchain, "LlamaIndex": llama_index, "Haystack": haystack, "txtai": txtai}


def ndcg(found: Sequence[int], gold: frozenset[int]) -> float:
    """nDCG@10 with binary gains (Järvelin and Kekäläinen, 2002)."""
    gain = sum(1 / np.log2(i + 2) for i, turn in enumerate(found[:K]) if turn in gold)
    return float(gain / sum(1 / np.log2(i + 2) for i in range(min(K, len(gold)))))


def quality(questions: Path, files: Sequence[Path], embedder: Embedder) -> None:
    """Print what share of first turns is right, and nDCG@10, of each."""
    with tempfile.TemporaryDirectory() as folder:
        bot = PanelBot.open(folder, embedder=embedder)
        bot.add(files)
        transcripts = bot.transcripts()
        asked = [q for q in load_questions([questions], transcripts) if q.gold_turns and not q.history]
        scores: dict[str, list[tuple[bool, float]]] = {"panelbot": [], **{name: [] for name in OTHERS}}
        for transcript in transcripts:
            _ask_all(bot, transcript, [q for q in asked if q.transcript_id == transcript.id], embedder, scores)
    print(f"{len(asked)} questions about {len(transcripts)} transcripts")
    for name, found in scores.items():
        first, gain = np.mean(found, axis=0)
        print(f"{name:<11} first right {first:.3f}   nDCG@10 {gain:.3f}")


def _ask_all(
    bot: PanelBot,
    transcript: Transcript,
    questions: Sequence[GoldQuestion],
    embedder: Embedder,
    scores: dict[str, list[tuple[bool, float]]],
) -> None:
    turns = Turns([turn.text for turn in transcript.turns], embedder)
    searches: dict[str, Search] = {name: build(turns) for name, build in OTHERS.items()}
    searches["panelbot"] = lambda text: [h.turn for h in bot.search(text, k=K, transcripts=[transcript.id])]
    for question in questions:
        gold = frozenset(question.gold_turns)
        for name, search in searches.items():
            found = list(dict.fromkeys(search(question.query)))
            scores[name].append((found[:1] != [] and found[0] in gold, ndcg(found, gold)))


def speed(n_turns: int, per_transcript: int = 200, n: int = 100) -> None:
    """Print milliseconds a question over ``n_turns`` made-up turns, all asked in turns."""
    model = StandIn(load_embedder(Settings()))
    with tempfile.TemporaryDirectory() as folder:
        files = [write_transcript(Path(folder), i, per_transcript) for i in range(-(-n_turns // per_transcript))]
        bot = PanelBot.open(Path(folder) / "index", settings=Settings(), embedder=model)
        bot.add(files)
        turns = Turns([turn.text for t in bot.transcripts() for turn in t.turns], model)
        searches: dict[str, Callable[[str], object]] = {"panelbot": lambda text: bot.search(text, k=K)}
        searches |= {name: build(turns) for name, build in OTHERS.items()}
        seconds: dict[str, list[float]] = {name: [] for name in searches}
        for i, question in enumerate(ask(N_BEFORE + n)):
            for name, search in searches.items():
                began = time.perf_counter()
                search(question)
                if i >= N_BEFORE:
                    seconds[name].append(time.perf_counter() - began)
    print(f"{n_turns} turns, milliseconds a question")
    for name, times in seconds.items():
        ordered = sorted(times)
        p50, p95 = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
        print(f"{name:<11} p50 {1000 * p50:7.1f}   p95 {1000 * p95:7.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("transcripts", type=Path, nargs="+")
    parser.add_argument("--turns", type=int, nargs="*", default=[2_000, 20_000])
    given = parser.parse_args()
    quality(given.questions, given.transcripts, load_embedder(Settings()))
    for n_turns in given.turns:
        speed(n_turns)


if __name__ == "__main__":
    main()
