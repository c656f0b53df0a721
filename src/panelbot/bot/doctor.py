"""What works on this machine and what to do where something does not: model, index, language model, fonts.

Each examination has one finding; none changes an index. Does not know how a finding is shown.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from panelbot.answer.llm.client import ReplyError, stream_reply
from panelbot.bot.check import check_index
from panelbot.bot.library import MILVUS_HERE
from panelbot.bot.moving import count_in_engine
from panelbot.bot.panelbot import PanelBot
from panelbot.config import Settings
from panelbot.embedding import load_embedder
from panelbot.errors import PanelbotError
from panelbot.rerank import load_reranker

State = Literal["works", "off", "broken"]
PARTS = (
    "gradio", "faiss-cpu", "onnxruntime", "sentence-transformers", "torch", "jieba", "mcp", "openai",
    "langchain-core", "llama-index-core", "haystack-ai", "pymilvus", "psycopg",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one examination found; ``remedy`` is empty where nothing need be done."""

    part: str
    state: State
    said: str
    remedy: str = ""


def examine(folder: Path, settings: Settings) -> tuple[Finding, ...]:
    """Everything there is to examine, in the order in which a question meets it."""
    examinations: tuple[Callable[[Path, Settings], Finding], ...] = (_model, _index, _engine, _reranker, _llm, _fonts)
    return tuple(examination(folder, settings) for examination in examinations)


def versions() -> dict[str, str]:
    """The installed versions of what panelbot stands on."""
    found: dict[str, str] = {}
    for part in PARTS:
        try:
            found[part] = version(part)
        except PackageNotFoundError:
            continue
    return found


def _model(_: Path, settings: Settings) -> Finding:
    began = time.perf_counter()
    try:
        model = load_embedder(settings)
        model.encode_queries(["who spoke?"])
    except PanelbotError as error:
        return Finding(
            part="embedding model", state="broken", said=str(error), remedy="Set embedding_model to builtin."
        )
    took = time.perf_counter() - began
    said = f"{settings.embedding_model}, {model.dim} dimensions on {settings.device}, ready in {took:.1f} s"
    return Finding(part="embedding model", state="works", said=said)


def _index(folder: Path, settings: Settings) -> Finding:
    if not settings.catalogue and not any(folder.glob("*.sqlite")):
        remedy = f"Run panelbot add corpus/ --index {folder}, or try panelbot serve --demo."
        return Finding(part="index", state="off", said=f"there is none in {folder}", remedy=remedy)
    try:
        bot = PanelBot.open(folder, settings=settings)
        where = bot.catalogue
        bot.close()
        checked = check_index(folder, catalogue=settings.catalogue)
    except PanelbotError as error:
        return Finding(part="index", state="broken", said=str(error), remedy="The sentence before says what to do.")
    if checked.faults:
        return Finding(part="index", state="broken", said=checked.faults[0], remedy="panelbot check lists all faults.")
    if not checked.n_transcripts:
        return Finding(part="index", state="off", said="it is empty", remedy=f"panelbot add corpus/ --index {folder}")
    return Finding(part="index", state="works", said=f"{checked.n_transcripts} transcripts in {where}, no fault")


def _engine(folder: Path, settings: Settings) -> Finding:
    if settings.engine == "milvus":
        try:
            n = count_in_engine(folder, settings)
        except PanelbotError as error:
            return Finding(
                part="engine", state="broken", said=str(error), remedy="The sentence before says what to do."
            )
        where = f"Milvus at {settings.milvus_uri or MILVUS_HERE}"
        said = f"{where}, {n} transcripts in it; keywords are searched in the catalogue"
        return Finding(part="engine", state="works", said=said)
    import faiss
    import numpy as np

    nearest = faiss.IndexFlatIP(2)
    nearest.add(np.eye(2, dtype=np.float32))  # type: ignore[call-arg]
    _, ids = nearest.search(np.array([[0, 1]], np.float32), 1)  # type: ignore[call-arg]
    if ids[0][0] != 1:
        return Finding(part="engine", state="broken", said="FAISS finds a wrong vector", remedy="Reinstall faiss-cpu.")
    free = shutil.disk_usage(folder if folder.is_dir() else Path.cwd()).free / 1e9
    return Finding(part="engine", state="works", said=f"FAISS {faiss.__version__}; {free:.0f} GB of disk free")


def _reranker(_: Path, settings: Settings) -> Finding:
    if not settings.reranker:
        return Finding(part="reranker", state="off", said="none is set")
    try:
        load_reranker(settings)
    except PanelbotError as error:
        return Finding(part="reranker", state="broken", said=str(error), remedy="Leave reranker empty to do without.")
    return Finding(part="reranker", state="works", said=settings.reranker)


def _llm(_: Path, settings: Settings) -> Finding:
    if not settings.llm_base_url:
        return Finding(part="language model", state="off", said="none is set; answers are made of quotes")
    remedy = f"See that {settings.llm_base_url} runs and offers {settings.llm_model or 'a model'}."
    try:
        reply = "".join(list(stream_reply([{"role": "user", "content": "Say: ready"}], settings))[-1:])
    except ReplyError as error:
        return Finding(part="language model", state="broken", said=str(error), remedy=remedy)
    return Finding(part="language model", state="works", said=f"{settings.llm_model or 'default'} says: {reply[:40]}")


def _fonts(_: Path, __: Settings) -> Finding:
    part = "fonts"
    if shutil.which("fc-list") is None:
        return Finding(part=part, state="off", said="not known here; a browser shows Chinese by its own fonts")
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False).stdout
    if not listed.strip():
        remedy = "apt-get install fonts-noto-cjk, if this machine's own browser is to show the page."
        return Finding(part=part, state="off", said="none for Chinese on this machine", remedy=remedy)
    return Finding(part=part, state="works", said=f"{listed.splitlines()[0].partition(',')[0]} shows Chinese")
