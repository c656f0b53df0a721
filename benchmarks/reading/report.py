"""Writes docs/reading.md from measured rows: ``python -m benchmarks.reading.report FOLDER > docs/reading.md``.

FOLDER holds ``seen-before``, ``seen-now``, ``held-before`` and ``held-now``, as ``--rows`` of the judge writes them,
``once-held``, the rows of those that were held out once, as they were then, and ``hostile``.
"""

from __future__ import annotations

import sys
from pathlib import Path

_COLUMNS = "repository kind language files words right another's nobody's lost invented refused shown".split()
_HEAD = f"| {' | '.join(_COLUMNS)} |"
_INTRO = """# How right files are read

Measured on public repositories of transcripts, which are tried and not part of this one. For each, a few lines in
`benchmarks/reading/` say what its form is: where a label stands, what is a heading, a head, code or a quotation. They
were written from looking at the files, not from how panelbot reads, and leave open what a person could not say either.
The words of both sides are aligned, and each is counted once. In percent of the words that somebody speaks:

- *right*: under the label that the file gives it, or the person it names,
- *another's*: under another person's name, the worst that can happen,
- *nobody's*: in a turn of an unnamed speaker, with a warning,
- *lost*: in no turn, or with a file that was refused,
- *invented*: words in a turn that nobody speaks, such as headings, attendance, page feet, labels and stamps,
- *shown*: under another person's name once the register has told who is who (initials, numbered speakers, nobody):
  what stands under a quote. Where a file lists its people, the name alone counts, and elsewhere its label too.

*Before* is the reading line by line that the reading by form replaced. A mean counts each repository once.
The goal is right at least 99.5, another's at most 0.1, lost and invented at most 0.5 each.

<!-- skip: next "takes other people's repositories, and hours" -->

    git clone --bare https://github.com/OWNER/NAME && mkdir -p files/OWNER+NAME
    python -m benchmarks.reading --take NAME.git files/OWNER+NAME     # a fixed draw of its files, then the numbers
    python -m benchmarks.reading --show 10 files/*                    # and the longest failures of each kind
"""
_SEEN = """## Seen

The reading was worked on with the failures of these in view, so they say what was reached, not how it generalises. The
ones that have numbers in the last table were held out first, and moved here when the work turned to their failures.
Files are the draw of the command above, which is larger here than *before*'s for the longest ones. Of what the judge
held against the reading, its own mistakes are mended: labels with something beside the name (`Name [chat]:`,
`Name @ org:`), names whose colon was left out, `???`, action items and motions that nobody speaks, transcripts pasted
into minutes, a blank before the colon in hkarchivist, announcements and introductions that are spoken in
solid/specification, names behind the codes of pycantonese. By the mended judge, on these files, an earlier reading had
94.69 of ethereum/pm right, 96.40 of legco-hansard-parser, 97.58 of ly-gazette, 99.07 of quicwg/wg-materials and 99.53
of meetings-html. The worst is JRF-tw, scans read by a machine, in which labels stand in paragraphs of speech.
"""
_HELD = """## Held out

The reading was made without a look at these files, their forms or their failures, and what they say was written down
without a look at how they are read; only these numbers are known. They say how it generalises, but kindly: whatever
did badly when it was new has been looked at and moved to the seen ones, and what is left is mostly plain forms. The
number to trust is that of all {n} repositories: when nobody had looked at them yet, {right:.2f} were right
and {other:.2f} another's.
"""
_ONCE = """## Held out once

What those that were moved showed while nobody had looked at them. Of the first, a coin had chosen them, but for
g0v/ly-gazette, which was added so that both languages were held out; plantree, Virtual-Coffee, hkarchivist and
solid/specification were among those drawn in their place. The last ten are of a draw of twelve repositories, taken for
kinds that none of the others has: their mean is low because two forms, a transcript in a page's front matter and tags
that name who speaks, were known to nothing, and a third, columns between bars, to text alone. Files that were refused
count as lost. The judge did not know then how w3c-ccg/meetings-html writes those who are not in its list of members,
and counted their words as another's: above it does. Nor did it know that announcements in solid/specification are
speech, which it counted as invented.
"""
_HOSTILE = """## Long and hostile files

Processor seconds, starting Python included: `python -m benchmarks.reading.hostile`.

| file | s | |
|---|---|---|
"""


def table(rows: list[str], before: list[str]) -> str:
    """The rows without their times, behind them the shares before, and a row of all."""
    old = {row.split("|")[1].strip() + row.split("|")[2]: row.split("|") for row in before}
    lines = [f"{_HEAD} right before | another's before |", "|---" * 14 + "|"]
    cells = [row.split("|") for row in rows]
    unknown = [" – "] * 14
    for row in cells:
        was = old.get(row[1].strip() + row[2], unknown)
        lines.append("|".join([*row[:12], row[13]]) + f"|{was[6]}|{was[7]}|")
    keys = [row[1].strip() + row[2] for row in cells]
    now, was = _all(cells), _all([old[key] for key in keys if key in old])
    shares = " | ".join(f"**{share:.2f}**" for share in now[2])
    shown = sum(float(row[13]) for row in cells) / len(cells)
    lines.append(
        f"| mean | | | {now[0]} | {now[1]} | {shares} | | **{shown:.2f}** | {was[2][0]:.2f} | {was[2][1]:.2f} |"
    )
    return "\n".join(lines) + "\n"


def plain(rows: list[str]) -> str:
    """The five shares of each repository, and their mean."""
    cells = [row.split("|") for row in rows]
    lines = ["| repository | right | another's | nobody's | lost | invented |", "|---" * 6 + "|"]
    lines += ["|".join([*row[:2], *row[6:11]]) + "|" for row in cells]
    shares = " | ".join(f"**{share:.2f}**" for share in _all(cells)[2])
    return "\n".join([*lines, f"| mean | {shares} |"]) + "\n"


def _all(rows: list[list[str]]) -> tuple[int, int, list[float]]:
    """Files, words, and the mean of each share over repositories: a long one counts no more than a short one."""
    n_files, n_words = (sum(int(row[column]) for row in rows) for column in (4, 5))
    return n_files, n_words, [sum(float(row[column]) for row in rows) / len(rows) for column in range(6, 11)]


def at_first(rows: dict[str, list[str]]) -> dict[str, float]:
    """How all repositories ever held out did while nobody had looked at them."""
    cells = [row.split("|") for row in (*rows["once-held"], *rows["held-now"])]
    right, other, *_ = _all(cells)[2]
    return {"n": len(cells), "right": right, "other": other}


def main() -> None:
    """Print the page."""
    folder = Path(sys.argv[1])
    rows = {path.name: path.read_text(encoding="utf-8").splitlines() for path in folder.iterdir()}
    print(_INTRO)
    print(_SEEN + "\n" + table(rows["seen-now"], rows["seen-before"]))
    print(_HELD.format(**at_first(rows)) + "\n" + table(rows["held-now"], rows["held-before"]))
    print(_ONCE + "\n" + plain(rows["once-held"]))
    print(_HOSTILE + "\n".join(rows["hostile"]))


if __name__ == "__main__":
    main()
