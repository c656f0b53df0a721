"""Whom questions mean over the registers of real files: ``register_references.py FOLDER [--wrong]``.

Makes questions about the speakers of every transcript in FOLDER (both languages) and says how many resolve to exactly
the right ones. What is right is told by the labels as the files write them, taken apart here by a few lines of their
own: the register is what is measured. Prints one row for each kind of question; nothing of the files is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC
from pypinyin import lazy_pinyin
from references import write_table

from panelbot.errors import PanelbotError
from panelbot.readers import read_file
from panelbot.register import build_register
from panelbot.types import Speaker
from panelbot.understand import understand

PEOPLE = 4  # of each transcript, chosen by their names
SUBJECTS = {"en": ("the budget", "the schedule", "the weather"), "zh": ("预算", "时间安排", "天气")}
COURTESY = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Hon|Sir|Senator|Rep)\.? )*"
CAPITALISED = r"[A-Z][a-zé'’]+(?: [A-Z]\.)?(?: (?:de |van |von )?[A-Z][A-Za-zé'’-]+){1,2}"
LATIN = re.compile(rf"{COURTESY}(?P<name>{CAPITALISED})(?:$|[ ,]*[(,|-].*)")
HAN = re.compile(r"(?P<name>[\u4e00-\u9fff]{3})(?P<title>議員|议员|先生|女士|教授|律师)?(?:\s*[(（].*)?")
JOBS = frozenset(("Project Manager", "User Interface", "Industrial Designer"))  # labels that are jobs, in QMSum
ROLES = re.compile("主席|主持|嘉宾|观众|發言|发言|记者|局长|局長|司長|長官|代理|議員$|问|答|众人")
MISSING = {"en": ("Quentin Abernathy", "Philippa Thornycroft"), "zh": ("欧阳墨白", "闵知秋")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question over one register: the speakers it means, none for a question without a person, or a fault."""

    kind: str
    language: str
    question: str
    speakers: frozenset[str] = frozenset()
    fault: str = ""


def stated_names(labels: dict[str, str]) -> dict[str, set[str]]:
    """Full names in the labels of a file, with the speakers of the register whose turns stand under them.

    Args:
        labels: each label as the file writes it, with the register's speaker.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for label, speaker in labels.items():
        latin, han = LATIN.fullmatch(label), HAN.fullmatch(label)
        if latin and latin["name"] not in JOBS:
            found[latin["name"]].add(speaker)
        elif han and not ROLES.search(han["name"]):
            found[han["name"]].add(speaker)
    return dict(found)


def listed_short_forms(text: str, labels: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Initials that are labels, with the name that a table or a bracket of the file gives them and their speaker."""
    pairs = [(m["a"], m["b"]) for m in re.finditer(r"(?P<a>[A-Z][^|\n(),]{3,30}?) *\| *(?P<b>[A-Z]{2,4}) *\|", text)]
    pairs += [(m["a"], m["b"]) for m in re.finditer(rf"(?P<a>{CAPITALISED}) \((?P<b>[A-Z]{{2,4}})\)", text)]
    return {short: (name.strip(), labels[short]) for name, short in pairs if short in labels}


def _short_forms(short: dict[str, tuple[str, str]]) -> Iterator[Row]:
    for initials in sorted(short)[: 2 * PEOPLE]:
        name, speaker = short[initials]
        asked = f"What did {initials} say about the budget?"
        yield Row(kind="initials", language="en", question=asked, speakers=frozenset({speaker}))
        asked = f"What did {name} say about the budget?"
        yield Row(kind="name behind initials", language="en", question=asked, speakers=frozenset({speaker}))


def make_rows(
    names: dict[str, set[str]], everybody: set[str], written: dict[str, str], short: dict[str, tuple[str, str]]
) -> Iterator[Row]:
    """The questions over one register: its names and labels with their speakers, and the initials the file explains."""
    chosen = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:PEOPLE]
    for number, name in enumerate(chosen):
        who, subjects = frozenset(names[name]), {lang: s[number % 3] for lang, s in SUBJECTS.items()}
        yield from (_about_han if HAN.fullmatch(name) else _about_latin)(name, who, subjects, names)
        yield from _as_written(name, who, written)
    language = "zh" if chosen and HAN.fullmatch(chosen[0]) else "en"
    yield from _short_forms(short)
    if sum(name.endswith("議員") or name.endswith("议员") for name in written) > 1:
        yield Row(kind="everyone", language="zh", question="议员怎么看预算？")
        yield Row(
            kind="stranger with a title", language="zh", question="闵知秋议员怎么看预算？", fault="unknown_speaker"
        )
    yield Row(kind="nobody", language="zh", question="预算是怎么安排的？")
    yield Row(kind="nobody", language="en", question="What was said about the budget?")
    if len(everybody) > 3:
        yield Row(kind="everyone", language="zh", question="各位嘉宾怎么看预算？")
        yield Row(kind="everyone", language="en", question="What did the panelists think of the budget?")
    for missing in MISSING[language]:
        asked = f"{missing}怎么看预算？" if language == "zh" else f"What did {missing} say about the budget?"
        yield Row(kind="missing", language=language, question=asked, fault="unknown_speaker")


