"""How an answer speaks: the framing sentences, in the question's language.

Knows names and grammar; does not choose what is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from panelbot.answer.sentences import Sentence
from panelbot.people import is_role, name_in
from panelbot.text import has_han
from panelbot.types import Language, Speaker, SpeakerRef

_ROLE = {"zh": {"moderator": "主持人", "audience": "观众"}, "en": {"moderator": "moderator", "audience": "audience"}}
MARKS = {"zh": ("「", "」"), "en": ('"', '"')}


def label(speaker: Speaker | SpeakerRef, language: Language) -> str:
    """Who speaks, as a reader of ``language`` is told: name, organization and title."""
    return _label_zh(speaker) if language == "zh" else _label_en(speaker)


def _label_zh(speaker: Speaker | SpeakerRef) -> str:
    role = _ROLE["zh"].get(getattr(speaker, "role", ""), "")
    name = speaker.name if not role or role in speaker.name else role + speaker.name
    facts = [fact for fact in (speaker.organization, speaker.title) if fact and fact not in name]
    if not facts:
        return name
    return f"{name}（{('' if all(map(has_han, facts)) else ' ').join(facts)}）"


def _label_en(speaker: Speaker | SpeakerRef) -> str:
    role = _ROLE["en"].get(getattr(speaker, "role", ""), "")
    name = short_name(speaker.name, "en")
    if is_role(speaker.name) or (role and role in speaker.name.casefold()):
        role = ""
    if name != speaker.name:  # a Chinese name: written in both scripts, the facts as the register has them
        facts = " ".join(fact for fact in (speaker.organization, speaker.title) if fact)
        return f"{name} ({', '.join(part for part in (speaker.name, role, facts) if part)})"
    facts = [fact for fact in (role, speaker.title, speaker.organization) if fact and fact != name]
    return f"{name} ({', '.join(facts)})" if facts else name


def short_name(name: str, language: Language) -> str:
    """The name alone; for an English reader a Chinese one in Latin letters, a role in English."""
    return name_in(name, language)


def opening(who: str) -> str:
    """``who`` at the beginning of a sentence: "The moderator (主持人)"."""
    return who[0].upper() + who[1:] if who.startswith(("the ", "a ", "an ")) else who


def names(speakers: Sequence[Speaker | SpeakerRef], language: Language) -> str:
    """A list of names: ``甲、乙和丙``, ``A, B and C``."""
    listed = [short_name(speaker.name, language) for speaker in speakers]
    return _listed(listed, language)


def labels(speakers: Sequence[Speaker | SpeakerRef], language: Language) -> str:
    """As `names`, with organizations and titles."""
    return _listed([label(speaker, language) for speaker in speakers], language)


def _listed(listed: list[str], language: Language) -> str:
    if language == "zh":
        return "、".join(listed[:-1]) + ("和" if len(listed) > 1 else "") + "".join(listed[-1:])
    return ", ".join(listed[:-1]) + (" and " if len(listed) > 1 else "") + "".join(listed[-1:])


def quoted(quote: str, language: Language) -> str:
    """The quote between the marks of ``language``; line ends inside it are kept."""
    opening, closing = MARKS[language]
    return f"{opening}{quote}{closing}"


def says(
    speaker: Speaker | SpeakerRef, quote: str, language: Language, *, again: bool = False, asks: bool = False
) -> str:
    """``沈志峰（江苏银行运营部总经理）说：「…」``; ``again`` where the same person was just introduced."""
    who = short_name(speaker.name, language) if again else label(speaker, language)
    if language == "zh":
        verb = ("还" if again else "") + ("问" if asks else "说")
        return f"{who}{verb}：{quoted(quote, language)}"
    verb = ("also " if again else "") + ("asked" if asks else "said")
    return f"{opening(who)} {verb}: {quoted(quote, language)}"


def more_questions(n: int, language: Language) -> tuple[Sentence, ...]:
    """The line that says how many questions are not shown; none where all are."""
    if n <= 0:
        return ()
    zh = f"另有 {n} 个问题没有列出。"
    return (_more(zh if language == "zh" else f"{n} more question{'s' if n > 1 else ''} not shown."),)


def more_people(n: int, language: Language) -> tuple[Sentence, ...]:
    """The line that says how many more spoke of it who are not shown; none where all are."""
    if n <= 0:
        return ()
    zh = f"另有 {n} 人也谈到了，没有列出。"
    return (_more(zh if language == "zh" else f"{n} more {'people' if n > 1 else 'person'} spoke of it, not shown."),)


def _more(text: str) -> Sentence:
    return Sentence(text=text, paragraph=True, frame=True)


def in_words_of(speakers: Sequence[Speaker], text: str, language: Language) -> str:
    """``沈志峰（江苏银行运营部总经理）谈到：…`` before a sentence that names nobody."""
    who = labels(speakers, language)
    return f"{who}谈到：{text}" if language == "zh" else f"According to {who}: {text}"
