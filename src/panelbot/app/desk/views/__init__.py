"""What the desk shows, as HTML. Values in, escaped markup out."""

from __future__ import annotations
