"""How long a question waits for panelbot to start, and what it takes up: the command line, then the page's server.

    python benchmarks/cold_start.py [SOURCE…] [--runs 5] [--index DIR] [--no-serve]

Each SOURCE is the ``src`` folder of a checkout (this one's where none is given); they take turns, so that what else the
machine does meets all of them, and each answers from an index of the sample panels of its own. Printed for
``panelbot ask``, once in each language: wall and processor time (median, and the least) and peak memory. For
``panelbot serve``: seconds until the page is served, seconds from there to the answer to the first question, and
resident memory after it. The first start ever, which fills the cache, is told apart.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ("what did the bank say about branch traffic", "银行网点客流恢复得怎么样？")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one command took: seconds of wall and of processor time, and megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


def environment(source: Path, cache: Path) -> dict[str, str]:
    """The environment in which the package of ``source`` runs, with a cache of its own."""
    own = {"PYTHONPATH": str(source), "PANELBOT_CACHE": str(cache), "PYTHONPYCACHEPREFIX": str(cache / "compiled")}
    # What is installed is compiled: a start that compiles every module anew is nobody's.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def run(source: Path, cache: Path, arguments: Sequence[str]) -> Run:
    """Run one panelbot command to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "panelbot", *arguments],
        env=environment(source, cache),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=cache,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"panelbot {' '.join(arguments)} of {source} ended with {process.returncode}")
    return Run(
        wall=time.perf_counter() - began,
        cpu=used.ru_utime + used.ru_stime,
        peak=used.ru_maxrss / 1024,
    )


def serve(source: Path, cache: Path, index: Path) -> tuple[float, float, float]:
    """Seconds until the page is served, seconds to the first answer, and resident megabytes after it."""
    from gradio_client import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "panelbot", "--index", str(index), "serve", "--port", str(port)],
        env=environment(source, cache),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=cache,
    )
    try:
        while not _answers(address):
            if process.poll() is not None:
                raise SystemExit(f"panelbot serve of {source} ended with {process.returncode}")
            time.sleep(0.05)
        served = time.perf_counter()
        client = Client(address, verbose=False)
        asked = time.perf_counter()
        client.predict(QUESTIONS[0], api_name="/ask")
        answered = time.perf_counter() - asked
        client.close()
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        return served - began, answered, resident / 1024
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def spread(values: Sequence[float], unit: str) -> str:
    """The median and the least."""
    return f"{statistics.median(values):6.2f} {unit} (least {min(values):.2f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path, default=[ROOT / "src"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-serve", action="store_true")
    args = parser.parse_args()
    sources = [source.resolve() for source in args.sources]
    with tempfile.TemporaryDirectory() as name:
        places = {source: Path(name) / str(i) for i, source in enumerate(sources)}
        for source, place in places.items():
            (place / "cache").mkdir(parents=True)
            added = run(source, place / "cache", ["--index", str(place / "index"), "add", str(ROOT / "corpus")])
            print(
                f"{source}: first start ever, adding the sample panels: {added.wall:.1f} s wall, {added.cpu:.1f} s cpu"
            )
        for question in QUESTIONS:
            runs: dict[Path, list[Run]] = {source: [] for source in sources}
            for _ in range(args.runs):
                for source, place in places.items():
                    asked = ["--index", str(place / "index"), "ask", question]
                    runs[source].append(run(source, place / "cache", asked))
            for source, found in runs.items():
                wall, cpu = spread([r.wall for r in found], "s wall"), spread([r.cpu for r in found], "s cpu")
                print(f"{source}: ask {question!r}: {wall}, {cpu}, peak {max(r.peak for r in found):.0f} MB")
        for source, place in () if args.no_serve else places.items():
            served, answered, resident = serve(source, place / "cache", place / "index")
            print(f"{source}: serve: page {served:.1f} s, first answer {answered:.1f} s, then {resident:.0f} MB")


if __name__ == "__main__":
    main()
