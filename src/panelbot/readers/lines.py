"""The lines of a file by what they are: text, headings, code, times, page heads. Does not know who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from panelbot.errors import ReadError
from panelbot.readers.boilerplate import is_tool_notice
from panelbot.readers.labels import is_column, lead_stamp
from panelbot.readers.tables import with_tables
from panelbot.readers.times import find_date, is_stamp, with_seconds

Kind = Literal["text", "blank", "heading", "code", "stamp", "notice", "page", "rule"]

_MEDIA = "figure|figcaption|picture|img|iframe|video|audio|source|embed|object|script|style|svg"
_FENCE = re.compile(r"\s*(```|~~~)")
_RULE = re.compile(  # also an image, a tag alone, or the attributes of a block as kramdown writes them: {: .no_toc}
    r"\s*\{:[^{}]*\}\s*|\s*(?:[-*_=~─━]\s*){3,}|\s*!\[[^\]]*\]\([^)]*\)\s*|\\newpage|\s*</?(?:blockquote|details|summary|br|hr|p|div)[^<>]*>\s*"
    # a picture, a film and what is written below it; what the programs that make pages put in their place
    rf"|\s*</?(?:{_MEDIA})(?:\s[^<>]*)?>(?:[^<>]*</?(?:{_MEDIA})>)?\s*|\s*<figcaption(?:\s[^<>]*)?>.*</figcaption>\s*"
    r"|\s*\{\{[<%].*[%>]\}\}\s*|\s*\{%.*%\}\s*"
)
_HEADING = re.compile(r"\s*#{1,6}\s+\S.*")
_TOPIC = re.compile(r"\s*(?:Sub-?)?[Tt]opic\s*:\s*\S.{0,200}")  # as the tools of minutes in a chat log mark a heading
_OWN_KEY = re.compile(r"_[a-z]+ ?:\s[^_]*")  # _page : 12, what a program notes for itself
_LINE_NUMBER = re.compile(r"\s{0,8}(\d{1,2})(?:\s{1,}|$)")
_PAGE = re.compile(
    r"\s*+(?:[-–—]\s*+)?(?:(?:page|p\.|第)\s*+)?(\d{1,5})(?:\s*+(?:of|/)\s*+\d{1,5})?\s*+(?:[页頁]\s*+)?[-–—]?\s*+",
    re.I,
)
EXAMINER = re.compile(r"\s*BY\s+((?:MR|MS|MRS|MISS|DR|THE)\b[^:]{1,60}?)(?<!\s)\s*+(?:[:.]\s*+)?")
"""The line of a deposition that says who asks from there on."""

_PICTURE = re.compile(r"(?:(?<!\s)\s+)?[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?\s*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")
_MAX_HEAD = 100
_MAX_COLUMNS = 160  # of a heading; a Chinese character fills two
SENTENCE_END = (".", "!", "?", "。", "！", "？", "…", '"', "”", ":", "：", "」", "）", ")")
_MIN_PAGES = 3
_MIN_QUOTED, _SAID = 5, 0.6  # lines; of those quoted, below a label
_SAMPLE = 3000  # lines
_MOST_LINES = 150_000  # with text; a ten-hour transcript cut into captions has a quarter of them
_WIDTHS, _SLACK = range(40, 121), 16  # columns at which programs and print wrap lines; a Chinese character fills two


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``number`` is 0-based in the file, ``time`` the seconds of a line that is only a time.

    ``quoted``: it begins a quotation below a label, so it is speech and holds no label itself.
    """

    number: int
    text: str
    kind: Kind
    time: float | None = None
    quoted: bool = False


def read_lines(texts: Sequence[str]) -> tuple[Line, ...]:
    """Every line of ``texts`` with its kind; line numbers and quotation signs that run through the file are cut.

    Raises:
        ReadError: there are more than any transcript has.
    """
    if (n_lines := sum(not text.isspace() for text in texts if text)) > _MOST_LINES:
        raise ReadError(
            f"{n_lines:,} lines of text; transcripts have {_MOST_LINES:,} at most: make a file of each meeting"
        )
    texts, quoted = _without_quotation(_without_numbers(with_seconds(texts)))
    lines = list(_kinds(with_tables(_without_pictures(texts))))
    return tuple(replace(line, quoted=True) if line.number in quoted else line for line in _pages(lines))


def _kinds(texts: Sequence[str]) -> Iterator[Line]:
    fence = ""
    for number, text in enumerate(texts):
        opens = _FENCE.match(text)
        if fence or opens:
            yield Line(number, text, "code")
            if opens and (not fence or opens.group(1) == fence):
                fence = "" if fence else opens.group(1)
        elif not text.strip():
            yield Line(number, text, "blank")
        elif is_column(text):
            yield Line(number, text, "text")
        elif _HEADING.fullmatch(text) and _is_paragraph(text):
            yield Line(number, text.lstrip("# "), "text")
        elif _HEADING.fullmatch(text) or _TOPIC.fullmatch(text):
            yield Line(number, text, "heading")
        elif _RULE.fullmatch(text):
            yield Line(number, text, "rule")
        elif is_stamp(text):
            found = lead_stamp(text.strip().lstrip("*_"))
            yield Line(number, text, "stamp", found[0] if found else None)
        elif is_tool_notice(text) or EXAMINER.fullmatch(text) or _OWN_KEY.fullmatch(text):
            yield Line(number, text, "notice")
        else:
            yield Line(number, text, "text")


