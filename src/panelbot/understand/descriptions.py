"""Descriptions of people: the bank, 律师, the moderator, everyone, and whom of the register they fit.

Knows the kinds of organisation and job. Does not know names, or grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from panelbot.register.kinds import job_lexicon, organization_lexicon
from panelbot.text.folded import Folded, latin_tokens
from panelbot.understand.lexicon import chinese, chinese_titles, english
from panelbot.understand.mention import Fit, Mention, MentionKind, best_fits
from panelbot.understand.table import Person, RegisterTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a general word means: a kind of organisation or job, a role, or everyone."""

    kind: MentionKind
    id: str
    plural: bool = False


def find_descriptions(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    """Every general word for people in a question, with whom of the register it fits."""
    tokens, index = folded.tokens, _english_phrases()
    for i in range(len(tokens)):
        for n in range(min(5, len(tokens) - i), 0, -1):
            phrase = index.get(tuple(token.text for token in tokens[i : i + n]))
            if phrase is not None:
                yield _phrase_mention(phrase, table, tokens[i].start, tokens[i + n - 1].end, folded)
                break
    yield from _disciplines(folded, table)
    for at, character in enumerate(folded.text):
        for word, phrase in _chinese_phrases().get(character, ()):
            if folded.text.startswith(word, at):
                yield _phrase_mention(phrase, table, at, at + len(word), folded)
                break


_DISCIPLINE = re.compile(
    r"\b([a-z]{3,}(?:log|nom|graph|metr|phys|chem|statistic))(?:ist|er|ian)(s?)\b|([\u3400-\u9fff]{1,3}?学)家"
)


def _disciplines(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    """The biologist is the professor of biology, 社会学家 the 社会学教授."""
    for match in _DISCIPLINE.finditer(folded.text):
        stem, plural = match.group(1) or match.group(3), bool(match.group(2))
        fits = [
            Fit(person=person, confidence=0.85, reason=f"title of {stem}")
            for person in table.people
            if stem in f"{person.speaker.title} {person.speaker.organization}".casefold()
        ]
        if fits:
            yield Mention(
                start=match.start(),
                end=match.end(),
                kind="job",
                fits=best_fits(fits),
                plural=plural,
                word=match.group(),
            )


def _phrase_mention(phrase: Phrase, table: RegisterTable, start: int, end: int, folded: Folded) -> Mention:
    word = folded.text[start:end]
    mention = Mention(start=start, end=end, kind=phrase.kind, fits=(), plural=phrase.plural, word=word)
    fits = _fits(table, phrase.kind, phrase.id) or _by_title(table, phrase, word)
    if phrase.kind == "everyone":
        each = word in english("distributive") or word in chinese("distributive")
        return replace(mention, fits=fits, plural=True, each=each)
    if phrase.kind == "role":
        return replace(mention, fits=fits, plural=True)
    if phrase.kind == "job":
        return _of_what(replace(mention, fits=fits), folded)
    return replace(mention, fits=_closest(fits, word), external=organization_lexicon()[phrase.id].external)


@lru_cache(maxsize=4096)
def _fits(table: RegisterTable, kind: MentionKind, name: str) -> tuple[Fit, ...]:
    """Whom of the register a general word fits."""
    if kind == "everyone":
        return tuple(Fit(person=p, confidence=0.9, reason="everyone") for p in table.people if p.on_panel)
    if kind == "role":
        holders = (person for person in table.people if person.speaker.role == name)
        return tuple(Fit(person=person, confidence=0.95, reason=f"role {name}") for person in holders)
    fit_one = _job_fit if kind == "job" else _organization_fit
    return best_fits([fit for person in table.people if (fit := fit_one(person, name)) is not None])


def _by_title(table: RegisterTable, phrase: Phrase, word: str) -> tuple[Fit, ...]:
    """Whom another meaning of a job's word fits: 馆长 runs a library, or a museum as its director."""
    kinds = chinese_titles().get(word, frozenset[str]()) if phrase.kind == "job" else frozenset[str]()
    return best_fits(fit for kind in sorted(kinds) for fit in _fits(table, "job", kind))


def _of_what(mention: Mention, folded: Folded) -> Mention:
    """What a title is of: "the Minister of Health" is no Minister of Transport, though both are ministers."""
    portfolio = re.match(r"\s+(?:of|for)\s+(?!the\b)[a-z]+", folded.text[mention.end :])
    titles = [f"{fit.person.speaker.title} {fit.person.ref.name}".casefold() for fit in mention.fits]
    if portfolio is not None and not titles and portfolio.group().strip().startswith("for "):
        return replace(mention, end=mention.end + portfolio.end())
    if portfolio is None and len(titles) > 1:
        return _with_field(mention, folded)
    if portfolio is None or not titles or not all(" of " in title for title in titles):
        return mention
    said = portfolio.group().strip()
    fits = tuple(fit for fit, title in zip(mention.fits, titles, strict=True) if said in title)
    return replace(mention, fits=fits, end=mention.end + portfolio.end())


def _with_field(mention: Mention, folded: Folded) -> Mention:
    """Whom a word before fits: "the infrastructure minister" is the Minister of Infrastructure."""
    before = re.search(r"\b([a-z]{4,}) $", folded.text[: mention.start])
    if before is None or before.group(1) in ("prime", "deputy", "vice", "chief", "general", "managing", "executive"):
        return mention
    fits = tuple(fit for fit in mention.fits if before.group(1) in _said_of(fit))
    if not fits:
        return mention
    return replace(mention, fits=fits, start=before.start(1))


def _said_of(fit: Fit) -> str:
    return f"{fit.person.speaker.title} {fit.person.ref.name} {fit.person.speaker.organization}".casefold()


def _closest(fits: tuple[Fit, ...], word: str) -> tuple[Fit, ...]:
    """Of several of a kind those whose name says the very word: "the robotics company" is Acme Robotics."""
    telling = word.split()[0] if word.isascii() else re.sub(r"(?:公司|企业|机构|方)$", "", word)
    if telling in ("tech", "technology", "it", "internet", "科技", "技术") or len(fits) < 2:
        return fits
    saying = tuple(fit for fit in fits if telling in fit.person.speaker.organization.casefold())
    return saying or fits


def _job_fit(person: Person, job: str) -> Fit | None:
    strength = person.jobs.get(job, 0.0)
    if not strength:
        return None
    confidence = 0.9 * strength * (1.0 if person.on_panel else 0.9)
    return Fit(person=person, confidence=confidence, reason=f"job {job} by title or organisation")


def _organization_fit(person: Person, kind: str) -> Fit | None:
    if kind not in person.organization_kinds:
        return None
    return Fit(person=person, confidence=0.9 if person.on_panel else 0.81, reason=f"organisation of kind {kind}")


@lru_cache(maxsize=1)
def _english_phrases() -> dict[tuple[str, ...], Phrase]:
    index: dict[tuple[str, ...], Phrase] = {}
    for word, phrase in _general_phrases():
        if word.isascii():
            _add_english(index, word, phrase)
            if phrase.kind == "organization_kind":
                for company in ("company", "firm", "business"):
                    _add_english(index, f"{word} {company}", phrase)
    for name in ("moderator", "audience"):
        for word in english(name):
            index[latin_tokens(word)] = Phrase(kind="role", id=name)
            index.setdefault(_plural(latin_tokens(word)), Phrase(kind="role", id=name, plural=True))
    for word in english("everyone"):
        index[latin_tokens(word)] = Phrase(kind="everyone", id="everyone", plural=True)
    return index


def _general_phrases() -> Iterator[tuple[str, Phrase]]:
    for kind in organization_lexicon().values():
        yield from ((word, Phrase(kind="organization_kind", id=kind.id)) for word in (*kind.words, *kind.people))
    for kind in job_lexicon().values():
        yield from ((word, Phrase(kind="job", id=kind.id)) for word in (*kind.words, *kind.people))


def _add_english(index: dict[tuple[str, ...], Phrase], word: str, phrase: Phrase) -> None:
    tokens = latin_tokens(word)
    if word in english("no_question_words"):
        return
    index.setdefault(tokens, phrase)
    index.setdefault(_plural(tokens), replace(phrase, plural=True))


def _plural(tokens: tuple[str, ...]) -> tuple[str, ...]:
    last = tokens[-1]
    if last.endswith("y") and last[-2:-1] not in ("a", "e", "o", "u"):
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    else:
        last += "s"
    return (*tokens[:-1], last)


@lru_cache(maxsize=1)
def _chinese_phrases() -> dict[str, tuple[tuple[str, Phrase], ...]]:
    index: dict[str, Phrase] = {}
    for name in ("moderator", "audience"):
        index.update({word: Phrase(kind="role", id=name) for word in chinese(name)})
    index.update({word: Phrase(kind="everyone", id="everyone", plural=True) for word in chinese("everyone")})
    for word, phrase in _general_phrases():
        if word.isascii():
            continue
        if len(word) > 1 and word not in chinese("no_question_words"):
            index.setdefault(word, phrase)
        if phrase.kind == "organization_kind" and not word.endswith(("公司", "企业", "机构", "银行", "学", "会")):
            for company in ("公司", "企业", "机构"):
                index.setdefault(word + company, phrase)
    grouped: dict[str, list[tuple[str, Phrase]]] = {}
    for word in sorted(index, key=lambda w: (-len(w), w)):
        grouped.setdefault(word[0], []).append((word, index[word]))
    return {first: tuple(found) for first, found in grouped.items()}
