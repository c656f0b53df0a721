"""What a server logs, and how: lines for a person, or JSON, one object a line, for whatever gathers them."""

from __future__ import annotations

import logging
import sys
from typing import Literal

from panelbot.cli.plain import PlainFormatter, plain_json

Form = Literal["quiet", "text", "json"]
FORMS: tuple[Form, ...] = ("quiet", "text", "json")
_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"


def set_up(form: Form) -> None:
    """Log to stderr: warnings alone, or also a line a request."""
    if form == "quiet":
        return
    handler = logging.StreamHandler(sys.stderr)
    if form == "json":
        from pythonjsonlogger.json import JsonFormatter

        renamed = {"asctime": "time", "levelname": "level", "name": "logger"}

        class PlainJsonFormatter(JsonFormatter):
            def format(self, record: logging.LogRecord) -> str:
                return plain_json(super().format(record))

        handler.setFormatter(PlainJsonFormatter(_FIELDS, rename_fields=renamed, json_ensure_ascii=False))
    else:
        handler.setFormatter(PlainFormatter(_FIELDS))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    logging.getLogger("panelbot").setLevel(logging.INFO)
