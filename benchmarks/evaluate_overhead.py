"""What a whole evaluation takes beyond the embedding it needs: wall clock, share, peak memory.

    python benchmarks/evaluate_overhead.py QUESTIONS.jsonl TRANSCRIPTS…

Runs `panelbot evaluate` in a process of its own, from files to report, and reads from the report how long the
embedding of passages and of questions took. Both numbers are of the same run, so other work on the machine slows both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main(questions: str, transcripts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        command = [sys.executable, "-m", "panelbot", "evaluate", questions, "--transcripts", *transcripts]
        began = time.perf_counter()
        subprocess.run([*command, "--report", str(report)], check=True, stdout=subprocess.DEVNULL)
        total = time.perf_counter() - began
        run = json.loads((report / "run.json").read_text(encoding="utf-8"))["run"]
        rows = (report / "results.jsonl").read_text(encoding="utf-8").splitlines()
    asked = sum(json.loads(line)["seconds"].get("embedding", 0.0) for line in rows)
    embedding = run["seconds"]["embedding"] + asked
    print(f"{run['n_questions']} questions, {run['n_transcripts']} transcripts, {run['n_turns']} turns")
    print(f"whole command  {total:8.1f} s")
    print(f"embedding      {embedding:8.1f} s  (of the questions {asked:.1f} s)")
    print(f"the rest       {total - embedding:8.1f} s  ({(total - embedding) / embedding:.1%} of the embedding)")
    print(f"peak memory    {run['peak_memory'] / 2**20:8.0f} MiB")
    for stage, seconds in run["seconds"].items():
        print(f"  {stage:<12} {seconds:8.1f} s")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
