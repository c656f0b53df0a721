"""XML that says who speaks: debates (Akoma Ntoso), spoken corpora (TEI, Transcriber) and timed text (TTML).

Read by one rule: words belong to the nearest element around them that names a speaker; words outside are narrative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from panelbot.errors import ReadError
from panelbot.readers.cues import Cue, read_cues
from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.markup import PAGE_BLOCKS, parse_xml
from panelbot.readers.recordings import make_recording, speaker_name
from panelbot.readers.registry import Format
from panelbot.readers.times import find_date, without_date
from panelbot.readers.units import in_seconds, raw_time, unit_of
from panelbot.types import Reading

_PAGE = re.compile(r"<!doctype html", re.IGNORECASE)
_ELEMENT = re.compile(r"<([A-Za-z][\w.:-]{0,60})[\s>/]")
_WHO = ("speakername", "by", "who", "speaker", "agent", "spk", "participant", "person", "speakerid")
_SPOKEN = frozenset("speech question answer sp u turn contribution intervention utterance".split())
_LABELS = ("from", "speaker", "speakername", "name", "member")
_IDS = ("id", "eid", "xml:id", "ref", "username")
_NAMES = ("showas", "name", "persname", "forename", "label")
# What stands in or between speeches and is not said.
_UNSAID = frozenset(
    "heading subheading head num from speaker note remark comment narrative scene summary vocal kinesic incident desc"
    " event stage authorialnote recordedtime adjournment rollcall meta teiheader header style metadata".split()
)
_NARRATIVE = frozenset(("narrative", "scene", "remark", "note", "stage", "desc"))
_BLOCKS = frozenset("p seg div l ab li s br lb sync para block speech question answer quote".split())
_START, _END = ("begin", "start", "starttime", "t"), ("end", "endtime")
_LENGTH = ("dur", "duration", "d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    who: str
    text: str
    node: Any
    block: Any


def _sniff(document: Document) -> float:
    head = document.text[:5000].lstrip("\ufeff \t\n")
    first = _ELEMENT.search(head)
    if not head.startswith("<") or first is None or first.group(1).lower() == "html" or _PAGE.match(head):
        return 0.0
    if head.startswith("<?xml") or document.suffix in (".xml", ".ttml", ".dfxp", ".trs"):
        return 0.99
    if first.start() > 0 or first.group(1).lower() in PAGE_BLOCKS or document.suffix in (".html", ".htm", ".md"):
        return 0.0  # a part of a page, or no markup at all
    return 0.99 if document.text.rstrip().endswith(f"</{first.group(1)}>") else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    root = parse_xml(document)
    said = list(_said(root, _names(root)))
    if not any(part.who for part in said):
        return _captions(document, root)
    title, date = _heading(root)
    n_unsaid = sum(_tag(node) in _NARRATIVE for node in root.iter())
    warnings = [f"{document.name}: left out {n_unsaid} narratives and notes, which nobody speaks"] if n_unsaid else []
    readings = make_recording(
        document, _pieces(said), form=FORMAT.name, title=title, date=date, warnings=warnings, paragraphs=True
    )
    if not readings:
        raise _no_speech(document)
    return readings


def _tag(node: Any) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _attributes(node: Any) -> dict[str, str]:
    if not node.attrib:
        return {}
    return {key.rpartition("}")[2].lower().replace("_", ""): value for key, value in node.attrib.items()}


def _attribute(node: Any, names: tuple[str, ...]) -> str:
    return _first(_attributes(node), names)


def _first(attributes: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((attributes[name] for name in names if attributes.get(name, "").strip()), "")


def _names(root: Any) -> dict[str, str]:
    """The names behind the ids of persons."""
    names: dict[str, str] = {}
    for node in root.iter():
        attributes = _attributes(node)
        if not (key := _first(attributes, _IDS)) or _tag(node) in _SPOKEN:
            continue
        if name := _first(attributes, _NAMES) or _words(next((child for child in node if _tag(child) in _NAMES), None)):
            names.setdefault(key, name)
    return names


def _words(node: Any) -> str:
    return "" if node is None else " ".join("".join(node.itertext()).split())


def _who(node: Any, names: Mapping[str, str]) -> str | None:
    """Whom ``node`` names as the speaker of what is in it; "" where it is speech of nobody, None where it is none."""
    told = _attribute(node, _WHO)
    if not told and _tag(node) not in _SPOKEN:
        return None
    shown = _words(next((child for child in node if _tag(child) in _LABELS), None)).rstrip(":： ")
    if not told:
        return shown
    key = told.removeprefix("#")
    if len(told.split()) > 1 and key not in names and all(one.removeprefix("#") in names for one in told.split()):
        return ""  # several at once
    return names.get(key) or shown or speaker_name(key)


def _said(root: Any, names: Mapping[str, str]) -> Iterator[_Said]:
    """Every run of words that belongs to a speaker, in order, with the block that it stands in."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    speakers: list[tuple[str, Any]] = []
    blocks: list[Any] = [root]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = _tag(node)
        if event == "start":
            if tag in _UNSAID:
                walk.skip_subtree()
            elif (who := _who(node, names)) is not None:
                speakers.append((who, node))
            if tag in _BLOCKS:
                blocks.append(node)
            text = "" if tag in _UNSAID or not tag else node.text  # an entity has no tag
        else:
            text = node.tail
            if speakers and speakers[-1][1] is node:
                speakers.pop()
            if tag in _BLOCKS:
                blocks.append(node.getparent())
        if speakers and text and text.strip():
            yield _Said(who=speakers[-1][0], text=" ".join(text.split()), node=speakers[-1][1], block=blocks[-1])


