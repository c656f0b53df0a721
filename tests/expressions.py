"""Every regular expression of the package, and whether hostile text makes it slow.

Expressions are found by importing every module and looking at how each name is used; texts are made from the
characters that an expression itself asks for. An expression is slow where four times the text takes more than
eight times the time. Knows nothing of what the expressions are for.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import panelbot

ROOT = Path(panelbot.__file__).parent
ANCHORED = frozenset({"match", "fullmatch"})
CAP = 2.0  # seconds after which a try is given up
ONE_PASS = 1e-7  # seconds a character that one pass may take: on a fast machine a square is as short at 1,000
TICKS = 0.04  # seconds that a time is measured over
PASSES = 2e-4  # seconds a character that a text of bounded length may take
# Where no text is longer than so many characters: what stands before their use sees to it.
BOUNDED = {
    "panelbot.people.labels._PARTS": 200,
    "panelbot.people.labels._ROLE_AHEAD": 200,
    "panelbot.people.labels._ROLE_BEHIND": 200,
    "panelbot.readers.labels._SENTENCE": 120,
    "panelbot.readers.labels._TRAIL_STAMP": 240,
}
HANDED_ON = "handed on"
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
METHODS = ANCHORED | {"search", "finditer", "findall", "sub", "subn", "split"}
SAMPLES = {ops.CATEGORY_DIGIT: "7", ops.CATEGORY_SPACE: " \n", ops.CATEGORY_WORD: "a文", ops.CATEGORY_NOT_SPACE: "a",
           ops.CATEGORY_NOT_DIGIT: "a", ops.CATEGORY_NOT_WORD: "."}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An expression, where it stands, and by which methods it is used."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


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
                    place = f"{name}.{variable}"
                    found.setdefault((pattern.pattern, pattern.flags), Found(place, pattern, frozenset(methods)))
        for line, method, text in _written_in_place(name, module):
            try:
                pattern = re.compile(text)
            except re.error:
                continue
            found.setdefault((text, pattern.flags), Found(f"{name}:{line}", pattern, frozenset({method})))
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


@cache
def _uses() -> dict[tuple[Path, str], set[str]]:
    """The methods by which each name of an expression is used, in each file and under `ROOT` in them all."""
    used: dict[tuple[Path, str], set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                found = [(node.value.id, node.attr)]
            elif isinstance(node, ast.Call | ast.Tuple):  # handed on to somebody, or one of several
                given = node.args if isinstance(node, ast.Call) else node.elts
                found = [(each.id, HANDED_ON) for each in given if isinstance(each, ast.Name)]
            else:
                found = []
            for name, method in found:
                used.setdefault((path, name), set()).add(method)
                used.setdefault((ROOT, name), set()).add(method)
    return {key: _meant(key, methods, used) for key, methods in used.items()}


def _meant(key: tuple[Path, str], methods: set[str], used: dict[tuple[Path, str], set[str]]) -> set[str]:
    """What is handed on is used as the parameters and variables of its module are."""
    if HANDED_ON not in methods or not (key[1].startswith("_") and key[1].isupper()):
        return methods
    others = (found - {HANDED_ON, "split"} for (path, name), found in used.items() if path == key[0] and name.islower())
    return (methods - {HANDED_ON}).union(*others) or methods


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
        if op in REPEATS:
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


def heads(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Before each long repetition, a text that the expression matches up to there, and what is repeated."""
    found: dict[tuple[str, str], None] = {}
    groups: dict[int, str] = {}

    def example(tree: Any, before: str) -> str:
        """A short text that ``tree`` matches where it stands behind ``before``."""
        made = ""
        for op, value in tree:
            made += of(op, value, before + made)
        return made

    def of(op: Any, value: Any, before: str) -> str:
        if op in REPEATS:
            once = example(value[2], before)
            if value[1] > 20:
                found[before, once] = None
            return once * value[0]
        if op is ops.BRANCH:
            first, *_ = [example(branch, before) for branch in value[1]]
            return first
        if op is ops.SUBPATTERN:
            return groups.setdefault(value[0], example(value[3], before))
        if op is ops.GROUPREF:
            return groups.get(value, "")
        if op is ops.ASSERT:  # looked at and not passed
            example(value[1], before)
        if op is ops.ATOMIC_GROUP:
            return example(value, before)
        if op is ops.IN:
            return _of_class(value)[:1]
        return chr(value) if op is ops.LITERAL else "b" if op in (ops.ANY, ops.NOT_LITERAL) else ""

    example(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE), "")
    return [(head, run) for head, run in found if head and run]


