"""``panelbot serve``: the chat page."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

from panelbot.bot import PanelBot
from panelbot.cli.common import open_bot, say
from panelbot.cli.logs import FORMS, set_up
from panelbot.errors import InputError, PanelbotError

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST = 16  # characters of a token: what nobody guesses, however fast


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("serve", parents=[flags], help="open the chat page")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (default: 7860)")
    parser.add_argument(
        "--auth", metavar="USER:PASSWORD|FILE", help="ask for a password; a FILE holds USER:PASSWORD lines"
    )
    parser.add_argument(
        "--token",
        metavar="TOKEN|FILE",
        help="what programs must send as Authorization: Bearer …; a FILE holds one a line",
    )
    parser.add_argument(
        "--allow-host", metavar="NAME", action="append", default=[], help="a further name it is reached by (repeatable)"
    )
    parser.add_argument(
        "--allow-origin",
        metavar="URL",
        action="append",
        default=[],
        help="a site whose pages may call it, https://name[:port] (repeatable)",
    )
    parser.add_argument("--read-only", action="store_true", help="no adding, editing or removing in the page")
    parser.add_argument("--mcp", action="store_true", help="offer search, ask and read_turns as MCP tools too")
    parser.add_argument("--metrics", action="store_true", help="figures for Prometheus at /metrics")
    parser.add_argument(
        "--log", choices=FORMS, default="quiet", help="a line a request on stderr, as text or JSON (default: quiet)"
    )
    parser.add_argument("--share-off", action="store_true", help="make no public link (there never is one)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop, then finish what is begun."""
    auth = read_auth(args.auth) if args.auth is not None else None
    tokens = read_tokens(args.token) if args.token is not None else []
    if not 0 < args.port < 65536:
        raise InputError(f"There is no port {args.port}; name one from 1 to 65535.")
    if (auth or tokens) and args.mcp:
        raise InputError("MCP clients cannot log in, so --mcp goes with neither --auth nor --token; leave one out.")
    if args.mcp and find_spec("mcp") is None:
        raise InputError("--mcp needs the package mcp; install it with: pip install 'panelbot[mcp]'")
    if args.host not in LOCAL and auth is None and not tokens:
        say(f"panelbot: anyone who can reach {args.host} can read these transcripts; --auth asks for a password.")
    from panelbot.app.server import launch  # Gradio takes seconds to import: with this command alone

    set_up(args.log)
    bot = open_bot(args)
    if bot.listing():
        _ = bot.embedder  # a model that cannot be loaded ends the command, not a visitor's question
    with redirect_stdout(sys.stderr):  # Gradio tells of the MCP server on stdout
        launch(
            bot,
            host=args.host,
            port=args.port,
            auth=auth,
            tokens=tokens,
            read_only=args.read_only,
            mcp=args.mcp,
            metrics=args.metrics,
            allow_hosts=args.allow_host,
            allow_origins=args.allow_origin,
            ready=lambda address: _ready(bot, address),
        )
    return 0


def _ready(bot: PanelBot, address: str) -> None:
    """Say where the page is, and meanwhile load what the first question of each language would wait for."""
    say(f"panelbot: open {address}")
    Thread(target=_warm, args=(bot,), daemon=True).start()


def _warm(bot: PanelBot) -> None:
    try:
        for question in ("大家谈了什么？", "What did they speak about?"):
            bot.ask(question)
        bot.suggest("zh")
        bot.suggest("en")
    except PanelbotError:  # the visitor who meets it again is told
        return


def read_auth(given: str) -> list[tuple[str, str]]:
    """The users and passwords of ``USER:PASSWORD``, or of a file with one such line for each user.

    Raises:
        InputError: neither a file nor USER:PASSWORD, or a line of the file is not.
    """
    lines = _lines(given, "password")
    pairs = [tuple(part.strip() for part in line.partition(":")[::2]) for line in lines]
    if not pairs or not all(user and password for user, password in pairs):
        raise InputError("--auth takes USER:PASSWORD, or a file with one USER:PASSWORD a line.")
    return [(user, password) for user, password in pairs]


def read_tokens(given: str) -> list[str]:
    """The token given, or those of a file with one a line.

    Raises:
        InputError: a token that could be guessed, or that no header can carry.
    """
    tokens = [line.strip() for line in _lines(given, "token")]
    if not tokens or not all(len(token) >= SHORTEST and token.isascii() and token.isprintable() for token in tokens):
        raise InputError(
            f"A token has {SHORTEST} characters or more, letters and digits; make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe())"'
        )
    return tokens


def _lines(given: str, kind: str) -> list[str]:
    file = Path(given)
    if not file.is_file():
        return [given]
    try:
        return [line for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The {kind} file {file} cannot be read: {error}.") from None
