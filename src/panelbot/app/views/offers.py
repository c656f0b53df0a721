"""What can be asked next at a click: another reading of a reference, another speaker, one of the candidates.

Every offer is a whole question, written out in its button; nothing is resolved in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.app.views.common import affiliation
from panelbot.app.words import say
from panelbot.bot.desk.notes import said_name
from panelbot.types import Answer, Language, Reference, SpeakerRef, Transcript

MAX_NAMES = 3  # of a reference's speakers are written out
MAX_OFFERS = 8

Transcripts = Mapping[str, Transcript]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A question to ask instead; ``speaker`` narrows it where the wording cannot."""

    query: str
    speaker: str = ""


def references_view(query: str, answer: Answer, transcripts: Transcripts, language: Language) -> Markup | None:
    """The words that point at speakers, each with whom it was taken to mean and the others it could."""
    shown = [reference for reference in answer.references if reference.speakers and reference.kind != "everyone"]
    if not shown:
        return None
    chips = (_reference(query, answer, reference, transcripts, language) for reference in shown)
    return tag("ul", *chips, cls="pb-references", aria_label=say("references", language))


def _reference(
    query: str, answer: Answer, reference: Reference, transcripts: Transcripts, language: Language
) -> Markup:
    names = [_named(ref, language) for ref in reference.speakers[:MAX_NAMES]]
    more = len(reference.speakers) - MAX_NAMES
    meant = ("；" if language == "zh" else "; ").join(names) + (f" +{more}" if more > 0 else "")
    chosen = {(ref.transcript_id, ref.name) for ref in reference.speakers}
    others = [ref for ref in speakers_of(_scope(answer, transcripts)) if (ref.transcript_id, ref.name) not in chosen]
    summary = tag(
        "summary",
        tag("q", reference.text),
        tag("span", " → ", aria_hidden="true"),
        tag("b", meant),
        tag("span", say("change", language), cls="pb-change"),
        title=reference.reason or None,
    )
    if not others:
        return tag("li", tag("q", reference.text), " → ", tag("b", meant), title=reference.reason or None)
    buttons = (offer_button(_named(ref, language), instead(query, answer, reference, ref), language) for ref in others)
    menu = tag("ul", *(tag("li", button) for button in buttons), aria_label=say("change_label", language))
    return tag("li", tag("details", summary, menu, cls="pb-reference"))


def offers_view(query: str, answer: Answer, transcripts: Transcripts, language: Language) -> Markup | None:
    """The nearest questions after a "no": of candidates, of who discussed it, or of those in ``transcripts``."""
    offered, heading = _offered(answer, transcripts)
    if not offered:
        return None
    reference = next((r for r in answer.references if r.kind != "everyone"), None)
    buttons = (
        tag("li", offer_button(_named(ref, language), instead(query, answer, reference, ref), language))
        for ref in offered[:MAX_OFFERS]
    )
    words = say(heading, language)
    return tag("div", tag("h3", words), tag("ul", *buttons), cls="pb-offers", role="group", aria_label=words)


def _offered(answer: Answer, transcripts: Transcripts) -> tuple[Sequence[SpeakerRef], str]:
    if answer.status == "ambiguous_speaker":
        return answer.candidates, "offer_candidates"
    if answer.status == "not_by_speaker":
        return answer.discussed_by, "offer_discussed_by"
    if answer.status == "unknown_speaker":
        return answer.candidates or speakers_of(transcripts.values()), "offer_speakers"
    return (), "offer_speakers"


def instead(query: str, answer: Answer, reference: Reference | None, ref: SpeakerRef) -> Offer:
    """The question with the words of ``reference`` replaced by a speaker's name, or narrowed to the speaker."""
    for text in (query, answer.question):
        if reference is None:
            break
        if text[reference.start : reference.end] == reference.text:
            return Offer(query=f"{text[: reference.start]}{ref.name}{text[reference.end :]}")
        if reference.text and text.count(reference.text) == 1:
            return Offer(query=text.replace(reference.text, ref.name))
    return Offer(query=answer.question or query, speaker=ref.name)


def offer_button(words: str, offer: Offer, language: Language) -> Markup:
    """A button that asks the offer."""
    label = say("ask_instead", language, question=offer.query, speaker=words)
    return tag(
        "button",
        words,
        type="button",
        cls="pb-small",
        aria_label=label,
        title=label,
        data_do="ask",
        data_query=offer.query,
        data_only=offer.speaker or None,
    )


def _named(ref: SpeakerRef, language: Language) -> str:
    name, rest = said_name(ref.name, language), affiliation(ref.organization, "") or ref.title
    return f"{name}, {rest}" if rest else name


def _scope(answer: Answer, transcripts: Transcripts) -> list[Transcript]:
    """The transcripts a reference's speakers are in: changing it keeps to the same panel."""
    ids = dict.fromkeys(ref.transcript_id for reference in answer.references for ref in reference.speakers)
    return [transcripts[each] for each in ids if each in transcripts]


def speakers_of(transcripts: Iterable[Transcript]) -> list[SpeakerRef]:
    """Everybody who speaks in the transcripts, the panel before its moderators and audience."""
    found = [
        (speaker.role in ("moderator", "audience"), transcript.id, speaker)
        for transcript in transcripts
        for speaker in transcript.speakers
    ]
    found.sort(key=lambda row: row[0])
    return [
        SpeakerRef(transcript_id=id_, name=speaker.name, organization=speaker.organization, title=speaker.title)
        for _, id_, speaker in found
    ]
