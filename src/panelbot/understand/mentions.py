"""Where a question speaks of speakers: every span that a register or the kinds of people give a meaning.

Knows words and registers. Whether a span is who spoke or what was spoken about is grammar, and not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from panelbot.register.kinds import Kind, job_lexicon, organization_lexicon
from panelbot.understand.folded import Folded, latin_tokens
from panelbot.understand.lexicon import chinese, chinese_titles, english
from panelbot.understand.table import Entry, Person, RegisterTable

MentionKind = Literal["name", "organization", "organization_kind", "job", "role", "everyone"]
_STRENGTH = {"name": 5, "organization": 4, "job": 3, "role": 3, "organization_kind": 2, "everyone": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A person a mention may mean, and how well."""

    person: Person
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of the folded question with a meaning. ``fits`` are the best ones only, empty where nobody fits.

    ``bare`` is part of a name that others share; ``plural`` asks for several ("the lawyers", 两位律师); ``external``
    marks kinds that are often spoken about without being there (the regulator).
    """

    start: int
    end: int
    kind: MentionKind
    fits: tuple[Fit, ...]
    bare: bool = False
    plural: bool = False
    external: bool = False
    each: bool = False
    person: bool = False  # said to be a person: "the bank's representative"
    exact: bool = False  # narrowed by two facts: "the CTO of Weizhong"
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a general word means: a kind of organisation or job, a role, or everyone."""

    kind: MentionKind
    id: str
    plural: bool = False


