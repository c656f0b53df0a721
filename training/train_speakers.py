"""Train what tells that others spoke of a matter and the one asked about did not.

    python training/train_speakers.py made PANELS QUESTIONS.jsonl ROWS.jsonl [OTHER.jsonl]
    python training/train_speakers.py asked INDEX QUESTIONS.jsonl ROWS.jsonl [N]
    python training/train_speakers.py marked INDEX QUESTIONS.jsonl ROWS.jsonl
    python training/train_speakers.py fit ROWS.jsonl… > OTHERS.json

`made` asks the questions of panels made by make_panels.py (see train_refusals.py) of the speaker of their paragraph and
of another one. `asked` asks questions of an index made by `panelbot add` of the speaker with most of their
`evidence_turns` (`gold_turns` where there are none) and of one with none of the `gold_turns`, who may have said
something all the same. `marked` asks the questions that name a speaker and whose ``status`` is
marked. `fit` prints the entry ``others`` of src/panelbot/evidence/model.json and, on stderr, the shares of both kinds
that are told from the points of decide.py on, for transcripts that were not trained on (5 folds).
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from regression import coefficients
from train_refusals import cases, read, with_wording

from panelbot import PanelBot, load_settings
from panelbot.evidence.decide import BY_OTHERS, BY_OTHERS_BROAD, DOUBTFUL, compare, judge, of_others
from panelbot.evidence.features import prepare
from panelbot.retrieve import Retrieval, retrieve
from panelbot.types import Question, SpeakerRef, Transcript
from panelbot.understand import understand

CASES = 14  # own questions a panel


def row(
    kind: str, question: Question, own: Retrieval, wide: Retrieval, transcript: Transcript, bot: PanelBot
) -> dict[str, Any]:
    """What is compared for a question about one speaker."""
    transcripts = {transcript.id: transcript}
    closeness = prepare(question, own, transcripts, bot.embedder)
    mine = judge(question, own, transcripts, closeness)
    everybody = replace(question, speakers=())
    theirs = judge(everybody, of_others(question, wide), transcripts, closeness, among_others=True)
    return {"kind": kind, "transcript_id": transcript.id, "chance": mine.chance, "features": compare(mine, theirs)}


def made(panels: str, questions: str, others: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of made panels."""
    rows = with_wording(read([Path(questions)]), read([Path(other) for other in others]))
    for bot, case in cases(Path(panels), rows, CASES):
        if case.kind in ("of its speaker", "of another"):
            own, wide = case.found[case.question.speakers], case.found[()]
            yield row(case.kind, case.question, own, wide, case.transcript, bot)


def asked(index: str, questions: str, n: int) -> Iterator[dict[str, Any]]:
    """The rows of real transcripts."""
    bot = PanelBot.open(index, settings=load_settings())
    whole = bot._library.index()
    rows = [q for q in read([Path(questions)]) if q["gold_turns"] and q["transcript_id"] in whole.segments]
    random.Random(5).shuffle(rows)
    for q in rows[:n]:
        transcript = whole.segments[q["transcript_id"]].transcript
        turns, leads = transcript.turns, {s.name for s in transcript.speakers if s.role == "moderator"}
        evidence = [i for i in q.get("evidence_turns") or q["gold_turns"] if i < len(turns)]
        most = Counter(turns[i].speaker for i in evidence if turns[i].speaker not in leads).most_common(1)
        spoke = {turns[i].speaker for i in q["gold_turns"] if i < len(turns)} | leads
        silent = [speaker.name for speaker in transcript.speakers if speaker.name not in spoke]
        question = replace(understand(q["query"], (), {transcript.id: transcript.speakers}), fault="", speakers=())
        wide = retrieve(question, whole, bot.embedder, bot.settings, transcripts={transcript.id})
        for kind, names in (("of its speaker", [name for name, _ in most]), ("of another", silent)):
            if names:
                ref = SpeakerRef(transcript_id=transcript.id, name=names[len(evidence) % len(names)])
                narrow = replace(question, speakers=(ref,))
                own = retrieve(narrow, whole, bot.embedder, bot.settings, transcripts={transcript.id})
                yield row(kind, narrow, own, wide, transcript, bot)


def marked(index: str, questions: str) -> Iterator[dict[str, Any]]:
    """The rows of questions that name a speaker, by their marked status."""
    bot = PanelBot.open(index, settings=load_settings())
    whole = bot._library.index()
    kinds = {"answered": "of its speaker", "not_by_speaker": "of another"}
    for q in read([Path(questions)]):
        transcript = whole.segments[q["transcript_id"]].transcript
        question = understand(q["query"], (), {transcript.id: transcript.speakers})
        if question.speakers and not question.fault and q["status"] in kinds:
            scope = {"transcripts": {transcript.id}}
            own = retrieve(question, whole, bot.embedder, bot.settings, **scope)
            wide = retrieve(replace(question, speakers=()), whole, bot.embedder, bot.settings, **scope)
            yield row(kinds[q["status"]], question, own, wide, transcript, bot)


def fit(paths: list[str]) -> None:
    """Print the model; report on stderr."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    rows = [(path, line) for path in paths for line in read([Path(path)])]
    names = list(rows[0][1]["features"])
    x = np.array([[line["features"][name] for name in names] for _, line in rows])
    y = np.array([line["kind"] == "of another" for _, line in rows])
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    x = (x - mean) / scale
    groups = [line["transcript_id"] for _, line in rows]
    regression = LogisticRegression()
    chance = cross_val_predict(regression, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    doubtful = np.array([line["chance"] < DOUBTFUL for _, line in rows])
    for path in paths:
        here = np.array([p == path for p, _ in rows])
        for point in (BY_OTHERS, BY_OTHERS_BROAD):
            told = (chance >= point) & doubtful
            print(f"{Path(path).stem} from {point}: of another {told[here & y].mean():.2f}, "
                  f"of its speaker {told[here & ~y].mean():.3f}", file=sys.stderr)  # fmt: skip
    regression.fit(x, y)
    found = coefficients(regression, names, mean, scale, BY_OTHERS)
    json.dump({"others": found}, sys.stdout, indent=1)
    print()


def write(path: str, rows: Iterator[dict[str, Any]]) -> None:
    """Write the rows."""
    Path(path).write_text("".join(json.dumps(line) + "\n" for line in rows), encoding="utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["made", panels, questions, rows, *others]:
            write(rows, made(panels, questions, others))
        case ["asked", index, questions, rows, *n]:
            write(rows, asked(index, questions, int(n[0]) if n else 100))
        case ["marked", index, questions, rows]:
            write(rows, marked(index, questions))
        case ["fit", *paths]:
            fit(paths)
        case _:
            sys.exit(__doc__)
