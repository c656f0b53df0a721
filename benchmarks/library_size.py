"""What a large library takes: opening, searching, memory, and how many of the nearest vectors are found.

    python benchmarks/library_size.py [N_TURNS] [TURNS_PER_TRANSCRIPT]

Turns are made of words drawn by their usual frequencies and put straight into the store, with made-up unit vectors that
lie as those of texts do: each is that of a sentence of the panels in the repository, moved by a random mixture of the
ways to its neighbours. How near vectors lie to their neighbours is printed, for real and made-up ones; reading and
embedding are measured elsewhere. Questions are those of `search_speed.py`, embedded by the built-in model. A second
process opens the index, searches, and tells its own memory. Recall is of the ten vectors nearest to another one made
like them, against looking at every vector.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from search_speed import CHINESE, ENGLISH, N_BEFORE, StandIn, ask, percentiles, rare_word

from panelbot import PanelBot, Settings
from panelbot.bot.library import Library
from panelbot.embedding import load_embedder
from panelbot.index import build_postings
from panelbot.readers import read_file
from panelbot.store import Record
from panelbot.text import sentence_spans
from panelbot.types import Passage, Speaker, Transcript, Turn

ROOT = Path(__file__).parents[1]
PANELS = (ROOT / "corpus", ROOT / "benchmarks" / "panels" / "transcripts")
N_NEIGHBOURS = 30  # of a real vector, in whose directions made-up ones lie
# How far: with .7 half of the made-up vectors are as near to their nearest neighbours as half of the real ones are.
SPREAD = 0.7
AT_ONCE = 50  # transcripts in one transaction
N_QUESTIONS = 100
SPEAKERS = tuple(f"Speaker {letter}" for letter in "ABCDEF")


class Likeness:
    """Vectors that lie as ``real`` ones do, float32 (n, dim) of unit length."""

    def __init__(self, real: NDArray[np.float32]) -> None:
        self.real = real
        self._near = np.argsort(-(real @ real.T), axis=1)[:, 1 : N_NEIGHBOURS + 1]

    def some(self, generator: np.random.Generator, n: int) -> NDArray[np.float32]:
        """``n`` unit vectors, float32 (n, dim): a draw from the covariance of a real one's neighbours around it."""
        which = generator.integers(0, len(self.real), n)
        weights = generator.standard_normal((n, N_NEIGHBOURS, 1)).astype(np.float32) * SPREAD / N_NEIGHBOURS**0.5
        ways = self.real[self._near[which]] - self.real[which][:, None]
        rows = self.real[which] + (weights * ways).sum(axis=1)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def real_vectors() -> NDArray[np.float32]:
    """The vectors of the sentences of the repository's panels, float32 (n, dim)."""
    files = sorted(path for folder in PANELS for path in folder.iterdir() if path.suffix in {".json", ".txt", ".vtt"})
    turns = [
        turn.text
        for path in files
        if not path.stem.startswith("expected")
        for r in read_file(path)
        for turn in r.transcript.turns
    ]
    found = {text[a:b] for text in turns for a, b in sentence_spans(text) if b - a > 12}
    return load_embedder(Settings()).encode_passages(sorted(found))


def neighbourhood(rows: NDArray[np.float32]) -> str:
    """The cosine to the nearest and to the tenth nearest of each row, 10th, 50th and 90th percentile."""
    scores = np.sort(rows @ rows.T, axis=1)
    return ", ".join(
        f"{name} {' '.join(f'{x:.3f}' for x in np.quantile(scores[:, -1 - n], [0.1, 0.5, 0.9]))}"
        for n, name in ((1, "nearest"), (10, "tenth"))
    )


def some_record(number: int, n_turns: int, likeness: Likeness) -> Record:
    """A transcript of made-up turns, Chinese for even numbers, one passage a turn."""
    generator = np.random.default_rng(number)
    chinese = number % 2 == 0
    common = CHINESE if chinese else ENGLISH
    vocabulary = [*common, *(rare_word(i, chinese=chinese) for i in range(20_000))]
    said: list[list[str]] = []
    for _ in range(n_turns):
        ranks = np.minimum(generator.zipf(1.3, int(generator.integers(3, 60))), len(vocabulary)) - 1
        said.append([vocabulary[rank] for rank in ranks])
    texts = [("，" if chinese else " ").join(words) + ("。" if chinese else ".") for words in said]
    turns = tuple(
        Turn(index=i, speaker=SPEAKERS[int(generator.integers(len(SPEAKERS)))], text=text)
        for i, text in enumerate(texts)
    )
    return Record(
        transcript=Transcript(
            id=f"meeting-{number:05}", speakers=tuple(Speaker(name=name) for name in SPEAKERS), turns=turns
        ),
        passages=tuple(Passage(turn=i, start=0, end=len(text)) for i, text in enumerate(texts)),
        vectors=likeness.some(generator, n_turns),
        lexical=build_postings(said),
        path=f"meeting-{number:05}.json",
        fingerprint="made up",
    )


