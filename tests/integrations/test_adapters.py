"""Each adapter in its framework's own pipeline: what arrives there is what the bot found, with all that is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fakes.waiting import wait_for
from panelbot import PanelBot
from panelbot.errors import InputError, ReadError

pytestmark = pytest.mark.slow

QUESTION = "青禾银行的网点客流量恢复得怎么样？"
FRAMEWORKS = {"langchain": "langchain_core", "llamaindex": "llama_index.core", "haystack": "haystack"}


class Seen(NamedTuple):
    id: str
    text: str
    metadata: dict[str, Any]
    score: float | None


def langchain(bot: PanelBot, *, asynchronous: bool, **scope: Any) -> list[Seen]:
    from langchain_core.runnables import RunnableLambda

    from panelbot.integrations.langchain import PanelBotRetriever

    chain = PanelBotRetriever(bot=bot, **scope) | RunnableLambda(list)
    documents = wait_for(lambda: chain.ainvoke(QUESTION)) if asynchronous else chain.invoke(QUESTION)
    return [Seen(d.id, d.page_content, d.metadata, d.metadata["score"]) for d in documents]


def llamaindex(bot: PanelBot, *, asynchronous: bool, **scope: Any) -> list[Seen]:
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    from panelbot.integrations.llamaindex import PanelBotRetriever

    engine = RetrieverQueryEngine.from_args(PanelBotRetriever(bot, **scope), llm=MockLLM())
    response = wait_for(lambda: engine.aquery(QUESTION)) if asynchronous else engine.query(QUESTION)
    return [Seen(n.node_id, n.text, n.metadata, n.score) for n in response.source_nodes]


def haystack(bot: PanelBot, *, asynchronous: bool, **scope: Any) -> list[Seen]:
    from haystack import Pipeline

    from panelbot.integrations.haystack import PanelBotRetriever

    named = {"top_k" if key == "k" else key: value for key, value in scope.items()}
    pipeline = Pipeline()
    pipeline.add_component("panels", PanelBotRetriever(bot, **named))
    data = {"panels": {"query": QUESTION}}
    given = wait_for(lambda: pipeline.run_async(data)) if asynchronous else pipeline.run(data)
    return [Seen(d.id, d.content, d.meta, d.score) for d in given["panels"]["documents"]]


def load_langchain(path: Path, *, asynchronous: bool = False) -> list[Seen]:
    from panelbot.integrations.langchain import TranscriptLoader

    loader = TranscriptLoader(path)
    loaded = wait_for(loader.aload) if asynchronous else loader.load()
    return [Seen(str(d.id), d.page_content, d.metadata, None) for d in loaded]


def load_llamaindex(path: Path, *, asynchronous: bool = False) -> list[Seen]:
    from panelbot.integrations.llamaindex import TranscriptReader

    reader = TranscriptReader()
    loaded = wait_for(lambda: reader.aload_data(path)) if asynchronous else reader.load_data(path)
    return [Seen(d.id_, d.text, d.metadata, None) for d in loaded]


def load_haystack(path: Path, *, asynchronous: bool = False) -> list[Seen]:
    from haystack import Pipeline

    from panelbot.integrations.haystack import TranscriptConverter

    if not asynchronous:
        documents = TranscriptConverter().run([path])["documents"]
    else:
        pipeline = Pipeline()
        pipeline.add_component("files", TranscriptConverter())
        given = wait_for(lambda: pipeline.run_async({"files": {"sources": [str(path)]}}))
        documents = given["files"]["documents"]
    return [Seen(d.id, d.content, d.meta, d.score) for d in documents]


RETRIEVERS: dict[str, Callable[..., list[Seen]]] = {
    "langchain": langchain,
    "llamaindex": llamaindex,
    "haystack": haystack,
}
LOADERS: dict[str, Callable[..., list[Seen]]] = {
    "langchain": load_langchain,
    "llamaindex": load_llamaindex,
    "haystack": load_haystack,
}


@pytest.fixture(params=sorted(FRAMEWORKS))
def framework(request: pytest.FixtureRequest) -> str:
    pytest.importorskip(FRAMEWORKS[request.param], reason=f"needs panelbot[{request.param}]")
    return request.param


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_a_pipeline_gets_what_the_bot_finds(bot: PanelBot, framework: str, asynchronous: bool) -> None:
    hits = bot.search(QUESTION, k=3)
    seen = RETRIEVERS[framework](bot, asynchronous=asynchronous, k=3)
    assert [(s.text, s.score) for s in seen] == [(hit.text, hit.score) for hit in hits]
    assert seen[0].id == "harbour:1:0-31"
    assert seen[0].metadata == {
        "transcript": "harbour",
        "transcript_title": "圆桌：港口夜谈",
        "date": "2031-05-02",
        "language": "zh",
        "source": bot.transcript("harbour").source,
        "turn": 1,
        "speaker": "陆远",
        "organization": "青禾银行",
        "title": "运营总监",
        "role": hits[0].speaker.role,
        "start": None,
        "end": None,
        "start_offset": 0,
        "end_offset": len(hits[0].text),
        "score": hits[0].score,
        "rank": 1,
    }


def test_a_retriever_keeps_to_its_scope(bot: PanelBot, framework: str) -> None:
    seen = RETRIEVERS[framework](bot, asynchronous=False, k=2, transcripts=["harbour"], speakers=["顾澜"])
    assert [(s.metadata["transcript"], s.metadata["speaker"]) for s in seen] == [("harbour", "顾澜")] * 2


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_a_transcript_file_becomes_a_document_a_turn(
    files: Path, bot: PanelBot, framework: str, asynchronous: bool
) -> None:
    seen = LOADERS[framework](files / "harbour.txt", asynchronous=asynchronous)
    turns = bot.transcript("harbour").turns
    assert [(s.id, s.text) for s in seen] == [(f"harbour:{t.index}", t.text) for t in turns]
    assert seen[2].metadata["organization"] == "潮声科技"
    assert "score" not in seen[2].metadata


def test_what_is_found_has_the_times_of_its_turn(bot: PanelBot, framework: str) -> None:
    seen = RETRIEVERS[framework](bot, asynchronous=False, k=4, transcripts=["timed"])
    turns = bot.transcript("timed").turns
    assert all(s.metadata["end"] > s.metadata["start"] > 0 for s in seen)
    assert [(s.metadata["start"], s.metadata["end"]) for s in seen] == [
        (turns[hit.turn].start, turns[hit.turn].end) for hit in bot.search(QUESTION, k=4, transcripts=["timed"])
    ]


def test_the_times_of_a_turn_come_along(files: Path, framework: str) -> None:
    seen = LOADERS[framework](files / "timed.srt")[0]
    assert (seen.metadata["speaker"], seen.metadata["start"], seen.metadata["end"]) == ("Ivo Brand", 1.0, 4.5)


def test_what_cannot_be_read_is_one_sentence(files: Path, framework: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        LOADERS[framework](tmp_path / "gone.txt")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match=r"bad\.json"):
        LOADERS[framework](tmp_path / "bad.json")


def test_a_follow_up_is_understood(bot: PanelBot) -> None:
    pytest.importorskip("langchain_core", reason="needs panelbot[langchain]")
    from panelbot.integrations.langchain import PanelBotRetriever

    earlier = ["顾澜谈到了什么？"]
    documents = PanelBotRetriever(bot=bot).invoke("她还谈到了成本吗？", history=earlier)
    hits = bot.search("她还谈到了成本吗？", history=earlier)
    assert [d.page_content for d in documents] == [hit.text for hit in hits]
    assert hits != bot.search("她还谈到了成本吗？")


def test_a_haystack_pipeline_is_saved_and_loaded(bot: PanelBot, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("haystack", reason="needs panelbot[haystack]")
    from haystack import Pipeline

    from panelbot.integrations.haystack import PanelBotRetriever, TranscriptConverter

    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    pipeline = Pipeline()
    pipeline.add_component("panels", PanelBotRetriever(bot, top_k=2, speakers=["顾澜"]))
    pipeline.add_component("files", TranscriptConverter(speaker_pattern="(?P<speaker>.+)："))
    again = Pipeline.loads(pipeline.dumps(), allowed_modules=["panelbot.integrations.haystack"])
    assert again.dumps() == pipeline.dumps()
    documents = again.get_component("panels").run(QUESTION)["documents"]
    assert {document.meta["speaker"] for document in documents} == {"顾澜"}


@pytest.mark.parametrize("name", sorted(FRAMEWORKS))
def test_without_its_framework_an_adapter_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib
    import sys

    package = FRAMEWORKS[name].partition(".")[0]
    for module in [m for m in sys.modules if m.partition(".")[0] == package or m == f"panelbot.integrations.{name}"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [_Without(package), *sys.meta_path])
    with pytest.raises(ImportError, match=rf"pip install 'panelbot\[{name}\]'"):
        importlib.import_module(f"panelbot.integrations.{name}")


class _Without:
    """Finds nothing, and lets nobody else find, one package."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] == self.package:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
