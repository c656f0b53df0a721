"""Mutated and special files, each read apart with limits on time and memory.

    python benchmarks/attack/files.py [--times N] [--special 0|1] [--seconds S] [--megabytes N] [--seed N] [--keep DIR]

Every sample of every format (tests/readers/samples, and Word and archive files made here) is mutated; the special files
are made to be slow, large or broken. Prints how many were read, refused in one sentence, ended at a limit, and how many
gave anything but a transcript or a sentence. Exits 1 where there is one of the last two.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import random
import shutil
import socket
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import docx

from panelbot.bot import ReaderApart
from panelbot.errors import ReadError
from panelbot.register.reading import content

SAMPLES = Path(__file__).parents[2] / "tests" / "readers" / "samples"
TURNS = "Ada Moss: We opened at six.\nTom Ash: The harbour was still dark.\n"


def samples() -> dict[str, bytes]:
    """A file of each format."""
    found = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.is_file()}
    made = docx.Document()
    for line in TURNS.splitlines():
        made.add_paragraph(line)
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ada Moss", "We opened at six."
    out = io.BytesIO()
    made.save(out)
    return {
        **found,
        "made.docx": out.getvalue(),
        "made.json": json.dumps({"turns": [{"speaker": "A", "text": "b"}]}).encode(),
    }


def mutated(data: bytes, random_: random.Random) -> bytes:
    """The data with one to eight mutations."""
    made = bytearray(data)
    for _ in range(random_.randint(1, 8)):
        at, size = random_.randrange(len(made) + 1), random_.choice((1, 2, 16, 200))
        kind = random_.randrange(7)
        if kind == 0:
            made[at : at + size] = random_.randbytes(size)
        elif kind == 1:
            del made[at : at + size]
        elif kind == 2:
            made[at:at] = made[at : at + size] * random_.choice((2, 50, 2000))
        elif kind == 3:
            made[at:at] = random_.choice(
                (b"\x00", b"\xff\xfe", b"\r", b"\n\n", b": ", b'"', b"{", b"<", b"-->", "：".encode())
            )
        elif kind == 4:
            made[at:at] = random_.choice((b" ", b"-", b"1", b"\n", b"[", b"\xe3\x80\x80")) * random_.choice((100, 5000))
        elif kind == 5:
            made[at:at] = str(random_.choice((-1, 0, 2**31, 2**63, 10**40, 1e308))).encode()
        else:
            made[:] = made[:at]
    return bytes(made)


def _word(body: str, **parts: bytes) -> bytes:
    made = docx.Document()
    made.add_paragraph("Ada Moss: We opened at six.")
    out = io.BytesIO()
    made.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            new.writestr(name, parts.get(name, data))
    return packed.getvalue()


def special() -> Iterator[tuple[str, bytes]]:
    """Files made to be slow, large or broken, each in several sizes."""
    for n in (1_000, 12_000, 100_000):
        yield from ((f"{name}-{n}.{suffix}", data) for (name, suffix), data in _sized(n).items())
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>Ada: x</w:t></w:r></w:p></w:tc>"
    for n in (100, 100_000, 2_000_000_000):
        yield f"span-{n}.docx", _word(f"<w:tbl><w:tr>{cell.format(n)}</w:tr></w:tbl>")
    yield "bomb.docx", _word("<w:p><w:r><w:t>" + "A" * 200_000_000 + "</w:t></w:r></w:p>")
    yield "paragraphs.docx", _word("<w:p><w:r><w:t>Ada: x</w:t></w:r></w:p>" * 300_000)
    yield "bomb.docx-part.docx", _word("", **{"word/styles.xml": b"<a>" + b" " * 200_000_000 + b"</a>"})
    yield "line.txt", b"a b: " * 9_000_000
    yield "long.srt", b"".join(b"%d\n00:00:01,000 --> 00:00:02,000\nAda: x\n\n" % i for i in range(150_000))
    yield "arrows.srt", b"1\n00:00:01,000 --> 00:00:02,000\nx\n\n" + b"-->\n" * 600_000
    yield "page.html", b"<html><body>" + b"<p>Ada Moss: It ran dry again.</p>\n" * 200_000 + b"</body></html>"
    for suffix in ("html", "xml"):
        yield (
            f"entities.{suffix}",
            b"<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>"
            + b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
            + b"]><p>&a11;</p>",
        )


def _sized(n: int) -> dict[tuple[str, str], bytes]:
    """By name and suffix, texts of about ``n`` of whatever makes them large."""
    cue = b"00:00:01,000 --> 00:00:02,000\n"
    texts = {
        "title": "title: x" + " " * n, "dash": "- " + " " * n, "spaces": " " * n + "x", "digits": TURNS + "1" * n,
        "names": "Present: " + ", ".join(f"Ada Moss{i}" for i in range(n)), "colons": ":" * n, "quotes": '"' * n,
        "brackets": "[" * n, "parentheses": "(" * n, "words": "ab " * n, "one word": "a" * n, "lines": "\n" * n,
        "labels": "Ada: x\n" * n, "others": "".join(f"N{i}: x\n" for i in range(n)), "han": "张" * n, "tabs": "\t" * n,
        "fullwidth": "：" * n, "stars": "*" * n, "hashes": "#" * n, "pipes": "|a" * n, "commas": "a," * n,
        "stamps": "00:00:01 " * n, "equals": "=" * n, "marks": "“" * n, "irc": "[12:00] <ada> hello\n" * n,
        "zoom": "12:00:01 From Ada to Everyone:\n\thello\n" * n, "asked": "Q. Why?\nA. So.\n" * n,
        "bold": "**Ada**: x\n" * n, "headed": "## Ada\n\nx\n\n" * n, "rows": "| Ada | It ran dry. |\n" * n,
        "timed": "Ada 00:00:01\nIt ran dry.\n" * n, "shouted": "ADA MOSS. It ran dry.\n" * n, "nulls": "\x00" * n,
        "invisible": "\u200b" * n, "combining": "a" + "\u0301" * n, "fed": "Ada: x\x0c" * n, "returns": "Ada: x\r" * n,
        "ctm": "a 1 0.10 0.20 word\n" * n, "stm": "a 1 ada 0.10 0.20 <o> word\n" * n,
        "grid": 'File type = "ooTextFile"\nObject class = "TextGrid"\n' + "intervals [1]:\nxmin = 0\nxmax = 1\n" * n,
    }  # fmt: skip
    marked = {
        ("deep", "json"): b"[" * n, ("deep-object", "json"): b'{"turns":' * n, ("open", "json"): b'{"turns":[{"text":"'
        + b"a" * n, ("numbers", "json"): b'{"turns":[{"speaker":"A","text":"x","start":' + b"9" * n + b"}]}",
        ("halves", "json"): b'{"turns":[{"speaker":"A","text":"' + b"\\ud800" * n + b'"}]}',
        ("keys", "json"): json.dumps({f"k{i}": {"text": "x"} for i in range(n)}).encode(),
        ("many", "json"): json.dumps({"turns": [{"speaker": "A", "text": "x"}] * n}).encode(),
        ("lines", "jsonl"): b'{"speaker":"A","text":"x"}\n' * n, ("deep", "html"): b"<div>" * n + b"Ada: x",
        ("attributes", "html"): b"<p " + b"a=b " * n + b">x", ("entities", "html"): b"&#x110000;" * n,
        ("breaks", "html"): b"<p>" + b"Ada: x<br>" * n, ("table", "html"): b"<table>" + b"<tr><td>Ada<td>x" * n,
        ("comments", "html"): b"<!-- x" * n, ("deep", "xml"): b"<a>" * n,
        ("wide", "xml"): b"<a>" + b"<b/>" * n + b"</a>",
        ("digits", "srt"): b"1\n" + cue + b"Ada: x\n\n" + b"1" * n, ("cues", "srt"): (b"1\n" + cue + b"Ada: x\n\n") * n,
        ("bare", "srt"): cue * n, ("times", "srt"): b"1\n" + b"9" * n + b":00:00,000 --> 00:00:02,000\nx\n",
        ("cues", "vtt"): b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\n<v Ada>x\n\n" * n,
        ("arrows", "vtt"): b"WEBVTT\n\n" + b"-->" * n, ("voices", "vtt"): b"WEBVTT\n\n00:00.000 --> 00:01.000\n"
        + b"<v Ada" * n, ("wide", "txt"): ("Ada: x\n" * n).encode("utf-16"), ("broken", "txt"): b"\xff\xfe\x00" * n,
        ("bytes", "txt"): b"Ada: \x81\x8d\n" * n,
        ("rows", "docx"): _word("<w:tbl>" + _row("Ada", "x") * n + "</w:tbl>"),
        ("runs", "docx"): _word("<w:p>" + "<w:r><w:t>Ada: x</w:t></w:r>" * n + "</w:p>"),
        ("deep", "docx"): _word("<w:tbl><w:tr><w:tc>" * n + "</w:tc></w:tr></w:tbl>" * n),
        ("merged", "docx"): _word("<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * n
        + "</w:tbl>"),
    }  # fmt: skip
    return {**{(name, "txt"): text.encode() for name, text in texts.items()}, **marked}


def _row(*cells: str) -> str:
    inner = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
    return f"<w:tr>{inner}</w:tr>"


def unusual(folder: Path) -> list[Path]:
    """What has a file's name and is none: a pipe, a socket, a device, a folder, links to themselves and to nothing."""
    paths = [folder / f"{name}.txt" for name in ("pipe", "socket", "device", "folder", "loop", "nowhere")]
    pipe, bound, device, inner, loop, nowhere = paths
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(bound))
    device.symlink_to("/dev/zero")
    inner.mkdir()
    loop.symlink_to(loop)
    nowhere.symlink_to(folder / "gone")
    return paths


