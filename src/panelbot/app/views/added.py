"""What is about to be added, and what became of it, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.plain import plain
from panelbot.app.views.common import colour, speaker_line
from panelbot.app.views.corrections import doubt_words
from panelbot.app.words import say
from panelbot.bot.desk.doubts import find_doubts
from panelbot.types import AddReport, Language, Preview, Transcript

N_SHOWN = 12  # turns of a preview
N_DOUBTS = 6  # uncertain readings of one
N_UNDECIDED = 5  # transcripts that lead to theirs


def preview_view(previews: Sequence[Preview], mistakes: Sequence[str], language: Language) -> Markup:
    """The turns and speakers that would be stored, how they were read, and a sentence for each file that cannot be."""
    faults = [mistake_view(mistake) for mistake in mistakes]
    return join([*faults, *(_preview(preview.transcript, preview.warnings, language) for preview in previews)])


def mistake_view(sentence: str) -> Markup:
    """One sentence that says what is wrong."""
    return tag("p", sentence, cls="pb-notice", role="alert")


def _preview(transcript: Transcript, warnings: Sequence[str], language: Language) -> Markup:
    people = (
        tag(
            "li",
            speaker_line(speaker) if speaker.name else tag("b", say("nobody", language)),
            tag("span", say(speaker.role, language), cls="pb-role"),
            cls=colour(transcript, speaker.name),
        )
        for speaker in transcript.speakers
    )
    turns = (
        tag(
            "li",
            tag("b", turn.speaker or say("nobody", language)),
            tag("p", turn.text[:160] + ("…" if len(turn.text) > 160 else "")),
            cls=colour(transcript, turn.speaker),
        )
        for turn in transcript.turns[:N_SHOWN]
    )
    rest = len(transcript.turns) - N_SHOWN
    return tag(
        "section",
        tag("h3", transcript.title or transcript.id),
        tag(
            "p",
            " · ".join(
                part for part in (transcript.date, say("n_turns", language, number=len(transcript.turns))) if part
            ),
            cls="pb-hint",
        ),
        *(tag("p", plain(warning, language), cls="pb-hint pb-how-read") for warning in warnings),
        _doubts(transcript, language),
        tag("ul", *people, cls="pb-people"),
        tag("ol", *turns, cls="pb-lines"),
        tag("p", say("more_turns", language, number=rest), cls="pb-hint") if rest > 0 else None,
        cls="pb-card pb-preview",
    )


def _doubts(transcript: Transcript, language: Language) -> Markup | None:
    """What will be asked about once it is stored; whom two names may both be is among the warnings."""
    found = [doubt for doubt in find_doubts(transcript, ()) if doubt.kind != "merge"]
    if not found:
        return None
    rows = (tag("li", doubt_words(doubt, language)) for doubt in found[:N_DOUBTS])
    rest = len(found) - N_DOUBTS
    more = tag("li", say("n_more", language, number=rest)) if rest > 0 else None
    heading = tag("p", say("to_decide", language, number=len(found)), cls="pb-hint pb-how-read")
    return join([heading, tag("ul", *rows, more, cls="pb-to-decide")])


def undecided_view(doubts: Mapping[str, int], titles: Mapping[str, str], language: Language) -> Markup | None:
    """The transcripts whose reading left something to decide, each a way to it."""
    buttons = [
        tag(
            "button",
            say("decide", language, title=titles[id], number=number),
            type="button",
            cls="pb-small",
            data_do="open",
            data_id=id,
        )
        for id, number in doubts.items()
        if number
    ]
    return tag("p", *buttons[:N_UNDECIDED], cls="pb-tools pb-undecided") if buttons else None


def report_view(report: AddReport, titles: dict[str, str], language: Language) -> Markup:
    """What was stored, what already was, and what could not be."""
    lines = [
        say(key, language, titles=("、" if language == "zh" else ", ").join(titles.get(each, each) for each in ids))
        for key, ids in (("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged))
        if ids
    ]
    done = [tag("p", line, cls="pb-done", role="status") for line in lines]
    warned = [tag("p", plain(warning, language), cls="pb-hint") for warning in report.warnings]
    return join([*done, *warned, *(mistake_view(plain(failure.reason, language)) for failure in report.failed)])
