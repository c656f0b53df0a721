"""Opening a file or pasted text for the readers, and one sentence for each thing that is no transcript."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

from panelbot.errors import ReadError
from panelbot.readers.decode import decode
from panelbot.readers.document import Document
from panelbot.readers.registry import read_document
from panelbot.types import Reading

MAX_BYTES = 50_000_000  # a ten-hour transcript is 1 MB, one with a recording's pictures in it may be 20
_MAX_TEXT_BYTES = 30_000_000  # what a day's words take with a time for each; pictures make a Word file larger
_RECORDING = ("a sound or video recording", "have it transcribed first and add the transcript")
_IMAGE = ("an image", "add the text of the talk, not a picture of it")
_ARCHIVE = ("a compressed archive", "unpack it and add the files in it")
# (first bytes, what the file is, the remedy)
_BINARY = (
    (b"%PDF", "a PDF", "save its text as .txt or .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "save it as .docx or .txt"),
    (b"{\\rtf", "an RTF file", "save it as .docx or .txt"),
    *((magic, *_IMAGE) for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
    *((magic, *_RECORDING) for magic in (b"ID3", b"\xff\xfb", b"OggS", b"fLaC", b"RIFF", b"\x1aE\xdf\xa3")),
    *((magic, *_ARCHIVE) for magic in (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")),
)
_ZIP = b"PK\x03\x04"
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to would be waited for


def read_file(path: str | Path, *, speaker_pattern: str = "") -> tuple[Reading, ...]:
    """The transcripts in the file at ``path``; nearly always one.

    Args:
        path: the file.
        speaker_pattern: a regular expression with a group ``speaker`` (and ``time``) for the file's labels.

    Raises:
        InputError: the pattern cannot be used.
        ReadError: the file cannot be opened, is no text, or holds no turns; one sentence with the remedy.
    """
    path = Path(path)
    data = file_bytes(path)
    try:
        return read_document(replace(_document(path.name, data), speaker_pattern=speaker_pattern))
    except ReadError as error:
        raise ReadError(str(error), path=path) from error


def file_bytes(path: Path) -> bytes:
    """What a file holds; what is no file (a pipe, a device) is not waited for.

    Raises:
        ReadError: it is none, it has more than `MAX_BYTES`, or it cannot be read.
    """
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise ReadError(f"{path.name} is no file that holds something, but a pipe or a device", path=path)
            data = file.read(MAX_BYTES + 1) if found.st_size <= MAX_BYTES else b""
            if (size := max(found.st_size, len(data))) > MAX_BYTES:
                raise ReadError(f"{path.name} has {size:,} bytes; transcripts have {MAX_BYTES:,} at most", path=path)
            return data
    except OSError as error:
        raise ReadError(f"cannot open {path}: {error.strerror or error}", path=path) from error


def read_text(text: str, *, name: str, speaker_pattern: str = "") -> Reading:
    """The transcript in pasted ``text``, called ``name``; ``speaker_pattern`` as in :func:`read_file`.

    Raises:
        InputError: the pattern cannot be used.
        ReadError: ``text`` is empty or holds no turns.
    """
    if not text.strip():
        raise ReadError(f"{name} is empty: there is no text to read")
    return read_document(Document(name=name, raw_text=text, speaker_pattern=speaker_pattern))[0]


def _document(name: str, data: bytes) -> Document:
    if not data.strip():
        raise ReadError(f"{name} is empty: there is no text to read")
    if data.startswith(_ZIP):
        if b"word/" not in data and Path(name).suffix.lower() != ".docx":
            raise ReadError(f"{name} is an archive or an Office file: unpack it, or save it as .docx or .txt")
        return Document(name=name, data=data)
    if kind := _binary_kind(data):
        raise ReadError(f"{name} is {kind[0]}, not a transcript: {kind[1]}")
    if len(data) > _MAX_TEXT_BYTES:
        raise ReadError(f"{name} is larger than {_MAX_TEXT_BYTES // 1_000_000} MB; split it into one file a meeting")
    text = decode(data)
    if text is None:
        raise ReadError(f"{name} is not text in any encoding known here: save it as UTF-8 text")
    document = Document(name=name, data=data, raw_text=text)
    if not document.text.strip():
        raise ReadError(f"{name} is empty: there is no text to read")
    return document


def _binary_kind(data: bytes) -> tuple[str, str] | None:
    """What a file that is no text is, and what to do about it."""
    if data[4:8] == b"ftyp":
        return _RECORDING
    return next(((kind, remedy) for magic, kind, remedy in _BINARY if data.startswith(magic)), None)
