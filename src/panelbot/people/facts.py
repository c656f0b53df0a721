"""What a label or a sentence tells of a person: organisation and title, and a label taken apart. Knows no grammar."""

from __future__ import annotations

from dataclasses import dataclass

from panelbot.types import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """Where a person works and as what; empty where it is not said."""

    organization: str = ""
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.organization or self.title)


NO_AFFILIATION = Affiliation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A speaker label taken apart; ``text`` is the label as written, ``name`` is never empty where ``text`` is not.

    ``placeholder`` is true where it names nobody (发言人3, "Moderator"); ``prefix`` is the role or office beside the
    name that may stand alone later: 主持人 in ``主持人 李四``, The Chair in ``The Chair (Ann Lee)``.
    """

    text: str
    name: str
    organization: str = ""
    title: str = ""
    role: Role = "unknown"
    placeholder: bool = False
    aliases: tuple[str, ...] = ()
    prefix: str = ""
