"""The same questions by every engine and catalogue that can be had here: are the hits the same, and what do they cost?

    python benchmarks/engines.py [N_TURNS]

Two libraries: the sample panels with the questions that come with them, and made-up turns as `library_size.py` makes
them, 200 a transcript. Each is filled once and copied to the others by `panelbot migrate`. Every question goes to all
in turns, once it was asked before, so that its vectors are known: what is measured is the search. Compared are the
hits, and the 200 nearest passages themselves, which a small library is ranked without: in all, in one transcript, and
of one speaker. Milvus's embedded edition needs milvus-lite; its server is started where the package milvus is, in a
network of its own, PostgreSQL's where it is installed. Needs Linux, and for the servers root.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from library_size import Likeness, fill, real_vectors
from search_speed import ask, percentiles

from index.milvus_server import milvus_server
from panelbot import PanelBot, Settings
from panelbot.bot import migrate, migrate_catalogue
from panelbot.embedding import Embedder, RememberingEmbedder, load_embedder
from store.postgres import UnavailableError, server

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
N_QUESTIONS = 100
INSIDE = "PANELS_INSIDE"  # set in the process that has a network of its own


def nearest(bot: PanelBot, question: str) -> list[list[tuple[int, int]]]:
    """The candidates of all, of one transcript and of one speaker."""
    index = bot._library.index()
    vector = bot.embedder.encode_queries([question])[0]
    one = index.heads[len(index.heads) // 2].id
    speaker = {one: frozenset([index.source.registers[one][-1].name])}
    scopes = ((None, None), ([one], None), (None, speaker))
    found = [index.dense(vector, 200, transcripts=transcripts, speakers=speakers) for transcripts, speakers in scopes]
    return [list(zip(candidates.segment.tolist(), candidates.ordinal.tolist(), strict=True)) for candidates in found]


def compare(bots: Mapping[str, PanelBot], questions: Sequence[str], model: Embedder) -> None:
    """Ask all of ``bots`` in turns, and print how they agree with the first, and their times."""
    embedding: list[float] = []
    for question in questions:
        began = time.perf_counter()
        model.encode_queries([question])
        embedding.append(time.perf_counter() - began)
    print(f"  embedding a question {percentiles(embedding)}")
    seconds: dict[str, list[float]] = {name: [] for name in bots}
    vectors: dict[str, list[float]] = {name: [] for name in bots}
    same = {name: [0, 0] for name in bots}
    for bot in bots.values():
        for question in questions:
            bot.search(question)
    for question in questions:
        first: tuple[object, object] | None = None
        for name, bot in bots.items():
            began = time.perf_counter()
            hits = bot.search(question)
            seconds[name].append(time.perf_counter() - began)
            index, vector = bot._library.index(), bot.embedder.encode_queries([question])[0]
            began = time.perf_counter()
            index.dense(vector, 200)
            vectors[name].append(time.perf_counter() - began)
            near = nearest(bot, question)
            first = first or (hits, near)
            same[name][0] += hits == first[0]
            same[name][1] += near == first[1]
    for name, (hits, near) in same.items():
        n = len(questions)
        print(f"  {name:<22} hits {hits}/{n}  nearest {near}/{n}  search {percentiles(seconds[name])}", end="  ")
        print(f"vectors {percentiles(vectors[name])}", flush=True)


@contextmanager
def postgres() -> Iterator[Callable[[], str] | None]:
    """What gives the address of a new catalogue; None where there is no server."""
    try:
        with server() as running:
            yield running.make
    except UnavailableError as error:
        print(f"no PostgreSQL: {error}")
        yield None


def elsewhere(folder: Path, uris: Mapping[str, str], new: Callable[[], str] | None) -> dict[str, tuple[Path, Settings]]:
    """The index in ``folder`` copied to the other engines and catalogues: where each is opened, and with what."""
    found = {"local": (folder, Settings())}
    for name, uri in uris.items():
        there = Settings(engine="milvus", milvus_uri=uri)
        began = time.perf_counter()
        migrate(folder, there, "milvus")
        print(f"  to {name} in {time.perf_counter() - began:.1f} s")
        found[name] = (folder, there)
    if new is not None:
        there = Settings(catalogue=new())
        began = time.perf_counter()
        migrate_catalogue(folder, there, "postgresql")
        print(f"  to PostgreSQL in {time.perf_counter() - began:.1f} s", flush=True)
        found["local, PostgreSQL"] = (folder.with_name(f"{folder.name}-shared"), there)
        if uris:
            name, uri = next(reversed(uris.items()))
            both = Settings(catalogue=there.catalogue, engine="milvus", milvus_uri=uri)
            found[f"{name}, PostgreSQL"] = (folder.with_name(f"{folder.name}-both"), both)
    return found


def main(n_turns: int) -> None:
    model = load_embedder(Settings())
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name, ExitStack() as stack:
        uris = {"milvus-lite": str(Path(name) / "milvus.db")} if find_spec("milvus_lite") else {}
        if find_spec("milvus"):
            uris["Milvus 2.3.5"] = stack.enter_context(milvus_server(Path(name)))
        new = stack.enter_context(postgres())
        samples = [json.loads(line)["query"] for line in (CORPUS / "questions.jsonl").read_text("utf-8").splitlines()]
        PanelBot.open(Path(name) / "samples", settings=Settings(), embedder=model).add([CORPUS])
        fill(Path(name) / "made-up", n_turns, 200, model.name, Likeness(real_vectors()))
        for library, questions in (("samples", samples[:N_QUESTIONS]), ("made-up", ask(N_QUESTIONS))):
            print(library, flush=True)
            known = RememberingEmbedder(model)
            few = library == "samples"  # the embedded edition looks at every vector, slowly
            places = elsewhere(Path(name) / library, {n: u for n, u in uris.items() if few or "://" in u}, new)
            compare(
                {
                    label: PanelBot.open(folder, settings=settings, embedder=known)
                    for label, (folder, settings) in places.items()
                },
                questions,
                model,
            )


if __name__ == "__main__":
    if os.geteuid() == 0 and find_spec("milvus") and INSIDE not in os.environ:  # Milvus binds every interface
        command = f'ip link set lo up && exec {sys.executable} "$0" "$@"'
        alone = ["unshare", "--net", "sh", "-c", command, *sys.argv]
        sys.exit(subprocess.run(alone, env=os.environ | {INSIDE: "1", "no_proxy": "*"}, check=False).returncode)
    main(*(int(argument) for argument in sys.argv[1:2] or ["20000"]))
