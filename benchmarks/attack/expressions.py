"""Every regular expression of the package against texts made from its own characters.

    python benchmarks/attack/expressions.py [--within PREFIX] [--length N] [--characters N]

Prints the expressions that four times the text makes far more than four times as slow, with a text and the times, and
how many there are. Exits 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from expressions import expressions, slow


def main(options: argparse.Namespace) -> int:
    """Try them all."""
    found = expressions(within=options.within)
    n_slow = 0
    for each in found:
        if (caught := slow(each, n=options.length, most=options.characters, behind=True)) is not None:
            n_slow += 1
            text, quarter, whole = caught
            said = f"{each.where}  {text!r}…  {quarter:.3f} s -> {whole:.3f} s"
            print(f"{said}  {each.pattern.pattern[:90]!r}", flush=True)
    print(f"{len(found)} expressions, {n_slow} slow on {16 * options.length:,} characters")
    return int(n_slow > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--within", default="", help="modules whose name begins so, register for example")
    parser.add_argument("--length", type=int, default=1_000)
    parser.add_argument("--characters", type=int, default=6)
    sys.exit(main(parser.parse_args()))
