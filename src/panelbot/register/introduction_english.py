"""The English grammar of introductions: what stands before and behind a name, who moderates, who sits on the panel."""

from __future__ import annotations

import re

from panelbot.people.affiliation import split_affiliation
from panelbot.people.affiliation_english import CLAUSE_VERB
from panelbot.people.facts import NO_AFFILIATION, Affiliation
from panelbot.people.names import is_latin_name, latin_names, strip_honorific, without_honours
from panelbot.people.roles import role_of
from panelbot.text import sentence_spans

_BEFORE = re.compile(
    r"\b(?:by|with|and|from|to|also|then|against|between|is|are|includes?|including|featuring|welcome|joined|panelists?|moderator|guests?)\b",
    re.I,
)
_BEHIND = re.compile(r"\s*(?P<link>,|–|—|-|:|\bof\b|\bfrom\b|\bat\b|\bis\b|\()\s*(?P<told>[^.;()\n]*)")
_NEXT_CLAUSE = re.compile(
    r"(?:,|(?<!\s))\s+(?:and|with|as well as|who|joined|moderat\w+|host\w+|discuss\w*)\s*$|"
    r",\s*(?:with|and with|joined by|moderated by)\b"
)
_VERB = re.compile(rf"(?:,\s*|(?<!\s)\s+)?\b(?:{CLAUSE_VERB})\b")
# "who chairs the Trust": a verb that tells the affiliation does not end it.
_TELLS = re.compile(
    r"(?:who\s+)?(?:is|was|chairs?|edits?|runs?|leads?|heads?|directs?|owns?|(?:co-?)?founded|represents?|works?"
    r"|teach(?:es)?|serves?)\b"
)
_SITTING = r"(?:panel|session|discussion|debate|conversation|event|round\s?table|evening|meeting)"
_SESSION = rf"(?:the|this|our|a|tonight['’]s|today['’]s)\s+(?:\w+\s+)?{_SITTING}"
_GAP = r"(?:our\s+)?(?:(?!\b(?:with|and|by|joined|of|for)\b)[^,.;:]){0,40}$"
_LED_BY = re.compile(
    rf"\b(?:moderated|hosted|chaired|facilitated|led|steered|guided|interviewed)\s+(?:\w+\s+){{0,3}}?by:?\s+{_GAP}",
    re.I,
)
_TOGETHER = re.compile(r"\b(?:co-?(?:moderator|host)|moderator|host)s(?:\s*+:)?\s*+$", re.I)
_LEADER = re.compile(
    rf"\b(?:(?:co-?)?moderator|facilitator|interviewer|(?:^|\b(?:our|your|the|{_SITTING})\s+)(?:host|chair))"
    rf"(?:\s+(?:is|was|for|of|{_SESSION}|today|tonight))*\s*[:–—-]?\s*{_GAP}"
    rf"|\bmoderating\b[^,.;:]*?\b(?:is|was|will be)\s+{_GAP}",
    re.I,
)
# What may stand between a name and the verb that is its own: no second clause.
_OWN = r"(?:(?!\b(?:who|which|that|panel|session|discussion|debate|conversation|event|where)\b)[^;.])*?"
_LEADS = re.compile(
    rf"(?:\s*+\([^()]*\)|\s*+,\s*who\s+(?:is|edits|runs|leads|heads|chairs|directs|owns|(?:co-?)?founded)\b{_OWN},|\s*+,{_OWN}(?<!\s),?|\s++(?:of|from|at)\s{_OWN}(?<!\s))?\s*+,?\s*+(?:who\s+)?"
    r"(?:(?:will|also|again|is|was)\s+)*"
    rf"(?:moderates?\b|moderated\b(?!\s+by)|moderating\b|(?:host|chair|facilitat|le)(?:e?s|e?d|ads|ing)?\s+{_SESSION}"
    r"|presid(?:es|ed|ing)\b|in the chair\b)",
    re.I,
)
_IS_LEADER = re.compile(
    rf"\s*(?:,|\(|–|—|-)\s*(?:the |our |your |as )?(?:{_SITTING}['’s]* )?(?:(?:co-?)?moderator|host)\b\s*(?:[,).;]|$)"
    rf"|\s*,\s*(?:the )?(?:chair|host|moderator) (?:of|for) {_SESSION}"
    r"|\s+(?:(?:is|was|will be)\s+(?:the |your |our )?|as (?:the )?)(?:moderator|host)\b|\s*\([^()]*,\s*moderator\)",
    re.I,
)
_LEADS_SITTING = re.compile(rf"\s*+,?\s*+(?:the )?(?:chair|host|moderator)\w* (?:of|for) {_SESSION}", re.I)
_MODERATOR_IS = re.compile(
    r"\b(?:moderated|hosted|chaired)\s+by\s+|\bmoderator(?:\s+is|\s+was)?\s*:?\s+|\bmoderator\s*[:–—-]\s*", re.I
)
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|&\s*|and\s+)")
_WITH = re.compile(r"\s*+,?\s*+(?:all |both )?(?:with|from|representing)\s+(?:the\s+)?(?P<place>[A-Z][^,.;:()]*)")
_LONGEST_NAME = 60
_PRESENTS = re.compile(
    r"\b(?:with (?:me|us)\b|join(?:ed|ing) (?:me|us|by)|my guests?|our (?:guests?|panel(?:l?ists?)?|speakers?)|"
    r"panel(?:l?ists?):|introduce|please welcome|featuring|moderated)",
    re.I,
)
_CUE = re.compile(
    r"\b(?:with|joined by|joining (?:me|us|her|him|them)|br(?:ings?|ought) together|on stage"
    r"|featur(?:es|ing)|panell?ists?|guests?|speakers?|includ(?:es?|ed|ing)|participants|welcome)\b"
    r"(?:\s+(?:me|us|today|tonight|this \w+))*(?:\s+(?:is|are|was|were)\b)?",
    re.I,
)
_ENDS_CUE = re.compile(rf"\b(?:{CLAUSE_VERB}|(?<!joined )by)\b")
_TAKES_PART = re.compile(
    rf"\b(?:discuss(?:ed)?\b|debated?\b|joined {_SESSION}|t(?:ook|akes?|aking) part|participated?\b|sat on"
    r"|on the panel\b|spoke (?:at|on)\b)",
    re.I,
)
_TWO_TALK = re.compile(
    r"\b(?:in conversation|sp(?:oke|eaks?|eaking) (?:with|to)|talk(?:s|ed|ing)? (?:with|to)|sat down with"
    r"|interview(?:s|ed)?|chat(?:s|ted)? (?:with|to))\b",
    re.I,
)


