"""Which files a path given to ``add`` stands for. Does not read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from panelbot.register.reading import printable
from panelbot.types import FileFailure

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".json", ".srt", ".vtt", ".html", ".htm", ".docx", ".text"})
_COMPANIONS = ("readme", "questions", "expected")  # what stands beside transcripts in a corpus folder


def find_files(
    paths: Iterable[str | Path], *, follow_links: bool = False
) -> tuple[tuple[Path, ...], tuple[FileFailure, ...]]:
    """The files of ``paths``, folders searched to the bottom, each once, in order; and the paths that are none.

    In a folder, hidden files, other suffixes, README, questions and expected-number files are passed over, and so are
    links that lead out of it unless ``follow_links``; a file that is named itself is always taken.
    """
    found: dict[Path, None] = {}
    failed: list[FileFailure] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside, outside = _inside(path, follow_links=follow_links)
            found.update(dict.fromkeys(inside))
            failed += [
                FileFailure(path=printable(str(p)), reason=f"{p.name} is a link out of {given} (see --follow-links).")
                for p in outside
            ]
            if not inside:
                known = ", ".join(sorted(SUFFIXES))
                failed.append(FileFailure(path=str(given), reason=f"{given} holds no transcript files ({known})."))
        elif path.is_file():
            found[path.resolve()] = None
        else:
            name = printable(str(given))
            reason = f"{name} is a pipe or a device." if path.exists() else f"There is no file or folder {name}."
            failed.append(FileFailure(path=name, reason=reason))
    return tuple(found), tuple(failed)


def _inside(folder: Path, *, follow_links: bool) -> tuple[list[Path], list[Path]]:
    """The transcript files under ``folder``, in order, and the links under it that lead to what is elsewhere."""
    top = folder.resolve()
    inside: list[Path] = []
    outside: list[Path] = []
    for path in sorted(_walk(folder, follow_links=follow_links)):
        if not follow_links and not path.resolve().is_relative_to(top):
            outside.append(path)
        elif path.is_file():
            inside.append(path.resolve())
    return inside, outside


def _walk(folder: Path, *, follow_links: bool) -> Iterator[Path]:
    """The files called like transcripts under ``folder``, no folder twice; and linked folders that are not followed."""
    been: set[str] = set()
    for root, folders, names in os.walk(folder, followlinks=follow_links):
        if (real := os.path.realpath(root)) in been:  # a link to a folder above it
            folders.clear()
            continue
        been.add(real)
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(root, name) for name in names if _is_transcript_name(name))
        yield from (path for path in files if path.is_file())
        if not follow_links:
            yield from (path for name in folders if (path := Path(root, name)).is_symlink())


def _is_transcript_name(name: str) -> bool:
    companion = name.casefold().startswith(_COMPANIONS)
    return Path(name).suffix.casefold() in SUFFIXES and not name.startswith(".") and not companion
