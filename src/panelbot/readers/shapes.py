"""Which key of a JSON document's objects holds the speech, which the speaker and which the times.

Keys are known by the words they are made of, and what they hold decides among them; no vendor is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from panelbot.readers.listings import MOST_KEYS, Listing, Path, leaf, leaves
from panelbot.readers.units import raw_time

_SAMPLE = 400  # objects that are looked at to know the keys
_TEXTS = (
    r"punctuatedword|display(?:text)?|finalsentence|formattedtext",
    r"(?:full|raw)?text|transcript(?:ion|text)?|sentence|utterance|caption|onebest|wordsresult|文本|内容|发言内容",
    r"content|body|speech|message|msg|line|utf8|says?|value|paragraph|slicesentence|lexical|转写",
    r"word|token|punct",
)
_SPEAKER = r"(?:speaker|spk|spkr|talker|发言人|说话人|讲话人)"
# Best first; each is matched against the key's last parts, "participant.name" as "participant" and "participantname".
_SPEAKERS = (
    rf"{_SPEAKER}(?:info)?(?:display|full|nick|user)?name|{_SPEAKER}info(?:user)?id",
    rf"{_SPEAKER}(?:id|label|tag|idx|index|no|num|number)?|(?:rl|agent)",
    r"(?:participant|user|author|sender|from|member|attendee|person|host)(?:display|full|nick|user)?name",
    r"(?:display|full|nick|user|screen|real)name|participant|author|sender|who|姓名|角色",
    r"name|user|from|nick|person|by|label|participantid|user_?id|role",
)
LONGEST_LABEL, _MOST_SHORT = 200, 0.9  # characters; of a key's values: somebody types speech into the wrong field
_WEAK = 4  # from here on, a key is believed where its values recur
_CHANNEL = re.compile(r"(?:channel|track)(?:label|tag|id|index|no|number|name)?", re.IGNORECASE)
_UNIT = r"(?:_?in_?)?(?:time|stamp|timestamp|ts|ms|millis\w*|s|secs?|seconds|ticks|relative|offset|at)?"
_START = re.compile(rf"(?:t|audio|rel|word|segment|data)?(?:start|begin|bg|onset|开始)(?:时间)?{_UNIT}")
_MOMENT = re.compile(rf"(?:offsets?|from|ts|t|time|timestamps?|at|st|in|created|sent|时间){_UNIT}|sec(?:ond)?s?")
_END = re.compile(rf"(?:t|audio|rel|word|segment|data)?(?:end|stop|ed|until|to|et|out|finish|结束)(?:时间)?{_UNIT}")
_DURATION = re.compile(rf"(?:t|d|audio)?dur(?:ation)?{_UNIT}")
_PARTIAL = (("is_final", False), ("isFinal", False), ("final", False), ("IsPartial", True), ("is_partial", True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys under which the objects of one place say what was said, by whom and when; none where they do not.

    Of several keys for one thing the first that an object has counts.
    """

    texts: tuple[Path, ...] = ()
    speakers: tuple[Path, ...] = ()
    channel: Path = ()
    start: tuple[Path, ...] = ()
    end: tuple[Path, ...] = ()
    duration: tuple[Path, ...] = ()


def keys_of(listings: Sequence[Listing]) -> Keys:
    """What the objects of ``listings`` hold, and where."""
    seen: dict[Path, list[Any]] = {}
    sample = _sample(listings)
    for item in sample:
        for path, value in leaves(item):
            seen.setdefault(path, []).append(value)
    speakers = tuple(_speakers(seen))
    times = {path: values for path, values in seen.items() if _are_times(values)}
    start = _named_times(times, _START) or _named_times({p: v for p, v in times.items() if p not in speakers}, _MOMENT)
    return Keys(
        texts=_texts(
            {p: v for p, v in seen.items() if p not in speakers},
            strong=any((_rank(path[-2:]) or 0) < _WEAK for path in speakers),
        ),
        speakers=speakers,
        channel=next((path for path in seen if _CHANNEL.fullmatch(_folded(path[-1]))), ()),
        start=start,
        end=_named_times(times, _END),
        duration=_named_times(times, _DURATION),
    )


def holds_text(path: Path) -> bool:
    """Whether the name of a key says that it holds speech."""
    return any(re.fullmatch(key, _folded(path[-1])) for key in _TEXTS)


def speaker_rank(path: Path) -> int | None:
    """How well the name of a key, or it and what holds it, says that a speaker is in it: 0 is best, None not at all."""
    rank = _rank(path[-2:])
    return rank if rank is not None and rank < _WEAK else None


