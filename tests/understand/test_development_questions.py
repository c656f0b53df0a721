"""The development questions of the real roundtable: every reference right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from panelbot.types import Exchange
from panelbot.understand import understand
from understand.registers import ROUNDTABLE

REGISTERS = {"fintech-roundtable-2020": ROUNDTABLE}
# Questions that speak of banks at large, which others on the panel may answer: no scope may keep those out.
UNSCOPED = {"d02", "d09", "d10", "d14", "d16", "d17", "d20", "d21", "d23"}


@pytest.mark.shared
def test_every_reference_of_the_development_questions(shared: Path) -> None:
    wrong = []
    for line in (shared / "eval" / "fintech-roundtable-2020.questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        history = [Exchange(query=earlier) for earlier in row["history"]]
        found = understand(row["query"], history, REGISTERS)
        expected = [] if row["query_id"] in UNSCOPED else row["speakers"] or ["沈志峰"]  # d22 names him, unanswerable
        if [ref.name for ref in found.speakers] != expected:
            wrong.append((row["query_id"], row["query"], [ref.name for ref in found.speakers]))
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did the banker say about branches?", "沈志峰"),
        ("银行怎么看网点转型?", "沈志峰"),
        ("What did Shen Zhifeng say?", "沈志峰"),
        ("沈总怎么看融资难?", "沈志峰"),
        ("What did the lawyer say?", "肖飒"),
        ("律师怎么看破产业务?", "肖飒"),
        ("What does Xiao Sa think?", "肖飒"),
        ("What did Xiaomi say?", "胡伟"),
        ("小米怎么说?", "胡伟"),
        ("What did the CTO say?", "吴万港"),
        ("微众信科怎么看合规?", "吴万港"),
        ("What did the moderator ask?", "柏亮"),
        ("主持人问了什么?", "柏亮"),
    ],
)
def test_who_is_meant(question: str, name: str) -> None:
    assert [ref.name for ref in understand(question, [], REGISTERS).speakers] == [name]


def test_a_person_who_is_not_there() -> None:
    found = understand("What did Jack Ma say?", [], REGISTERS)
    assert (found.fault, found.unknown, found.speakers) == ("unknown_speaker", ("Jack Ma",), ())
    assert understand("What did they say about Jack Ma?", [], REGISTERS).fault == ""
