"""How right panelbot reads the files of public repositories: ``python -m benchmarks.reading FOLDER…``.

Each FOLDER is named ``owner+name`` and holds files of that repository; ``--take`` fills it from a git directory.
``shown%`` are the words under another person's name once the register has told who is who, as users see them.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.reading.oracles import ORACLES
from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Oracle
from benchmarks.reading.score import Run, Score, score, words

from panelbot.errors import PanelbotError
from panelbot.readers import read_file
from panelbot.register import build_register

_SEED = 18
_LIMIT_S = 120
_MIN_WORDS = 100


@dataclass(slots=True)
class Result:
    """One repository: its words together, and every file's."""

    name: str
    total: Score = field(default_factory=Score)
    shown: Score = field(default_factory=Score)
    files: dict[str, Score] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    no_dialogue: int = 0
    seconds: float = 0.0


def measure(folder: Path, name: str, oracle: Oracle) -> Result:
    """Score every file of ``folder`` in which the oracle finds two people talking."""
    result = Result(name)
    for path in sorted(folder.iterdir()):
        text = _decoded(path.read_bytes())
        pieces = list(oracle.cut(text))
        said = Counter()
        for piece in pieces:
            if piece.label not in (NO_SPEECH, UNDECIDED):
                said[piece.label] += len(words(piece.text))
        if len(said) < 2 or said.total() < _MIN_WORDS:
            result.no_dialogue += 1
            continue
        began = time.perf_counter()
        try:
            signal.alarm(_LIMIT_S)
            readings = read_file(path)
        except PanelbotError as error:
            result.refused[path.name] = str(error)
            readings = ()
        except Exception as error:  # a crash is a finding
            result.refused[path.name] = f"{type(error).__name__}: {error}"
            readings = ()
        finally:
            signal.alarm(0)
            result.seconds += time.perf_counter() - began
        scored = score(pieces, [one.transcript for one in readings], oracle.persons(text))
        result.files[path.name] = scored
        result.total.counts.update(scored.counts)
        shown = score(pieces, [build_register(one) for one in readings], oracle.persons(text), shown=True)
        result.shown.counts.update(shown.counts)
        scored.runs.extend(replace(run, kind="shown") for run in shown.runs if run.kind == "other")
    return result


def _decoded(data: bytes) -> str:
    """Old pages are not in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252" if b"windows-1252" in data[:500] else "utf-8", errors="replace")


def row(result: Result) -> str:
    """The numbers of one repository as a line of a table."""
    total, oracle = result.total, ORACLES[result.name]
    shares = " | ".join(f"{100 * total.share(kind):.2f}" for kind in ("right", "other", "nobody", "lost", "invented"))
    about = f"{result.name.replace('+', '/', 1)} | {oracle.kind} | {oracle.language} | {len(result.files)}"
    shown = f"{100 * result.shown.share('other'):.2f}"
    return f"| {about} | {total.n_words} | {shares} | {len(result.refused)} | {result.seconds:.0f} | {shown} |"


_COLUMNS = "repository kind language files words right% another's% nobody's% lost% invented% refused s shown%".split()
HEAD = f"| {' | '.join(_COLUMNS)} |\n{'|---' * len(_COLUMNS)}|"


def failures(result: Result, n: int) -> str:
    """The worst runs of ``result``, the ``n`` longest of each kind, and the files with the most wrong words."""
    lines = [f"refused {name}: {why}" for name, why in list(result.refused.items())[:n]]
    runs: list[tuple[str, Run]] = [
        (name, run) for name, one in result.files.items() if name not in result.refused for run in one.runs
    ]
    for kind in ("other", "shown", "nobody", "lost", "invented"):
        of_kind = sorted((one for one in runs if one[1].kind == kind), key=lambda one: -one[1].n_words)
        shown: Counter[str] = Counter()
        for name, run in of_kind:
            if shown[name] < 2 and shown.total() < n:
                shown[name] += 1
                lines.append(
                    f"{kind:8} {run.n_words:5} words  {name}:{run.line}  {run.label!r} -> {run.speaker!r}: {run.text}"
                )
    return "\n".join(lines)


def take(git_dir: str, folder: Path, paths: str, n: int) -> None:
    """Check ``n`` files of the newest commit, chosen by a fixed seed, out into ``folder``."""
    git = ["git", "-c", "core.quotepath=off", "--git-dir", git_dir]
    listed = subprocess.run(
        [*git, "ls-tree", "-r", "-z", "--name-only", "HEAD"], capture_output=True, check=True
    ).stdout
    names = sorted(name for name in listed.decode().split("\0") if re.search(paths, name))
    random.Random(_SEED).shuffle(names)
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    for name in names:
        data = subprocess.run([*git, "show", f"HEAD:{name}"], capture_output=True, check=False).stdout
        if len(data) >= 1500 and taken < n:
            (folder / name.replace("/", "__")[-200:]).write_bytes(data)
            taken += 1


def main() -> None:
    """Print one row a folder, and with ``--show N`` the worst N runs of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--take", metavar="GIT_DIR", help="check files out into the one FOLDER first")
    parser.add_argument("-n", type=int, default=40, help="how many files --take takes")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="add the rows to FILE, for benchmarks.reading.report")
    options = parser.parse_args()
    if options.take:
        take(options.take, options.folder[0], ORACLES[options.folder[0].name].paths, options.n)
    signal.signal(signal.SIGALRM, _too_long)
    print(HEAD, flush=True)
    for folder in options.folder:
        result = measure(folder, folder.name, ORACLES[folder.name])
        print(row(result), flush=True)
        if options.rows:
            with options.rows.open("a", encoding="utf-8") as rows:
                rows.write(row(result) + "\n")
        if options.show:
            print(failures(result, options.show), file=sys.stderr)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took longer than {_LIMIT_S} s")


if __name__ == "__main__":
    main()
