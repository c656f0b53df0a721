"""The prompt as a hostile model reads it: numbered passages, who speaks in each, and what they may be called.

Knows the prompt's text and nothing else of panelbot; does not know which attack is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A numbered passage: who speaks, as it is labelled, and its plain statements without their last mark."""

    number: int
    label: str
    name: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an attack is made from; ``turn`` counts the attacks of one kind, so that each tries its ways in turn.

    ``cast`` are people of the panel who may have no passage: a model remembers them from an earlier prompt.
    """

    language: str
    shown: tuple[Shown, ...]
    turn: int
    cast: tuple[Shown, ...] = ()

    def either(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def way(self, ways: Sequence[Any]) -> Any:
        return ways[self.turn % len(ways)]

    def someone(self, shown: Shown) -> str:
        """Who speaks in a passage, by name where there is one."""
        return shown.name or self.either("有人", "Somebody")

    def said(self, who: str, what: str) -> str:
        """Reported speech, without a marker and without its full stop; nobody's where there is no name."""
        if not who:
            return what
        return self.either(f"{who}说，{what}", f"{who} said that {what}")

    def quoted(self, who: str, what: str) -> str:
        if not who:
            return self.either(f"「{what}」", f'"{what}"')
        return self.either(f"{who}说：「{what}」", f'{who} said: "{what}"')

    def end(self, text: str, *numbers: int) -> str:
        """``text`` as a sentence that cites ``numbers``."""
        markers = "".join(f"[{n}]" for n in numbers)
        return self.either(f"{text}{markers}。", f"{text} {markers}.")

    def true(self) -> tuple[Shown, str]:
        """A sentence somebody said."""
        shown = self.shown[self.turn % len(self.shown)]
        return shown, shown.sentences[self.turn % len(shown.sentences)]

    def other(self, shown: Shown, *, speaks: bool = False) -> Shown | None:
        """Somebody else, of whom the passage does not speak; ``speaks``: with a passage of their own."""
        everybody = self.shown if speaks else (*self.shown, *self.cast)
        others = [o for o in everybody if o.name and o.name != shown.name and not _speaks_of(shown.text, o.name)]
        return others[self.turn % len(others)] if others else None


def read_prompt(request: dict[str, Any], turn: int = 0, cast: Sequence[str] = ()) -> Scene:
    """The passages and the language of a request; ``cast`` are labels of people of the panel."""
    system, user = (message["content"] for message in request["messages"])
    body = user.split("\n", 1)[1].rsplit("<<<", 1)[0]
    pieces = re.split(r"(?m)^\[(\d+)\] ([^|\n]*)(?: \| .*)?\n", body)[1:]
    shown = [_shown(*block) for block in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)]
    language = "zh" if re.match("[\u4e00-\u9fff]", system) else "en"
    silent = tuple(_shown("0", label) for label in cast)
    return Scene(language=language, shown=tuple(s for s in shown if s.sentences), turn=turn, cast=silent)


# Questions, quotations, and what somebody says that another said: true under two names.
_UNPLAIN = re.compile("[?？!！\"“”「」‘’]|\\s'|'\\s|\\b(?:said|says)\\b|刚才|提到|说的")


def _shown(number: str, label: str, text: str = "") -> Shown:
    name = re.sub("^(?:主持人|观众)(?=.)", "", re.split(r"[（(]", label)[0].strip())
    pieces = [piece.strip(" .。\n") for piece in re.split(r"(?<=[。！？!?])|(?<=\.)\s|\n", text)]
    plain = [p for p in pieces if not _UNPLAIN.search(p) and 16 <= _size(p) <= 200]
    return Shown(number=int(number), label=label, name=name, text=text, sentences=tuple(plain))


def _size(text: str) -> int:
    """Characters, where a Chinese one weighs as much as two and a half."""
    return len(text) + round(1.5 * len(re.findall("[\u4e00-\u9fff]", text)))


def _speaks_of(text: str, name: str) -> bool:
    """Whether a text may speak of somebody: any word of the name, a form of address."""
    address = rf"{name[0]}(?:总|先生|女士|老师|主任|律师|教授|科长|行长|工|姐|哥)" if name[0] > "z" else name
    return any(word in text for word in (name, *name.split())) or re.search(address, text) is not None


def ways_to_name(shown: Shown) -> tuple[str, ...]:
    """The name, the label, the organization or title, forms of address, other letters, a hidden character."""
    facts = [fact.strip() for fact in re.split(r"[（），,()]", shown.label)[1:] if len(fact.strip()) > 1]
    words = shown.name.split()
    if re.fullmatch("[\u4e00-\u9fff]{2,4}", shown.name):
        forms = [f"{shown.name[0]}总", f"{shown.name[0]}先生", _traditional(shown.name)]
    elif len(words) == 2:
        forms = [f"Mr {words[1]}", words[0], f"{words[1]}, {words[0]}", shown.name.upper()]
    else:
        forms = []
    return (shown.name, shown.label, *facts, *forms, shown.name[:1] + "\u200b" + shown.name[1:])


def _traditional(name: str) -> str:
    from opencc import OpenCC

    return OpenCC("s2t").convert(name)
