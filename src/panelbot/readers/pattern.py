"""A person's own pattern for the labels of a file, where the form that was found is wrong.

Knows one pattern and the lines; a pattern that takes too long on a line is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from panelbot.errors import InputError
from panelbot.readers.forms import Chosen
from panelbot.readers.labels import Form, Mark
from panelbot.readers.lines import Line
from panelbot.readers.times import parse_time

_TIMEOUT = 1.0  # seconds a line


def marks_by_pattern(lines: Sequence[Line], pattern: str) -> Chosen:
    """The lines that ``pattern`` matches at their start; what follows the match on the line is speech.

    Raises:
        InputError: ``pattern`` is no regular expression, names no group ``speaker``, or takes too long.
    """
    compiled = _compiled(pattern)
    marks: list[Mark] = []
    for line in lines:
        if line.kind == "blank":
            continue
        try:
            match = compiled.match(line.text.strip(), timeout=_TIMEOUT)
        except TimeoutError:
            raise InputError(
                f"The speaker pattern {pattern!r} takes too long on line {line.number + 1}; make it simpler."
            ) from None
        if match is not None:
            groups = match.groupdict()
            marks.append(
                Mark(
                    line=line.number,
                    label=(groups["speaker"] or "").strip(),
                    rest=line.text.strip()[match.end() :].strip(),
                    form=Form("column", "pattern"),
                    start=parse_time((groups.get("time") or "").strip()),
                )
            )
    return Chosen(marks=tuple(marks), sure=1.0 if marks else 0.0)


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> regex.Pattern[str]:
    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        raise InputError(f"The speaker pattern {pattern!r} is no regular expression: {error}.") from None
    if "speaker" not in compiled.groupindex:
        raise InputError(f"The speaker pattern {pattern!r} names no speaker; write the label as (?P<speaker>…).")
    return compiled
