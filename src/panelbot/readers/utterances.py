"""Rows of speech to pieces: words become sentences, and a row in which two people speak is parted between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from panelbot.readers.drafts import Piece, join_speech
from panelbot.readers.listings import Listing, Path, first_of, leaf
from panelbot.readers.rows import Found, Row, span_of
from panelbot.readers.shapes import Keys, keys_of
from panelbot.readers.units import Time, first_moment, in_seconds, unit_of

_PAUSE = 0.8  # seconds
_WORD = 12  # characters; shorter texts on average are words and not sentences
_SENTENCE_ENDS = ("。", "！", "？", "…", ".", "!", "?", "”", '"')
_NEAR = 60  # characters between two words of a text that are looked through for the next one
_CLOSES = re.compile(r"[,.;:!?%)\]}，。、；：！？）】》」』”’…]+")
_SOUND_TYPES = re.compile(r"event|sound|noise|non_?speech|silence", re.IGNORECASE)


def to_pieces(
    found: Found, groups: Mapping[Path, Sequence[Listing]], name: Callable[[Any], str]
) -> tuple[list[Piece], int]:
    """The speech of ``found`` in order, and how many sounds were left out; ``name`` gives a label's name."""
    kept = [row for row in found.rows if not _SOUND_TYPES.search(str(row.item.get("type", "")))]
    rows = list(_with_owners(_parted(_spanned(kept, groups), _word_place(found, groups))))
    if not rows:
        return [], len(found.rows)
    starts, ends = [row.start for row in rows], [row.end for row in rows]
    unit = unit_of([len(row.text) for row in rows], starts, ends, found.keys.start[0][-1] if found.keys.start else "")
    first = first_moment(starts, unit)
    glued = _carries_spaces(rows)
    timed = zip(rows, in_seconds(starts, unit, first), in_seconds(ends, unit, first), strict=True)
    pieces = [_piece(run, name(run[0][0].who), glued=glued) for run in _runs(list(timed))]
    return _in_order(pieces, several=rows[-1].part > 0), len(found.rows) - len(kept)


def join_words(texts: Sequence[str], *, glued: bool = False) -> str:
    """Words as running text; ``glued``: they bring their spaces with them."""
    if glued:
        return "".join(texts).strip()
    joined: list[str] = []
    for text in (text.strip() for text in texts):
        if joined and _CLOSES.fullmatch(text):
            joined[-1] += text
        elif text:
            joined.append(text)
    return join_speech(joined)


def _carries_spaces(rows: Sequence[Row]) -> bool:
    """Whether the rows are words or parts of words that hold the spaces between them."""
    if sum(len(row.text) for row in rows) > _WORD * len(rows):
        return False
    spaced = sum(row.text != row.text.strip() for row in rows)
    return spaced > 0.15 * len(rows)


def _with_owners(rows: Iterator[Row]) -> Iterator[Row]:
    """A mark of punctuation that names nobody is said by who said the word before it."""
    before: Row | None = None
    for row in rows:
        mark = before is not None and row.part == before.part and not any(c.isalnum() for c in row.text)
        if mark and before is not None and row.who is None:
            row = row._replace(who=before.who)
        yield row
        before = row


Timed = tuple[Row, float | None, float | None]


def _runs(timed: Sequence[Timed]) -> Iterator[list[Timed]]:
    """Runs of rows by one speaker, each a sentence or up to a pause."""
    run: list[Timed] = []
    for row, start, end in timed:
        if run and _ends(run[-1], row, start):
            yield run
            run = []
        run.append((row, start, end))
    if run:
        yield run


def _piece(run: Sequence[Timed], speaker: str, *, glued: bool) -> Piece:
    starts = [start for _, start, _ in run if start is not None]
    ends = [end for _, _, end in run if end is not None]
    return Piece(
        speaker=speaker,
        text=join_words([row.text for row, _, _ in run], glued=glued),
        start=starts[0] if starts else None,
        end=ends[-1] if ends else None,
    )


