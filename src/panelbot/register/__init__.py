"""Who is on the panel: name, organisation, title, role and aliases of every speaker, each with what said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.lazily import lazily

if TYPE_CHECKING:
    from panelbot.register.build import build_register
    from panelbot.register.corrections import former_texts, rewrites
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
    "former_texts",
    "offered_merges",
    "parse_edit",
    "rewrites",
]

# Answering a question needs the kinds of job and organisation alone, and none of what makes a register.
_CORRECTIONS = dict.fromkeys(("former_texts", "rewrites"), "panelbot.register.corrections")
_JOINING = dict.fromkeys(("Offer", "offered_merges"), "panelbot.register.joining")
__getattr__ = lazily(
    "panelbot.register",
    dict.fromkeys(__all__, "panelbot.register.edits")
    | _JOINING
    | _CORRECTIONS
    | {"build_register": "panelbot.register.build"},
)
