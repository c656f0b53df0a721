"""``panelbot speakers``: shows and edits who is on a panel."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from panelbot.bot import offered_merges, parse_edit
from panelbot.cli.common import open_bot, out, print_json, say
from panelbot.cli.tables import table
from panelbot.types import Speaker


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("speakers", parents=[flags], help="show or edit who is on a panel")
    parser.add_argument("transcript", metavar="TRANSCRIPT")
    parser.add_argument(
        "--set",
        dest="edits",
        metavar="EDIT",
        action="append",
        default=[],
        help="an edit: '发言人3.name=李四', 'Jane Doe.role=moderator', 'merge:Speaker 4=Jane Doe' (repeatable)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Apply the edits, then show the register with what says each fact."""
    bot = open_bot(args)
    transcript = bot.transcript(args.transcript)
    if args.edits:
        transcript = bot.edit_speakers(args.transcript, [parse_edit(edit) for edit in args.edits])
    if args.json:
        offers = offered_merges(transcript)
        print_json({"transcript_id": transcript.id, "speakers": transcript.speakers, "offers": offers})
        return 0
    n_turns = {s.name: sum(t.speaker == s.name for t in transcript.turns) for s in transcript.speakers}
    if sys.stdout.isatty():
        columns = ("name", "organization", "title", "role", "turns", "also called", "known from")
        table(columns, [_row(speaker, n_turns[speaker.name]) for speaker in transcript.speakers])
    else:
        for speaker in transcript.speakers:
            _print_speaker(speaker, n_turns[speaker.name])
    for offer in offered_merges(transcript):
        say(f"panelbot: {offer}")
    return 0


def _row(speaker: Speaker, n_turns: int) -> tuple[object, ...]:
    known = ", ".join(dict.fromkeys(item.source for item in speaker.evidence))
    called = ", ".join(speaker.aliases)
    return speaker.name, speaker.organization, speaker.title, speaker.role, n_turns, called, known


def _print_speaker(speaker: Speaker, n_turns: int) -> None:
    facts = [speaker.organization, speaker.title, speaker.role, f"{n_turns} turns"]
    out(f"{speaker.name}\t" + " · ".join(fact for fact in facts if fact))
    if speaker.aliases:
        out(f"    also called: {', '.join(speaker.aliases)}")
    for item in speaker.evidence:
        where = "" if item.turn is None else f", turn {item.turn}"
        out(f"    {item.field} ({item.source}{where}): {' '.join(item.text.split())[:120]}")
