"""What the page shows, as HTML: answers, transcripts, the panel and previews. Values in, escaped markup out."""

from __future__ import annotations
