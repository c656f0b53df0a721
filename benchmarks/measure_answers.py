"""What answers cite, against the turns people marked as evidence, and whether anything unproved gets through.

    python benchmarks/measure_answers.py INDEX QUESTIONS.jsonl [N]

INDEX is made by `panelbot add`. Each question is asked within its transcript. Printed: precision and recall of the
cited turns against `evidence_turns` (`gold_turns` where there are none), the same for citing the first three hits
whole, the statuses on the question's own transcript and on a wrong one, and the violations that the checker of
tests/answer/violations.py finds.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answer.violations import violations
from panelbot.bot import PanelBot
from panelbot.config import load_settings


def main(index: str, questions: str, n: int | None = None) -> None:
    """Ask and count."""
    bot = PanelBot.open(index, settings=load_settings())
    transcripts = {t.id: t for t in bot.transcripts()}
    rows = [json.loads(line) for line in Path(questions).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["transcript_id"] in transcripts]
    choice = random.Random(0)
    rows = choice.sample(rows, min(n or len(rows), len(rows)))
    ids = sorted({row["transcript_id"] for row in rows})
    own: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    cited: list[tuple[float, float]] = []
    naive: list[tuple[float, float]] = []
    faults: list[str] = []
    counts: Counter[str] = Counter()
    for row in rows:
        gold = set(row.get("evidence_turns") or row["gold_turns"])
        answer = bot.ask(row["query"], history=row.get("history") or (), transcripts=[row["transcript_id"]])
        own[answer.status] += 1
        counts.update(repaired=answer.repaired, dropped=answer.dropped, notes=bool(answer.note))
        faults += violations(answer, transcripts)
        if gold:
            cited.append(precision_recall({c.turn for c in answer.citations}, gold))
            naive.append(precision_recall({h.turn for h in answer.hits[:3]}, gold))
        if len(ids) > 1 and row.get("answerable", True):
            other = choice.choice([id for id in ids if id != row["transcript_id"]])
            strange = bot.ask(row["query"], transcripts=[other])
            wrong[strange.status] += 1
            faults += violations(strange, transcripts)
    print(f"{len(rows)} questions, {len(ids)} transcripts; {dict(counts)}")
    print(f"cited turns       precision {_mean(cited, 0):.3f} recall {_mean(cited, 1):.3f}")
    print(f"first three hits  precision {_mean(naive, 0):.3f} recall {_mean(naive, 1):.3f}")
    print(f"own transcript    {dict(own)}")
    print(f"wrong transcript  {dict(wrong)}")
    refused, refused_wrong = sum(own.values()) - own["answered"], sum(wrong.values()) - wrong["answered"]
    if refused_wrong:
        recall = refused_wrong / sum(wrong.values())
        print(f"refusals          precision {refused_wrong / (refused + refused_wrong):.3f} recall {recall:.3f}")
    print(f"violations        {len(faults)}")
    for fault in faults[:20]:
        print(f"  {fault}")


def precision_recall(found: set[int], gold: set[int]) -> tuple[float, float]:
    """Shares of the found turns that are gold, and of the gold turns that were found."""
    both = len(found & gold)
    return (both / len(found) if found else 0.0), both / len(gold)


def _mean(pairs: list[tuple[float, float]], which: int) -> float:
    return sum(pair[which] for pair in pairs) / len(pairs) if pairs else 0.0


if __name__ == "__main__":
    arguments: list[Any] = sys.argv[1:]
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    main(arguments[0], arguments[1], int(arguments[2]) if len(arguments) == 3 else None)
