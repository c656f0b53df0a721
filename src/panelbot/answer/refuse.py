"""The honest "no": what each kind of it says, in the question's language.

Knows the wording; does not decide which kind it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panelbot.answer.phrasing import labels, names, says
from panelbot.answer.sentences import Candidate, Sentence
from panelbot.text.asking import is_question
from panelbot.types import Language, Question, Speaker, Transcript

MAX_LISTED = 8


def smalltalk(language: Language) -> str:
    """A friendly sentence that says what can be asked."""
    if language == "zh":
        return "你好！我可以告诉你这些讨论里谁说了什么，并给出原话和出处。请问一个关于讨论内容的问题。"
    return "Hello! I can tell you who said what in these discussions, word for word. Ask about anything they spoke of."


def not_discussed(question: Question, nearest: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Nothing on it was found; what came nearest follows."""
    if question.language == "zh":
        text = "这些讨论里没有找到对这个问题的发言。" + ("最接近的内容是：" if nearest else "")
    else:
        text = "Nothing on this was found in these discussions." + (" The nearest that was said:" if nearest else "")
    return (Sentence(text=text, frame=True), *nearest)


def closest(language: Language) -> Sentence:
    """What stands before quotes that may not answer."""
    if language == "zh":
        return Sentence(text="不一定回答了这个问题，最接近的原话是：", frame=True)
    return Sentence(text="This may not answer it; what was said that comes closest:", frame=True)


def not_by_speaker(question: Question, by_others: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The one asked about did not speak of it; who did follows, each with a quote."""
    who = names(question.speakers[:MAX_LISTED], question.language)
    if question.language == "zh":
        text = f"{who}没有谈到这个问题。" + ("谈到它的是：" if by_others else "")
    else:
        text = f"{who} did not speak about this." + (" Who did:" if by_others else "")
    return (Sentence(text=text, frame=True), *by_others)


def unknown_speaker(question: Question, speakers: Sequence[Speaker]) -> str:
    """There is no such person; who there is."""
    asked = "、".join(question.unknown) if question.language == "zh" else ", ".join(question.unknown)
    few = 0 < len(speakers) <= MAX_LISTED
    if question.language == "zh":
        text = f"这些讨论里没有「{asked}」这个人。" if asked else "这些讨论里没有这个人。"
        return text + (f"发言的有：{labels(speakers, 'zh')}。" if few else "")
    text = f'Nobody called "{asked}" speaks in these discussions.' if asked else "No such person speaks here."
    return text + (f" The speakers are {labels(speakers, 'en')}." if few else "")


def ambiguous_speaker(question: Question) -> str:
    """Several people fit; which they are."""
    who = labels(question.candidates[:MAX_LISTED], question.language)
    if question.language == "zh":
        return f"你指的是哪一位？可能是：{who}。"
    return f"Which one do you mean? It could be {who}."


def asked_not_answered(
    asked: Sentence, language: Language, *, went_on: Sequence[Sentence] = ()
) -> tuple[Sentence, ...]:
    """The question was put on the panel, and nobody took it up: how the talk ``went_on`` shows it."""
    text = "但是没有人回答" if language == "zh" else "Nobody answered it"
    if went_on:
        text += "，讨论接着是：" if language == "zh" else "; the talk went on with this:"
    else:
        text += "。" if language == "zh" else "."
    return (asked, Sentence(text=text, frame=True), *went_on)


def best_of_turns(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The first of ``ranked`` of each turn, in their order."""
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in ranked:
        best.setdefault((candidate.span.transcript_id, candidate.span.turn), candidate)
    return list(best.values())


def nearest_lines(
    ranked: Sequence[Candidate], transcripts: Mapping[str, Transcript], language: Language, *, n: int = 2
) -> tuple[Sentence, ...]:
    """The best sentence of each of the ``n`` best turns, framed."""
    lines: list[Sentence] = []
    for candidate in best_of_turns(ranked)[:n]:
        speaker = transcripts[candidate.span.transcript_id].speaker(candidate.speaker)
        text = says(speaker, candidate.text, language, asks=is_question(candidate.text))
        lines.append(Sentence(text=text, spans=(candidate.span,), speaker=speaker.name, paragraph=True))
    return tuple(lines)
