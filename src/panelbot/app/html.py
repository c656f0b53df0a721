"""Building HTML in which every text is escaped unless it was built here.

It knows nothing of transcripts or answers; the one way to get markup out of it is ``tag``.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

Child = str | int | Markup | None

_VOID = frozenset({"input", "br", "hr"})


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """An element; children and attribute values that are plain text are escaped.

    ``cls`` is written ``class``, underscores become hyphens; an attribute that is None or False is left out,
    one that is True stands alone.
    """
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(opening if name in _VOID else f"{opening}{join(children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = "class" if key == "cls" else key.replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def join(children: Iterable[Child]) -> Markup:
    """The children one after the other, plain text escaped, None left out."""
    return Markup("".join(escape(child) for child in children if child is not None))
