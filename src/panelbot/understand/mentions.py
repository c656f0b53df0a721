"""Where a question speaks of speakers: every span that a register or the kinds of people give a meaning.

Knows words and registers. Whether a span is who spoke or what was spoken about is grammar, and not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from panelbot.people import is_chinese_name, is_common_word
from panelbot.text.folded import Folded
from panelbot.text.words import cut
from panelbot.understand.descriptions import find_descriptions
from panelbot.understand.lexicon import chinese, chinese_titles
from panelbot.understand.mention import Fit, Mention, best_fits
from panelbot.understand.organizations import LINKS
from panelbot.understand.table import Entry, Person, RegisterTable

_STRENGTH = {"name": 5, "organization": 4, "job": 3, "role": 3, "organization_kind": 2, "everyone": 1}


def find_mentions(folded: Folded, table: RegisterTable) -> tuple[Mention, ...]:
    """The mentions of a question in order, none overlapping, the longer and surer kept."""
    found = [
        *_latin_names(folded, table),
        *_latin_organizations(folded, table),
        *_han_names(folded, table),
        *_surname_titles(folded, table),
        *_strangers(folded, table),
        *find_descriptions(folded, table),
    ]
    found.sort(key=lambda m: (-(m.end - m.start), -_STRENGTH[m.kind], not m.fits, m.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


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
            if entries is None or not _adjacent(folded, run[0].end, run[-1].start, n, turned=_is_turned(entries)):
                continue
            if n == 1 and len(run[0].text) == 1 and not run[0].capital:
                continue
            yield _entry_mention(entries, table, run[0].start, run[-1].end)
            break


def _is_turned(entries: tuple[Entry, ...]) -> bool:
    return all(entry.form.reason == "surname before given name" for entry in entries)


def _adjacent(folded: Folded, start: int, end: int, n: int, *, turned: bool) -> bool:
    """Whether nothing but spaces, hyphens and dots stands between the words of a run; in "Lee, Ann" a comma may."""
    return (
        n == 1
        or (turned and folded.text[start:end] == ", ")
        or not re.search(r"[,;:!?()，。；：！？、]", folded.text[start:end])
    )


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
            while first < i and tokens[first].text in LINKS:
                first += 1
            while last > i + 1 and tokens[last - 1].text in LINKS:
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
        if surname not in folded.text:
            continue
        for match in re.finditer(f"{surname}({_titles_pattern()})", folded.text):
            title = match.group(1)
            fits = [
                Fit(person=table.people[p], confidence=confidence, reason=f"surname with {title}")
                for p in people
                if (confidence := _title_fit(table.people[p], title))
            ]
            yield Mention(start=match.start(), end=match.end(), kind="name", fits=best_fits(fits), word=match.group())


def _strangers(folded: Folded, table: RegisterTable) -> Iterator[Mention]:
    """黄定邦议员 where no Huang Dingbang speaks: a name with a title is nobody else who has the title."""
    for match in re.finditer(_titles_pattern(), folded.text):
        run = re.search(r"[\u3400-\u9fff]{2,}$", folded.text[: match.start()])
        if run is None:
            continue
        ends = {0, *accumulate(map(len, cut(run.group())))}
        for length in (3, 4, 2):
            at, name = len(run.group()) - length, run.group()[-length:]
            if at in ends and name not in table.han and is_chinese_name(name, sure=True) and not is_common_word(name):
                yield Mention(start=match.start() - length, end=match.end(), kind="name", fits=(), word=match.group())
                break


@lru_cache(maxsize=1)
def _titles_pattern() -> str:
    return "|".join(sorted((*chinese("courtesies"), *chinese_titles()), key=lambda t: (-len(t), t)))


def _title_fit(person: Person, title: str) -> float:
    if title in person.speaker.title:
        return 0.93
    if title in chinese("courtesies"):
        return 0.92
    strength = max((person.jobs.get(job, 0.0) for job in chinese_titles()[title]), default=0.0)
    if strength:
        return 0.93 if strength >= 0.9 else 0.85
    if chinese_titles()[title] & person.organization_kinds:
        return 0.85
    return 0.0 if person.speaker.title or person.speaker.organization else 0.8
