"""Each hostile model server asked a real question, and whether quotes came in time.

    python benchmarks/attack/model_servers.py [--timeout SECONDS]

Prints a line a server: seconds, status, citations and the note; at the end how many took longer than the timeout and
two seconds, gave no quotes, or raised. Exits 1 where one did.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from answer.hostile_servers import SERVERS, hostile
from panels import open_bot, write_panels

QUESTION = "青禾银行的网点客流量恢复得怎么样？"


def main(timeout: float) -> int:
    """Ask and count."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        bot = open_bot(Path(folder) / "index")
        bot.add([write_panels(Path(folder) / "corpus")])
        bot.ask(QUESTION)  # warm
        for name, attack in SERVERS.items():
            with hostile(attack) as url:
                bot.settings = replace(bot.settings, llm_base_url=url, llm_model="x", llm_timeout=timeout)
                began = time.monotonic()
                try:
                    answer = bot.ask(QUESTION)
                    said = f"{answer.status:14} {len(answer.citations)} quotes  {answer.note}"
                    good = bool(answer.citations)
                except Exception as error:
                    said, good = f"RAISED {error!r}", False
                took = time.monotonic() - began
            bad += not (good and took <= timeout + 2)
            print(f"{name:36} {took:6.2f} s  {said}")
    print(f"{len(SERVERS)} servers, {bad} not answered with quotes within {timeout + 2:g} s")
    return int(bad > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--timeout", type=float, default=3.0)
    sys.exit(main(parser.parse_args().timeout))
