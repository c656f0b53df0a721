"""How the desk's functions are called: one JSON value in, one out; a mistake comes back as ``{"error": sentence}``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import gradio as gr

from panelbot.app.desk.plain import without_commands
from panelbot.app.words import language_of, say
from panelbot.errors import PanelbotError
from panelbot.types import Language

log = logging.getLogger(__name__)

Wanted = Mapping[str, Any]
Told = Callable[[Wanted, Language], dict[str, Any]]


def asked(function: Told) -> Callable[..., dict[str, Any]]:
    """``function`` as the page's script calls it: with an object, in the visitor's language, never failing loudly."""

    @wraps(function)
    def called(wanted: Any, request: gr.Request) -> dict[str, Any]:
        language = language_of(request)
        try:
            return function(wanted if isinstance(wanted, Mapping) else {}, language)
        except PanelbotError as error:
            return {"error": without_commands(str(error))}
        except Exception:  # the front end: a visitor sees one sentence, the log has the rest
            log.exception("%s failed", function.__name__)
            return {"error": say("desk_failed", language)}

    called.__annotations__ = {"wanted": Any, "request": gr.Request, "return": dict[str, Any]}
    del called.__wrapped__  # type: ignore[attr-defined]  # Gradio looks for its request in the signature that is called
    return called


def number(wanted: Wanted, key: str) -> int:
    """An integer of what was sent; -1 where there is none."""
    value = wanted.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def text(wanted: Wanted, key: str, *, most: int = 10_000) -> str:
    """A text of what was sent, no longer than ``most``; empty where there is none."""
    value = wanted.get(key)
    return value[:most] if isinstance(value, str) else ""
