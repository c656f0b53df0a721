"""The icons of the page's buttons: lines on a field of 20 by 20. They know no words; labels stand beside them."""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.html import tag

_LINES = {
    "add": "M10 4v12M4 10h12",
    "again": "M15.5 6.5A6.5 6.5 0 1 0 16.5 11M15.5 3v3.8h-3.8",
    "bad": "M6.5 4v7.5M3.5 4h3v7.5h-3zM6.5 4.6l6.2-.6c2 0 2.4 1.2 2.6 2.6l.7 4.4h-4.6v3.6c0 1.3-1.6 1.8-2 .6L6.5 11",
    "close": "M5 5l10 10M15 5L5 15",
    "copy": "M7.5 7.5h9v9h-9zM4.5 12.5h-1v-9h9v1",
    "edit": "M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2L4 16zM11.4 6l2.6 2.6",
    "good": "M6.5 16V8.5M3.5 8.5h3V16h-3zM6.5 15.4l6.2.6c2 0 2.4-1.2 2.6-2.6l.7-4.4h-4.6V5.4c0-1.3-1.6-1.8-2-.6L6.5 9",
    "list": "M4 5.5h12M4 10h12M4 14.5h8",
    "pin": "M7 3.5h6M8 3.5v5l-2.5 3h9L12 8.5v-5M10 11.5V17",
    "play": "M6 4l10 6-10 6z",
    "remove": "M4.5 6h11M8 6V4h4v2M6 6l.7 10.5h6.6L14 6M8.6 9v4.5M11.4 9v4.5",
    "search": "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4",
    "translate": "M3.5 5h8M7.5 3.5V5M10 5c-.8 3-3 5.5-6 7M5.5 8c1 1.8 2.6 3.2 4.5 4M10.5 16.5l3-7.5 3 7.5M11.6 14h3.8",
    "stop": "M6 6h8v8H6z",
}


def icon(name: str) -> Markup:
    """The icon; assistive technology passes over it."""
    return tag("svg", tag("path", d=_LINES[name]), viewBox="0 0 20 20", cls="pb-icon", aria_hidden="true")
