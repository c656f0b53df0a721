"""``panelbot add``, ``list`` and ``remove``: which transcripts the index holds."""

from __future__ import annotations

import argparse
from typing import Any

from panelbot.bot import PanelBot, find_files
from panelbot.cli.common import open_bot, out, print_json, progress_bars, say
from panelbot.cli.tables import table
from panelbot.errors import InputError, PanelbotError
from panelbot.types import Listed, Preview, Transcript


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the three commands."""
    add = commands.add_parser("add", parents=[flags], help="read transcripts into the index")
    add.add_argument("paths", metavar="PATH", nargs="*", help="files and folders; unchanged ones are skipped")
    add.add_argument(
        "--speaker-pattern",
        metavar="REGEX",
        default="",
        help="what a label is, where the file's form does not say it: a regular expression with a group (?P<speaker>…) "
        "and, where there is one, (?P<time>…)",
    )
    add.add_argument(
        "--media", metavar="FILE", help="the sound or picture of the one transcript that is added; it stays where it is"
    )
    add.add_argument("--follow-links", action="store_true", help="add what links in a folder lead to outside it")
    add.add_argument("--dry-run", action="store_true", help="show the turns and speakers, store nothing")
    add.add_argument("--rebuild", action="store_true", help="embed everything again with the settings' model")
    add.set_defaults(run=run_add)
    show = commands.add_parser("list", parents=[flags], help="list the transcripts in the index")
    show.set_defaults(run=run_list)
    remove = commands.add_parser("remove", parents=[flags], help="remove transcripts from the index; files stay")
    remove.add_argument("transcripts", metavar="TRANSCRIPT", nargs="+")
    remove.set_defaults(run=run_remove)


def run_add(args: argparse.Namespace) -> int:
    """Add files and folders; 2 where one of them failed, the good ones stored all the same."""
    if not args.paths and not args.rebuild:
        raise InputError("Name the files or folders to add, for example: panelbot add corpus/")
    bot = open_bot(args, rebuild=args.rebuild)
    if args.dry_run:
        return _preview(bot, args)
    with progress_bars() as progress:
        report = bot.add(
            args.paths,
            progress=progress,
            rebuild=args.rebuild,
            speaker_pattern=args.speaker_pattern,
            follow_links=args.follow_links,
        )
    if args.media is not None:
        _link(bot, args.media, [*report.added, *report.updated, *report.unchanged])
    for warning in report.warnings:
        say(f"panelbot: {warning}")
    for failure in report.failed:
        say(f"panelbot: {failure.reason}")
    if args.json:
        print_json(report)
    else:
        for outcome in ("added", "updated", "unchanged"):
            for id in getattr(report, outcome):
                out(f"{outcome:<10} {id}")
    return 2 if report.failed else 0


def _link(bot: PanelBot, media: str, ids: list[str]) -> None:
    if len(ids) != 1:
        raise InputError(f"--media is the recording of one transcript; {len(ids)} were added.")
    bot.link_recording(ids[0], media)


def _preview(bot: PanelBot, args: argparse.Namespace) -> int:
    files, failed, passed = find_files(args.paths, follow_links=args.follow_links)
    reasons = [failure.reason for failure in failed]
    previews: list[Preview] = []
    for file in files:
        try:
            previews.extend(bot.preview(file, speaker_pattern=args.speaker_pattern))
        except PanelbotError as error:
            reasons.append(str(error))
    for reason in (*reasons, *passed):
        say(f"panelbot: {reason}")
    if args.json:
        transcripts = [preview.transcript for preview in previews]
        print_json({"transcripts": transcripts, "warnings": [preview.warnings for preview in previews]})
    else:
        for preview in previews:
            _print_preview(preview.transcript)
            for warning in preview.warnings:
                say(f"panelbot: {preview.transcript.source}: {warning}")
    return 2 if reasons else 0


def _print_preview(transcript: Transcript) -> None:
    n_turns = len(transcript.turns)
    out(f"{transcript.id}: {transcript.title} {transcript.date} ({n_turns} turns, nothing stored)")
    for speaker in transcript.speakers:
        facts = " · ".join(fact for fact in (speaker.organization, speaker.title, speaker.role) if fact)
        out(f"  {speaker.name}: {facts}")
    for turn in transcript.turns:
        shown = " ".join(turn.text.split())
        out(f"  [{turn.index}] {turn.speaker}: {shown[:100]}{'…' if len(shown) > 100 else ''}")


def run_list(args: argparse.Namespace) -> int:
    """List the transcripts, one a line."""
    transcripts = open_bot(args).listing()
    if args.json:
        print_json({"transcripts": [_summary(t) for t in transcripts]})
    else:
        rows = [(t.id, t.date or "-", t.language or "-", f"{t.n_turns} turns", t.title) for t in transcripts]
        table(("id", "date", "language", "turns", "title"), rows)
    if not transcripts:
        say("panelbot: the index is empty; add transcripts with `panelbot add corpus/`.")
    return 0


def _summary(transcript: Listed) -> dict[str, Any]:
    names = ("id", "title", "language", "date", "event", "location", "source")
    summary = {name: getattr(transcript, name) for name in names}
    return summary | {"speakers": [s.name for s in transcript.speakers], "n_turns": transcript.n_turns}


def run_remove(args: argparse.Namespace) -> int:
    """Remove transcripts, all or none."""
    open_bot(args).remove(args.transcripts)
    if args.json:
        print_json({"removed": args.transcripts})
    else:
        for id in args.transcripts:
            out(f"removed    {id}")
    return 0
