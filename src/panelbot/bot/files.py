"""Which files a path given to ``add`` stands for. Does not read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from panelbot.bot.media import TYPES
from panelbot.readers import suffixes
from panelbot.register.reading import printable
from panelbot.types import FileFailure

_MAX_NAMED = 3  # of the files that are passed over
_COMPANIONS = ("readme", "questions", "expected")  # what stands beside transcripts in a corpus folder


def taken() -> tuple[str, ...]:
    """The suffixes of what may be added: of transcripts, and of recordings, which are added beside them."""
    return (*sorted(suffixes()), *TYPES)


def is_taken(name: str) -> bool:
    """Whether a file of that name may be sent to a server: one with a transcript's suffix, a recording's, or none."""
    suffix = Path(name).suffix.casefold()
    return not suffix or suffix in taken()


def find_files(
    paths: Iterable[str | Path], *, follow_links: bool = False
) -> tuple[tuple[Path, ...], tuple[FileFailure, ...], tuple[str, ...]]:
    """The files of ``paths``, folders searched to the bottom, each once, in order; the paths that are none; warnings.

    In a folder, files are passed over that are hidden, README, questions or expected numbers, or of a suffix that no
    format has (a warning names some of these), and so are links that lead out of it unless ``follow_links``; a file
    that is named itself is always taken.
    """
    found: dict[Path, None] = {}
    failed: list[FileFailure] = []
    warnings: list[str] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside, outside, others = _inside(path, follow_links=follow_links)
            found.update(dict.fromkeys(inside))
            failed += [
                FileFailure(path=printable(str(p)), reason=f"{p.name} is a link out of {given} (see --follow-links).")
                for p in outside
            ]
            if inside and others:
                warnings.append(_passed_over(printable(str(given)), others))
            if not inside:
                known = ", ".join(sorted(suffixes()))
                failed.append(FileFailure(path=str(given), reason=f"{given} holds no transcript files ({known})."))
        elif path.is_file():
            found[path.resolve()] = None
        else:
            name = printable(str(given))
            reason = f"{name} is a pipe or a device." if path.exists() else f"There is no file or folder {name}."
            failed.append(FileFailure(path=name, reason=reason))
    return tuple(found), tuple(failed), tuple(warnings)


def _passed_over(folder: str, others: Sequence[Path]) -> str:
    names = ", ".join(printable(path.name) for path in others[:_MAX_NAMED])
    more = " …" if len(others) > _MAX_NAMED else ""
    n = "1 file" if len(others) == 1 else f"{len(others)} files"
    return f"{folder}: passed over {n} whose suffix is no transcript's ({names}{more}); name a file to have it read"


def _inside(folder: Path, *, follow_links: bool) -> tuple[list[Path], list[Path], list[Path]]:
    """Under ``folder``, in order: transcript files, links that lead to what is elsewhere, and files of other kinds."""
    top = folder.resolve()
    inside: list[Path] = []
    outside: list[Path] = []
    others: list[Path] = []
    for path in sorted(_walk(folder, follow_links=follow_links)):
        if not follow_links and not path.resolve().is_relative_to(top):
            outside.append(path)
        elif path.is_file():
            (inside if path.suffix.casefold() in suffixes() else others).append(path.resolve())
    return inside, outside, others


def _walk(folder: Path, *, follow_links: bool) -> Iterator[Path]:
    """The files under ``folder`` that may be transcripts, no folder twice; and linked folders that are not followed."""
    been: set[str] = set()
    for root, folders, names in os.walk(folder, followlinks=follow_links):
        if (real := os.path.realpath(root)) in been:  # a link to a folder above it
            folders.clear()
            continue
        been.add(real)
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(root, name) for name in names if _may_be_transcript(name))
        yield from (path for path in files if path.is_file())
        if not follow_links:
            yield from (path for name in folders if (path := Path(root, name)).is_symlink())


def _may_be_transcript(name: str) -> bool:
    """Whether a file is no companion of transcripts: hidden, a README, questions, a recording."""
    is_companion = name.casefold().startswith(_COMPANIONS) or Path(name).suffix.casefold() in TYPES
    return not name.startswith(".") and not is_companion