def _ends(last: Timed, row: Row, start: float | None) -> bool:
    if not any(character.isalnum() for character in row.text) and row.who == last[0].who:
        return False
    if row.who != last[0].who or row.part != last[0].part or last[0].text.rstrip().endswith(_SENTENCE_ENDS):
        return True
    return start is not None and last[2] is not None and start - last[2] >= _PAUSE


def _in_order(pieces: list[Piece], *, several: bool) -> list[Piece]:
    """Lists that hold a speaker each are heard together, unless somebody would speak before he began."""
    latest: dict[str, float] = {}
    for piece in pieces if several else ():
        if piece.start is None or piece.start < latest.get(piece.speaker, 0.0):
            return pieces
        latest[piece.speaker] = piece.start
    return sorted(pieces, key=lambda piece: piece.start or 0.0) if several else pieces


def _word_place(found: Found, groups: Mapping[Path, Sequence[Listing]]) -> tuple[Path, Keys] | None:
    """Where the rows hold words that name their speakers."""
    n_keys = len(found.path)
    for path, listings in groups.items():
        if len(path) > n_keys and path[:n_keys] == found.path:
            keys = keys_of(listings)
            if keys.texts and keys.speakers:
                return path[n_keys:], keys
    return None


def _parted(rows: Sequence[Row], place: tuple[Path, Keys] | None) -> Iterator[Row]:
    for row in rows:
        words = leaf(row.item, place[0]) if place else None
        if place is None or not isinstance(words, list):
            yield row
        else:
            yield from _between_speakers(row, words, place[1])


class _Part(NamedTuple):
    """What one speaker says within a row: from which character on, and when."""

    at: int
    who: Any
    start: Time | None
    end: Time | None


def _between_speakers(row: Row, words: Sequence[Any], keys: Keys) -> Iterator[Row]:
    """``row``, cut where its words change speaker; who speaks a word that names nobody is told by the one before."""
    parts = _word_parts(row, words, keys)
    if not parts:
        yield row
    for number, part in enumerate(parts):
        last = number + 1 == len(parts)
        text = row.text[part.at : None if last else parts[number + 1].at]
        yield row._replace(who=part.who, text=text, start=part.start, end=row.end if last else part.end)


def _word_parts(row: Row, words: Sequence[Any], keys: Keys) -> list[_Part]:
    cursor = 0
    parts: list[_Part] = []
    for word in words:
        text = str(first_of(word, keys.texts) or "").strip()
        at = row.text.find(text, cursor, cursor + len(text) + _NEAR) if text else -1
        said = first_of(word, keys.speakers)
        start, end = span_of(word, keys)
        if said is not None and not parts:
            parts.append(_Part(0, said, row.start, end))
        elif said is not None and said != parts[-1].who and at >= 0:
            parts.append(_Part(at, said, start, end))
        elif parts:
            parts[-1] = parts[-1]._replace(end=end or parts[-1].end)
        cursor = max(cursor, at + len(text)) if at >= 0 else cursor
    return parts


def _spanned(rows: Sequence[Row], groups: Mapping[Path, Sequence[Listing]]) -> Sequence[Row]:
    """Rows of nobody, with the speakers that another list of the document gives for the same times."""
    if any(row.who is not None for row in rows):
        return rows
    spans = max((_spans(listings) for listings in groups.values()), key=len, default=[])
    begun = [start for start, _, _ in spans]
    heard: list[Row] = []
    for row in rows:
        middle = (row.start[0] + (row.end or row.start)[0]) / 2 if row.start else None
        at = bisect_right(begun, middle) - 1 if middle is not None else -1
        inside = at >= 0 and middle is not None and middle <= spans[at][1]
        heard.append(row._replace(who=spans[at][2]) if inside else row)
    return heard


def _spans(listings: Sequence[Listing]) -> list[tuple[float, float, Any]]:
    """The times in which somebody speaks, of objects that hold no text."""
    keys = keys_of(listings)
    if keys.texts or not (keys.start and (keys.end or keys.duration) and keys.speakers):
        return []
    found = []
    for item in (item for listing in listings for item in listing.items):
        start, end = span_of(item, keys)
        if start and end and (who := first_of(item, keys.speakers)) is not None:
            found.append((start[0], end[0], who))
    return sorted(found, key=lambda span: span[:2])
