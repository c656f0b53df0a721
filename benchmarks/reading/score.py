"""Compares the words of an oracle with the turns that panelbot reads from the same file.

Both are cut into words (a CJK character is one) and aligned in order; every word is right, another's, nobody's, lost
or invented. Knows no file's form.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from benchmarks.reading.align import align
from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Piece

from panelbot.types import Transcript

_CJK = r"\u3400-\u9fff\uf900-\ufaff"
_ALIKE = 0.8  # of the letters; no two people of one list here are nearer than .73
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)*")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_URL = re.compile(r"<?https?://[^\s<>)\]]+>?")
_ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"', "&#39;": "'"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.*?-->")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in a row that went wrong in one way: ``kind``, whose they are, whose they became."""

    kind: str
    line: int
    label: str
    speaker: str
    n_words: int
    text: str


@dataclass(slots=True)
class Score:
    """Word counts of one file or of many: ``right``, ``other``, ``nobody``, ``lost``, ``invented``."""

    counts: Counter[str] = field(default_factory=Counter)
    runs: list[Run] = field(default_factory=list)
    merged: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def n_words(self) -> int:
        """How many words the oracle says are speech."""
        return sum(self.counts[kind] for kind in ("right", "other", "nobody", "lost"))

    def share(self, kind: str) -> float:
        """The words of ``kind`` per word of speech, 0 to 1 (invented words may exceed it)."""
        return self.counts[kind] / self.n_words if self.n_words else 0.0


def words(text: str) -> list[str]:
    """The words of ``text``, without what markup and links add to it."""
    for entity, sign in _ENTITY.items():
        text = text.replace(entity, sign)
    text = _URL.sub(" ", _TAG.sub(" ", _LINK.sub(r" \1 ", text)))
    text = unicodedata.normalize("NFKC", text)
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def score(
    pieces: Iterable[Piece], transcripts: Sequence[Transcript], persons: dict[str, str], *, shown: bool = False
) -> Score:
    """How the turns of ``transcripts`` keep the words of ``pieces``, and under whose name.

    ``shown``: the transcripts are those of a register, which keeps a label among the aliases of whom it took it for;
    where the oracle knows the person, the name alone counts, and elsewhere the label too.
    """
    gold = [(word, piece.label, piece.line) for piece in pieces for word in words(piece.text)]
    heard = [
        (word, speaker)
        for transcript in transcripts
        for turn in transcript.turns
        for speaker in [turn.speaker]
        for word in words(turn.text)
    ]
    labels = {label for _, label, _ in gold if label not in (NO_SPEECH, UNDECIDED)}
    names = {speaker.name: {speaker.name, *speaker.aliases} for one in transcripts for speaker in one.speakers}
    pairs = dict(align([word for word, *_ in gold], [word for word, _ in heard]))
    judged: list[tuple[str, int, str, str, str]] = []
    same: dict[tuple[str, str], bool] = {}
    taken = set(pairs.values())
    result = Score()
    for at, (word, label, line) in enumerate(gold):
        speaker = heard[pairs[at]][1] if at in pairs else None
        if label == UNDECIDED or (label == NO_SPEECH and speaker is None):
            continue
        if label == NO_SPEECH:
            kind = "invented"
        elif speaker is None:
            kind = "lost"
        elif not speaker.strip() or _unnamed(speaker):
            kind = "right" if _unnamed(label) else "nobody"
        else:
            key = (label, speaker)
            if key not in same:
                known = {speaker} if shown and label in persons else names.get(speaker, set()) | {speaker}
                same[key] = same_person(label, known, labels, persons) or (
                    shown and _alike(speaker, persons.get(label))
                )
            kind = "right" if same[key] else "other"
            if kind == "right":
                result.merged[speaker].add(label)
        judged.append((kind, line, "" if label == NO_SPEECH else label, speaker or "", word))
    for at, (word, speaker) in enumerate(heard):
        if at not in taken:
            judged.append(("invented", -1, "", speaker, word))
    result.counts.update(kind for kind, *_ in judged)
    result.runs = list(_runs(judged))
    return result


def _unnamed(speaker: str) -> bool:
    """Whether a label says that nobody knew who spoke: "?", "…", "Unknown Speaker"."""
    return not re.search(r"\w", speaker) or speaker.casefold().strip("[]() ") in {
        "unknown",
        "unknown speaker",
        "unnamed",
        "unnamed speaker",
    }


def _runs(judged: Iterable[tuple[str, int, str, str, str]]) -> Iterator[Run]:
    run: list[tuple[str, int, str, str, str]] = []
    for entry in [*judged, ("", 0, "", "", "")]:
        if run and (entry[0], entry[2], entry[3]) != (run[0][0], run[0][2], run[0][3]):
            if run[0][0] != "right":
                kind, line, label, speaker, _ = run[0]
                text = " ".join(word for *_, word in run[:12])
                yield Run(kind=kind, line=line, label=label, speaker=speaker, n_words=len(run), text=text)
            run = []
        run.append(entry)


def same_person(label: str, names: set[str], labels: set[str], persons: dict[str, str]) -> bool:
    """Whether one of ``names`` is what ``label`` says: the label itself, a part of it, or the person it stands for."""
    bare = re.sub(r"\s*(?:[(（\[].*?[)）\]]|@.*)", "", label)  # "DE (chat)" is DE, "Vera @ org" is Vera
    own = {key for one in (label, bare, persons.get(label, "")) if (key := _key(one))}
    tight = {key.replace(" ", "") for key in own}
    if label in names or any(_key(name).replace(" ", "") in tight for name in names if _key(name)):
        return True  # "RoyF" is "Roy F"
    strangers = {_key(other) for other in labels} - own
    strangers |= {_key(name) for other, name in persons.items() if _key(other) not in own and _key(name) not in own}
    return any(_key(name) and _key(name) not in strangers and _part_of(name, one) for name in names for one in own)


def _alike(name: str, person: str | None) -> bool:
    """Whether a file spells one person in two ways: Jon and Jonathan Kuperman, Rosenwasser and Rosenwassser."""
    return person is not None and SequenceMatcher(None, _key(name), _key(person)).ratio() > _ALIKE


def _part_of(name: str, own: str) -> bool:
    key = _key(name)
    if re.search(f"[{_CJK}]", key + own):
        return key.replace(" ", "") in own.replace(" ", "") or own.replace(" ", "") in key.replace(" ", "")
    ours, theirs = set(own.split()), set(key.split())
    initials = "".join(word[0] for word in key.split())
    return bool(ours) and (ours <= theirs or theirs <= ours or (own.replace(" ", "") == initials and len(initials) > 1))


def _key(name: str) -> str:
    return " ".join(words(name.replace("_", " ")))
