"""What a study works on: transcript files read ahead of any embedding, and which of them its questions need.

Knows files, transcripts and questions; opens no index.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from panelbot.bot import find_files
from panelbot.errors import ReadError
from panelbot.evaluation.gold import match_transcripts
from panelbot.evaluation.questions import GoldQuestion, raise_faults
from panelbot.readers import read_file
from panelbot.types import Transcript

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Transcripts by file; why each path is none, and why a file could not be read."""

    transcripts: Mapping[Path, tuple[Transcript, ...]]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]


def read_files(paths: Sequence[Path]) -> Files:
    """Read files and folders, without registers: for ids and turns the reading is enough."""
    files, failed, _ = find_files(paths)
    read: dict[Path, tuple[Transcript, ...]] = {}
    unreadable: list[str] = []
    for file in files:
        try:
            read[file] = tuple(reading.transcript for reading in read_file(file))
        except ReadError as error:
            unreadable.append(str(error))
    return Files(transcripts=read, missing=tuple(failure.reason for failure in failed), unreadable=tuple(unreadable))


def match_files(questions: Sequence[GoldQuestion], faults: Sequence[str], files: Files) -> tuple[GoldQuestion, ...]:
    """The questions, each with its transcript; before anything is embedded: that takes minutes, a fault takes none.

    A file that cannot be read is a fault where something else is wrong too, and otherwise a warning.

    Raises:
        QuestionsError: with all faults.
    """
    known = [transcript for held in files.transcripts.values() for transcript in held]
    names = {file.name: [transcript.id for transcript in held] for file, held in files.transcripts.items()}
    matched, unmatched = match_transcripts(questions, known, names)
    found = [*faults, *files.missing, *unmatched]
    raise_faults([*found, *files.unreadable] if found else [])
    for reason in files.unreadable:
        logger.warning("%s", reason)
    return matched


def needed_files(questions: Sequence[GoldQuestion], files: Files, *, whole_corpus: bool) -> tuple[Path, ...]:
    """Where every question is asked of its own transcript, the files of the others are left out."""
    needed = {question.transcript_id for question in questions}
    if whole_corpus or "" in needed:
        return tuple(files.transcripts)
    return tuple(file for file, held in files.transcripts.items() if needed & {transcript.id for transcript in held})
