"""Make panels out of articles cut into sentences, so that questions with a known sentence can train answers.

    python benchmarks/make_panels.py TRANSCRIPTS QUESTIONS.jsonl… OUT

TRANSCRIPTS is a folder of interchange files in which a turn is one sentence and names its ``paragraph``. Each
paragraph becomes a turn, four articles of one language (the id up to the dash) a transcript, and three made-up
speakers take turns. OUT/transcripts holds the panels, OUT/<name> each questions file with the gold turns renumbered
and the gold sentence under ``quotes``. A question that is there in two languages (`query_id` the same up to the last
dash) is also asked in English of the English panel: OUT/en2en.jsonl.
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

ARTICLES = 4
SPEAKERS = ("Speaker A", "Speaker B", "Speaker C")

Places = dict[tuple[str, int], tuple[str, int, str]]
"""Where an article's sentence went: the panel, the turn, and the sentence."""


def make_panels(transcripts: Path) -> tuple[list[dict[str, Any]], Places]:
    """The panels, and where each sentence went."""
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(transcripts.glob("*.json"))]
    panels: list[dict[str, Any]] = []
    places: Places = {}
    for language, group in groupby(articles, key=lambda article: article["id"].partition("-")[0]):
        of_language = list(group)
        for start in range(0, len(of_language), ARTICLES):
            id = f"{language}-panel-{start // ARTICLES:02}"
            turns: list[dict[str, Any]] = []
            for article in of_language[start : start + ARTICLES]:
                for _, paragraph in groupby(article["turns"], key=lambda turn: turn["paragraph"]):
                    sentences = list(paragraph)
                    for sentence in sentences:
                        places[article["id"], sentence["index"]] = (id, len(turns), sentence["text"])
                    text = ("" if language == "zh" else " ").join(sentence["text"] for sentence in sentences)
                    turns.append({"speaker": SPEAKERS[len(turns) % len(SPEAKERS)], "text": text})
            panels.append({"id": id, "language": language, "turns": turns})
    return panels, places


def moved(row: dict[str, Any], places: Places) -> dict[str, Any]:
    """A question with its gold where it went."""
    found = [places[row["transcript_id"], turn] for turn in row["gold_turns"]]
    return {
        **row,
        "transcript_id": found[0][0],
        "gold_turns": [t for _, t, _ in found],
        "quotes": [q for *_, q in found],
    }


def in_english(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions about English panels that are asked in English too, in English."""
    wording = {row["query_id"].rpartition("-")[0]: row["query"] for row in rows if row["query"].isascii()}
    about = {row["query_id"].rpartition("-")[0]: row for row in rows if row["transcript_id"].startswith("en-")}
    return [{**row, "query_id": f"{key}-en2en", "query": wording[key]} for key, row in about.items() if key in wording]


def main(transcripts: str, questions: list[str], out: str) -> None:
    """Write the panels and the questions."""
    folder = Path(out) / "transcripts"
    folder.mkdir(parents=True, exist_ok=True)
    panels, places = make_panels(Path(transcripts))
    for panel in panels:
        (folder / f"{panel['id']}.json").write_text(json.dumps(panel, ensure_ascii=False, indent=1), encoding="utf-8")
    files: dict[str, list[dict[str, Any]]] = {}
    for path in questions:
        rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
        files[Path(path).name] = [moved(row, places) for row in rows if row["gold_turns"]]
    files["en2en.jsonl"] = in_english([row for rows in files.values() for row in rows])
    for name, rows in files.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (Path(out) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:-1], sys.argv[-1])
