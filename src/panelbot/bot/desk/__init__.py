"""What a person does with transcripts beside asking: notes, an overview, corrections. Knows no front end."""

from __future__ import annotations
