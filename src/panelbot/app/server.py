"""Serving the page: address, password, theme, and what keeps it off every other host."""

from __future__ import annotations

import logging
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import gradio as gr

from panelbot.app.page import I18N, build_page

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)

_SANS = ("system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_WAITING = 64  # questions in the queue; past it a visitor is told to try again


def static(name: str) -> str:
    """A file of ``static/``, as text."""
    return files("panelbot.app").joinpath("static", name).read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """Colours and fonts; all fonts are the visitor's own."""
    return gr.themes.Base(
        primary_hue="indigo", neutral_hue="slate", font=list(_SANS), font_mono=list(_MONO), radius_size="lg"
    )


def launch(
    bot: PanelBot,
    *,
    host: str = "127.0.0.1",
    port: int | None = 7860,
    auth: list[tuple[str, str]] | None = None,
    read_only: bool = False,
    mcp: bool = False,
    block: bool = True,
) -> tuple[gr.Blocks, str]:
    """Serve the page; returns the page and its address once it is up, or when it ends where ``block``.

    Raises:
        OSError: the port is taken.
    """
    if host not in _LOCAL and not auth:
        log.warning("anyone who can reach %s can read these transcripts; set --auth to ask for a password", host)
    page = build_page(bot, read_only=read_only)
    page.queue(max_size=MAX_WAITING, default_concurrency_limit=4)
    options: dict[str, Any] = {
        "theme": theme(),
        # In the head as they are: what Gradio takes as css it rewrites to its own container.
        "head": f"<style>{static('panelbot.css')}</style><script>{static('panelbot.js')}</script>",
        "i18n": I18N,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "share": False,
        "ssr_mode": False,
        "pwa": False,
    }
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        auth=auth,
        mcp_server=mcp,
        quiet=True,
        inbrowser=False,
        prevent_thread_lock=not block,
        **options,
    )
    return page, address
