"""Processor time of long and hostile files, each in its own process: ``python -m benchmarks.reading.hostile``.

Knows nothing of what the files should be read as: they are read or refused, in time.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_LIMIT_S = 120
_NAMES = ("Vita Lorne", "Pell", "TBQ", "Dr. Una Sisk", "方小满")
_READ = """
import sys
from panelbot.errors import PanelbotError
from panelbot.readers import read_file
try:
    print(sum(len(reading.transcript.turns) for reading in read_file(sys.argv[1])))
except PanelbotError as error:
    print("refused:", str(error)[:70])
"""


def _turns(n: int) -> str:
    return "".join(
        f"{_NAMES[k % 5]}: The pump in shed {k} ran dry again, so we moved the vote to week {k % 52}.\n"
        for k in range(n)
    )


FILES: dict[str, Callable[[], str]] = {
    "10,000 turns": lambda: _turns(10_000),
    "30,000 dashes": lambda: "-" * 30_000,
    "30,000 dashes among turns": lambda: _turns(50) + "-" * 30_000 + "\n" + _turns(50),
    "30,000 lines of a dash": lambda: "-\n" * 30_000,
    "one line of 50 MB": lambda: "word and " * 5_555_555,
    "one turn of 50 MB": lambda: _turns(20) + "Pell: " + "word, and: " * 4_545_454,
    "200,000 short lines": lambda: "ok\n" * 200_000,
    "200,000 lines that are labels": lambda: "".join(f"n{k}: a\n" for k in range(200_000)),
    "200,000 lines with colons": lambda: "".join(f"{_NAMES[k % 5]}: a: b: c\n" for k in range(200_000)),
    "30,000 brackets": lambda: "[" * 30_000 + "\n" + "(" * 30_000 + "\n" + "<" * 30_000,
    "30,000 stars": lambda: "*" * 30_000 + "a" + "*" * 30_000,
    "30,000 spaces in labels": lambda: (
        "".join(f"Pell{' ' * 3000}x: y\n" for _ in range(10)) + "a" + " " * 30_000 + "b:"
    ),
    "100,000 stamps": lambda: "".join(f"{k // 3600:02}:{k // 60 % 60:02}:{k % 60:02}\n" for k in range(100_000)),
}
"""By what they are; each makes its text."""


def timed(text: str) -> tuple[float, str]:
    """Processor seconds that starting Python and reading ``text`` as a file takes, and what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.txt"
        path.write_text(text, encoding="utf-8")
        began = _used()
        try:
            done = subprocess.run(
                [sys.executable, "-c", _READ, str(path)],
                capture_output=True,
                text=True,
                timeout=_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _LIMIT_S, "not within the limit"
        return _used() - began, (done.stdout or done.stderr).strip().splitlines()[-1]


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    """Print a row a file."""
    for name, make in FILES.items():
        seconds, what = timed(make())
        print(
            f"| {name} | {seconds:.1f} | {what if what.startswith(('refused', 'not')) else what + ' turns'} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
