"""What a speaker may be called by name: the whole name, parts of it, romanised, in either order.

Knows how names are made in Chinese and English. Does not know questions, or who else is on the panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from panelbot.people.labels import parse_label
from panelbot.people.lexicon import word_list
from panelbot.people.roles import is_label, names_nobody, numbered_parts
from panelbot.people.romanise import name_syllables, syllables
from panelbot.people.surnames import split_name
from panelbot.text.fold import fold
from panelbot.text.folded import latin_tokens
from panelbot.text.language import has_han

_OPENS, _CLOSES = re.compile(r"[（(\[【]"), ")）]】"
_PARTICLES = frozenset(word_list("particles"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """One way to write a name: ``key`` is folded Chinese text, or Latin words joined by spaces.

    ``bare`` marks a part that many people could share (a surname, a given name, the letter of "Grad B").
    """

    key: str
    confidence: float
    reason: str
    bare: bool = False


def name_forms(name: str) -> tuple[NameForm, ...]:
    """All forms of a name or alias, the likeliest first, each key once."""
    core, bracket = split_bracket(name)
    if has_han(name) and not names_nobody(core):  # a title, an aside or an organisation in a label names nobody
        core = parse_label(name).name
    found: dict[str, NameForm] = {}
    forms = _han_forms(core) if has_han(core) else _latin_forms(core)
    if bracket and core.casefold().startswith("the "):  # "The Chair (Anthony Rota)": the bracket names the person
        forms = [*forms, *_latin_forms(split_bracket(bracket)[0])]
    for form in forms:
        if form.key and (form.key not in found or found[form.key].confidence < form.confidence):
            found[form.key] = form
    return tuple(found.values())


def split_bracket(name: str) -> tuple[str, str]:
    """A label's name and what stands in brackets behind it: ``Bill Morneau (Minister of Finance)``."""
    match = _OPENS.search(name)
    if match is None or match.start() == 0:
        return name.strip(), ""
    return name[: match.start()].strip(), name[match.end() :].rstrip().rstrip(_CLOSES).strip()


def _han_forms(core: str) -> list[NameForm]:
    name = re.sub(r"\s+", "", fold(core))
    forms = [NameForm(key=name, confidence=0.99, reason="full name")]
    kind, mark = numbered_parts(core)
    if kind and name == f"{kind}{mark}":
        forms.append(NameForm(key=f"{kind} {mark}", confidence=0.99, reason="label"))
    if names_nobody(core) or re.search(r"[^\u3400-\u9fff·•]", name) or len(name) > 5:
        return forms
    given = split_name(name)[1]
    if given in word_list("honorifics"):  # 孟处长: only as a whole is it anybody's name
        return forms
    if len(given) >= 2:
        forms.append(NameForm(key=given, confidence=0.85, reason="given name", bare=True))
    return [*forms, *_pinyin_forms(name)]


def _pinyin_forms(name: str) -> Iterator[NameForm]:
    surname, given = name_syllables(name)
    plain = (syllables(name[: len(split_name(name)[0])]), given)  # the reading of a writer who does not know better
    for first, confidence in dict.fromkeys(((tuple(surname), 0.95), (tuple(plain[0]), 0.85))):
        for spelt in _spellings("".join(first)):
            yield NameForm(key=spelt, confidence=0.75, reason="romanised surname", bare=True)
            for whole in _spellings("".join(given)):
                for order in (f"{spelt} {whole}", f"{whole} {spelt}", spelt + whole, whole + spelt):
                    yield NameForm(key=order, confidence=confidence, reason="romanised name")
            if len(given) > 1:
                apart = " ".join(given).replace("v", "u")
                yield NameForm(key=f"{spelt} {apart}", confidence=confidence, reason="romanised name")
                yield NameForm(key=f"{apart} {spelt}", confidence=confidence, reason="romanised name")
    if len(given) > 1:
        for whole in _spellings("".join(given)):
            yield NameForm(key=whole, confidence=0.8, reason="romanised given name", bare=True)
        yield NameForm(key=" ".join(given), confidence=0.8, reason="romanised given name", bare=True)


def _spellings(pinyin: str) -> tuple[str, ...]:
    """The ways to write ``pinyin`` with its ü: pypinyin writes v, people write u, v or yu."""
    if not pinyin:
        return ()
    return tuple(dict.fromkeys(pinyin.replace("v", to) for to in ("u", "v", "yu"))) if "v" in pinyin else (pinyin,)


def personal_tokens(name: str) -> tuple[str, ...]:
    """The Latin words of a person's own name, without honorifics and letters behind the name."""
    tokens = list(latin_tokens(split_bracket(name)[0]))
    while len(tokens) > 1 and (tokens[0] in word_list("honorifics_english") or tokens[0] in ("the", "right", "rt")):
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1] in word_list("postnominals"):
        tokens.pop()
    return tuple(tokens)


def _latin_forms(core: str) -> list[NameForm]:
    everything = latin_tokens(core)
    if is_label(core):
        return list(_label_forms(tuple(t for t in everything if t != "the")))
    tokens = personal_tokens(core)
    forms = [
        NameForm(key=" ".join(everything), confidence=0.99, reason="full name"),
        NameForm(key=" ".join(tokens), confidence=0.99, reason="full name"),
    ]
    if len(tokens) < 2:
        # "Dr. Ortiz" as an alias: a surname that others may have
        return [replace(form, bare=len(everything) > 1) for form in forms]
    at = len(tokens) - 1
    while at > 1 and tokens[at - 1] in _PARTICLES:
        at -= 1
    if at == len(tokens) - 1 and _hyphenated(core, tokens):
        at -= 1
    given, surname = tokens[0], " ".join(tokens[at:])
    forms.append(NameForm(key=f"{given} {surname}", confidence=0.96, reason="given name and surname"))
    forms.append(NameForm(key=f"{surname} {given}", confidence=0.9, reason="surname before given name"))
    forms.append(NameForm(key="".join(tokens), confidence=0.9, reason="name without a space"))
    forms.append(NameForm(key=surname, confidence=0.85, reason="surname", bare=True))
    if len(given) > 1:
        forms.append(NameForm(key=given, confidence=0.8, reason="given name", bare=True))
    return forms


def _hyphenated(core: str, tokens: tuple[str, ...]) -> bool:
    return len(tokens) > 2 and re.search(rf"{tokens[-2]}-{tokens[-1]}", fold(core)) is not None


def _label_forms(tokens: tuple[str, ...]) -> Iterator[NameForm]:
    if not tokens:  # a name of signs only
        return
    whole, last = " ".join(tokens), tokens[-1]
    yield NameForm(key=whole, confidence=0.99, reason="label")
    if len(tokens) >= 2 and (len(last) == 1 or last.isdigit()):
        yield NameForm(key="".join(tokens), confidence=0.98, reason="label")
        if last.isalpha():
            yield NameForm(key=last, confidence=0.8, reason="letter of the label", bare=True)
        return
    if last.endswith("er") and last not in ("manager", "user"):
        yield NameForm(key=whole[:-2], confidence=0.9, reason="label, other ending")
    if last not in ("designer", "manager", "expert", "director"):
        for suffix in ("designer", "expert", "manager", "person", "specialist", "director", "guy", "lead"):
            yield NameForm(key=f"{whole} {suffix}", confidence=0.9, reason=f"label with {suffix}")
    if last in ("chair", "chairman"):
        yield NameForm(key="chairman", confidence=0.85, reason="label")
        yield NameForm(key="speaker", confidence=0.6, reason="label")
