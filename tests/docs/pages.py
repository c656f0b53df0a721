"""The examples of README and docs: every block of code in them, with its language and the reason why one is not run.

Knows Markdown; not how an example runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.skip import Skipper
from sybil.parsers.markdown import SkipParser
from sybil.typing import Evaluator

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "corpus" / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK = re.compile(
    r"^```(?P<language>[\w-]*)\n(?P<fenced>.*?)^```$"
    r"|(?<=\n\n)(?P<indented>(?: {4}[^\n]+\n|\n+(?= {4}\S))+)",
    re.MULTILINE | re.DOTALL,
)
_FORMS = (  # what an indented block begins with, by its language
    ("json", re.compile(r"\{")),
    ("toml", re.compile(r"\[|\w+ = ")),
    ("python", re.compile(r"from |import ")),
    ("bash", re.compile(r"\S+ \S|make")),
)


def examples(page: Path, evaluator: Evaluator) -> list[Example]:
    """The examples of a page in order, each as ``(language, source)``, behind what says that the next is not run."""

    def blocks(document: Document) -> Iterable[Region]:
        for found in _BLOCK.finditer(document.text):
            source = found["fenced"] or re.sub(r"^ {4}", "", found["indented"] or "", flags=re.MULTILINE)
            parsed = (found["language"] or _language(source), source)
            yield Region(found.start(), found.end(), parsed, evaluator)

    return list(Sybil([SkipParser(), blocks]).parse(page))


def _language(source: str) -> str:
    return next((name for name, form in _FORMS if form.match(source)), "")


def is_directive(example: Example) -> bool:
    """Not an example, but what says that the next is not run."""
    return isinstance(example.region.evaluator, Skipper)
