"""From a reading to a transcript with its register. Knows the order of the sources, not their grammar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from panelbot.people import Label, chinese_surname, is_person_name, names_nobody, parse_label
from panelbot.people.attendance import listed_people
from panelbot.register.aliases import find_aliases, formal_addresses
from panelbot.register.claims import Claim, assemble, best, claim_facts
from panelbot.register.diarization_names import (
    Call,
    Naming,
    Told,
    find_calls,
    find_self_introductions,
    name_labels,
    sentence_at,
)
from panelbot.register.introduction import introduce, introduced_moderator
from panelbot.register.joining import Joined, join_labels
from panelbot.register.roles import find_host, find_lead
from panelbot.register.script import is_traditional, restore, simplified
from panelbot.text import detect_language
from panelbot.types import Reading, Speaker, Transcript, Turn

_LISTED = 120  # characters of a turn that may be a list of people
_INTRODUCING_TURNS = 4  # a panel is introduced in its first turns, or not at all


def build_register(reading: Reading) -> Transcript:
    """The transcript of ``reading`` with every speaker's known facts and the evidence for each.

    Turns keep their text and index; their speaker becomes the register's name. A numbered speaker is renamed only
    where the name is safe, and stays findable under the label.
    """
    if is_traditional(reading):
        return restore(_build(simplified(reading)), reading)
    return _build(reading)


def _build(reading: Reading) -> Transcript:
    joined = _read_labels(reading)
    labels = joined.labels
    persons = {label: parsed.name for label, parsed in labels.items()}
    turns = tuple(replace(turn, speaker=persons[turn.speaker]) for turn in reading.transcript.turns)
    # turns of nobody are those of any number of people: what one of them says of himself is not theirs
    told = tuple(one for one in find_self_introductions(turns) if one.label)
    calls = tuple(one for one in find_calls(turns) if one.label)
    numbered = [p.name for p in labels.values() if p.name and p.placeholder and p.role != "audience"]
    others = {parsed.name for parsed in labels.values() if not parsed.placeholder}
    named = name_labels(numbered, others, turns, told, calls, reading.introduction)
    called = {person: _name_of(person, named, others) for person in persons.values() if person}
    claims = [
        *joined.claims,
        *_file_claims(reading.transcript.speakers, persons),
        *_label_claims(labels),
        *_introduction_claims(reading, turns, called),
        *_naming_claims(named),
        *_self_claims(told, called, numbered),
        *_alias_claims(called, turns, calls),
    ]
    claims += _formal_claims(claims, called)
    claims += _role_claims(claims, turns, calls, called)
    return _finish(reading.transcript, persons, named, claims)


def _read_labels(reading: Reading) -> Joined:
    """Every label of the file, those the file lists first, then in the order they speak, with whom each stands for.

    A label that only says "moderator" is the person whom one other label, or the introduction, calls the moderator.
    """
    transcript = reading.transcript
    written = {speaker.name: _as_label(speaker) for speaker in transcript.speakers}
    for turn in transcript.turns:
        written.setdefault(turn.speaker, parse_label(turn.speaker))
    # "Presenter: Ann Lee (AL)" may stand between the turns too; a short form counts where it is a label
    short = (turn.text for turn in transcript.turns if len(turn.text) < _LISTED)
    listed = listed_people(reading.introduction)
    joined = join_labels(written, (*listed, *(person for person in listed_people("\n".join(short)) if person.short)))
    labels = dict(joined.labels)
    moderators = {parsed.name for parsed in labels.values() if parsed.role == "moderator" and not parsed.placeholder}
    if not moderators:
        moderators = {introduced_moderator(reading.introduction)} & {p.name for p in labels.values()} - {""}
    bare = [label for label, parsed in labels.items() if parsed.placeholder and parsed.role == "moderator"]
    if len(moderators) == 1 and len(bare) == 1:
        labels[bare[0]] = replace(labels[bare[0]], name=next(iter(moderators)), placeholder=False)
    return replace(joined, labels=labels)


def _as_label(speaker: Speaker) -> Label:
    """A speaker the file lists as the label it would be: the reader may have taken one apart already."""
    parsed = parse_label(speaker.name)
    written = [parse_label(evidence.text) for evidence in speaker.evidence if evidence.source == "label"]
    prefix = next((label.prefix for label in written if label.prefix), parsed.prefix)
    return replace(
        parsed,
        organization=speaker.organization or parsed.organization,
        title=speaker.title or parsed.title,
        aliases=(*parsed.aliases, *speaker.aliases),
        prefix=prefix,
    )


def _name_of(person: str, named: Mapping[str, Naming], others: Iterable[str]) -> str:
    """What the person is called by name: empty for numbered speakers nobody named, and for labels that are roles."""
    if person in named:
        return named[person].name
    return person if person in others and is_person_name(person, sure=True) else ""


def _file_claims(speakers: Iterable[Speaker], persons: Mapping[str, str]) -> list[Claim]:
    """What the file's own fields tell; what a reader took from a label is read from the label again."""
    claims: list[Claim] = []
    for speaker in speakers:
        person = persons[speaker.name]
        written = next((evidence.text for evidence in speaker.evidence if evidence.source == "label"), "")
        if written:
            claims += _label_claims({written: replace(parse_label(written), name=person)})
            continue
        claims += claim_facts(
            person,
            source="file",
            text=speaker.name,
            organization=speaker.organization,
            title=speaker.title,
            role=speaker.role,
            aliases=speaker.aliases,
        )
    return claims


