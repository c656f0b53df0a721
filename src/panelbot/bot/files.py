"""Which files a path given to ``add`` stands for. Does not read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from panelbot.types import FileFailure

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".json", ".srt", ".vtt", ".html", ".htm", ".docx", ".text"})
_COMPANIONS = ("readme", "questions", "expected")  # what stands beside transcripts in a corpus folder


def find_files(paths: Iterable[str | Path]) -> tuple[tuple[Path, ...], tuple[FileFailure, ...]]:
    """The files of ``paths``, folders searched to the bottom, each once, in order; and the paths that are none.

    In a folder, hidden files, other suffixes, README, questions and expected-number files are passed over;
    a file that is named itself is always taken.
    """
    found: dict[Path, None] = {}
    failed: list[FileFailure] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and _is_transcript_name(p.relative_to(path))]
            found.update(dict.fromkeys(p.resolve() for p in inside))
            if not inside:
                known = ", ".join(sorted(SUFFIXES))
                failed.append(FileFailure(path=str(given), reason=f"{given} holds no transcript files ({known})."))
        elif path.is_file():
            found[path.resolve()] = None
        else:
            failed.append(FileFailure(path=str(given), reason=f"There is no file or folder {given}."))
    return tuple(found), tuple(failed)


def _is_transcript_name(relative: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    companion = relative.name.casefold().startswith(_COMPANIONS)
    return relative.suffix.casefold() in SUFFIXES and not hidden and not companion
