"""Who is on the panel: name, organisation, title, role and aliases of every speaker, each with what said so."""

from __future__ import annotations

from panelbot.register.build import build_register
from panelbot.register.edits import (
    Edit,
    MergeSpeakers,
    SetAliases,
    SetFact,
    apply_edits,
    as_edit,
    edit_from_dict,
    edit_register,
    edit_to_dict,
    find_speaker,
    parse_edit,
)
from panelbot.register.joining import Offer, offered_merges

__all__ = [
    "Edit",
    "MergeSpeakers",
    "Offer",
    "SetAliases",
    "SetFact",
    "apply_edits",
    "as_edit",
    "build_register",
    "edit_from_dict",
    "edit_register",
    "edit_to_dict",
    "find_speaker",
    "offered_merges",
    "parse_edit",
]
