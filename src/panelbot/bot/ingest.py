"""Ingest: files into records ready to be stored in one transaction. Does not know searching or answering."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from panelbot import register
from panelbot.config import Settings
from panelbot.embedding import Embedder
from panelbot.errors import InputError, PanelbotError
from panelbot.index import Segment, build_postings
from panelbot.passages import split_transcript
from panelbot.register.reading import Found, content, printable
from panelbot.store import Header, Record
from panelbot.text import words
from panelbot.types import FileFailure, Passage, Progress, Transcript

# Raised when readers, register or passages come to give other results for the same file: it is then read again.
INGEST_VERSION = 5
FILES_EACH = 16  # that are worth another process to read them: it takes as long to start
UPLOAD = "upload:"  # what a file is called whose path means nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A transcript as it was read, not yet embedded; ``stored`` where it was read from the index itself.

    ``edits`` are what people changed in it, made on it already; ``seen`` are those of the index it was made from.
    """

    transcript: Transcript
    path: str
    fingerprint: str
    stored: bool = False
    edits: tuple[dict[str, Any], ...] = ()
    seen: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What the files of one ``add`` come to before anything is embedded or stored."""

    drafts: tuple[Draft, ...]
    unchanged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    failed: tuple[FileFailure, ...] = ()
    warnings: tuple[str, ...] = ()
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the transcripts of each, by its path


def fingerprint(data: bytes, settings: Settings, speaker_pattern: str = "") -> str:
    """What a file's transcripts depend on: its bytes, how it is read, and how turns are split."""
    digest = hashlib.sha256(data + speaker_pattern.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{INGEST_VERSION}:{settings.passage_chars}:{digest}"


def read_batch(
    files: Sequence[Path],
    headers: Mapping[str, Header],
    settings: Settings,
    read: Callable[[Path, str, str], Found],
    progress: Progress,
    *,
    force: bool = False,
    uploaded: bool = False,
    speaker_pattern: str = "",
    at_once: int = 1,
) -> Batch:
    """Read every file that is new or has changed, ``at_once`` of them; bad ones are collected, not raised.

    Files that were ``uploaded`` are known by name and content, since where they lie means nothing.
    """
    drafts: dict[str, Draft] = {}
    unchanged: list[str] = []
    stale: list[str] = []
    failed: list[FileFailure] = []
    warnings: list[str] = []
    ids: dict[str, tuple[str, ...]] = {}
    by_path: dict[str, list[str]] = {}
    for id, header in headers.items():
        by_path.setdefault(header.path, []).append(id)

    def opened(file: Path) -> _Opened:
        """What a file holds: its transcripts, or nothing where those of the index are its own."""
        data = content(file)
        origin = f"{UPLOAD}{hashlib.sha256(data).hexdigest()[:16]}/{file.name}" if uploaded else str(file)
        pattern = speaker_pattern or settings.pattern_for(file)
        mark = fingerprint(data, settings, pattern)
        stored = by_path.get(origin, [])
        if stored and not force and all(headers[id].fingerprint == mark for id in stored):
            return _Opened(origin, mark, stored, None)
        return _Opened(origin, mark, stored, read(file, pattern, mark))

    for n_done, (file, result) in enumerate(
        zip(files, _in_threads(opened, files, min(at_once, 1 + len(files) // FILES_EACH)), strict=True)
    ):
        progress("reading", n_done, len(files))
        try:
            origin, mark, stored, found = result()
            if found is None:
                unchanged.extend(stored)
                ids[str(file)] = tuple(stored)
                continue
            new = [_draft(transcript, file, origin, mark, headers, drafts) for transcript, _ in found]
        except PanelbotError as error:
            failed.append(FileFailure(path=printable(str(file)), reason=str(error)))
            continue
        ids[str(file)] = tuple(draft.transcript.id for draft in new)
        drafts.update((draft.transcript.id, draft) for draft in new)
        warnings.extend(f"{file.name}: {note}" for _, notes in found for note in notes)
        stale.extend(id for id in stored if id not in ids[str(file)])
    progress("reading", len(files), len(files))
    return Batch(
        drafts=tuple(drafts.values()),
        unchanged=tuple(unchanged),
        stale=tuple(stale),
        failed=tuple(failed),
        warnings=tuple(warnings),
        files=ids,
    )


class _Opened(NamedTuple):
    origin: str
    mark: str
    stored: Sequence[str]  # the ids that the file has in the index
    found: Found | None


def _in_threads(
    opened: Callable[[Path], _Opened], files: Sequence[Path], at_once: int
) -> Iterator[Callable[[], _Opened]]:
    """For each file, in order, what gives its result or raises what went wrong."""
    if at_once == 1:
        yield from (partial(opened, file) for file in files)
        return
    with ThreadPoolExecutor(at_once) as threads:
        waiting = [threads.submit(opened, file) for file in files]
        try:
            yield from (future.result for future in waiting)
        finally:  # an interrupt waits for no file that is not open yet
            threads.shutdown(wait=False, cancel_futures=True)


def _draft(
    transcript: Transcript,
    file: Path,
    origin: str,
    mark: str,
    headers: Mapping[str, Header],
    drafts: Mapping[str, Draft],
) -> Draft:
    id = transcript.id
    other = drafts[id].path if id in drafts else headers[id].path if id in headers else ""
    # Another file of that name, or pasted text: both are kept. A file that is gone was moved here.
    taken = id in drafts or (id in headers and (other.startswith(UPLOAD) or not other or Path(other).is_file()))
    if taken and other != origin:
        transcript = with_other_id(transcript, origin)
    elif id in drafts:
        raise InputError(f"{file.name} holds two transcripts with the id {id!r}; give each its own id.")
    return Draft(transcript=transcript, path=origin, fingerprint=mark)


def with_other_id(transcript: Transcript, origin: str) -> Transcript:
    """The transcript under an id of its own where another one has its id; the same for the same ``origin``."""
    return replace(transcript, id=f"{transcript.id}-{hashlib.sha256(origin.encode()).hexdigest()[:6]}")


def embed_drafts(
    drafts: Sequence[Draft],
    known: dict[str, NDArray[np.float32]],
    embedder: Embedder,
    settings: Settings,
    progress: Progress,
) -> list[Record]:
    """Records of the drafts as they were read. Vectors of texts in ``known`` are used again, new ones put there."""
    split = [split_transcript(draft.transcript, settings.passage_chars) for draft in drafts]
    texts = [_texts(d.transcript, passages) for d, passages in zip(drafts, split, strict=True)]
    vectors = _embed([t for ts in texts for t in ts], known, embedder, progress)
    records: list[Record] = []
    start = 0
    for draft, passages in zip(drafts, split, strict=True):
        own = _texts(draft.transcript, passages)
        records.append(
            Record(
                transcript=draft.transcript,
                passages=passages,
                vectors=vectors[start : start + len(passages)],
                lexical=build_postings([words(text) for text in own]),
                path=draft.path,
                fingerprint=draft.fingerprint,
                edits=draft.edits,
            )
        )
        start += len(passages)
    return records


def with_edits(draft: Draft, edits: tuple[dict[str, Any], ...]) -> Draft:
    """The draft with what people changed in the transcript in whose place it comes, made again."""
    if draft.edits or draft.stored:
        return draft
    made = register.apply_edits(draft.transcript, [register.edit_from_dict(edit) for edit in edits])
    return replace(draft, transcript=made, edits=edits, seen=edits)


def _texts(transcript: Transcript, passages: Iterable[Passage]) -> list[str]:
    return [transcript.turns[p.turn].text[p.start : p.end] for p in passages]


def known_vectors(drafts: Iterable[Draft], segments: Mapping[str, Segment]) -> dict[str, NDArray[np.float32]]:
    """The vectors of the passages that the transcripts had so far, by their text."""
    known: dict[str, NDArray[np.float32]] = {}
    for draft in drafts:
        segment = segments.get(draft.transcript.id)
        if segment is not None:
            known.update((segment.text(i), segment.vectors[i]) for i in range(segment.n_passages))
    return known


def _embed(
    texts: list[str], known: dict[str, NDArray[np.float32]], embedder: Embedder, progress: Progress
) -> NDArray[np.float32]:
    new = sorted(set(texts) - set(known))
    if new:
        known.update(zip(new, embedder.encode_passages(new, progress=progress), strict=True))
    if not texts:
        return np.empty((0, embedder.dim), np.float32)
    return np.stack([known[text] for text in texts]).astype(np.float32)
