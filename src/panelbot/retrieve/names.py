"""Names across scripts: people and organizations a question is about, as the register writes them in the other script.

Knows registers and how names are romanised; not which turns hold a name, nor whom a question is addressed to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence

from panelbot.people import romanise_name, split_name, surnames
from panelbot.retrieve.query_translation import Forms
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.text import content_words, fold, has_han, words
from panelbot.text.folded import latin_tokens
from panelbot.text.stem import stem
from panelbot.text.words import cut
from panelbot.types import Question, Reference, Speaker
from panelbot.understand.organizations import LINKS, OrganizationName, organization_names

Registers = Mapping[str, tuple[Speaker, ...]]

MIN_CONFIDENCE = 0.85  # of a writing of an organization, or of its English name
_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 5  # words of an organization's name


def name_terms(question: Question, topic: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, Forms]]:
    """The names among the ``topic`` words with what the turns call their bearers in the other script.

    A form of several stems is parted by spaces: a turn that holds it holds them all. Names that no stems of the
    ``vocabulary`` can spell are left out.
    """
    found: dict[str, Forms] = {}
    for reference in question.references:
        said = content_words(reference.text)
        if reference.kind in ("name", "organization") and said and set(said) <= set(topic):
            forms = _as_forms(_other_writings(reference, vocabulary.registers), vocabulary)
            if forms:
                found[fold(reference.text) if has_han(reference.text) else " ".join(said)] = forms
    for name, writings in _romanised(question.topic, vocabulary):
        forms = _as_forms(writings, vocabulary)
        if forms:
            found.setdefault(name, forms)
    return list(found.items())


def _as_forms(writings: Collection[str], stems: Container[str]) -> Forms:
    forms: dict[str, float] = {}
    for writing in map(fold, writings):
        parts = cut(writing) if has_han(writing) else dict.fromkeys(words(writing))
        spelt = (writing,) if has_han(writing) and writing in stems else tuple(stem(part) for part in parts)
        if spelt and all(part in stems for part in spelt):
            forms[" ".join(spelt)] = 1.0
    return forms


def _other_writings(reference: Reference, registers: Registers) -> list[str]:
    """How the register writes those whom ``reference`` names, in the script that the question does not use."""
    found: dict[str, None] = {}
    for ref in reference.speakers:
        for speaker in (s for s in registers.get(ref.transcript_id, ()) if s.name == ref.name):
            found.update(dict.fromkeys(_writings(speaker, reference.kind)))
    return [writing for writing in found if has_han(writing) != has_han(reference.text)]


def _writings(speaker: Speaker, kind: str) -> Iterator[str]:
    if kind == "name":
        yield from (speaker.name, *speaker.aliases)
        return
    for name in organization_names(speaker.organization):
        yield from (form.key for form in name.forms if form.confidence >= MIN_CONFIDENCE and not form.bare)
    yield from (() if has_han(speaker.organization) else (" ".join(_telling(speaker.organization)),))


def _telling(organization: str) -> tuple[str, ...]:
    return tuple(word for word in latin_tokens(organization) if word not in LINKS)


def _romanised(topic: str, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Chinese names in the topic that stand in a register in Latin letters, with the writing there."""
    organizations = vocabulary.latin_organizations
    for run in _RUN.findall(fold(topic)):
        for name in _people(run):
            spelt = tuple(word.casefold() for word in romanise_name(name).split())
            spoken = len(spelt) == 2 and all(stem(word) in vocabulary for word in spelt)
            if spoken and any(sorted(latin_tokens(s.name)) == sorted(spelt) for s in _speakers(vocabulary.registers)):
                yield name, (" ".join(spelt),)
        for name in _organizations(run) if organizations else ():
            choices = [[stem(w) for choice in segment.alternatives for w in choice] for segment in name.segments]
            if len(choices) > 1 and all(any(word in vocabulary for word in choice) for choice in choices):
                matched = {
                    telling
                    for organization in organizations
                    if name.match(telling := _telling(organization)) >= MIN_CONFIDENCE
                }
                if matched:
                    whole = "".join(segment.text for segment in name.segments)
                    yield whole, tuple(" ".join(telling) for telling in sorted(matched))


def _speakers(registers: Registers) -> Iterator[Speaker]:
    return (speaker for speakers in registers.values() for speaker in speakers)


def _people(run: str) -> Iterator[str]:
    for start, character in enumerate(run[:-1]):
        if character in surnames():
            found = (run[start : start + length] for length in (4, 3, 2) if start + length <= len(run))
            yield from (name for name in found if len(split_name(name)[1]) in (1, 2))


def _organizations(run: str) -> Iterator[OrganizationName]:
    parts = cut(run)
    for start in range(len(parts)):
        for end in range(min(len(parts), start + _LONGEST), start, -1):
            text = "".join(parts[start:end])
            if len(text) >= 4:
                yield from organization_names(text)
