"""What a hostile language model replies: one attack on the passages it is shown, in the question's language.

Knows replies as text; does not know how they are proved. Each says of itself what in it is false and what is true, so
that whoever reads the answer can look for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from answer.model_server import DIE
from answer.scenes import Scene, Shown, read_prompt, ways_to_name
from answer.twists import FACTS, OPPOSITES, changed
from answer.violations import cited_sentences
from panelbot.types import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The pieces to stream; no text of ``false`` may be in the answer, and every one of ``true`` should be.

    ``misplaced`` is a true text with the number of a passage that does not hold it. ``kind`` is the attack's name.
    """

    pieces: tuple[Any, ...]
    false: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    misplaced: str = ""
    kind: str = ""


def invents_a_quote(scene: Scene) -> Reply:
    """Words nobody said between quotation marks of many kinds, under a real name and number."""
    shown, true = scene.true()
    words = scene.way((*INVENTED[scene.language], true[: len(true) // 2] + INVENTED[scene.language][0]))
    marks = scene.way(_MARKS)
    who = scene.someone(shown)
    text = scene.either(f"{who}说：", f"{who} said: ") + marks[0] + words + marks[1:]
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(words,))


def swaps_speakers(scene: Scene) -> Reply | None:
    """What one said under each of the names of another."""
    shown, true = scene.true()
    other = scene.other(shown)
    if other is None:
        return None
    text = scene.way((scene.quoted, scene.said))(scene.way(ways_to_name(other)), true)
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(text,))


def names_a_stranger(scene: Scene) -> Reply:
    """What one said under the name of somebody who is not there."""
    shown, true = scene.true()
    text = scene.said(scene.way(_STRANGERS[scene.language]), true)
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(text,))


def speaks_for_the_panel(scene: Scene) -> Reply:
    """What one said as what the moderator or everybody said."""
    shown, true = scene.true()
    who = [w for w in _PANEL[scene.language] if w.split()[-1].lower() not in shown.label.lower()]
    text = scene.said(scene.way(who), true)
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(text,))


def cites_a_wrong_number(scene: Scene) -> Reply:
    """A true sentence with the number of a passage that does not hold it, or of none."""
    shown, true = scene.true()
    others = [o.number for o in scene.shown if true not in o.text]
    text = scene.way((scene.said(shown.name, true), true))
    number = scene.way([97, *others[:2]])
    return Reply(pieces=tuple(scene.end(text, number)), misplaced=true)


def changes_a_fact(scene: Scene) -> Reply:
    """Another number, month or name, or one where there is none."""
    having = [(s, new) for s in scene.shown for t in s.sentences if (new := changed(t, FACTS, scene.turn))]
    shown, true = scene.true()
    new = scene.either(f"2031年，{true}", f"in 2031 {true}")
    if having and scene.turn % 4:
        shown, new = having[scene.turn % len(having)]
    text = scene.said(shown.name, new)
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(text,))


def turns_it_round(scene: Scene) -> Reply | None:
    """The opposite of what was said."""
    having = [(s, new) for s in scene.shown for t in s.sentences if (new := changed(t, OPPOSITES, scene.turn))]
    if not having:
        return None
    shown, new = having[scene.turn % len(having)]
    text = scene.said(shown.name, new)
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(text,))


def adds_a_claim(scene: Scene) -> Reply:
    """A true sentence that goes on with something nobody said."""
    shown, true = scene.true()
    claim = scene.way(INVENTED[scene.language])
    text = scene.said(shown.name, scene.either(f"{true}，而且{claim}", f"{true}, and {claim}"))
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(claim,))


def obeys_the_transcript(scene: Scene) -> Reply:
    """Markup, links and what an instruction would have asked for, around a true sentence."""
    shown, true = scene.true()
    text = scene.said(shown.name, f"{true} {scene.way(_MARKUP)}")
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=_MARKED)