def _pieces(said: list[_Said]) -> list[Piece]:
    """A piece for each block of a speech; times are those of the speech."""
    nodes = list({part.node: None for part in said})
    times = dict(zip(nodes, _times(nodes), strict=True))
    pieces: list[Piece] = []
    last: _Said | None = None
    for part in said:
        if last is not None and part.node is last.node and part.block is last.block:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {part.text}")
        else:
            begins = last is not None and part.node is not last.node and not part.who
            start, end = times[part.node]
            pieces.append(Piece(speaker=part.who, text=part.text, start=start, end=end, begins=begins))
        last = part
    return pieces


def _times(nodes: list[Any]) -> list[tuple[float | None, float | None]]:
    if not any(_attribute(node, _START) for node in nodes):
        return [(None, None)] * len(nodes)
    starts, ends = ([raw_time(_attribute(node, keys)) for node in nodes] for keys in (_START, _END))
    lengths = [raw_time(_attribute(node, _LENGTH)) for node in nodes]
    ends = [
        end or ((start[0] + length[0], start[1]) if start and length and start[1] == length[1] else None)
        for start, end, length in zip(starts, ends, lengths, strict=True)
    ]
    unit = unit_of([len("".join(node.itertext())) for node in nodes], starts, ends)
    return list(zip(in_seconds(starts, unit), in_seconds(ends, unit), strict=True))


def _captions(document: Document, root: Any) -> tuple[Reading, ...]:
    """Timed text that names nobody in its elements: elements of one kind with a start and words."""
    timed = [node for node in root.iter() if _tag(node) in ("p", "text") and _attribute(node, _START)]
    if not timed:
        raise _no_speech(document)
    texts = [" ".join(part.strip() for part in node.itertext() if part.strip()) for node in timed]
    cues = [Cue(start=start, end=end, text=text) for (start, end), text in zip(_times(timed), texts, strict=True)]
    return read_cues(document, cues, form=FORMAT.name)


def _no_speech(document: Document) -> ReadError:
    return ReadError(
        f'{document.name} is XML without speech in it: looked for elements that name who speaks (by="…", who="…", '
        'speaker="…") and for timed text; save the talk as text'
    )


def _heading(root: Any) -> tuple[str, str]:
    """The title and the day that the document states."""
    nodes = list(root.iter())
    words = (_words(n) for n in nodes if _tag(n) in ("doctitle", "title", "heading"))
    title = next((text for text in words if text), "")
    days = (_attribute(node, ("date", "when")) for node in nodes if _tag(node) in ("frbrdate", "date", "docdate"))
    return without_date(title) or title, next((day for text in days if (day := find_date(text))), find_date(title))


FORMAT = Format(
    name="xml",
    looks_for='XML elements that name who speaks, such as <speech by="#…">',
    suffixes=(".xml", ".ttml", ".dfxp", ".trs", ".tei"),
    sniff=_sniff,
    read=_read,
)
