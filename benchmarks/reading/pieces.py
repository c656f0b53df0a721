"""What an oracle says of a file: pieces of text, each with who speaks it, and the few ways to cut a file into them.

Knows nothing of panelbot: an oracle is written from looking at the files alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

NO_SPEECH, UNDECIDED = "\x00", "\x01"
"""Labels of a piece that nobody says (heading, head, stamp, code), and of one that the oracle leaves open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text of one line (1-based ``line``) that ``label`` speaks."""

    label: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """How the files of one repository are read: ``kind`` for the report, ``cut`` for the words.

    ``paths`` (a regular expression) says which of its files are transcripts. ``persons`` gives labels of one person
    other names that are right for it too (initials and the name in the attendance list).
    """

    kind: str
    language: str
    paths: str
    cut: Callable[[str], Iterable[Piece]]
    persons: Callable[[str], dict[str, str]] = lambda _: {}


def by_lines(
    text: str,
    *,
    label: str,
    heading: str = r"#{1,6}\s",
    nothing: str = r"(?!)",
    quoted: str = r"(?!)",
    start: str | None = None,
    end: str | None = None,
    speaks: Callable[[str], bool] = lambda _: True,
    goes_on: bool = True,
    first: str = NO_SPEECH,
) -> Iterator[Piece]:
    """Lines that ``label`` (groups ``speaker`` and ``text``) opens, and what follows until the next one.

    Lines of ``heading`` are nobody's and end the turn: what follows them without a label is left open. Lines of
    ``nothing`` are nobody's and end nothing, those of ``quoted`` are left open. Before ``start`` and from ``end`` on
    nobody speaks. A label that does not ``speaks`` leaves its lines open. Where a turn never ``goes_on``, a line
    without a label is left open. ``first`` says the lines before the first label.
    """
    opens, headed, silent, left_open = (re.compile(one) for one in (label, heading, nothing, quoted))
    speaker, begun, ended, fenced = first, start is None, False, False
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or re.match(start or "", line) is not None
        ended = ended or bool(begun and speaker != NO_SPEECH and end and re.match(end, line))
        fence = re.match(r"\s*(?:`{3,}|~{3,})[^`~]*$", line) is not None
        fenced ^= fence
        if not begun or ended or fence or fenced or silent.match(line):
            yield Piece(label=NO_SPEECH, text=line, line=number)
        elif left_open.match(line):
            yield Piece(label=UNDECIDED, text=line, line=number)
        elif headed.match(line):
            speaker = UNDECIDED if speaker != NO_SPEECH else NO_SPEECH
            yield Piece(label=NO_SPEECH, text=line, line=number)
        elif (found := opens.match(line)) and speaks(found["speaker"].strip()):
            speaker = found["speaker"].strip()
            yield Piece(label=NO_SPEECH, text=line[: found.start("text")], line=number)
            yield Piece(label=speaker, text=found["text"], line=number)
        elif found:
            speaker = UNDECIDED
            yield Piece(label=UNDECIDED, text=line, line=number)
        else:
            yield Piece(label=speaker if goes_on else UNDECIDED, text=line, line=number)


def html_lines(text: str, breaks: str = r"</?(?:p|div|br|h\d|li|tr|dt|dd)\b[^>]*>") -> str:
    """The visible text of a page, a block a line; what is hidden is left out."""
    text = re.sub(r"(?is)<(script|style|head|noscript)\b.*?</\1>|<!--.*?-->", " ", text)
    text = re.sub(r"\s+", " ", text)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(f"(?i){breaks}", "\n", text)))