def find_mentions(folded: Folded, table: RegisterTable) -> tuple[Mention, ...]:
    """The mentions of a question in order, none overlapping, the longer and surer kept."""
    found = [
        *_latin_names(folded, table),
        *_latin_organizations(folded, table),
        *_han_names(folded, table),
        *_surname_titles(folded, table),
        *_phrases(folded, table),
    ]
    found.sort(key=lambda m: (-(m.end - m.start), -_STRENGTH[m.kind], not m.fits, m.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


def best_fits(fits: Iterator[Fit] | list[Fit]) -> tuple[Fit, ...]:
    """The fits that share the highest confidence of their transcript, one a person, the surest transcripts first."""
    by_person: dict[tuple[str, str], Fit] = {}
    for fit in fits:
        key = (fit.person.ref.transcript_id, fit.person.ref.name)
        if key not in by_person or by_person[key].confidence < fit.confidence:
            by_person[key] = fit
    top: dict[str, float] = {}
    for fit in by_person.values():
        transcript = fit.person.ref.transcript_id
        top[transcript] = max(top.get(transcript, 0.0), fit.confidence)
    best = [fit for fit in by_person.values() if fit.confidence >= top[fit.person.ref.transcript_id] - 0.02]
    return tuple(sorted(best, key=lambda fit: -fit.confidence))


def _entry_mention(entries: tuple[Entry, ...], table: RegisterTable, start: int, end: int) -> Mention:
    strongest = max(_STRENGTH[entry.kind] for entry in entries)
    chosen = [entry for entry in entries if _STRENGTH[entry.kind] == strongest]
    fits = best_fits(
        [Fit(person=table.people[e.person], confidence=e.form.confidence, reason=e.form.reason) for e in chosen]
    )
    return Mention(
        start=start,
        end=end,
        kind=chosen[0].kind,
        fits=fits,
        bare=all(entry.form.bare for entry in chosen),
        word=chosen[0].form.key,
    )


def _latin_names(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    tokens = folded.tokens
    for i in range(len(tokens)):
        for n in range(min(table.latin_longest, len(tokens) - i), 0, -1):
            run = tokens[i : i + n]
            entries = table.latin.get(" ".join(token.text for token in run))
            if entries is None or not _adjacent(folded, run[0].end, run[-1].start, n):
                continue
            if n == 1 and len(run[0].text) == 1 and not run[0].capital:
                continue
            yield _entry_mention(entries, table, run[0].start, run[-1].end)
            break


def _adjacent(folded: Folded, start: int, end: int, n: int) -> bool:
    """True where nothing but spaces, hyphens and dots stands between the words of a run."""
    return n == 1 or not re.search(r"[,;:!?()，。；：！？、]", folded.text[start:end])


def _latin_organizations(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    tokens = folded.tokens
    for i, token in enumerate(tokens):
        fits: dict[tuple[int, int], list[Fit]] = {}
        for person, name in table.organization_words.get(token.text, ()):
            first, last = i, i + 1
            while first > 0 and tokens[first - 1].text in name.vocabulary:
                first -= 1
            while last < len(tokens) and tokens[last].text in name.vocabulary:
                last += 1
            while tokens[first].text in ("of", "the", "and", "for"):
                first += 1
            while tokens[last - 1].text in ("of", "the", "and", "for"):
                last -= 1
            confidence = name.match([t.text for t in tokens[first:last]])
            if confidence:
                reason = "organisation" if confidence > 0.9 else "part of the organisation's name"
                fits.setdefault((first, last), []).append(
                    Fit(person=table.people[person], confidence=confidence, reason=reason)
                )
        for (first, last), found in fits.items():
            best = best_fits(found)
            yield Mention(
                start=tokens[first].start,
                end=tokens[last - 1].end,
                kind="organization",
                fits=best,
                bare=best[0].confidence <= 0.6,
                word=" ".join(t.text for t in tokens[first:last]),
            )


def _han_names(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    for at, character in enumerate(folded.text):
        for key in table.han_keys.get(character, ()):
            if folded.text.startswith(key, at):
                yield _entry_mention(table.han[key], table, at, at + len(key))
                break


def _surname_titles(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    """沈总, 沈行长: a surname of the register with a courtesy, or with a title that fits what the register says."""
    for surname, people in table.surnames.items():
        for match in re.finditer(f"{surname}({_titles_pattern()})", folded.text):
            title = match.group(1)
            fits = [
                Fit(person=table.people[p], confidence=confidence, reason=f"surname with {title}")
                for p in people
                if (confidence := _title_fit(table.people[p], title))
            ]
            yield Mention(start=match.start(), end=match.end(), kind="name", fits=best_fits(fits), word=match.group())


@lru_cache(maxsize=1)
def _titles_pattern() -> str:
    return "|".join(sorted((*chinese("courtesies"), *chinese_titles()), key=lambda t: (-len(t), t)))


def _title_fit(person: Person, title: str) -> float:
    if title in person.speaker.title:
        return 0.93
    if title in chinese("courtesies"):
        return 0.92
    if chinese_titles()[title] & set(person.jobs):
        return 0.92
    if chinese_titles()[title] & person.organization_kinds:
        return 0.85
    return 0.0 if person.speaker.title or person.speaker.organization else 0.8


def _phrases(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    tokens, index = folded.tokens, _english_phrases()
    for i in range(len(tokens)):
        for n in range(min(5, len(tokens) - i), 0, -1):
            phrase = index.get(tuple(token.text for token in tokens[i : i + n]))
            if phrase is not None:
                yield _phrase_mention(phrase, table, tokens[i].start, tokens[i + n - 1].end, folded)
                break
    for at, character in enumerate(folded.text):
        for word, phrase in _chinese_phrases().get(character, ()):
            if folded.text.startswith(word, at):
                yield _phrase_mention(phrase, table, at, at + len(word), folded)
                break


def _phrase_mention(phrase: Phrase, table: RegisterTable, start: int, end: int, folded: Folded) -> Mention:
    word = folded.text[start:end]
    mention = Mention(start=start, end=end, kind=phrase.kind, fits=(), plural=phrase.plural, word=word)
    if phrase.kind == "everyone":
        fits = tuple(Fit(person=p, confidence=0.9, reason="everyone") for p in table.people if p.on_panel)
        each = word in english("distributive") or word in chinese("distributive")
        return replace(mention, fits=fits, plural=True, each=each)
    if phrase.kind == "role":
        fits = tuple(
            Fit(person=p, confidence=0.95, reason=f"role {phrase.id}")
            for p in table.people
            if p.speaker.role == phrase.id
        )
        return replace(mention, fits=fits, plural=True)
    if phrase.kind == "job":
        fits = best_fits([f for p in table.people if (f := _job_fit(p, phrase.id)) is not None])
        return _of_what(replace(mention, fits=fits), folded)
    kind = organization_lexicon()[phrase.id]
    fits = best_fits([f for p in table.people if (f := _organization_fit(p, phrase.id)) is not None])
    return replace(mention, fits=_closest(fits, word), external=kind.external)


def _of_what(mention: Mention, folded: Folded) -> Mention:
    """ "the Minister of Health" is no Minister of Transport, though both are ministers."""
    portfolio = re.match(r"\s+(?:of|for)\s+(?!the\b)[a-z]+", folded.text[mention.end :])
    titles = [f"{fit.person.speaker.title} {fit.person.ref.name}".casefold() for fit in mention.fits]
    if portfolio is not None and not titles and portfolio.group().strip().startswith("for "):
        return replace(mention, end=mention.end + portfolio.end())
    if portfolio is None or not titles or not all(" of " in title for title in titles):
        return mention
    said = portfolio.group().strip()
    fits = tuple(fit for fit, title in zip(mention.fits, titles, strict=True) if said in title)
    return replace(mention, fits=fits, end=mention.end + portfolio.end())


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
    for lexicon, name in ((organization_lexicon(), "organization_kind"), (job_lexicon(), "job")):
        for kind in lexicon.values():
            for word in _question_words(kind):
                if word.isascii():
                    _add_english(index, word, Phrase(kind=name, id=kind.id))
    for name in ("moderator", "audience"):
        for word in english(name):
            index[latin_tokens(word)] = Phrase(kind="role", id=name)
            index.setdefault(_plural(latin_tokens(word)), Phrase(kind="role", id=name, plural=True))
    for word in english("everyone"):
        index[latin_tokens(word)] = Phrase(kind="everyone", id="everyone", plural=True)
    return index


def _question_words(kind: Kind) -> tuple[str, ...]:
    return (*kind.words, *kind.people)


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
    for lexicon, name in ((organization_lexicon(), "organization_kind"), (job_lexicon(), "job")):
        for kind in lexicon.values():
            for word in _question_words(kind):
                if not word.isascii() and len(word) > 1 and word not in chinese("no_question_words"):
                    index.setdefault(word, Phrase(kind=name, id=kind.id))
    grouped: dict[str, list[tuple[str, Phrase]]] = {}
    for word in sorted(index, key=lambda w: (-len(w), w)):
        grouped.setdefault(word[0], []).append((word, index[word]))
    return {first: tuple(found) for first, found in grouped.items()}