def _is_paragraph(text: str) -> bool:
    """Whether it is longer than any heading and ends as a sentence does: somebody likes large letters."""
    return _columns(text) > _MAX_COLUMNS and text.rstrip().rstrip("*_").endswith(SENTENCE_END[:6])


def _without_numbers(texts: Sequence[str]) -> Sequence[str]:
    """Lines without the numbers that a court's print has before each of them."""
    written = [text for text in texts if text.strip()]
    numbers = [int(match.group(1)) for text in written if (match := _LINE_NUMBER.match(text))]
    n_running = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
    if len(numbers) < 8 or len(numbers) < 0.6 * len(written) or n_running < 0.8 * len(numbers):
        return texts
    return [_LINE_NUMBER.sub("", text, count=1) if _LINE_NUMBER.match(text) else text for text in texts]


def _without_quotation(texts: Sequence[str]) -> tuple[Sequence[str], set[int]]:
    """A file of Markdown quotation (every line starts with >, or what is said below a label) without its marks.

    Returns:
        The lines, and the numbers of those that begin what is said below a label.
    """
    written = [(n, text.strip()) for n, text in enumerate(texts) if text.strip()]
    quoted = {n for n, text in written if text.startswith(">") and not text.startswith(">>")}
    below = sum(
        now in quoted and before not in quoted and above.rstrip("*_ ").endswith((":", "："))
        for (before, above), (now, _) in pairwise(written)
    )
    said = len(quoted) >= _MIN_QUOTED and below >= _SAID * len(quoted)
    if len(quoted) < 0.8 * len(written) and not said:
        return texts, set()
    bare = [text.lstrip().removeprefix(">") if n in quoted else text for n, text in enumerate(texts)]
    return bare, quoted if said else set()


def _without_pictures(texts: Sequence[str]) -> Sequence[str]:
    """A list that begins every item with the same little picture, without it."""
    first = Counter(match.group() for text in texts if (match := _PICTURE.match(text)))
    bullets = {sign for sign, n in first.items() if n > 2 and n > 0.5 * sum(bool(text.strip()) for text in texts)}
    if not bullets:
        return texts
    return [_PICTURE.sub("", text) if (m := _PICTURE.match(text)) and m.group() in bullets else text for text in texts]


def _pages(lines: list[Line]) -> Iterator[Line]:
    """Page numbers, and the heads that stand beside them on page after page, are no text.

    A number is a page's where sentences run on across it, or where numbers that grow by one come three times.
    """
    written = [line for line in lines if line.kind != "blank"]
    places = [
        place for place, line in enumerate(written) if line.kind in ("text", "stamp") and _PAGE.fullmatch(line.text)
    ]
    values = [int(match.group(1)) for place in places if (match := _PAGE.fullmatch(written[place].text))]
    growing = sum(0 < after - before <= 2 for before, after in pairwise(values)) + 1 >= max(
        _MIN_PAGES, len(values) // 2
    )
    heads = Counter(_plain(written[near].text) for place in places for near in _beside(place, written))
    gone: set[int] = set()
    for place in places:
        near = [n for n in _beside(place, written) if _is_head(written[n].text, heads, len(places))]
        inside = _runs_on(written, min([place, *near]), max([place, *near]))
        if growing or inside or near:
            gone.update(written[n].number for n in (place, *near))
    yield from (replace(line, kind="page") if line.number in gone else line for line in lines)


def _beside(place: int, written: Sequence[Line]) -> list[int]:
    return [n for n in (place - 1, place + 1) if 0 <= n < len(written) and len(written[n].text.strip()) <= _MAX_HEAD]


def _is_head(text: str, heads: Counter[str], n_pages: int) -> bool:
    return heads[_plain(text)] >= max(2, n_pages // 3) or (n_pages < _MIN_PAGES and find_date(text) != "")


def _runs_on(written: Sequence[Line], first: int, last: int) -> bool:
    """Whether a sentence that is not ended before ``first`` goes on after ``last``."""
    if first == 0 or last + 1 >= len(written):
        return False
    before, after = written[first - 1].text.strip(), written[last + 1].text.strip()
    return len(before) > 12 and len(after) > 12 and not before.endswith(SENTENCE_END)


def _columns(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _plain(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))


def is_wrapped(lines: Sequence[Line], opening: Collection[int] = ()) -> bool:
    """Whether a program or a printer broke the lines at a width, so that a line's end means nothing.

    ``opening`` are the numbers of lines known to begin a turn: the line above one ends by itself.
    """
    text = [line for line in lines if line.kind in ("text", "blank")]
    broken = [
        line.text.strip()
        for line, after in pairwise(text)
        if line.kind == after.kind == "text" and after.number not in opening
    ][:_SAMPLE]
    if len(broken) < 3:
        return False
    widths = sorted(map(_columns, broken))
    width = widths[-1 - len(widths) // 50]  # a long line in fifty is no measure
    if width not in _WIDTHS:
        return False
    n_full = sum(width - _SLACK < columns <= width + 1 for columns in widths)
    n_open = sum(not line.endswith(SENTENCE_END) for line in broken)
    share = 0.8 if opening else 0.6  # without them, lines that end a turn count as broken too
    return n_full > share * len(broken) and n_open > 0.6 * len(broken)
