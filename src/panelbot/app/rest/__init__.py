"""REST: the operations of the page's endpoints and the MCP tools, under versioned paths with an OpenAPI document."""

from __future__ import annotations

from panelbot.app.rest.routes import PREFIX, make_rest

__all__ = ["PREFIX", "make_rest"]
