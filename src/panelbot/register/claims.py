"""Claims about speakers, and how they are weighed into a register: the most trusted source of a fact wins.

Does not know where a claim was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from panelbot.types import ROLES, Evidence, Role, Speaker

Source = Literal["edited", "file", "introduction", "label", "self-introduction", "address", "inferred"]
TRUST: tuple[Source, ...] = ("edited", "file", "introduction", "label", "self-introduction", "address", "inferred")
Field = Literal["name", "organization", "title", "role", "alias"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``text`` (of turn ``turn``, where it is in one) says that ``person`` has ``value`` as ``field``."""

    person: str
    field: Field
    value: str
    source: Source
    text: str
    turn: int | None = None

    def evidence(self) -> Evidence:
        """The claim as evidence for the field it fills."""
        name = "aliases" if self.field == "alias" else self.field
        return Evidence(field=name, source=self.source, text=self.text, turn=self.turn)


def claim_facts(
    person: str,
    *,
    source: Source,
    text: str,
    turn: int | None = None,
    name: str = "",
    organization: str = "",
    title: str = "",
    role: str = "",
    aliases: Iterable[str] = (),
) -> list[Claim]:
    """One claim for each fact that is not empty; a role of ``unknown`` is no fact."""
    facts: list[tuple[Field, str]] = [("name", name), ("organization", organization), ("title", title), ("role", role)]
    for alias in aliases:
        facts.append(("alias", alias))
    return [
        Claim(person=person, field=field, value=value, source=source, text=text, turn=turn)
        for field, value in facts
        if value and (field, value) != ("role", "unknown")
    ]


def best(claims: Iterable[Claim], field: Field) -> Claim | None:
    """The most trusted claim of ``field``; the earliest among equals."""
    fitting = [claim for claim in claims if claim.field == field and claim.value]
    return min(fitting, key=lambda claim: TRUST.index(claim.source), default=None)


def assemble(name: str, claims: Iterable[Claim]) -> Speaker:
    """The speaker the claims about one person add up to."""
    claims = tuple(claims)
    organization, title, role = best(claims, "organization"), best(claims, "title"), best(claims, "role")
    named = {claim.source: claim for claim in reversed(claims) if claim.field == "name" and claim.value == name}
    aliases: dict[str, Claim] = {}
    for claim in _by_trust(claims):
        if claim.field == "alias" and claim.value and claim.value != name:
            aliases.setdefault(claim.value, claim)
    facts = (claim for claim in (organization, title, role) if claim is not None)
    shown = (*_by_trust(named.values()), *facts, *aliases.values())
    return Speaker(
        name=name,
        organization=_value(organization),
        title=_value(title),
        role=as_role(role.value if role else ""),
        aliases=tuple(aliases),
        evidence=tuple(claim.evidence() for claim in shown),
    )


def _by_trust(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: TRUST.index(claim.source))


def as_role(value: str) -> Role:
    """``value`` where it is a role, else ``unknown``."""
    for role in ROLES:
        if role == value:
            return role
    return "unknown"


def _value(claim: Claim | None) -> str:
    return claim.value if claim else ""
