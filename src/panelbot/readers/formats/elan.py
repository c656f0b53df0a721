"""ELAN's annotations (``.eaf``): the tiers that depend on no other tier are their participants' speech."""

from __future__ import annotations

from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.markup import parse_xml
from panelbot.readers.registry import Format
from panelbot.readers.tiers import Interval, Tier, read_tiers
from panelbot.types import Reading


def _sniff(document: Document) -> float:
    return 1.0 if "<ANNOTATION_DOCUMENT" in document.text[:2000] else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    root = parse_xml(document)
    slots = {slot.get("TIME_SLOT_ID"): slot.get("TIME_VALUE") for slot in root.iter("TIME_SLOT")}
    tiers = list(root.iter("TIER"))
    spoken = [_tier(tier, slots) for tier in tiers if not tier.get("PARENT_REF")]
    others = [tier.get("TIER_ID", "") for tier in tiers if tier.get("PARENT_REF")]
    return read_tiers(document, spoken, form=FORMAT.name, others=others)


def _tier(tier: Any, slots: dict[str | None, str | None]) -> Tier:
    intervals = []
    for annotation in tier.iter("ALIGNABLE_ANNOTATION"):
        start, end = (slots.get(annotation.get(ref)) for ref in ("TIME_SLOT_REF1", "TIME_SLOT_REF2"))
        text = " ".join((annotation.findtext("ANNOTATION_VALUE") or "").split())
        if start and end and start.isdecimal() and end.isdecimal() and len(start + end) < 30:
            intervals.append(Interval(start=int(start) / 1000, end=int(end) / 1000, text=text))
    return Tier(name=tier.get("PARTICIPANT") or tier.get("TIER_ID") or "", intervals=tuple(intervals))


FORMAT = Format(name="elan", looks_for="ELAN's <ANNOTATION_DOCUMENT>", suffixes=(".eaf",), sniff=_sniff, read=_read)
