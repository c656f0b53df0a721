"""Print the answers to questions as a reader sees them: the second half of docs/answers.md.

    python benchmarks/print_answers.py INDEX QUESTIONS.jsonl… [--into docs/answers.md]

INDEX is made by `panelbot add`. With --into, everything after the line "## Every answer" of that file is replaced.
A question whose status is not the expected one, or whose first citation is not where the answer is, is marked.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot
from panelbot.config import Settings
from panelbot.types import Answer

HEADING = "## Every answer\n"
INTRODUCTION = """
Marked ✗ where the status is not the expected one, or the cited turns are not where the answer is. Printed by
`python benchmarks/print_answers.py INDEX QUESTIONS.jsonl… --into docs/answers.md`.
"""


def pages(index: str, files: list[str]) -> Iterator[str]:
    """Markdown, transcript by transcript."""
    bot = PanelBot.open(index, settings=Settings())
    titles = {t.id: t.title or t.id for t in bot.transcripts()}
    rows = [json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()]
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


def main(arguments: list[str]) -> None:
    """Print, or replace the second half of a file."""
    target = None
    if "--into" in arguments:
        at = arguments.index("--into")
        target = Path(arguments[at + 1])
        arguments = arguments[:at] + arguments[at + 2 :]
    if len(arguments) < 2:
        sys.exit(__doc__)
    if target is None:
        for page in pages(arguments[0], arguments[1:]):
            print(page, end="", flush=True)
        return
    before = target.read_text(encoding="utf-8").partition(HEADING)[0]
    text = "".join(pages(arguments[0], arguments[1:]))
    target.write_text(before + HEADING + INTRODUCTION + text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