def fill(folder: Path, n_turns: int, per_transcript: int, model: str, likeness: Likeness) -> None:
    """Put ``n_turns`` turns into the index in ``folder``."""
    library = Library(folder)
    began = time.perf_counter()
    numbers = range(-(-n_turns // per_transcript))
    for start in range(0, len(numbers), AT_ONCE):
        records = [some_record(i, per_transcript, likeness) for i in numbers[start : start + AT_ONCE]]
        library.store.save(records, meta={"embedder": model, "embedding_model": "builtin"})
    stored = time.perf_counter()
    library.save_derived()
    print(f"{n_turns} turns in {len(numbers)} transcripts stored in {stored - began:.0f} s, ", end="")
    print(f"vectors laid out in {time.perf_counter() - stored:.0f} s, ", end="")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{size / 1e6:.0f} MB on disk, {len(library.store.blocks())} blocks", flush=True)
    library.store.close()


def resident() -> float:
    """Megabytes that this process holds, mapped pages included."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def measure(folder: Path, real: Path) -> None:
    """Open the index and search it; ``real`` holds the vectors that its own lie like."""
    model = StandIn(load_embedder(Settings()))
    model.encode_queries(["warm up"])
    before = resident()
    began = time.perf_counter()
    bot = PanelBot.open(folder, settings=Settings(), embedder=model)
    index = bot._library.index()
    opened = time.perf_counter()
    bot.search(ask(1, first=999)[0])
    print(f"opening {opened - began:.2f} s, first search {time.perf_counter() - opened:.2f} s")
    for question in ask(N_BEFORE, first=N_QUESTIONS):
        bot.search(question)
    model.seconds.clear()
    total, cpu = [], []
    for question in ask(N_QUESTIONS):
        wall, worked = time.perf_counter(), time.thread_time()
        bot.search(question)
        total.append(time.perf_counter() - wall)
        cpu.append(time.thread_time() - worked)
    print(f"search    {percentiles(total)}   processor time {percentiles(cpu)}")
    print(f"embedding {percentiles(model.seconds)}")
    print(f"memory: {resident():.0f} MB, {resident() - before:.0f} MB of them the index")
    parts = index.engine._parts  # type: ignore[attr-defined]
    generator, found, seconds = np.random.default_rng(11), 0, []
    for query in Likeness(np.load(real)).some(generator, N_QUESTIONS):
        wall = time.perf_counter()
        ids, _ = index.engine.nearest(query, 10)
        seconds.append(time.perf_counter() - wall)
        scores = np.concatenate([part.rows @ query for part, _ in parts])
        every = np.concatenate([part.ids for part, _ in parts])
        found += len(set(ids.tolist()) & set(every[np.argpartition(-scores, 10)[:10]].tolist()))
    print(f"the ten nearest: {percentiles(seconds)}, recall {found / (10 * N_QUESTIONS):.4f}")


def main(n_turns: int, per_transcript: int) -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder, real = Path(name) / "index", Path(name) / "real.npy"
        np.save(real, real_vectors())
        likeness = Likeness(np.load(real))
        n = min(len(likeness.real), 5_000)
        print(f"{len(likeness.real)} sentences, cosine to their own: {neighbourhood(likeness.real[:n])}")
        print(f"as many made up: {neighbourhood(likeness.some(np.random.default_rng(3), n))}", flush=True)
        fill(folder, n_turns, per_transcript, load_embedder(Settings()).name, likeness)
        subprocess.run([sys.executable, __file__, "--measure", str(folder), str(real)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        numbers = [int(argument) for argument in sys.argv[1:]]
        main(*(numbers + [20_000, 200][len(numbers) :]))