def main(options: argparse.Namespace) -> int:
    """Read them all."""
    random_ = random.Random(options.seed)
    reader = ReaderApart(seconds=options.seconds, megabytes=options.megabytes)
    kinds = samples()
    names = sorted(kinds)
    mutants = ((n, mutated(kinds[n], random_)) for n in (names[i % len(names)] for i in range(options.times)))
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        written = (_written(folder / name, data) for name, data in mutants)
        failed = read_all(reader, "mutated", written, options.keep)
        made = (_written(folder / name, data) for name, data in special() if options.special)
        failed += read_all(reader, "special", itertools.chain(made, unusual(folder)), options.keep)
    reader.close()
    return int(failed > 0)


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def read_all(reader: ReaderApart, group: str, files: Iterable[Path], keep: Path | None) -> int:
    """Read each, and print what became of them; how many went wrong."""
    counts, slowest, bad = Counter[str](), (0.0, ""), list[str]()
    for file in files:
        began = time.monotonic()
        outcome, said = outcome_of(reader, file)
        slowest = max(slowest, (time.monotonic() - began, file.name))
        counts[outcome] += 1
        if outcome in ("caught", "limit", "raised"):
            bad.append(f"{outcome} {file.name}: {said}")
            if keep is not None and file.is_file():
                shutil.copy(file, keep / f"{outcome}-{counts.total()}-{file.name}")
        if file.is_file() and not file.is_symlink():
            file.unlink()
        if counts.total() % 500 == 0:
            print(f"  {counts.total()} {dict(counts)}", flush=True)
    row = "  ".join(f"{counts[key]:5} {key}" for key in ("read", "refused", "caught", "limit", "raised"))
    print(f"{group}: {counts.total():5} files  {row}  slowest by the clock {slowest[0]:.1f} s {slowest[1]}")
    for line in bad[:40]:
        print(f"  {line[:200]}", flush=True)
    return counts["raised"] + counts["limit"]


def outcome_of(reader: ReaderApart, file: Path) -> tuple[str, str]:
    """What became of a file, and what was said of it."""
    try:
        content(file)
        reader.file(file)
    except ReadError as error:
        said = str(error)
        if "\n" in said:
            return "raised", said
        if "damaged or no transcript" in said:
            return "caught", said  # by the last resort alone: a reader should have known
        return ("limit" if "takes more" in said else "refused"), said
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"
    return "read", ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--special", type=int, default=1, help="0 leaves the special files out")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="a folder for the files that went past a limit or wrong")
    parser.add_argument("--seed", type=int, default=2)
    sys.exit(main(parser.parse_args()))
