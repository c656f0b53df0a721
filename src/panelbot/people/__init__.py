"""What a name, a label, a title, a surname, a number and a form of address are: for reading, register and questions.

One label parser, one surname table, one list of honorifics, one test for the kind of a name. Knows no transcript.
"""

from __future__ import annotations

from panelbot.people.affiliation import split_affiliation, states_position
from panelbot.people.facts import NO_AFFILIATION, Affiliation, Label
from panelbot.people.kinds import Kind, is_heading, name_kind
from panelbot.people.label_words import is_short_for
from panelbot.people.labels import of_several, parse_label, speakers_of
from panelbot.people.names import (
    chinese_surname,
    is_chinese_name,
    is_common_word,
    is_given_name,
    is_latin_name,
    is_person_name,
    latin_names,
    strip_honorific,
)
from panelbot.people.roles import is_label, is_numbered_label, is_role, names_nobody, numbered_parts, role_name, role_of
from panelbot.people.romanise import is_pinyin, name_syllables, romanise_name
from panelbot.people.said import name_in
from panelbot.people.surnames import split_name, split_surname, surnames

__all__ = [
    "NO_AFFILIATION",
    "Affiliation",
    "Kind",
    "Label",
    "chinese_surname",
    "is_chinese_name",
    "is_common_word",
    "is_given_name",
    "is_heading",
    "is_label",
    "is_latin_name",
    "is_numbered_label",
    "is_person_name",
    "is_pinyin",
    "is_role",
    "is_short_for",
    "latin_names",
    "name_in",
    "name_kind",
    "name_syllables",
    "names_nobody",
    "numbered_parts",
    "of_several",
    "parse_label",
    "role_name",
    "role_of",
    "romanise_name",
    "speakers_of",
    "split_affiliation",
    "split_name",
    "split_surname",
    "states_position",
    "strip_honorific",
    "surnames",
]
