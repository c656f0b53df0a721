"""Serving until told to stop, and then finishing what is begun: SIGTERM and Ctrl-C both let running questions end.

Knows signals and the web server; not what is served.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

log = logging.getLogger(__name__)
GRACE = 20  # seconds for what is begun; a service manager waits longer before it kills


def serve_until_told(page: gr.Blocks, close: Callable[[], object]) -> None:
    """Return once the process was told to stop, nothing new is taken, and what was begun has ended or had its time."""
    told = threading.Event()

    def stop(number: int, _: Any) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_DFL)  # a second one does not wait
        log.info("stopping on %s", signal.Signals(number).name)
        told.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    while not told.wait(timeout=1):  # a wait without end would hold up the signal on some platforms
        if not page.server.thread.is_alive():
            break
    page.server.config.timeout_graceful_shutdown = GRACE
    page.server_app.stop_event.set()  # the streams that tell a browser that the server is there
    page.server.should_exit = True
    page.server.thread.join(timeout=GRACE + 5)
    page.close(verbose=False)
    close()