def _label_claims(labels: Mapping[str, Label]) -> list[Claim]:
    claims: list[Claim] = []
    for label, parsed in labels.items():
        claims += claim_facts(
            parsed.name,
            source="label",
            text=label,
            organization=parsed.organization,
            title=parsed.title,
            role=parsed.role,
            aliases=(label,) if label != parsed.name else (),
        )
    return claims


def _introduction_claims(reading: Reading, turns: Sequence[Turn], called: Mapping[str, str]) -> list[Claim]:
    """What the prose around the turns, and the first turns, tell of the speakers who have a name."""
    # a bare role takes nothing from another holder of such an office: 管理局主席葛小梅 is not this panel's 主席
    persons = {name or person: person for person, name in called.items() if name or not names_nobody(person)}
    claims = list(introduce(reading.introduction, persons))
    leads = {claim.person for claim in claims if claim.value == "moderator"}
    for turn in turns[:_INTRODUCING_TURNS]:  # what people say of themselves is another source
        claims += introduce(turn.text, (name for name in persons if persons[name] != turn.speaker), turn=turn.index)
    # one moderator: whom the introduction names is not doubted by what is said in the turns
    claims = [claim for claim in claims if claim.value != "moderator" or not leads or claim.person in leads]
    return [replace(claim, person=persons[claim.person]) for claim in claims]


def _naming_claims(named: Mapping[str, Naming]) -> list[Claim]:
    claims: list[Claim] = []
    for label, naming in named.items():
        claims += claim_facts(label, source=naming.source, text=naming.sentence, turn=naming.turn, name=naming.name)
        claims += claim_facts(label, source="label", text=label, aliases=(label,))
    return claims


def _self_claims(told: Iterable[Told], called: Mapping[str, str], numbered: Collection[str]) -> list[Claim]:
    """Facts people tell of themselves in their first turns.

    Those told under another name than theirs are another person's; so is all that is told under a number whose
    names disagree.
    """
    told = tuple(told)
    unsettled = {t.label for t in told if t.introduction.name and t.label in numbered and not called[t.label]}
    claims: list[Claim] = []
    for t in told:
        introduction, name = t.introduction, called[t.label]
        if not t.early or t.label in unsettled or not introduction.sure:
            continue
        if introduction.name and name and introduction.name != name:
            continue
        claims += claim_facts(
            t.label,
            source="self-introduction",
            text=t.sentence,
            turn=t.turn,
            organization=introduction.affiliation.organization,
            title=introduction.affiliation.title,
            role=introduction.role,
            aliases=(introduction.name, *introduction.aliases),
        )
    return claims


def _alias_claims(called: Mapping[str, str], turns: Sequence[Turn], calls: Iterable[Call]) -> list[Claim]:
    claims: list[Claim] = []
    for alias in find_aliases(called, turns, calls):
        claims += claim_facts(
            alias.label, source="address", text=alias.sentence, turn=alias.turn, aliases=(alias.form,)
        )
    return claims


def _formal_claims(claims: Sequence[Claim], called: Mapping[str, str]) -> list[Claim]:
    """Surname and title as a form of address, where no other speaker could be meant by it."""
    found: list[Claim] = []
    told = {claim.value: claim.person for claim in claims if claim.field == "alias"}
    surnames = Counter(chinese_surname(name) for name in called.values())
    for person, name in called.items():
        title = best((claim for claim in claims if claim.person == person), "title")
        if title is not None and surnames[chinese_surname(name)] == 1:
            forms = [form for form in formal_addresses(name, title.value) if told.get(form, person) == person]
            found += claim_facts(person, source="inferred", text=title.text, turn=title.turn, aliases=forms)
    return found


def _role_claims(
    claims: Iterable[Claim], turns: Sequence[Turn], calls: Iterable[Call], called: Mapping[str, str]
) -> list[Claim]:
    """The moderator by behaviour where none is told, and the moderator's interlocutors as panelists."""
    roles = {claim.person: claim.value for claim in claims if claim.field == "role"}
    found: list[Claim] = []
    moderators = {person for person, role in roles.items() if role == "moderator"}
    if not moderators:
        found = [claim for claim in _inferred_moderator(turns, called) if claim.person not in roles]
        moderators = {claim.person for claim in found}
    for call in calls:
        if call.caller in moderators and call.label not in moderators:
            found += claim_facts(call.label, source="address", text=call.sentence, turn=call.turn, role="panelist")
    return found


def _inferred_moderator(turns: Sequence[Turn], called: Mapping[str, str]) -> list[Claim]:
    spoken = [turn for turn in turns if turn.speaker]  # nobody moderates
    if host := find_host(spoken, called):
        text = sentence_at(turns[host.turn].text, host.position)
        return claim_facts(host.speaker, source="inferred", text=text, turn=host.turn, role="moderator")
    if lead := find_lead(spoken):
        return claim_facts(lead.speaker, source="inferred", text=lead.reason, role="moderator")
    return []


def _finish(
    transcript: Transcript, persons: Mapping[str, str], named: Mapping[str, Naming], claims: Sequence[Claim]
) -> Transcript:
    names = {person: named[person].name if person in named else person for person in persons.values()}
    speakers = tuple(
        assemble(name, [claim for claim in claims if claim.person == person]) for person, name in names.items()
    )
    turns = tuple(replace(turn, speaker=names[persons[turn.speaker]]) for turn in transcript.turns)
    language = transcript.language or detect_language("\n".join(turn.text for turn in turns))
    return replace(transcript, speakers=speakers, turns=turns, language=language)
