"""Mutated and special files, each read apart with limits on time and memory.

    python benchmarks/attack/files.py [--times N] [--seconds S] [--megabytes N] [--seed N]

Every sample of every format (tests/readers/samples, and Word and archive files made here) is mutated; the special files
are made to be slow, large or broken. Prints how many were read, refused in one sentence, ended at a limit, and how
many brought the reading process down or gave anything but a transcript or a sentence. Exits 1 where there is one of
the last two.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx

from panelbot.bot import ReaderApart
from panelbot.errors import ReadError

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
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>Ada: x</w:t></w:r></w:p></w:tc>"
    for n in (100, 100_000, 2_000_000_000):
        yield f"span-{n}.docx", _word(f"<w:tbl><w:tr>{cell.format(n)}</w:tr></w:tbl>")
    yield "bomb.docx", _word("<w:p><w:r><w:t>" + "A" * 200_000_000 + "</w:t></w:r></w:p>")
    yield "paragraphs.docx", _word("<w:p><w:r><w:t>Ada: x</w:t></w:r></w:p>" * 300_000)
    for n in (1_000, 12_000, 100_000):
        for name, text in {
            "title": "title: x" + " " * n, "dash": "- " + " " * n, "spaces": " " * n + "x", "digits": TURNS + "1" * n,
            "names": "Present: " + ", ".join(f"Ada Moss{i}" for i in range(n)), "colons": ":" * n, "quotes": '"' * n,
            "brackets": "[" * n, "parentheses": "(" * n, "words": "ab " * n, "one word": "a" * n, "lines": "\n" * n,
            "labels": "Ada: x\n" * n, "han": "张" * n, "fullwidth": "：" * n, "tabs": "\t" * n, "stars": "*" * n,
            "hashes": "#" * n, "pipes": "|a" * n, "commas": "a," * n, "stamps": "00:00:01 " * n, "equals": "=" * n,
        }.items():  # fmt: skip
            yield f"{name}-{n}.txt", text.encode()
        yield f"deep-{n}.json", b"[" * n
        yield f"deep-object-{n}.json", b'{"turns":' * n
        yield f"deep-{n}.html", b"<div>" * n + b"Ada: x"
        yield f"attributes-{n}.html", b"<p " + b"a=b " * n + b">x"
        yield f"digits-{n}.srt", b"1\n00:00:01,000 --> 00:00:02,000\nAda: x\n\n" + b"1" * n
        yield f"cues-{n}.vtt", b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\n<v Ada>x\n\n" * n
        yield f"arrows-{n}.vtt", b"WEBVTT\n\n" + b"-->" * n
        yield f"times-{n}.srt", b"1\n" + b"9" * n + b":00:00,000 --> 00:00:02,000\nx\n"
        yield f"numbers-{n}.json", b'{"turns":[{"speaker":"A","text":"x","start":' + b"9" * n + b"}]}"
        yield f"entities-{n}.html", b"&#x110000;" * n
    yield "line.txt", b"a b: " * 9_000_000
    yield (
        "entities.html",
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
        + b"]><p>&a11;</p>",
    )


def main(options: argparse.Namespace) -> int:
    """Read them all."""
    random_ = random.Random(options.seed)
    reader = ReaderApart(seconds=options.seconds, megabytes=options.megabytes)
    kinds = samples()
    names = sorted(kinds)
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for group, files in (
            (
                "mutated",
                ((n, mutated(kinds[n], random_)) for n in (names[i % len(names)] for i in range(options.times))),
            ),
            ("special", special()),
        ):
            counts, slowest = Counter[str](), (0.0, "")
            for name, data in files:
                file = Path(folder) / name
                file.write_bytes(data)
                began = time.monotonic()
                try:
                    reader.file(file)
                    outcome = "read"
                except ReadError as error:
                    outcome = "limit" if "takes more" in str(error) else "refused"
                    if "\n" in str(error) or "damaged or no transcript" in str(error):
                        outcome = "caught"  # by the last resort alone: a reader should have known
                    if outcome != "refused" and group == "special":
                        bad.append(f"{name}: {error}")
                except Exception as error:
                    outcome = "raised"
                    bad.append(f"{name}: {type(error).__name__}: {error}"[:200])
                slowest = max(slowest, (time.monotonic() - began, name))
                counts[outcome] += 1
            row = "  ".join(f"{counts[key]:5} {key}" for key in ("read", "refused", "caught", "limit", "raised"))
            print(f"{group}: {counts.total():5} files  {row}  slowest {slowest[0]:.1f} s {slowest[1]}", flush=True)
            failed = counts["raised"]
    for line in bad[:40]:
        print(f"  {line}")
    reader.close()
    return int(failed > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2)
    sys.exit(main(parser.parse_args()))
