"""A week's work in the page as one script: what is kept is counted at its end, and nothing may be lost.

    python benchmarks/page_week.py [--folder FOLDER] [--transcripts 60] [--questions 40]

Needs Chromium and the `dev` extra. In a browser of its own it adds a folder of made-up talks, asks in five
conversations and in two tabs, at last in both at once, pins quotes, exports them and a conversation, stops and starts
the server in between and kills it once while an answer is on its way. Exit code 1 where something is missing. A folder
that is named holds an index and questions afterwards, for `page_speed.py`.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import BrowserContext, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
N_CONVERSATIONS = 5
N_PINS = 6  # in each of them
PATIENCE = 120_000  # milliseconds
THINGS = ("ferry", "quay", "lantern", "signal box", "night bus", "archive", "orchard", "harbour crane")


class Server:
    """The page of an index folder, which can be stopped, killed and started again at the same address."""

    def __init__(self, index: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.command = [sys.executable, "-m", "panelbot", "serve", "--index", str(index), "--port", str(self.port)]
        self.start()

    def start(self) -> None:
        """Serve, once the page answers."""
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        until = monotonic() + PATIENCE / 1000
        while True:
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
                return
            except OSError:
                if monotonic() > until:
                    raise
                sleep(0.3)

    def end(self, how: signal.Signals) -> None:
        """Serve no longer."""
        self.process.send_signal(how)
        self.process.wait()


def write_talks(folder: Path, n_talks: int) -> None:
    """Talks of two people each, of which no two are the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n_talks):
        thing = THINGS[number % len(THINGS)]
        lines = (
            f"Ida Quill: Who looks after the {thing} of pier {number}?",
            f"Sol Rask: The {thing} of pier {number} is repaired every {3 + number} weeks by two people.",
            f"Ida Quill: And what does the {thing} cost?",
            f"Sol Rask: It costs the town {100 + number} crowns a year.",
        )
        (folder / f"pier-{number:03}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    asked = (json.dumps({"query": repaired(place)}) for place in range(min(n_talks, 40)))
    (folder.parent / "questions.jsonl").write_text("\n".join(asked), encoding="utf-8")


def arrive(context: BrowserContext, server: Server) -> Page:
    """A tab with the page."""
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_selector("#pb-shelf *", state="attached", timeout=PATIENCE)
    return page


def ask(page: Page, question: str, *, wait: bool = True) -> None:
    """Ask, and wait for the answer."""
    n_before = page.locator("#pb-thread .pb-exchange").count()
    page.fill("#pb-question textarea", question)
    page.press("#pb-question textarea", "Enter")
    if wait:
        page.locator("#pb-thread .pb-exchange").nth(n_before).wait_for(timeout=PATIENCE)


def add(page: Page, folder: Path) -> None:
    """Add the folder in the page."""
    page.click("#pb-tab-add-button")
    page.set_input_files("#pb-choose-folder", folder)
    page.click("#pb-store")
    page.wait_for_selector(".pb-done", timeout=10 * PATIENCE)


def work(context: BrowserContext, server: Server, talks: Path, n_questions: int) -> list[list[str]]:
    """The week, in which the server is restarted and killed: what was asked in each of the conversations."""
    page = arrive(context, server)
    add(page, talks)
    other = arrive(context, server)
    each = n_questions // N_CONVERSATIONS
    asked = []
    for conversation in range(N_CONVERSATIONS):
        page.bring_to_front()
        page.click(".pb-tool-clear")
        questions = [repaired(conversation * each + number) for number in range(each - 1)]
        for number, question in enumerate(questions[:-1]):
            if (conversation, number) == (3, 1):
                kill_while_asking(page, server, question)
            else:
                ask(page, question)
            if number < N_PINS:
                pin(page)
        go_on_in(other, questions[0], len(questions) - 1)
        there = f"What does the {THINGS[conversation]} cost?"
        ask(page, questions[-1], wait=conversation != N_CONVERSATIONS - 1)  # in the last, both tabs ask at once
        ask(other, there, wait=False)
        for tab in (page, other):
            tab.locator("#pb-thread .pb-exchange").nth(each - 1).wait_for(timeout=PATIENCE)
        asked.append([*questions, there])
        if conversation == 1:
            server.end(signal.SIGINT)
            server.start()
    page.click(".pb-menu summary")
    assert "pier" in str(downloaded(page, ".pb-menu [data-kind=csv]"))
    return asked


def repaired(place: int) -> str:
    """A question that one of the talks answers."""
    return f"How often is the {THINGS[place % len(THINGS)]} of pier {place} repaired?"


def pin(page: Page) -> None:
    """Keep the first quote of the newest answer."""
    page.locator("#pb-thread .pb-exchange").last.locator("[data-do=pin]").first.click()
    page.locator("#pb-toast-words", has_text="Pinned").wait_for(timeout=PATIENCE)
    page.evaluate("document.querySelector('#pb-toast').hidden = true")


def downloaded(page: Page, button: str) -> list[dict[str, str]]:
    """The rows of the sheet that a button gives."""
    with page.expect_download(timeout=PATIENCE) as download:
        page.click(button)
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))


