"""Serving the page: address, password, theme, and what keeps it off every other host."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio import themes
from gradio.routes import App, ORJSONResponse
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse

from panelbot.app.api import ToolsOnly
from panelbot.app.guard import Guard, Rules, rules
from panelbot.app.media import may_read, serve_recordings
from panelbot.app.monitoring import Monitor, Watched
from panelbot.app.page import build_page
from panelbot.app.rest import PREFIX, make_rest
from panelbot.app.shell import Shell
from panelbot.app.stopping import serve_until_told
from panelbot.app.tokens import USER
from panelbot.app.uploading import upload_folder
from panelbot.errors import InputError
from panelbot.shipped import shipped_text

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from panelbot.bot import PanelBot

_SANS = ("system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
MAX_WAITING = 64  # questions in the queue; past it a visitor is told to try again
MAX_FILE_SIZE = "95mb"  # a recording of an hour or two; a ten-hour transcript is 1 MB


def static(name: str) -> str:
    """A file of ``static/``, as text."""
    return shipped_text(f"app/static/{name}")


SCRIPTS = (
    "core",
    "kept",
    "chat",
    "conversations",
    "transcript",
    "shelf",
    "adding",
    "judge",
    "desk",
    "notes",
    "overview",
    "correcting",
    "stances",
    "media",
    "translation",
)
STYLES = ("page", "chat", "side", "desk")


def head(*, read_only: bool = False) -> str:
    """Our style and script, as they stand in the document's head; a read-only page keeps no judgements."""
    style = "\n".join(static(f"{name}.css") for name in STYLES)
    own = "[data-do=judge], [data-do=edit_turn] { display: none !important; }" if read_only else ""
    script = "\n".join(static(f"{name}.js") for name in SCRIPTS)
    return f"<style>{style}{own}</style><script>{script}</script>"


def theme() -> themes.Base:
    """Colours and fonts; all fonts are the visitor's own."""
    return themes.Base(
        primary_hue="indigo", neutral_hue="slate", font=list(_SANS), font_mono=list(_MONO), radius_size="lg"
    )


class LoggedIn:
    """ASGI middleware: what Gradio lets anybody do to other people's questions wants a login, where others do."""

    PATHS = frozenset({"/gradio_api/cancel", "/gradio_api/reset", "/gradio_api/reset/"})

    def __init__(self, app: ASGIApp, server: App) -> None:
        self.app = app
        self.server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that a login is wanted."""
        let_in = scope.get("path") not in self.PATHS or may_read(self.server, HTTPConnection(scope))
        await (self.app if let_in else PlainTextResponse("Log in first.", status_code=401))(scope, receive, send)


class GuardedApp(App):
    """Gradio's app and REST behind the guard; what Gradio adds for itself, CORS among it, stands inside."""

    def __init__(self, rules: Rules, rest: ASGIApp, monitor: Monitor) -> None:
        shell = Middleware(Shell, head=head(read_only=not rules.uploads))
        tools = [Middleware(ToolsOnly)] if rules.mcp else []
        super().__init__(
            middleware=[shell, Middleware(LoggedIn, server=self), *tools], default_response_class=ORJSONResponse
        )
        if rules.uploads:
            self.uploaded_file_dir = str(upload_folder())
        self.mount(PREFIX, rest)
        self.add_route("/metrics", monitor.page)
        self.add_route("/healthz", lambda _: PlainTextResponse("ok"))
        self._rules = rules
        self._monitor = monitor

    def build_middleware_stack(self) -> ASGIApp:
        """The app as the web server calls it."""
        return Watched(Guard(super().build_middleware_stack(), self._rules), self._monitor)


def launch(
    bot: PanelBot,
    *,
    host: str = "127.0.0.1",
    port: int | None = 7860,
    auth: list[tuple[str, str]] | None = None,
    tokens: Sequence[str] = (),
    read_only: bool = False,
    mcp: bool = False,
    metrics: bool = False,
    allow_hosts: Sequence[str] = (),
    allow_origins: Sequence[str] = (),
    max_waiting: int = MAX_WAITING,
    ready: Callable[[str], object] = lambda _: None,
    block: bool = True,
) -> gr.Blocks:
    """Serve the page until told to stop; ``ready`` is called with its address once it is up.

    It answers under the names of this machine's loopback, ``host`` and ``allow_hosts`` alone, and to the pages of
    ``allow_origins`` ("https://name[:port]") besides its own. With ``tokens`` programs must send one of them; people
    log in by ``auth``, or where that names nobody, as "token" with a token.

    Raises:
        InputError: the port is taken, or there is no such address here.
    """
    page = build_page(bot, read_only=read_only, mcp=mcp)
    page.queue(max_size=max_waiting, default_concurrency_limit=4)
    auth = auth or [(USER, token) for token in tokens] or None
    let_in = rules(
        host,
        allow_hosts=allow_hosts,
        allow_origins=allow_origins,
        uploads=not read_only,
        mcp=mcp,
        metrics=metrics,
        tokens=tuple(tokens),
        login=auth is not None,
    )
    try:
        app = GuardedApp(let_in, make_rest(bot, read_only=read_only), Monitor(bot))
        serve_recordings(app, bot)
        _, address, _ = page.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            mcp_server=mcp,
            max_file_size=MAX_FILE_SIZE,
            prevent_thread_lock=True,
            _app=app,
            **options(),
        )
    except (OSError, OverflowError, UnicodeError) as error:
        raise InputError(f"The page cannot be served at {host}, port {port}: {error}.") from None
    ready(address)
    if block:
        serve_until_told(page, bot.close)
    return page


def options() -> dict[str, Any]:
    """What ``Blocks.launch`` is told: our look, nothing another host would hear of, nothing kept about visitors."""
    return {
        "theme": theme(),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "share": False,
        "ssr_mode": False,
        "pwa": False,
        "quiet": True,
        "inbrowser": False,
    }
