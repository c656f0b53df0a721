"""Whom a sentence says the words are from, where that is nobody of the panel: a stranger, an unnamed person, everybody.

Knows the verbs of saying and what stands before them; does not know the register.
"""

from __future__ import annotations

import re

from panelbot.answer.verify.names_and_numbers import names_hold, proper_names
from panelbot.answer.verify.support import overlap, translated_overlap
from panelbot.text import content_words, detect_language, fold

_SAYS_ZH = (
    "说(?![明法服])|所说|表示(?!为)|(?<!被)认为|指出|提到|谈到|强调|补充|觉得|介绍|透露|回应|主张|呼吁|同意|承认|否认"
)
_SAYS_EN = (
    r"said|says|say|thinks?|thought|believes?|believed|argue[sd]?|notes that|noted|explain(?:s|ed)?|add(?:s|ed)(?! to)|"
    r"states?|stated|claim(?:s|ed)?|mention(?:s|ed)|agree[sd]?|told|insist(?:s|ed)|point(?:s|ed) out|report(?:s|ed)|"
    r"put it|confirm(?:s|ed)|suggest(?:s|ed)|emphasi[sz]e[sd]?|stress(?:es|ed)|concluded?s?|den(?:y|ies|ied)|"
    r"admit(?:s|ted)?"
)
_SUBJECT_ZH = re.compile(f"^\\W*(?:正如|据|按照|如)?([^，,。：:；;「“]{{1,30}}?)(?:{_SAYS_ZH})")
_SUBJECT_EN = re.compile(
    rf"^\W*(?:as\s+|according to\s+)?((?:[^\s,:;.]+\.?,?\s+){{1,7}}?)(?:{_SAYS_EN})\b", re.IGNORECASE
)
_NO_SUBJECT = re.compile(  # a name was cut out before it: "Claims have risen" says nothing of who claims
    rf"^\s\W*(?:(?:还|也|则|又)?(?:{_SAYS_ZH})|(?:(?:also|then)\s+)?(?:{_SAYS_EN})\b)", re.IGNORECASE
)
_EVERYBODY = re.compile(
    "嘉宾们|各位|大家|与会者|众人|所有|全体|双方|一致|"
    r"\b(?:everyone|everybody|all|both|panel|panelists|speakers|participants|attendees|guests|members|team|others|many)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"有人|某[位人个]|有的|^一[位名个]|\b(?:some|someone|somebody|people|one of)\b|^(?:an?|one|another)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"主持人?|\b(?:moderator|host|chair\w*)\b", re.IGNORECASE)


def speaker_words(text: str) -> str:
    """What stands before the verb of saying that a sentence begins with; empty where it begins with none."""
    match = _subject(text)
    who = match.group(1).strip(" ,") if match else ""
    return who if re.search(r"\sand\s", who) else who.rsplit(", ", 1)[-1]  # after "However, " or "Based on that, "


def said_words(text: str) -> str:
    """What stands after that verb, which may have lost its subject; all of ``text`` where it begins with none."""
    match = _NO_SUBJECT.match(text) or _subject(text)
    return text[match.end() :] if match else text


def _subject(text: str) -> re.Match[str] | None:
    """The subject and its verb of saying; a Chinese sentence may go on in English, where the words cited are."""
    found = [match for pattern in (_SUBJECT_EN, _SUBJECT_ZH) if (match := pattern.match(text))]
    return min(found, key=lambda match: match.end(), default=None)


def several(who: str) -> list[str]:
    """The parts of "A and B"."""
    return [part for part in re.split(r"[和与及、&]|,? and |, ", who) if part.strip()]


def is_stranger(who: str, known: str) -> bool:
    """Whether ``who`` is nobody that ``known``, the cited words and what the register says, speaks of."""
    if not who:
        return False
    if somebody := _SOMEBODY.search(who):
        # English counts the noun in, "one lawyer"; Chinese may not, 有人 for 有人在会上.
        return not _says(who if somebody.group().isascii() else somebody.group(), known)
    if fold(who) in fold(known):
        return False
    if _HOST.search(who):
        return True
    if detect_language(who) == detect_language(known):
        return bool(content_words(who)) and overlap(who, known) < 1
    found = overlap(who, known) or translated_overlap(who, known)
    return bool(content_words(who)) and not found and not (proper_names(f"- {who}") and names_hold(f"- {who}", known))


def is_everybody(who: str, known: str) -> bool:
    """Whether ``who`` is all of the panel, and ``known`` does not speak of what they say."""
    match = _EVERYBODY.search(who)
    if match is None:
        return False
    return not _says(match.group(), known)


def _says(who: str, known: str) -> bool:
    """Whether the cited words themselves speak of what ``who`` says."""
    between = "[^。！？!?.；;，,\n]{0,12}?"  # in one clause: "for everybody to hear. I say" is not everybody saying it
    return re.search(rf"{re.escape(fold(who))}{between}(?:{_SAYS_ZH}|\b(?:{_SAYS_EN})\b)", fold(known)) is not None
