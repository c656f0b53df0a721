"""Print the answers to questions as a reader sees them.

    python benchmarks/print_answers.py INDEX QUESTIONS.jsonl…

INDEX is made by `panelbot add`. A question whose status is not the expected one, or whose first citation is not where
the answer is, is marked. `write_docs.py` prints docs/sample-answers.md so.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot
from panelbot.config import Settings
from panelbot.types import Answer


def pages(bot: PanelBot, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Markdown, transcript by transcript."""
    titles = {t.id: t.title or t.id for t in bot.transcripts()}
    marks: Counter[str] = Counter()
    current = ""
    for row in rows:
        if row["transcript_id"] not in titles:
            continue
        if row["transcript_id"] != current:
            current = row["transcript_id"]
            yield f"\n### {titles[current]}\n"
        answer = bot.ask(row["query"], history=row.get("history") or (), transcripts=[current])
        mark = judged(row, answer)
        marks[mark or "as expected"] += 1
        yield entry(row, answer, mark)
    yield "\n" + ", ".join(f"{n} {mark}" for mark, n in marks.most_common()) + ".\n"


def judged(row: dict[str, Any], answer: Answer) -> str:
    """What is not as the questions file expects; empty where all is."""
    wanted = row.get("status") or ("answered" if row.get("answerable", True) else "")
    if wanted and answer.status != wanted:
        return f"expected {wanted}"
    if not wanted and answer.status == "answered":
        return "expected a no"
    cited = [citation.turn for citation in answer.citations]
    if answer.status == "answered" and row["gold_turns"] and not set(cited) & set(row["gold_turns"]):
        return "answer is elsewhere"
    if answer.status == "answered" and row["gold_turns"] and cited[0] not in row["gold_turns"]:
        return "answer is not first"
    return ""


def entry(row: dict[str, Any], answer: Answer, mark: str) -> str:
    """One question with its answer."""
    earlier = "".join(f"*{h if isinstance(h, str) else h['query']}* → " for h in row.get("history") or ())
    head = f"\n**{row['query_id']}** {earlier}{row['query']}"
    if answer.question != row["query"]:
        head += f" (asked as: {answer.question})"
    status = f"`{answer.status}`" + (f" ✗ {mark}" if mark else "")
    text = "\n".join(f"> {line}  " if line.strip() else ">" for line in answer.text.split("\n"))
    return f"{head}  \n{status}\n\n{text}\n"


def main(index: str, *files: str) -> None:
    """Print the answers to the questions of ``files``."""
    rows = [json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()]
    for page in pages(PanelBot.open(index, settings=Settings()), rows):
        print(page, end="", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) > 2 else sys.exit(__doc__)
