"""How long a search takes with 20,000 turns indexed, and adding one more transcript to them.

    python benchmarks/search_speed.py [N_TURNS] [TURNS_PER_TRANSCRIPT]

The turns are made of words drawn by their usual frequencies, half the transcripts Chinese, half English, and carry
random vectors: neither changes what a search costs. Questions are embedded by the built-in model; half of them have a
rare word of their own, the others come back to the common ones, as a conversation does. They are asked twice, once a
few other questions were asked. Printed, in milliseconds at the median and the 95th percentile: the whole search;
embedding the question; the nearest vectors alone; and the rest, which is what panelbot adds (its processor time too,
which other work on the machine disturbs less). Then what opening the index takes, and what `add` takes for a
transcript, without embedding, into an empty index and into the full one, by turns: the median of five transcripts each,
the ratio of the two, and the first search afterwards, without embedding the question.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from panelbot import PanelBot, Settings
from panelbot.embedding import Embedder, load_embedder
from panelbot.types import Progress, no_progress

N_ADDED = 5
N_RUNS = 2  # the machine's speed wanders
N_BEFORE = 40  # other questions asked before any is timed: a page has been asked before, too

ENGLISH = """
bank branch traffic credit loan risk model data cloud customer ferry library night rent budget school teacher water
energy wind farm fish noise permit price market product remote button design team battery rubber screen speech
microphone feature neural network training error rate hospital nurse vaccine funding committee minister
""".split()
CHINESE = """
银行 网点 客流 贷款 风险 模型 数据 客户 渡轮 图书馆 夜间 租金 预算 学校 教师 能源 风电 渔民 噪音 许可
价格 市场 产品 按钮 设计 团队 电池 语音 识别 麦克风 特征 网络 训练 误差 医院 护士 疫苗 资金 委员会 部长
""".split()


class StandIn:
    """Random unit vectors for passages, made from the text alone; questions go to the real model."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.name, self.dim = model.name, model.dim
        self.seconds: list[float] = []
        self.cpu: list[float] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        began, worked = time.perf_counter(), time.thread_time()
        rows = self._model.encode_queries(texts)
        self.seconds.append(time.perf_counter() - began)
        self.cpu.append(time.thread_time() - worked)
        return rows

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> NDArray[np.float32]:
        progress("embedding", 0, len(texts))
        rows = np.stack([np.random.default_rng(zlib.crc32(t.encode())).standard_normal(self.dim) for t in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def rare_word(number: int, *, chinese: bool) -> str:
    """A word that no dictionary has."""
    if chinese:
        return chr(0x5000 + number % 5000) + chr(0x7000 + number // 5000)
    return "q" + "".join(chr(97 + number // 26**place % 26) for place in range(4)) + "x"


def write_transcript(folder: Path, number: int, n_turns: int) -> Path:
    """An interchange file of made-up turns, Chinese for even numbers."""
    generator = np.random.default_rng(number)
    chinese = number % 2 == 0
    common = CHINESE if chinese else ENGLISH
    rare = [rare_word(i, chinese=chinese) for i in range(20_000)]
    turns = []
    for _ in range(n_turns):
        n_words = int(generator.integers(3, 60))
        ranks = np.minimum(generator.zipf(1.3, n_words), len(common) + len(rare)) - 1
        words = [common[r] if r < len(common) else rare[r - len(common)] for r in ranks]
        text = ("，" if chinese else " ").join(words) + ("。" if chinese else ".")
        turns.append({"speaker": f"Speaker {'ABCDEF'[int(generator.integers(6))]}", "text": text})
    path = folder / f"meeting-{number:04}.json"
    path.write_text(json.dumps({"id": path.stem, "turns": turns}, ensure_ascii=False), encoding="utf-8")
    return path


def percentiles(seconds: Sequence[float]) -> str:
    """The median and the 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return f"p50 {1000 * statistics.median(ordered):7.1f} ms   p95 {1000 * ordered[int(0.95 * len(ordered))]:7.1f} ms"


def main(n_turns: int, per_transcript: int) -> None:
    model = StandIn(load_embedder(Settings()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [write_transcript(folder, i, per_transcript) for i in range(-(-n_turns // per_transcript))]
        more = [write_transcript(folder, len(files) + i, per_transcript) for i in range(N_ADDED + 1)]
        bot = PanelBot.open(folder / "full", settings=Settings(), embedder=model)
        bot.add(files)
        for _ in range(N_RUNS):
            time_searches(bot, model)
        time_adding(folder, more, model)


def time_adding(folder: Path, more: Sequence[Path], model: StandIn) -> None:
    """Time adding each of ``more`` to an empty index of its own and to the full one; the first warms both up."""
    began = time.perf_counter()
    full = PanelBot.open(folder / "full", settings=Settings(), embedder=model)
    full.transcripts()
    print(f"opening the full index: {time.perf_counter() - began:.2f} s")
    found: dict[str, list[tuple[float, float]]] = {"an empty index": [], "the full index": []}
    for number, file in enumerate(more):
        empty = PanelBot.open(folder / f"empty-{number}", settings=Settings(), embedder=model)
        for label, bot in (("an empty index", empty), ("the full index", full)):
            bot.search("bank branch traffic")
            began = time.perf_counter()
            bot.add([file])
            added = time.perf_counter() - began
            began = time.perf_counter()
            bot.search("bank branch traffic")
            found[label].append((added, time.perf_counter() - began - model.seconds[-1]))
    medians = {label: np.median(times[1:], axis=0) for label, times in found.items()}
    for label, (added, searched) in medians.items():
        print(f"adding a transcript to {label}: {1000 * added:.0f} ms; first search after it {1000 * searched:.0f} ms")
    empty_added, full_added = (median[0] for median in medians.values())
    print(f"full to empty: {full_added / empty_added:.2f}")


def ask(n: int, *, first: int = 0) -> list[str]:
    """``n`` questions, every other one Chinese, every other pair with a word that no dictionary carries across."""
    generator = np.random.default_rng(1 + first)
    questions = []
    for i in range(first, first + n):
        words = generator.choice(CHINESE if i % 2 else ENGLISH, 4, replace=False).tolist()
        if i % 4 > 1:
            words[3] = rare_word(i, chinese=bool(i % 2))
        questions.append(f"{''.join(words)}怎么样？" if i % 2 else f"what did they say about {' '.join(words)}?")
    return questions


def time_searches(bot: PanelBot, model: StandIn, n: int = 100) -> None:
    """Time ``n`` questions of both languages, and the nearest vectors alone with the same questions."""
    index = bot._library.index()
    n_turns = sum(t.n_turns for t in bot.listing())
    print(f"{n_turns} turns, {len(bot.listing())} transcripts")
    for question in ask(N_BEFORE, first=n):
        bot.search(question)
    questions = ask(n)
    model.seconds.clear()
    model.cpu.clear()
    total, nearest, cpu = [], [], []
    for question in questions:
        before = len(model.seconds)
        began, worked = time.perf_counter(), time.thread_time()
        bot.search(question)
        total.append(time.perf_counter() - began)
        cpu.append(time.thread_time() - worked)
        assert len(model.seconds) == before + 1
        vector = model._model.encode_queries([question])[0]
        began, worked = time.perf_counter(), time.thread_time()
        index.engine.nearest(vector, 200)
        nearest.append(time.perf_counter() - began)
        cpu[-1] -= model.cpu[before] + time.thread_time() - worked
    rest = [t - e - f for t, e, f in zip(total, model.seconds, nearest, strict=True)]
    for label, seconds in (("search", total), ("embedding", model.seconds), ("vectors", nearest), ("the rest", rest)):
        print(f"{label:<10} {percentiles(seconds)}")
    print(f"the rest, processor time alone: {percentiles(cpu)}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [20_000, 200][len(numbers) :]))
