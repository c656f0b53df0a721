"""How a text names a person: in an answer of either language, and as patterns that find the person in a sentence.

Knows spellings and forms of address; does not know who else is on the panel.
"""

from __future__ import annotations

import re

from panelbot.people.affiliation_chinese import trailing_title
from panelbot.people.labels import parse_label
from panelbot.people.lexicon import word_list
from panelbot.people.names import is_chinese_name
from panelbot.people.roles import names_nobody, role_name, role_words
from panelbot.people.romanise import romanise_name
from panelbot.people.surnames import split_surname
from panelbot.text import has_han
from panelbot.text.fold import traditional
from panelbot.types import Language, Role, Speaker

_ADDRESS = "|".join(word_list("honorifics"))
_HONORIFIC = rf"(?i:(?:{'|'.join((*word_list('honorifics_english'), *word_list('offices_english')))})\.?)\s+"
# Where a Latin name begins and ends. Chinese is written on to it without a space: "Tom Varga说".
_BEFORE, _AFTER = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
_SAYS = r"(?=\s+(?:said|says|noted|also|asked|explained|thinks|argued|added|believes))"


def name_in(name: str, language: Language) -> str:
    """A speaker's name as a text in ``language`` writes it; in English a role is translated and a name romanised.

    主持人 is "the moderator", 发言人3 "Speaker 3", 沈志峰 "Shen Zhifeng", 孟处长 "Meng"; what is neither a role nor a
    Chinese name (a newspaper's 记者, a meeting room) stays as it is written.
    """
    if language == "zh" or not has_han(name):
        return name
    if role := role_name(name, "en"):
        return role
    own = name if names_nobody(name) else parse_label(name).name
    if is_chinese_name(own, sure=True):
        return romanise_name(own)
    surname, title = trailing_title(own)
    if title and split_surname(surname + "某")[0] == surname:
        return romanise_name(surname)
    return romanise_name(own) if 2 <= len(own) <= 3 and has_han(own[0]) and split_surname(own)[0] else name


def name_patterns(speaker: Speaker) -> set[str]:
    """Expressions for what one person is called in running text: names, aliases, forms of address, romanised."""
    forms = (speaker.name, *speaker.aliases)
    found = {_literal(form) for form in (*forms, *map(traditional, forms)) if len(form) > 1}
    if has_han(speaker.name):
        found |= _chinese_forms(speaker.name)
    elif " " in speaker.name:
        found |= _latin_forms(speaker.name)
    return found


def shared_patterns(speaker: Speaker) -> set[str]:
    """Expressions for what several people may be called: the organization, a role."""
    found = {_literal(speaker.organization)} if len(speaker.organization) > 1 else set[str]()
    return found | ({_role(speaker.role)} if speaker.role in ("moderator", "audience") else set[str]())


def _role(role: Role) -> str:
    words = [word for kind in role_words() if kind.role == role for word in kind.words if not word.endswith("提问")]
    latin = "|".join(word.replace("_", r"\s+") for word in words if not has_han(word))
    return rf"(?i:{'|'.join(filter(has_han, words))}|\b(?:the\s+)?(?:{latin})\b)"


def _chinese_forms(name: str) -> set[str]:
    forms = {re.escape(name[0]) + f"(?:{_ADDRESS})"} if 2 <= len(name) <= 4 and not names_nobody(name) else set[str]()
    latin = name_in(name, "en")
    if latin == name or not re.fullmatch("[A-Z][a-zü]+ [A-Z][a-zü]+", latin):
        return forms | ({_literal(latin)} if latin != name else set[str]())
    family, given = latin.split(" ", 1)
    loose = r"[\s'-]?".join(re.escape(part) for part in re.findall(r"[A-Za-z][a-z]*", given))
    forms |= {
        rf"{_BEFORE}{pattern}{_AFTER}"
        for pattern in (rf"{family}\s+(?i:{loose})", rf"(?i:{loose})\s+{family}", rf"{_HONORIFIC}{family}")
    }
    return forms | {rf"\b{family}\b{_SAYS}"}


def _latin_forms(name: str) -> set[str]:
    """The first and last words of a name, where they are long enough for a person's, and the name turned round."""
    words = name.split()
    found = {rf"(?i:{_BEFORE}{re.escape(words[-1])},\s+{re.escape(words[0])}{_AFTER})"}
    parts = [part for part in re.findall(r"[^\W\d_][\w'’-]*", name) if len(part) > 2 and part[0].isupper()]
    return found | {rf"{_BEFORE}{re.escape(part)}{_AFTER}" for part in (*parts[:1], *parts[-1:])}


def _literal(form: str) -> str:
    if form[0].isascii() and form[-1].isascii():
        return rf"(?i:{_BEFORE}{re.escape(form)}{_AFTER})" if form[0].isalnum() else re.escape(form)
    return re.escape(form) + ("(?![A-Za-z0-9])" if form[-1].isascii() and form[-1].isalnum() else "")
