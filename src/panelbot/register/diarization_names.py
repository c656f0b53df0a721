"""Names for the numbered speakers of a diarization, from what they say of themselves and how others call them.

A wrong name is the worst mistake here. A speaker who gives two names, two speakers who give one, and a name that
already is another speaker's, all stay as they were labelled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from panelbot.people.roles import role_of
from panelbot.register import self_chinese, self_english
from panelbot.register.address import Address, handed_to, thanked
from panelbot.register.claims import Source
from panelbot.register.introduction import introduced_moderator, introduced_names
from panelbot.register.self_introduction import SelfIntroduction
from panelbot.text import sentence_spans
from panelbot.types import Turn

_REACH = 600  # characters of a turn in which people still introduce themselves
_INTRODUCING = 4  # turns in which a panel is introduced
_EARLY = 5  # turns of a speaker in which they still do


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A self-introduction of the speaker labelled ``label``, in turn ``turn``."""

    label: str
    turn: int
    sentence: str
    introduction: SelfIntroduction
    early: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``label`` was handed the floor or thanked under ``address`` by ``caller`` in turn ``turn``."""

    label: str
    caller: str
    turn: int
    sentence: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The name found for a label, and the sentence that tells it (of turn ``turn``, None in the prose around)."""

    name: str
    source: Source
    sentence: str
    turn: int | None


def sentence_at(text: str, position: int, end: int | None = None) -> str:
    """The sentence of ``text`` that holds ``position``, or the sentences of ``position:end``."""
    last = position if end is None else max(position, end - 1)
    held = [span for span in sentence_spans(text) if span[1] > position and span[0] <= last]
    return text[held[0][0] : held[-1][1]] if held else text


def find_self_introductions(turns: Sequence[Turn]) -> tuple[Told, ...]:
    """What speakers say of themselves in the openings of their turns; ``early`` where it is one of their first."""
    n_turns: Counter[str] = Counter()
    found: list[Told] = []
    for turn in turns:
        n_turns[turn.speaker] += 1
        opening, early = turn.text[:_REACH], n_turns[turn.speaker] <= _EARLY
        for told in (*self_chinese.find(opening), *self_english.find(opening)):
            sentence = sentence_at(turn.text, told.start, told.end)
            found.append(Told(label=turn.speaker, turn=turn.index, sentence=sentence, introduction=told, early=early))
    return tuple(found)


def find_calls(turns: Sequence[Turn]) -> tuple[Call, ...]:
    """Who was handed the floor, or thanked for having had it, under which form of address."""
    found: list[Call] = []
    for turn, following in pairwise(turns):
        if turn.speaker == following.speaker:
            continue
        if address := handed_to(turn.text):
            found.append(_call(following.speaker, turn, address))
        if address := thanked(following.text):
            found.append(_call(turn.speaker, following, address))
    return tuple(found)


def _call(label: str, turn: Turn, address: Address) -> Call:
    sentence = sentence_at(turn.text, address.start)
    return Call(label=label, caller=turn.speaker, turn=turn.index, sentence=sentence, address=address)


def name_labels(
    labels: Collection[str],
    taken: Collection[str],
    turns: Sequence[Turn],
    told: Sequence[Told],
    calls: Sequence[Call],
    introduction: str = "",
) -> dict[str, Naming]:
    """Names for those of the numbered ``labels`` that can safely be named; ``taken`` are the names of others."""
    introduced = _find_introduced(turns, introduction)
    found: dict[str, Naming] = {}
    bare = [label for label in labels if role_of(label) == "moderator"]
    if len(bare) == 1 and (name := introduced_moderator(introduction)):
        sentence = sentence_at(introduction, introduction.index(name))
        labels = [label for label in labels if label not in bare]
        found[bare[0]] = Naming(name=name, source="introduction", sentence=sentence, turn=None)
    for label in labels:
        mine = [call for call in calls if call.label == label]
        naming = (
            _own_name([t for t in told if t.label == label], mine, turns, introduced)
            or _called_name(mine, calls)
            or _introduced_name(mine, calls, introduced)
        )
        if naming is not None:
            found[label] = naming
    n_given = Counter(naming.name for naming in found.values())
    return {label: naming for label, naming in found.items() if n_given[naming.name] == 1 and naming.name not in taken}


def _find_introduced(turns: Sequence[Turn], introduction: str) -> dict[str, Naming]:
    """The people the prose around the turns and the first turns put a title to, by name."""
    found: dict[str, Naming] = {}
    for text, turn in ((introduction, None), *((turn.text, turn.index) for turn in turns[:_INTRODUCING])):
        for name in introduced_names(text):
            sentence = sentence_at(text, text.index(name))
            found.setdefault(name, Naming(name=name, source="introduction", sentence=sentence, turn=turn))
    return found


def _own_name(
    told: Sequence[Told], calls: Sequence[Call], turns: Sequence[Turn], introduced: Collection[str]
) -> Naming | None:
    """The one name the speaker gives; a doubtful one only where it is told of a person elsewhere too.

    A second name, however late, means that the label stands for two people.
    """
    named = [t for t in told if t.introduction.name and t.introduction.sure]
    if not named:
        named = [t for t in told if _confirmed(t, calls, turns, introduced)]
    if len({t.introduction.name for t in named}) != 1 or not named[0].early:
        return None
    first = named[0]
    return Naming(name=first.introduction.name, source="self-introduction", sentence=first.sentence, turn=first.turn)


def _confirmed(told: Told, calls: Sequence[Call], turns: Sequence[Turn], introduced: Collection[str]) -> bool:
    name = told.introduction.name
    said = (call.address.fits(name) for call in calls)
    others = (name in turn.text for turn in turns if turn.speaker != told.label)
    return bool(name) and (name in introduced or any(said) or any(others))


def _called_name(mine: Sequence[Call], calls: Sequence[Call]) -> Naming | None:
    """The name under which the speaker is given the floor, said in full and fitting every other form of address.

    Being thanked under a name is not enough: a first word of thanks often goes to the host.
    """
    full = [call for call in mine if call.address.name]
    if not full or not _agree(mine):
        return None
    name, first = full[0].address.name, full[0]
    elsewhere = any(call.address.name == name and call.label != first.label for call in calls)
    if elsewhere or not all(call.address.fits(name) for call in mine):
        return None
    return Naming(name=name, source="address", sentence=first.sentence, turn=first.turn)


def _introduced_name(mine: Sequence[Call], calls: Sequence[Call], introduced: Mapping[str, Naming]) -> Naming | None:
    """The only introduced name that fits how this speaker, and no other, is addressed."""
    if not _agree(mine):
        return None
    fitting = [naming for name, naming in introduced.items() if all(call.address.fits(name) for call in mine)]
    if len(fitting) != 1:
        return None
    shared = any(call.address.fits(fitting[0].name) and call.label != mine[0].label for call in calls)
    return None if shared else fitting[0]


def _agree(mine: Sequence[Call]) -> bool:
    """Whether the floor was given under a form of address and the speaker was addressed in a second turn too."""
    return any(call.address.act == "calls" for call in mine) and len({call.turn for call in mine}) > 1
