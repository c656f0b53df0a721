"""Who is on the panel: name, organisation, title, role and aliases of every speaker, each with what said so."""

from __future__ import annotations

from panelbot.register.build import build_register

__all__ = ["build_register"]