def texts(pattern: re.Pattern[str], n: int, most: int, *, behind: bool = False) -> Iterator[str]:
    """Hostile texts of about ``n`` characters: runs of one character, of two by turns, and one behind another.

    With ``behind`` also runs behind what the expression matches up to there, and that again and again.
    """
    for head, run in heads(pattern) if behind else ():
        for each in dict.fromkeys((run[0], " ")):
            yield head + each * n + "\x00"
        yield head * (n // len(head)) + "\x00"
    chosen = characters(pattern, most)
    for a in chosen:
        yield a * n + "\x00"
    for a, b in product(chosen, repeat=2):
        if a != b:
            yield (a + b) * (n // 2) + "\x00"
            yield b + a * n + "\x00"


def seconds(found: Found, text: str) -> float:
    """The computing time that the expression takes over ``text``, in the way it is used; at most `CAP` and a bit."""
    began = time.process_time()
    with suppress(TimeoutError):
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, CAP)  # expressions look for signals while they try
            _try(found, text)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def _try(found: Found, text: str) -> None:
    for method in sorted(found.methods & ANCHORED):
        getattr(found.pattern, method)(text)
    if not found.methods or found.methods - ANCHORED:  # not seen to be used, or looked for
        for _ in found.pattern.finditer(text):
            pass


def _stop(*_: object) -> None:
    raise TimeoutError


def slow(found: Found, *, n: int = 1_000, most: int = 6, behind: bool = False) -> tuple[str, float, float] | None:
    """A text's beginning and the times of ``4 n`` and ``16 n`` of it, where the expression is slow.

    Looked at again is a text that takes longer than a pass over it does; slow is one of which four times as much takes
    more than eight times as long: a single pass takes four times as long, one from every place sixteen times.
    """
    signal.signal(signal.SIGVTALRM, _stop)
    if longest := BOUNDED.get(found.where, 0):
        times = (
            (text[:4], min(seconds(found, text) for _ in range(3)))
            for text in texts(found.pattern, longest, most, behind=behind)
        )
        return next(((text, took, took) for text, took in times if took > longest * PASSES), None)
    for number, short in enumerate(texts(found.pattern, n, most, behind=behind)):
        began = time.perf_counter()  # the clock of computing time ticks too seldom for a text this short
        seconds(found, short)
        if time.perf_counter() - began < n * ONE_PASS:
            continue
        quarter, whole = _times(found, n, most, number, behind)
        for _ in range(2 if _ratio(n, quarter, whole) > 5 else 0):  # others slow one of the two at times: the least
            again = _times(found, n, most, number, behind)
            quarter, whole = min(quarter, again[0]), min(whole, again[1])
        if _ratio(n, quarter, whole) > 8:
            return short[:4], quarter, whole
    return None


def _ratio(n: int, quarter: float, whole: float) -> float:
    """How many times as long four times the text takes; 16 where it was given up, 0 where it takes hardly any."""
    if quarter < 2 * n * ONE_PASS:
        return 0.0
    return 16.0 if whole >= 0.9 * CAP else whole / max(quarter, 16 * n * ONE_PASS)


def _times(found: Found, n: int, most: int, number: int, behind: bool) -> tuple[float, float]:
    """The least seconds that 4 ``n`` and 16 ``n`` of a text take; the longer one is not tried where it need not be."""
    quarter = _least(found, 4 * n, most, number, behind)
    if quarter < 2 * n * ONE_PASS:
        return quarter, 0.0
    return quarter, CAP if quarter >= CAP else _least(found, 16 * n, most, number, behind)


def _least(found: Found, n: int, most: int, number: int, behind: bool) -> float:
    text = next(text for at, text in enumerate(texts(found.pattern, n, most, behind=behind)) if at == number)
    return min(_mean(found, text) for _ in range(2))


def _mean(found: Found, text: str) -> float:
    """Over as many tries as make ten ticks of the clock, which is as coarse as 4 ms on some machines."""
    total, tries = 0.0, 0
    while total < TICKS:
        total, tries = total + seconds(found, text), tries + 1
    return total / tries