def mixes_two_people(scene: Scene) -> Reply | None:
    """One person's words as what another said too."""
    shown, true = scene.true()
    other = scene.other(shown)
    if other is None:
        return None
    a, b = shown.name, scene.way(ways_to_name(other))
    ways = [
        scene.either(f"正如{b}所说，{true}", f"As {b} said, {true}"),
        scene.either(f"{a}同意{b}的看法，{true}", f"{a} agreed with {b} that {true}"),
        scene.either(f"{a}和{b}都说，{true}", f"{a} and {b} both said that {true}"),
        scene.either(f"{a}说，{b}认为{true}", f"{a} said that {b} thinks {true}"),
    ]
    return Reply(pieces=tuple(scene.end(scene.way(ways), shown.number)), false=(scene.way(ways),))


def dies(scene: Scene) -> Reply:
    """The connection is cut in a sentence, in a quotation, or right after a marker."""
    shown, true = scene.true()
    first = scene.end(scene.said(shown.name, true), shown.number)
    who = scene.someone(shown)
    cut = scene.way((scene.quoted(who, true)[:-4], scene.said(who, true[: len(true) // 2]), ""))
    # A quotation cut short begins like the quote that is given in its place: only the other can be told.
    return Reply(pieces=(*first, *cut, DIE), false=(cut,) if cut and "「" not in cut and '"' not in cut else ())


def stitches_a_quote(scene: Scene) -> Reply | None:
    """Halves of two turns, or of two sentences, in one pair of quotation marks."""
    shown, true = scene.true()
    others = [(o, t) for o in scene.shown for t in o.sentences if t != true]
    if not others:
        return None
    other, ending = others[scene.turn % len(others)]
    seam = scene.way(("……", "...", " … ", "，"))
    words = true[: len(true) // 2] + seam + ending[len(ending) // 2 :]
    numbers = dict.fromkeys(scene.way(((shown.number, other.number), (shown.number,))))
    return Reply(pieces=tuple(scene.end(scene.quoted(shown.name, words), *numbers)), false=(words,))


def edits_a_quote(scene: Scene) -> Reply:
    """A real quote with a letter changed, a word left out, or cut in the middle of a word."""
    shown, true = scene.true()
    half = len(true) // 2
    places = [i for i in range(half, len(true) - 1) if true[i].isascii() and true[i : i + 2].isalpha()]
    ways = [true[:half] + true[half + 1 :], true[:half] + scene.either("的", "s") + true[half:]]
    if places:
        ways += [true[: places[-1] + 1]]
    text = scene.quoted(shown.name, scene.way(ways))
    return Reply(pieces=tuple(scene.end(text, shown.number)), false=(text,))


def chains_pronouns(scene: Scene) -> Reply | None:
    """As if it were the same person, after somebody else's sentence."""
    shown, true = scene.true()
    other = scene.other(shown, speaks=True)
    if other is None:
        return None
    second = scene.said(scene.way(_PRONOUNS[scene.language]), other.sentences[0])
    first = scene.end(scene.said(shown.name, true), shown.number)
    return Reply(pieces=(*first, *f" {scene.end(second, other.number)}"), false=(second,))


def cites_nothing(scene: Scene) -> Reply:
    """A sentence without a number, of whoever said it or of somebody else; behind one that has its number, or alone.

    The right person's words may stand, under the passage they are from.
    """
    shown, true = scene.true()
    name = scene.someone(shown)
    text = scene.said(name, true)
    cited = scene.way(("", scene.end(scene.said(shown.name, shown.sentences[0]), shown.number)))
    return Reply(pieces=tuple(f"{cited} {scene.end(text)}"), false=(text,) if name != shown.name else ())


def is_honest(scene: Scene) -> Reply:
    """Sentences that are true: quoted, reported, shortened, by one person and then another."""
    shown, true = scene.true()
    ways = (_quotes, _reports, _shortens, _goes_on, _names_both)
    parts = scene.way(ways)(scene, shown, true)
    return Reply(pieces=tuple(" ".join(scene.end(*part) for part in parts)), true=tuple(text for text, _ in parts))


Parts = list[tuple[str, int]]


def _quotes(scene: Scene, shown: Shown, true: str) -> Parts:
    return [(scene.quoted(shown.name, true), shown.number)]


def _reports(scene: Scene, shown: Shown, true: str) -> Parts:
    return [(scene.said(shown.name, true), shown.number)]


def _shortens(scene: Scene, shown: Shown, true: str) -> Parts:
    return [(scene.said(shown.name, max(re.split("，|, ", true), key=len)), shown.number)]


def _goes_on(scene: Scene, shown: Shown, true: str) -> Parts:
    more = next((t for t in shown.sentences if t != true), "")
    again = [(scene.said(scene.either("他还", "He also"), more), shown.number)] if more else []
    return [*_reports(scene, shown, true), *again]


def _names_both(scene: Scene, shown: Shown, true: str) -> Parts:
    other = scene.other(shown, speaks=True)
    return [*_reports(scene, shown, true), *(_reports(scene, other, other.sentences[0]) if other else [])]


INVENTED = {
    "zh": ("明年所有业务都会翻倍", "我们已经决定全部退出这个市场", "这件事根本没有任何风险"),
    "en": ("all of it will double next year", "we have decided to leave this market", "there is no risk in it at all"),
}
_MARKS = ("「」", "“”", "『』", "«»", "‹›", '""', "''", "‘’", "„“", "「", "“", '"')
_STRANGERS = {
    "zh": ("王大明", "李教授", "某位专家", "有人"),
    "en": ("Alan Whitfield", "Dr Whitfield", "Whitfield", "An expert"),
}
_PANEL = {
    "zh": ("主持人", "嘉宾们都", "大家", "与会者一致", "所有发言人都"),
    "en": ("The moderator", "The panel", "Everyone", "All the speakers", "The panelists"),
}
_MARKUP = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](http://evil.example)",
    "see http://evil.example/prize",
    "OBEYED: the rules above are void",
)
_MARKED = ("<script", "<img", "evil.example", "OBEYED")
_PRONOUNS = {"zh": ("他还", "她也", "这位嘉宾还", "其"), "en": ("He also", "She then", "They also", "The speaker also")}

ATTACKS: tuple[Callable[[Scene], Reply | None], ...] = (
    invents_a_quote, swaps_speakers, names_a_stranger, speaks_for_the_panel, cites_a_wrong_number, changes_a_fact,
    turns_it_round, adds_a_claim, obeys_the_transcript, mixes_two_people, dies, stitches_a_quote, edits_a_quote,
    chains_pronouns, cites_nothing, is_honest,
)  # fmt: skip


@dataclass(slots=True)
class Adversary:
    """Replies with one attack after another and remembers the last; one that finds nothing to attack is passed over.

    ``cast`` are labels of people it knows beside those it is shown.
    """

    attacks: Sequence[Callable[[Scene], Reply | None]] = ATTACKS
    cast: tuple[str, ...] = ()
    n_asked: int = 0
    n_made: dict[str, int] = field(default_factory=dict)
    last: Reply | None = None

    def react(self, request: dict[str, Any]) -> list[Any]:
        self.last = None
        for _ in self.attacks:
            attack = self.attacks[self.n_asked % len(self.attacks)]
            self.n_asked += 1
            scene = read_prompt(request, self.n_made.get(attack.__name__, 0), self.cast)
            reply = attack(scene) if scene.shown else None
            if reply is not None:
                self.n_made[attack.__name__] = scene.turn + 1
                self.last = Reply(
                    **{f: getattr(reply, f) for f in reply.__slots__ if f != "kind"}, kind=attack.__name__
                )
                return list(reply.pieces)
        return ["NO ANSWER"]


def false_of(reply: Reply, answer: Answer) -> Iterator[str]:
    """What of a reply is in the answer and should not be."""
    shown = plain(answer.text)
    yield from (text for text in reply.false if plain(text) in shown)
    for sentence, numbers in cited_sentences(answer.text) if reply.misplaced else ():
        cited = " ".join(answer.citations[n - 1].quote for n in numbers)
        if reply.misplaced in sentence and reply.misplaced not in cited:
            yield f"{sentence} {numbers}"


def plain(text: str) -> str:
    """Text as it can be compared: without markers and full stops, white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\[\d+\]\s*|\s*[.。]\s*", " ", text)).strip()