def _about_latin(name: str, who: frozenset[str], subject: dict[str, str], names: dict[str, set[str]]) -> Iterator[Row]:
    surname, given = name.split()[-1], name.split()[0]
    yield Row(kind="full name", language="en", question=f"What did {name} say about {subject['en']}?", speakers=who)
    yield Row(kind="full name", language="en", question=f"What is {name}'s view on {subject['en']}?", speakers=who)
    yield Row(kind="full name", language="zh", question=f"{name}怎么看{subject['zh']}？", speakers=who)
    yield Row(
        kind="turned round",
        language="en",
        question=f"what does {surname}, {given} think of {subject['en']}?",
        speakers=who,
    )
    others = {other for other in names if other != name}
    if not any(surname in other.split() for other in others) and len(surname) > 3:
        yield Row(
            kind="surname", language="en", question=f"What did Dr {surname} say about {subject['en']}?", speakers=who
        )
        yield Row(kind="surname", language="zh", question=f"{surname}对{subject['zh']}有什么看法？", speakers=who)
    if not any(given in other.split() for other in others) and len(given) > 3:
        yield Row(
            kind="given name", language="en", question=f"Why does {given} object to {subject['en']}?", speakers=who
        )


def _about_han(name: str, who: frozenset[str], subject: dict[str, str], names: dict[str, set[str]]) -> Iterator[Row]:
    other_script = OpenCC("t2s").convert(name)
    if other_script == name:
        other_script = OpenCC("s2t").convert(name)
    latin = lazy_pinyin(OpenCC("t2s").convert(name))
    romanised = f"{latin[0].capitalize()} {''.join(latin[1:]).capitalize()}"
    yield Row(kind="full name", language="zh", question=f"{name}怎么看{subject['zh']}？", speakers=who)
    yield Row(kind="full name", language="zh", question=f"在{name}看来，{subject['zh']}合理吗？", speakers=who)
    yield Row(kind="full name", language="en", question=f"What did {name} say about {subject['en']}?", speakers=who)
    yield Row(kind="other script", language="zh", question=f"{other_script}对{subject['zh']}有什么意见？", speakers=who)
    yield Row(
        kind="romanised", language="en", question=f"What did {romanised} say about {subject['en']}?", speakers=who
    )
    yield Row(kind="courtesy", language="zh", question=f"{name}先生怎么看{subject['zh']}？", speakers=who)
    if sum(other[0] == name[0] for other in names) == 1:
        yield Row(kind="surname", language="zh", question=f"{name[0]}先生怎么看{subject['zh']}？", speakers=who)


def _as_written(name: str, who: frozenset[str], written: dict[str, str]) -> Iterator[Row]:
    """Questions that use a whole label, and one in which the person is only spoken of."""
    longer = sorted(label for label in written if name in label and label != name and len(label) < 60)
    for label in longer[:1]:
        asked = f"{label}怎么看预算？" if HAN.fullmatch(name) else f"What did {label} say about the budget?"
        yield Row(kind="whole label", language="zh" if HAN.fullmatch(name) else "en", question=asked, speakers=who)
    if HAN.fullmatch(name):
        yield Row(kind="spoken of", language="zh", question=f"谁提到了{name}？")
    else:
        yield Row(kind="spoken of", language="en", question=f"Who mentioned {name}?")


def ask(row: Row, speakers: tuple[Speaker, ...]) -> tuple[bool, bool]:
    """Whether anybody was found or missed, and whether that is right."""
    found = understand(row.question, (), {"t": speakers})
    named = frozenset(ref.name for ref in found.speakers)
    if row.kind == "everyone":  # all of them, by no scope or by a scope of several: never one
        return len(named) == 1, len(named) != 1 and not found.fault
    given = bool(named or found.fault)
    return given, found.fault == row.fault and named == row.speakers


def measure(path: Path, counts: dict[tuple[str, str], list[int]], *, wrong: bool) -> None:
    """Ask the questions of each transcript in ``path`` and count: rows, expected, given, right of those given."""
    for reading in read_file(path):
        built = build_register(reading)
        labels = {a.speaker: b.speaker for a, b in zip(reading.transcript.turns, built.turns, strict=True)}
        names, spoke = stated_names(labels), {turn.speaker for turn in built.turns}
        short = listed_short_forms(path.read_text(encoding="utf-8", errors="ignore"), labels)
        if len(names) + len(short) < 2:
            continue
        for row in make_rows(names, spoke, labels, short):
            given, right = ask(row, built.speakers)
            count = counts.setdefault((row.kind, row.language), [0, 0, 0, 0, 0])
            expected = bool(row.speakers or row.fault)
            for at, true in enumerate((True, expected, given, given and right, right)):
                count[at] += true
            if wrong and not right:
                print(path.name, row.kind, row.question, "expected", sorted(row.speakers) or row.fault or "-", sep="\t")


def main() -> None:
    """Measure every file of the folders given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--docs", type=Path, help="page whose table is written anew")
    parser.add_argument("--wrong", action="store_true", help="print the questions that went wrong")
    args = parser.parse_args()
    counts: dict[tuple[str, str], list[int]] = {}
    for path in sorted(path for folder in args.folders for path in folder.rglob("*") if path.is_file()):
        try:
            measure(path, counts, wrong=args.wrong)
        except PanelbotError as error:
            print(f"{path.name}: {error}")
    lines = ["| questions | rows | right | precision | recall |", "|---|---|---|---|---|"]
    for language in ("zh", "en"):
        for kind in dict.fromkeys(kind for kind, _ in counts):
            if (kind, language) in counts:
                lines.append(table_row(f"{kind}, {language}", [counts[kind, language]]))
    lines.append(table_row("**all**", list(counts.values())))
    print(*lines, sep="\n")
    if args.docs:
        write_table(args.docs, "real files", lines)


def table_row(name: str, counts: list[list[int]]) -> str:
    """One row of the table: precision over what was found, recall over what was there."""
    rows, expected, given, hit, right = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = (f"{hit / n:.3f}" if n else "" for n in (given, expected))
    return f"| {name} | {rows} | {right} | {precision} | {recall} |"


if __name__ == "__main__":
    main()