def kill_while_asking(page: Page, server: Server, question: str) -> None:
    """The server dies with the question on its way; it is asked again once there is one."""
    n_before = page.locator("#pb-thread .pb-exchange").count()
    server.process.send_signal(signal.SIGSTOP)  # so that no answer is faster than the end
    ask(page, question, wait=False)
    page.wait_for_selector("#pb-live .pb-exchange", timeout=PATIENCE)
    server.end(signal.SIGKILL)
    page.wait_for_selector("#pb-live [role=alert]", timeout=PATIENCE)
    assert page.input_value("#pb-question textarea") == question
    server.start()
    page.locator("#pb-thread .pb-exchange").nth(n_before).wait_for(timeout=PATIENCE)


def go_on_in(tab: Page, title: str, n_there: int) -> None:
    """Open a conversation in another tab."""
    tab.bring_to_front()
    tab.click(".pb-tool-conversations")
    tab.locator("#pb-list .pb-conversation", has_text=title).click()
    tab.locator("#pb-thread .pb-question", has_text=title).wait_for(timeout=PATIENCE)
    assert tab.locator("#pb-thread .pb-exchange").count() == n_there


def count(page: Page, asked: list[list[str]]) -> dict[str, int]:
    """What is there after a reload: kept, and shown in its place when each conversation is opened."""
    page.reload()
    page.wait_for_selector("#pb-shelf .pb-card", state="attached", timeout=PATIENCE)
    n_shown = 0
    for questions in asked:
        page.click(".pb-tool-conversations")
        page.locator("#pb-list .pb-conversation", has_text=questions[0]).click()
        page.wait_for_selector("#pb-conversations", state="hidden")
        shown = page.locator("#pb-thread .pb-question > span:last-child").all_inner_texts()
        n_shown += sum(question in shown for question in questions)
    page.click("#pb-tab-notes-button")
    page.wait_for_selector(".pb-note")
    return {
        "transcripts": page.locator("#pb-shelf .pb-card").count(),
        "conversations": page.evaluate("panelbot.kept.all('conversation').then(all => all.length)"),
        "answers": n_shown,
        "pins": page.locator(".pb-note").count(),
        "exported": len({row["quote"] for row in downloaded(page, "[data-do=notes_file][data-kind=csv]")}),
    }


def main() -> int:
    """Work a week and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="work here, and leave it (default: a temporary folder)")
    parser.add_argument("--transcripts", type=int, default=60)
    parser.add_argument("--questions", type=int, default=40)
    args = parser.parse_args()
    folder = args.folder or Path(tempfile.mkdtemp(prefix="panelbot-week-"))
    write_talks(folder / "piers", args.transcripts)
    server = Server(folder / "index")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
            asked = work(context, server, folder / "piers", args.questions)
            found = count(context.pages[0], asked)
            browser.close()
    finally:
        server.end(signal.SIGKILL)
        if args.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    n_pins = N_CONVERSATIONS * min(N_PINS, args.questions // N_CONVERSATIONS - 2)
    wanted = {
        "transcripts": args.transcripts,
        "conversations": N_CONVERSATIONS,
        "answers": sum(map(len, asked)),
        "pins": n_pins,
        "exported": n_pins,
    }
    for what, number in wanted.items():
        print(f"{what:14} {found[what]} of {number}")
    return int(found != wanted)


if __name__ == "__main__":
    sys.exit(main())
