"""Writers of the forms that a label can stand in, each with the texts that it cannot hold as a label."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import docx
from docx.document import Document

Said = Sequence[tuple[str, str]]  # (label, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelForm:
    """How a file of one form is written; ``cannot`` is found in every text that is no label of this form."""

    suffix: str
    write: Callable[[Said], bytes]
    cannot: str

    def holds(self, label: str) -> bool:
        """Whether ``label`` can stand in this form."""
        return re.search(self.cannot, label) is None


def clock(number: int, *, end: str = "") -> str:
    """The ``number``-th stamp of a file, seven seconds apart."""
    return f"{number * 7 // 3600:02}:{number * 7 // 60 % 60:02}:{number * 7 % 60:02}{end}"


def _lines(form: str) -> Callable[[Said], bytes]:
    def write(said: Said) -> bytes:
        lines = (form.format(label=label, text=text, time=clock(n)) for n, (label, text) in enumerate(said))
        return "".join(lines).encode()

    return write


def _cues(form: str, *, point: str, head: str = "", escaped: bool = False) -> Callable[[Said], bytes]:
    def write(said: Said) -> bytes:
        cues = []
        for n, (label, text) in enumerate(said):
            times = f"{clock(n, end=point + '000')} --> {clock(n + 1, end=point + '000')}"
            name = html.escape(label) if escaped else label
            cues.append(f"{n + 1}\n{times}\n{form.format(label=name, text=text)}\n\n")
        return (head + "".join(cues)).encode()

    return write


def _word(fill: Callable[[Document, Said], None]) -> Callable[[Said], bytes]:
    def write(said: Said) -> bytes:
        document, data = docx.Document(), io.BytesIO()
        fill(document, said)
        document.save(data)
        return data.getvalue()

    return write


def _paragraphs(document: Document, said: Said) -> None:
    for label, text in said:
        document.add_paragraph(f"{label}: {text}")


def _table(document: Document, said: Said) -> None:
    table = document.add_table(rows=1, cols=3)
    for cell, title in zip(table.rows[0].cells, ("Time", "Speaker", "Text"), strict=True):
        cell.text = title
    for n, (label, text) in enumerate(said):
        for cell, value in zip(table.add_row().cells, (clock(n), label, text), strict=True):
            cell.text = value


def _markdown_table(said: Said) -> bytes:
    rows = (f"| {clock(n)} | {label} | {text} |\n" for n, (label, text) in enumerate(said))
    return ("| Time | Speaker | Text |\n|---|---|---|\n" + "".join(rows)).encode()


def _rows(said: Said, *, head: Sequence[str], delimiter: str) -> bytes:
    written = io.StringIO()
    rows = ([clock(n), label, text] for n, (label, text) in enumerate(said))
    csv.writer(written, delimiter=delimiter).writerows([head, *rows] if head else rows)
    return written.getvalue().encode()


def _caps(said: Said) -> bytes:
    return "".join(f"{label.upper()}. {text}\n\n" for label, text in said).encode()


_COLON = "[:：﹕︰∶]"
FORMS: dict[str, LabelForm] = {
    "colon": LabelForm(suffix=".txt", write=_lines("{label}: {text}\n"), cannot=_COLON),
    "wide colon": LabelForm(suffix=".txt", write=_lines("{label}：{text}\n\n"), cannot=_COLON),
    "bold": LabelForm(suffix=".md", write=_lines("**{label}:** {text}\n\n"), cannot=rf"{_COLON}|\*"),
    "stamp before": LabelForm(suffix=".txt", write=_lines("[{time}] {label}: {text}\n"), cannot=_COLON),
    "stamp behind": LabelForm(suffix=".txt", write=_lines("{label}  {time}\n{text}\n\n"), cannot="(?!)"),
    "stamp below": LabelForm(suffix=".txt", write=_lines("{label}\n{time}\n{text}\n\n"), cannot="(?!)"),
    "WebVTT prefix": LabelForm(
        suffix=".vtt", write=_cues("{label}: {text}", point=".", head="WEBVTT\n\n"), cannot=f"{_COLON}|[<>]|-->"
    ),
    "WebVTT voice": LabelForm(
        suffix=".vtt", write=_cues("<v {label}>{text}</v>", point=".", head="WEBVTT\n\n", escaped=True), cannot="[<>]"
    ),
    "SubRip prefix": LabelForm(suffix=".srt", write=_cues("{label}: {text}", point=","), cannot=f"{_COLON}|[<>]|-->"),
    "brackets": LabelForm(suffix=".txt", write=_lines("【{label}】{text}\n"), cannot="[【】]"),
    "IRC": LabelForm(suffix=".log", write=_lines("[{time}] <{label}> {text}\n"), cannot="[<>]"),
    "Markdown table": LabelForm(suffix=".md", write=_markdown_table, cannot=r"\|"),
    "CSV": LabelForm(
        suffix=".csv", write=partial(_rows, head=("Start", "Speaker", "Text"), delimiter=","), cannot="(?!)"
    ),
    "CSV of other words": LabelForm(
        suffix=".csv", write=partial(_rows, head=("Zeit", "Redner", "Wortlaut"), delimiter=";"), cannot="(?!)"
    ),
    "TSV": LabelForm(suffix=".tsv", write=partial(_rows, head=(), delimiter="\t"), cannot="(?!)"),
    "Word table": LabelForm(suffix=".docx", write=_word(_table), cannot="(?!)"),
    "Word paragraphs": LabelForm(suffix=".docx", write=_word(_paragraphs), cannot=_COLON),
    "dash": LabelForm(suffix=".txt", write=_lines("{label} — {text}\n\n"), cannot="[-–—]"),
    "chevrons": LabelForm(suffix=".txt", write=_lines(">> {label}: {text}\n"), cannot=f"{_COLON}|>"),
    "Zoom chat": LabelForm(
        suffix=".txt", write=_lines("{time}\tFrom {label} to Everyone:\n\t{text}\n"), cannot=r"\bto\b|:"
    ),
    "capitals and stop": LabelForm(
        suffix=".txt", write=_caps, cannot=r"[^A-Za-z '-]| - |^[^ ]{1,2}$|^(?:\w* )?\w{1,2}$"
    ),
}
"""By name, as in the table of docs/reading.md."""
