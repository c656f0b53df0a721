"""Ingest: files into records ready to be stored in one transaction. Does not know searching or answering."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot import readers, register
from panelbot.bot.library import build_lexical
from panelbot.config import Settings
from panelbot.embedding import Embedder
from panelbot.errors import InputError, PanelbotError
from panelbot.index import Segment
from panelbot.passages import split_transcript
from panelbot.store import Header, Record
from panelbot.types import FileFailure, Passage, Progress, Reading, Transcript

# Raised when readers, register or passages come to give other results for the same file: it is then read again.
INGEST_VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A transcript read and registered, not yet embedded; ``edited`` where it already carries people's edits."""

    transcript: Transcript
    path: str
    fingerprint: str
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What the files of one ``add`` come to before anything is embedded or stored."""

    drafts: tuple[Draft, ...]
    unchanged: tuple[str, ...]
    stale: tuple[str, ...]
    failed: tuple[FileFailure, ...]
    warnings: tuple[str, ...]


def fingerprint(data: bytes, settings: Settings) -> str:
    """What a file's transcripts depend on: its bytes, how it is read, and how turns are split."""
    digest = hashlib.sha256(data).hexdigest()
    return f"{INGEST_VERSION}:{settings.passage_chars}:{digest}"


def read_batch(
    files: Sequence[Path], headers: Mapping[str, Header], settings: Settings, progress: Progress, *, force: bool = False
) -> Batch:
    """Read every file that is new or has changed; bad ones are collected, not raised."""
    drafts: dict[str, Draft] = {}
    unchanged: list[str] = []
    stale: list[str] = []
    failed: list[FileFailure] = []
    warnings: list[str] = []
    by_path: dict[str, list[str]] = {}
    for id, header in headers.items():
        by_path.setdefault(header.path, []).append(id)
    for n_done, file in enumerate(files):
        progress("reading", n_done, len(files))
        stored = by_path.get(str(file), [])
        try:
            mark = fingerprint(file.read_bytes(), settings)
            if stored and not force and all(headers[id].fingerprint == mark for id in stored):
                unchanged.extend(stored)
                continue
            read = [_draft(reading, file, mark, headers, drafts) for reading in readers.read_file(file)]
        except PanelbotError as error:
            failed.append(FileFailure(path=str(file), reason=str(error)))
            continue
        except OSError as error:
            reason = f"{file.name} cannot be read: {error.strerror or error}."
            failed.append(FileFailure(path=str(file), reason=reason))
            continue
        for draft, notes in read:
            drafts[draft.transcript.id] = draft
            warnings.extend(f"{file.name}: {note}" for note in notes)
        stale.extend(id for id in stored if id not in {draft.transcript.id for draft, _ in read})
    progress("reading", len(files), len(files))
    return Batch(
        drafts=tuple(drafts.values()),
        unchanged=tuple(unchanged),
        stale=tuple(stale),
        failed=tuple(failed),
        warnings=tuple(warnings),
    )


def _draft(
    reading: Reading, file: Path, mark: str, headers: Mapping[str, Header], drafts: Mapping[str, Draft]
) -> tuple[Draft, tuple[str, ...]]:
    transcript = register.build_register(reading)
    id = transcript.id
    other = drafts[id].path if id in drafts else headers[id].path if id in headers else ""
    # Another file of that name, or pasted text: both are kept. A file that is gone was moved here.
    taken = id in drafts or (id in headers and (not other or Path(other).is_file()))
    if taken and other != str(file):
        transcript = with_other_id(transcript, str(file))
    elif id in drafts:
        raise InputError(f"{file.name} holds two transcripts with the id {id!r}; give each its own id.")
    offers = tuple(str(offer) for offer in register.offered_merges(transcript))
    return Draft(transcript=transcript, path=str(file), fingerprint=mark), (*reading.warnings, *offers)


def with_other_id(transcript: Transcript, origin: str) -> Transcript:
    """The transcript under an id of its own where another one has its id; the same for the same ``origin``."""
    return replace(transcript, id=f"{transcript.id}-{hashlib.sha256(origin.encode()).hexdigest()[:6]}")


def embed_drafts(
    drafts: Sequence[Draft],
    edits: Mapping[str, tuple[dict[str, Any], ...]],
    segments: Mapping[str, Segment],
    embedder: Embedder,
    settings: Settings,
    progress: Progress,
) -> list[Record]:
    """Records of the drafts, what people edited in the register replayed; text stored before is not embedded again."""
    split = [split_transcript(draft.transcript, settings.passage_chars) for draft in drafts]
    texts = [_texts(d.transcript, passages) for d, passages in zip(drafts, split, strict=True)]
    vectors = _embed([t for ts in texts for t in ts], _known_vectors(drafts, segments), embedder, progress)
    records: list[Record] = []
    start = 0
    for draft, passages in zip(drafts, split, strict=True):
        kept = edits.get(draft.transcript.id, ())
        replayed = () if draft.edited else kept
        transcript = register.apply_edits(draft.transcript, [register.edit_from_dict(edit) for edit in replayed])
        lexical = build_lexical(transcript, [(p.turn, p.start, p.end) for p in passages])
        records.append(
            Record(
                transcript=transcript,
                passages=passages,
                vectors=vectors[start : start + len(passages)],
                postings=lexical.to_bytes(),
                path=draft.path,
                fingerprint=draft.fingerprint,
                edits=kept,
            )
        )
        start += len(passages)
    return records


def _texts(transcript: Transcript, passages: Iterable[Passage]) -> list[str]:
    return [transcript.turns[p.turn].text[p.start : p.end] for p in passages]


def _known_vectors(drafts: Sequence[Draft], segments: Mapping[str, Segment]) -> dict[str, NDArray[np.float32]]:
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
