"""Splits English affiliations: "chief economist at Banco Sur", "CTO, Acme", "who chairs the Harbour Trust".

Knows heads of titles and what joins them to an organisation; an organisation is what begins with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from panelbot.people.facts import Affiliation
from panelbot.people.lexicon import word_list

_TITLE = re.compile(
    rf"\b(?:co-?|vice[\s-])?(?:{'|'.join(word_list('title_heads_english'))}|C[A-Z]{{1,2}}O|[SE]?VP|MD|chair(?:man|woman|person)?"
    r"|founding\s+\w+|\w{2,}(?:ologist|ician|ographer|onomist))\b",
    re.I,
)
_LINK_AT = re.compile(r"(?:(?<!\s)\s+)?(?:,|\||\s[-–—]\s|\b(?:at|from|with)\b)\s*", re.I)
_LINK_OF = re.compile(r"(?<!\s)\s+(?:of|for)\s+", re.I)
# Heads whose "of" tells what they hold, not the body they belong to.
_OFFICE = re.compile(r"\b(?:minister|secretary|commissioner|professor|fellow|dean)\b", re.I)
_MINISTER = re.compile(r"(?:\w+\s+){0,3}minister\s+(?:of|for)\b|leader of the (?:opposition|government)\b", re.I)
_COMPANY_TAIL = re.compile(r",\s*(?!(?:Inc|Ltd|LLC|LLP|PLC|Corp|Co|S\.A|GmbH)\b)", re.I)
_OWNER = re.compile(r"(?!(?:Her|His) Maj)(?P<organization>[^,]+?)['’]s?\s+(?P<title>.+)$")
_PREFIXED = re.compile(
    r"(?P<organization>[A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*)*)\s+(?P<title>(?:[a-z]|C[A-Z]O\b|[SE]?VP\b|MD\b).*)"
)
# CNN CHIEF CORRESPONDENT: nothing but the title's head parts the two.
_CAPITALS = re.compile(
    rf"(?P<former>FORMER )?(?P<organization>.+?) (?P<title>(?:SENIOR |CHIEF |DEPUTY |VICE )*{_TITLE.pattern}.*)", re.I
)
_AHEAD = re.compile(r"([A-Z][^,]*[^,\s]),\s+")
_WORKS_AS = re.compile(
    r"(?:who\s+)?(?:works?\s+)?(?:at|for|with)\s++(?P<organization>[^,]+?)(?<!\s)\s++as\s+(?:an?\s+|the\s+)?(?P<title>[^,]+)"
)
_DOES = re.compile(
    r"(?:who\s+)?(?P<verb>chairs?|edits?|runs?|leads?|heads?|directs?|owns?|(?:co-?)?founded|represents?|works?\s+(?:at|for)"
    r"|teach(?:es)?\s+at)\s+(?P<organization>(?:the\s+)?[A-Z].*)"
)
_DOERS = {"chair": "chair", "edit": "editor", "lead": "leader", "head": "head", "direct": "director", "own": "owner"}
_ARTICLE = re.compile(r"^(?:who\s+)?(?:(?:is|was|are)\s+)?(?:(?:an?|the|our|their|your)\s+)?")
_TO_BE = re.compile(r"(?:(?:supposed|going) to be|will be|be)\s+(?:(?:an?|the|your)\s+)?")
CLAUSE_VERB = (
    r"moderat(?:es?|ed|ing)|chair(?:ed|ing)|host(?:s|ed|ing)|facilitat(?:es|ed|ing)|presid(?:es|ed|ing)|spoke|speaks|sp(?:eak|ok)ing"
    r"|talk(?:s|ed)|sat|sits|led|join(?:s|ed|ing)|ask(?:s|ed)|puts?|open(?:s|ed)|introduc(?:es|ed)|discuss(?:es|ed)?"
    r"|debat(?:es?|ed)|interview(?:s|ed)|told|said|says|t(?:ook|akes?|aking)|will|was|were|is|are|has|had|have|gave|gives|kept|held"
    r"|met|argu(?:es|ed)|present(?:s|ed)|welcom(?:es|ed)|quizz(?:es|ed)|guid(?:es|ed)|steer(?:s|ed)|brought|greet(?:s|ed)"
    r"|look(?:s|ed)|explor(?:es|ed)|consider(?:s|ed)|ran|tackl(?:es|ed)|in (?:the chair|conversation)|moderators?"
)
"""Verbs of the clause a person is named in; an affiliation has ended where one of them stands."""
# Small words inside an organisation's name, and the small nouns that may end one ("Leeds city council").
_JOINS = frozenset("of the and for de la del du des von van der y & dos da do e di et".split())
_COMMON_HEADS = frozenset(
    "city county council newspaper magazine bank group university hospital union team lab labs foundation company club "
    "society school college institute trust charity agency media".split()
)
_ENDS = re.compile(rf"(?:{CLAUSE_VERB}|\w+ed|in|on|at|to|with|by|from|who|which|where|when|as|about|a|an|our|both|all)")
_ON = re.compile(r"(?:Council|Commission|Committee|Cent(?:er|re)|Institute|Panel|Forum)$")
_LONGEST_NAME = 80  # characters; more is a clause
_OF_COMMON = re.compile(r"(?<!\s)\s+(?:of|for)\s+(?:the|our|this|a|an|its|their)\s+[a-z].*$")
_FILLER = re.compile(
    r"\b(?:u[hm]|er|I|we)\b|(?<!\s)\s+(?:(?:in|for|on|of)\s+(?:in\s+)?this|and\s+(?:is|was|also|has))\b"
    r"|,\s+(?:who|which)\s+(?!(?:is|was|chairs|edits|runs|leads|heads)\b)"
)
_EDGES = ' \t,;:.—–-|/·"“”'


def states_title(text: str) -> bool:
    """Whether ``text`` holds the head of an English title."""
    return _TITLE.search(text) is not None


def split_english(text: str) -> Affiliation:
    """Organisation and title in ``text``, both empty where neither can be recognised."""
    text = _FILLER.split(text)[0].strip(_EDGES).removeprefix("and ").removesuffix(" and")
    if swapped := _WORKS_AS.match(text):
        text = f"{swapped['title']} at {swapped['organization']}"
    elif does := _DOES.fullmatch(text):
        return _by_verb(does)
    text = _TO_BE.sub("", _ARTICLE.sub("", text))
    if _MINISTER.match(text):
        return Affiliation(title=text)
    head = _TITLE.search(text)
    if head is None:
        organization = re.sub(r"^(?:of|at|from|with|for)\s+", "", text, flags=re.I)
        return Affiliation(organization=_one_organization(organization))
    ahead = _AHEAD.match(text[: head.start()])
    if ahead and not _LINK_OF.search(text, head.end()) and _one_organization(ahead[1]) == ahead[1]:  # "Acme, analyst"
        return Affiliation(organization=ahead[1], title=text[ahead.end() :])
    if text.startswith("The "):  # "The Acting Chair"; "The Ledger" alone is a name
        return split_english(text[4:])
    if owner := _OWNER.match(text[: head.end()]):
        title = owner["title"] + text[head.end() :]
        return Affiliation(organization=_one_organization(owner["organization"]), title=title)
    return _split_behind(text, head.end())


def _by_verb(does: re.Match[str]) -> Affiliation:
    verb = does["verb"].removesuffix("s")
    title = _DOERS.get(verb, "founder" if verb.endswith("founded") else "")
    return Affiliation(organization=_one_organization(does["organization"]), title=title)


def _split_behind(text: str, head_end: int) -> Affiliation:
    """Title and what follows its head: an organisation, or a further title."""
    link = _link(text, head_end)
    if link is None and text.isupper() and (capitals := _CAPITALS.fullmatch(text)):
        return Affiliation(organization=capitals["organization"], title=(capitals["former"] or "") + capitals["title"])
    if link is None:
        prefixed = _PREFIXED.fullmatch(text)
        if prefixed and not _TITLE.search(prefixed["organization"]):
            return Affiliation(organization=prefixed["organization"], title=prefixed["title"])
        return Affiliation(title=text if _OFFICE.search(text) else _OF_COMMON.sub("", text))
    title, rest = text[: link.start()], text[link.end() :]
    if link.group().strip() == "," and _TITLE.match(_ARTICLE.sub("", rest)):
        further = split_english(rest)
        return Affiliation(organization=further.organization, title=f"{title}, {further.title}")
    return Affiliation(organization=_one_organization(rest), title=title)


def _link(text: str, start: int) -> re.Match[str] | None:
    """What joins title and organisation: "at" before "of", as in "vice president of engineering at Acme"."""
    at, of = _LINK_AT.search(text, start), _LINK_OF.search(text, start)
    if of is None or (at is not None and at.start() < of.start()):
        return at
    whole = _OFFICE.search(text[: of.start()]) is not None or _one_organization(text[of.end() :]) == ""
    if at is not None and (whole or at.group().strip() != ","):
        return at
    return None if whole else of


def _one_organization(text: str) -> str:
    """``text`` up to where the name ends; empty where it does not begin with a capital, so names nothing.

    A comma, a verb or a preposition ends a name. Any other small word makes it doubtful where it begins and ends.
    """
    text = re.sub(r"^the\s+", "", _COMPANY_TAIL.split(text)[0].strip(_EDGES))
    words = text.split()
    kept: list[str] = []
    for word in words:
        if word != word.lower() or not word[0].isalpha() or word in _JOINS | _COMMON_HEADS or _belongs(word, kept):
            kept.append(word)
        elif _ENDS.fullmatch(word) or _TITLE.fullmatch(word):
            break
        else:
            return ""
    while kept and kept[-1] in _JOINS:
        kept.pop()
    name = " ".join(kept).strip(_EDGES)
    return name if re.match("[A-Z0-9]", name) and len(name) <= _LONGEST_NAME else ""


def _belongs(preposition: str, words: Sequence[str]) -> bool:
    """Whether ``preposition`` may stand inside a name: Council on Trade, University of Texas at Austin."""
    before = " ".join(words)
    if preposition == "in":  # Institute for Research in Logic
        return re.search(r"(?:for|of)\s+(?:Research|Studies|Advanced|Women)\b", before) is not None
    if preposition == "on":
        return _ON.search(before) is not None
    return preposition == "at" and before.startswith("University of")
