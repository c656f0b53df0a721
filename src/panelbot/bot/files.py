"""Which files a path given to ``add`` stands for. Does not read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from panelbot.register.reading import printable
from panelbot.types import FileFailure

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".json", ".srt", ".vtt", ".html", ".htm", ".docx", ".text"})
_COMPANIONS = ("readme", "questions", "expected")  # what stands beside transcripts in a corpus folder


def find_files(paths: Iterable[str | Path]) -> tuple[tuple[Path, ...], tuple[FileFailure, ...]]:
    """The files of ``paths``, folders searched to the bottom, each once, in order; and the paths that are none.

    In a folder, hidden files, other suffixes, README, questions and expected-number files are passed over, and so are
    links that lead out of it; a file that is named itself is always taken.
    """
    found: dict[Path, None] = {}
    failed: list[FileFailure] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside, outside = _inside(path)
            found.update(dict.fromkeys(inside))
            failed += [
                FileFailure(path=printable(str(p)), reason=f"{p.name} is a link out of {given}; add what it leads to.")
                for p in outside
            ]
            if not inside:
                known = ", ".join(sorted(SUFFIXES))
                failed.append(FileFailure(path=str(given), reason=f"{given} holds no transcript files ({known})."))
        elif path.is_file():
            found[path.resolve()] = None
        else:
            name = printable(str(given))
            failed.append(FileFailure(path=name, reason=f"There is no file or folder {name}."))
    return tuple(found), tuple(failed)


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """The transcript files under ``folder``, in order, and the links under it that lead to files elsewhere."""
    top = folder.resolve()
    named = [p for p in sorted(folder.rglob("*")) if p.is_file() and _is_transcript_name(p.relative_to(folder))]
    inside = [p.resolve() for p in named if p.resolve().is_relative_to(top)]
    return inside, [p for p in named if not p.resolve().is_relative_to(top)]


def _is_transcript_name(relative: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    companion = relative.name.casefold().startswith(_COMPANIONS)
    return relative.suffix.casefold() in SUFFIXES and not hidden and not companion