def inherited_speaker(parents: Sequence[Mapping[str, Any]]) -> Any:
    """Whom the nearest of the objects around a list names as the speaker; None where none does."""
    for parent in reversed(parents):
        for rank, path, value in sorted(_ranked(leaves(parent)), key=lambda found: found[0]):
            if rank < _WEAK and len(path) <= 2:
                return value
    return None


def channel_of(item: Mapping[str, Any], listing: Listing, path: Path) -> Any:
    """The channel of the sound that ``item`` was heard on, where the document says so."""
    if path:
        return leaf(item, path)
    for parent in reversed(listing.parents):
        for key, value in parent.items() if len(parent) <= MOST_KEYS else ():
            if _CHANNEL.fullmatch(_folded(key)) and isinstance(value, str | int):
                return value
    return listing.position if any(_folded(key) in ("channels", "tracks") for key in listing.path) else None


def is_final(item: Mapping[str, Any]) -> bool:
    """Whether it is more than a transcriber heard for the time being."""
    return not any(item.get(key) is value for key, value in _PARTIAL if key in item)


def _sample(listings: Sequence[Listing]) -> list[Mapping[str, Any]]:
    """Some objects of the first and the last lists: what a key holds may differ from list to list."""
    chosen = [*listings[: _SAMPLE // 4], *listings[_SAMPLE // 4 :][-_SAMPLE // 4 :]]
    share = max(4, _SAMPLE // len(chosen))
    return [item for listing in chosen for item in (*listing.items[:share], *listing.items[share:][-share:])]


def _speakers(seen: Mapping[Path, list[Any]]) -> Iterator[Path]:
    ranked = _ranked((path, path) for path in seen)
    for rank, _, path in sorted(ranked, key=lambda found: (found[0], len(found[1]))):
        values = [str(value) for value in seen[path] if isinstance(value, str | int | float)]
        recurs = len(set(values)) <= len(values) / 2
        n_short = sum(len(value) < LONGEST_LABEL for value in values)
        if values and (rank < _WEAK or recurs) and n_short >= _MOST_SHORT * len(values):
            yield path


def _ranked(pairs: Iterable[tuple[Path, Any]]) -> list[tuple[int, Path, Any]]:
    """The pairs whose key may name a speaker, with how well its name says so (0 is best)."""
    ranked = ((_rank(path[-2:]), path, value) for path, value in pairs)
    return [(rank, path, value) for rank, path, value in ranked if rank is not None]


@lru_cache(maxsize=4096)
def _rank(ends: Path) -> int | None:
    names = {_folded(ends[-1]), "".join(map(_folded, ends))}
    return next((n for n, key in enumerate(_SPEAKERS) if any(re.fullmatch(key, name) for name in names)), None)


def _texts(seen: Mapping[Path, list[Any]], *, strong: bool) -> tuple[Path, ...]:
    """The keys with the speech; one whose name says nothing only where the objects name speakers."""
    texts = {path: values for path, values in seen.items() if sum(isinstance(v, str) for v in values) > len(values) / 2}
    amount = {path: (len(values), sum(len(str(value)) for value in values)) for path, values in texts.items()}
    named = [
        path
        for key in _TEXTS
        for path in sorted(texts, key=amount.__getitem__, reverse=True)
        if re.fullmatch(key, _folded(path[-1]))
    ]
    if named or not strong:
        return tuple(named)
    wordy = [path for path, values in texts.items() if reads_as_speech(values)]
    return (max(wordy, key=amount.__getitem__),) if wordy else ()


def reads_as_speech(values: Sequence[Any]) -> bool:
    """Whether most of ``values`` are texts of several words."""
    words = [value for value in values if isinstance(value, str) and re.search(r"\w\s+\w|[\u4e00-\u9fff]{4}", value)]
    return len(words) > len(values) / 2


def _are_times(values: Sequence[Any]) -> bool:
    return sum(raw_time(value) is not None for value in values[:20]) > len(values[:20]) / 2


def _named_times(times: Mapping[Path, list[Any]], pattern: re.Pattern[str]) -> tuple[Path, ...]:
    """The times that ``pattern`` names: first what most objects have, and of those what is in seconds for certain."""
    named: dict[Path, tuple[int, bool]] = {}
    for path, values in times.items():
        cut = max((n for n, key in enumerate(path) if pattern.fullmatch(_folded(key))), default=None)
        if cut is not None and (cut == len(path) - 1 or path[-1] in ("seconds", "nanos", "relative")):
            time = raw_time(values[0]) if cut == len(path) - 1 else None
            named.setdefault(path[: cut + 1], (len(values), time is not None and time[1]))
    return tuple(sorted(named, key=named.__getitem__, reverse=True))


def _folded(key: str) -> str:
    return re.sub(r"[_\-@]", "", key).lower()
