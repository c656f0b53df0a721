"""Self-introductions in English: "I'm Ana Ruiz, chief economist at Banco Sur", "my name is Tom".

A capital letter is not enough ("I'm Irish", "this is Canada"): "I'm" needs a full name, or a given name that a job
follows; "this is" needs a full name at the start and a place after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from panelbot.people.affiliation import split_affiliation
from panelbot.people.facts import NO_AFFILIATION, Affiliation
from panelbot.people.names import is_given_name, is_latin_name, latin_names, strip_honorific
from panelbot.register.self_introduction import SelfIntroduction

_AM = r"\bI(?:\s?['’]\s?m|\s+am)\s+"
_CUE = re.compile(
    rf"(?P<named>\bmy\s+name(?:\s+is|\s?['’]\s?s)\s+|{_AM}called\s+)|(?P<am>{_AM})|(?P<this>^.{{0,24}}?\bthis\s+is\s+)",
    re.I,
)
_REPORTED = re.compile(
    r"(?:\b(?:said|says|say|asked|like|if|whether|think|thinks|thought|that|as if|and (?:he|she)|told me)\b[ ,:]*"
    r"|[\"“]\s?)$",
    re.I,
)
_GIVEN = re.compile(r"[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)*(?![\w'’-])")
_END = re.compile(
    r"\s*(?:$|[.,!;:–—(\n-]|\b(?:and|from|with|at|of|the|here|a|an|your|our|chief|head|I|uh|um|representing|speaking|director|professor)\b)"
)
_SELF_EVIDENT = re.compile(rf"[\s.,]*(?:(?:and|uh|um)[\s,]+)*(?:{_AM}|I\s+work\b|the\b|your\b|from\s+[A-Z])", re.I)
_SPEAKING = re.compile(r"\s*(?:,\s*)?(?:from|with|at|here|speaking|and I)\b")
_TELLS = re.compile(
    rf"[\s.,–—-]*(?:(?:and|uh|um)[\s,]+)*(?:{_AM}|I\s+work\s+as\s+|I\s+serve\s+as\s+|I\s+(?=[a-z])|currently\s+|\()?"
    r"(?P<told>[^.;!?\n)]+)"
)
_MODERATES = re.compile(
    r"[^\n]{0,120}?\bI(?:['’]m|['’]ll be| am| will be)\s+"
    r"(?:(?:the|your|today['’]s)\s+(?:\w+\s+)?(?:moderator|host|chair)|moderating|hosting|chairing)\b",
    re.I,
)
_PLACE = re.compile(r"(?:at|from|with|of|for)\s", re.I)
_CLAUSE_END = re.compile(
    r"(?:,|(?<!\s))\s+(?:and|but|so|where|which|who|here|today)\s+(?:I|we|we're|I'm|my|to|with us)\b|"
    r",\s+(?:and|so|but|I|we|thank)\b",
    re.I,
)


def find(text: str) -> Iterator[SelfIntroduction]:
    """The self-introductions in ``text``, in order."""
    for cue in _CUE.finditer(text):
        if _REPORTED.search(text[max(0, cue.start() - 20) : cue.start()]):
            continue
        name, end = _name(text, cue)
        if name:
            affiliation, told_end = _affiliation(text, end)
            role = "moderator" if _MODERATES.match(text, end) else ""
            yield SelfIntroduction(start=cue.start(), end=told_end, name=name, affiliation=affiliation, role=role)


def _name(text: str, cue: re.Match[str]) -> tuple[str, int]:
    """The name after the cue and where it ends; empty where none is safe."""
    start = cue.end()
    rest = text[start : start + 80]
    full = next((span for span in latin_names(rest) if is_latin_name(strip_honorific(rest[: span[1]]))), None)
    if full is not None and _END.match(rest, full[1]):
        follows = _SPEAKING.match(rest, full[1]) is not None
        return (strip_honorific(rest[: full[1]]), start + full[1]) if follows or not cue["this"] else ("", 0)
    given = _GIVEN.match(rest)
    if given is None or cue["this"] or not is_given_name(given[0]) or not _END.match(rest, given.end()):
        return "", 0
    evident = cue["named"] is not None or _SELF_EVIDENT.match(rest, given.end()) is not None
    return (given[0], start + given.end()) if evident else ("", 0)


def _affiliation(text: str, end: int) -> tuple[Affiliation, int]:
    """What is told right after the name, and where it ends: ", chief economist at Banco Sur", ". I work at Acme"."""
    match = _TELLS.match(text, end)
    if match is None:
        return NO_AFFILIATION, end
    told = _CLAUSE_END.split(match["told"])[0].strip()
    found = split_affiliation(told)
    if found.title or (_PLACE.match(told) and found.organization):
        return found, match.start("told") + len(told)
    return NO_AFFILIATION, end
