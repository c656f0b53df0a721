"""Every regular expression of the package, and whether hostile text makes it slow.

Expressions are found by importing every module and looking at how each name is used; texts are made from the
characters that an expression itself asks for. An expression is slow where four times the text takes far more than four
times the time. Knows nothing of what the expressions are for.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import panelbot

ROOT = Path(panelbot.__file__).parent
ANCHORED = frozenset({"match", "fullmatch"})
METHODS = ANCHORED | {"search", "finditer", "findall", "sub", "subn", "split"}
SAMPLES = {ops.CATEGORY_DIGIT: "7", ops.CATEGORY_SPACE: " \n", ops.CATEGORY_WORD: "a文", ops.CATEGORY_NOT_SPACE: "a",
           ops.CATEGORY_NOT_DIGIT: "a", ops.CATEGORY_NOT_WORD: "."}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An expression, where it stands, and whether it is only ever tried at one place."""

    where: str
    pattern: re.Pattern[str]
    anchored: bool


def expressions(*, within: str = "") -> list[Found]:
    """The expressions of the modules whose name begins with ``panelbot`` and ``within``, each once."""
    used = _uses()
    found: dict[tuple[str, int], Found] = {}
    for name in sorted(module.name for module in pkgutil.walk_packages([str(ROOT)], "panelbot.")):
        if name.endswith("__main__") or not name.startswith(f"panelbot.{within}"):
            continue
        module = importlib.import_module(name)
        for variable, value in sorted(vars(module).items()):
            for pattern in _patterns(value):
                if isinstance(pattern.pattern, str):
                    own = used.get((Path(str(module.__file__)), variable), set())
                    methods = own if variable.startswith("_") else own | used.get((ROOT, variable), set())
                    anchored = bool(methods) and methods <= ANCHORED
                    found.setdefault((pattern.pattern, pattern.flags), Found(f"{name}.{variable}", pattern, anchored))
        for line, method, text in _written_in_place(name, module):
            try:
                pattern = re.compile(text)
            except re.error:
                continue
            found.setdefault((text, pattern.flags), Found(f"{name}:{line}", pattern, method in ANCHORED))
    return list(found.values())


def _patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            yield from _patterns(each)
    elif isinstance(value, list | tuple | frozenset | set) and len(value) < 1000:
        for each in value:
            yield from _patterns(each)


def _uses() -> dict[tuple[Path, str], set[str]]:
    """The methods by which each name of an expression is used, in each file and under `ROOT` in them all."""
    used: dict[tuple[Path, str], set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                found = [(node.value.id, node.attr)]
            elif isinstance(node, ast.Call):  # handed on to somebody: it may be searched for
                found = [(given.id, "handed on") for given in node.args if isinstance(given, ast.Name)]
            else:
                found = []
            for name, method in found:
                used.setdefault((path, name), set()).add(method)
                used.setdefault((ROOT, name), set()).add(method)
    return used


def _written_in_place(name: str, module: Any) -> Iterator[tuple[int, str, str]]:
    path = getattr(module, "__file__", None)
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))) if path else ():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in METHODS
        first = node.args[0]
        if is_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, node.func.attr, first.value


def characters(pattern: re.Pattern[str], most: int) -> list[str]:
    """Characters the expression asks for, those of its repeated parts first."""
    first: dict[str, None] = {}
    then: dict[str, None] = {}
    _collect(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE), first, then, repeated=False)
    return list(dict.fromkeys((*first, *then, " ", "a")))[:most]


def _collect(tree: Any, first: dict[str, None], then: dict[str, None], *, repeated: bool) -> None:
    for op, value in tree:
        into = first if repeated else then
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            _collect(value[2], first, then, repeated=repeated or value[1] > 20)
        elif op is ops.BRANCH:
            for branch in value[1]:
                _collect(branch, first, then, repeated=repeated)
        elif op is ops.SUBPATTERN:
            _collect(value[3], first, then, repeated=repeated)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            _collect(value[1], first, then, repeated=repeated)
        elif op is ops.ATOMIC_GROUP:
            _collect(value, first, then, repeated=repeated)
        elif op is ops.LITERAL:
            into[chr(value)] = None
        elif op in (ops.ANY, ops.NOT_LITERAL):
            into["b"] = None
        elif op is ops.IN:
            into.update(dict.fromkeys(_of_class(value)))


def _of_class(items: Any) -> str:
    if items and items[0][0] is ops.NEGATE:
        return "b"
    found = ""
    for op, value in items[:4]:
        if op is ops.LITERAL:
            found += chr(value)
        elif op is ops.RANGE:
            found += chr(value[0])
        elif op is ops.CATEGORY:
            found += SAMPLES.get(value, "")
    return found


def texts(pattern: re.Pattern[str], n: int, most: int) -> Iterator[str]:
    """Hostile texts of about ``n`` characters: runs of one character, of two by turns, and one behind another."""
    chosen = characters(pattern, most)
    for a in chosen:
        yield a * n + "\x00"
    for a, b in product(chosen, repeat=2):
        if a != b:
            yield (a + b) * (n // 2) + "\x00"
            yield b + a * n + "\x00"


def seconds(found: Found, text: str) -> float:
    """The computing time that the expression takes over ``text``, in the way it is used."""
    began = time.process_time()
    if found.anchored:
        found.pattern.match(text)
        found.pattern.fullmatch(text)
    else:
        for _ in found.pattern.finditer(text):
            pass
    return time.process_time() - began


def slow(found: Found, *, n: int = 16_000, most: int = 6, at_least: float = 0.2) -> tuple[str, float, float] | None:
    """The text's beginning, and the times of a quarter of it and of it, where the expression is slow."""
    for number, short in enumerate(texts(found.pattern, n // 4, most)):
        if (quarter := seconds(found, short)) < at_least / 30:
            continue  # four times the text takes sixteen times as long where it is quadratic
        whole = next(text for at, text in enumerate(texts(found.pattern, n, most)) if at == number)
        took = seconds(found, whole)
        if took >= at_least and took > 8 * quarter:
            return whole[:4], quarter, took
    return None
