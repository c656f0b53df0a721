"""The settings an evaluation varies: ``--set key=value`` turned into one set of settings per combination.

Knows settings and their names; opens nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from panelbot.config import Settings
from panelbot.errors import ConfigError

INDEX_SETTINGS = ("embedding_model", "passage_prompt", "passage_chars")
"""These decide what an index holds; an index made with others cannot be searched with them."""

MAX_VARIANTS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Settings under a name that says what sets them apart from the others; ``changed`` are the keys given."""

    name: str
    settings: Settings
    changed: tuple[str, ...] = ()


def make_variants(
    given: Sequence[str], load: Callable[[Mapping[str, Any]], Settings], *, base: str = "default"
) -> tuple[Variant, ...]:
    """Every combination of the values given.

    ``ranker=fusion,conversation`` is two values; a key given twice has both. Without any, the one variant ``base``.

    Args:
        given: ``key=value`` or ``key=value,value``.
        load: makes settings from overrides.

    Raises:
        ConfigError: not ``key=value``, an unknown key, an impossible value, or more than 32 combinations.
    """
    values: dict[str, list[str]] = {}
    for item in given:
        key, equals, text = item.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or not key:
            raise ConfigError(f"--set takes key=value, not {item!r}; several values are compared: key=one,two.")
        known = values.setdefault(key, [])
        known += [value for value in text.split(",") if value not in known]
    combinations = list(itertools.islice(itertools.product(*values.values()), MAX_VARIANTS + 1))
    if len(combinations) > MAX_VARIANTS:
        raise ConfigError(f"--set asks for more than {MAX_VARIANTS} combinations; vary fewer settings at once.")
    return tuple(
        Variant(
            name=", ".join(f"{key}={value}" for key, value in zip(values, chosen, strict=True)) or base,
            settings=load(dict(zip(values, chosen, strict=True))),
            changed=tuple(values),
        )
        for chosen in combinations
    )


def index_key(settings: Settings) -> tuple[Any, ...]:
    """Equal for settings that can share an index."""
    return tuple(getattr(settings, name) for name in INDEX_SETTINGS)