def moderators(text: str) -> list[str]:
    """The names right behind "moderated by" and "Moderator:", and those an "and" joins to them."""
    found: list[str] = []
    for cue in _MODERATOR_IS.finditer(text):
        rest = strip_honorific(text[cue.end() : cue.end() + 90])
        for start, end in latin_names(rest):
            if start and not re.fullmatch(r".*(?:,|and|&)\s*", rest[:start], re.S):
                break
            if start == 0 or (found and rest[:start].strip() in (f"{found[-1]} and", f"{found[-1]} &")):
                found.append(rest[start:end])
    return found


def presented(text: str) -> list[str]:
    """The names in sentences that present a person: "my guest today is Wei Chen"."""
    found: list[str] = []
    for start, end in sentence_spans(text):
        cue = _PRESENTS.search(text, start, end)
        if cue is not None:
            told = text[cue.end() : end]
            found += [told[a:b] for a, b in latin_names(told)]
    return found


def ahead(segment: str) -> str:
    """A title in front of a name: "Ledger founder", "Banco Sur's chief economist"; empty where there is none."""
    before = _VERB.split(_BEFORE.split(segment)[-1])[-1].strip()
    if not before or role_of(before) != "unknown" or re.search(rf"\b{_SITTING}\b", before, re.I):
        return ""
    return before if split_affiliation(before).title else ""


def behind(right: str, *, listed: bool = False) -> Affiliation:
    """The affiliation told behind the name: ", chief economist at Banco Sur".

    A capitalised pair of words behind a comma may be the next person of the list; it is an organisation only where
    ``listed`` says that commas part the facts of one person.
    """
    match = _BEHIND.match(without_honours(right))
    if match is None or _LEADS_SITTING.match(right):
        return NO_AFFILIATION
    told = match["told"]
    tells = _TELLS.match(told)
    verb = _VERB.search(told, tells.end() if tells else 0)
    told = told[: verb.start()] if verb else told
    if starts_with_people(told) and match["link"] == ",":
        return NO_AFFILIATION
    found = split_affiliation(re.sub(r"(?:,|(?<!\s))\s+and$|,\s*$", "", _NEXT_CLAUSE.split(told)[0].strip()))
    next_person = match["link"] == "," and not found.title and is_latin_name(found.organization)
    return found if listed or not next_person else NO_AFFILIATION


def of_a_list(behind: str, *, last: bool = False) -> Affiliation:
    """What "A, B and C with the Library" says of A: the list is of people, and all of them are from there.

    ``last``: ``behind`` may follow the last of them.
    """
    n_others = int(last)
    while (link := _AND.match(behind)) and (names := latin_names(behind[link.end() : link.end() + _LONGEST_NAME])):
        if names[0][0] != 0:
            break
        behind, n_others = behind[link.end() + names[0][1] :], n_others + 1
    place = _WITH.match(behind)
    return split_affiliation(f"from {place['place']}") if n_others and place else NO_AFFILIATION


def starts_with_people(told: str) -> bool:
    """Whether ``told`` goes on with the next people of a list: "Colin Gray and Nadia Frost with …"."""
    names = latin_names(told)
    return bool(names) and names[0][0] == 0 and bool(_AND.match(told[names[0][1] :])) and len(names) > 1


def leads_to_several(left: str) -> bool:
    """Whether ``left`` ends in words that several moderators may follow: "moderated by", "co-moderators"."""
    return bool(_LED_BY.search(left) or _TOGETHER.search(left))


def moderates(left: str, right: str) -> bool:
    """Whether the person between ``left`` and ``right``, each up to the next person, is said to lead the session."""
    leads = _LEADS.match(right) or _IS_LEADER.match(right)
    return bool(leads_to_several(left) or _LEADER.search(left) or leads)


def sits(sentence: str, start: int, end: int, *, led: bool) -> bool:
    """Whether the person named at ``start:end`` is said to be on the panel; ``led``: a moderator is named."""
    if not led and _TWO_TALK.search(sentence):
        return False
    cues = list(_CUE.finditer(sentence, 0, start))
    if not cues and _TWO_TALK.search(sentence, 0, start):
        return True
    if cues and not _ENDS_CUE.search(sentence, cues[-1].end(), start):
        return True
    part = _TAKES_PART.search(sentence, end)  # the first verb behind the name is its own
    return part is not None and _VERB.search(sentence, end, part.start()) is None
