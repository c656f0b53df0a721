"""What is wrong with an answer, found without any of the code that proved it.

Knows answers as a reader sees them, and the transcripts; does not know whether a sentence means what its quote means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from answer.spellings import names_of, numbers_of, surely_numbers_of
from panelbot.types import Answer, Citation, Speaker, Transcript

_MARKER = r"\[\d+\]"
_QUOTED = re.compile(
    "「([^」]*)」|『([^』]*)』|“([^”]*)”|«([^»]*)»|‹([^›]*)›|\"([^\"]*)\"|„([^“”]*)[“”]|(?<!\\w)'([^']*)'(?!\\w)"
)
_OPENING = re.compile('[「」『』“”«»‹›„"]')
_MARKUP = re.compile(r"<\s*/?\s*[A-Za-z!]|https?:|www\.|javascript:|\]\(|\*\*|```", re.IGNORECASE)
_PANEL = re.compile(
    r"嘉宾们|各位嘉宾|大家都?(?=说|认为|表示)|与会者|所有(?:发言人|嘉宾)|\b(?:the panel|panelists|everyone|everybody|"
    r"all (?:of )?(?:the )?(?:speakers|panelists|participants))\b(?=.{0,12}\b(?:sa|agree|think|thought|believe))",
    re.IGNORECASE,
)
_HOST = re.compile(r"主持人|\bthe moderator\b", re.IGNORECASE)
_SAYS = re.compile(r".{0,14}?(?:说|表示|认为|指出|谈到|所说|\b(?:said|says|thinks|thought|noted|explained)\b)")
_PRONOUN = re.compile(  # "He Jianguo" is 何建国
    r"^\W*(?:他|她|这位|其(?!实|中|他|它|次|余)|(?:(?:he|she)(?!\s+(?-i:[A-Z]))|the speaker)\b)", re.IGNORECASE
)
_CLOSEST = ("不一定回答了", "This may not answer")
_COVERAGE = re.compile(r"^\d+ (?:位发言人中有 \d+ 位谈到|of \d+ speakers spoke to this)")


def violations(answer: Answer, transcripts: Mapping[str, Transcript]) -> list[str]:
    """A line for each thing that is wrong."""
    cited = (*answer.citations, *answer.nearest)
    found = [fault for c in cited for fault in _citation_faults(c, transcripts)]
    before: set[str] = set()
    for sentence, numbers in cited_sentences(answer.text):
        if max(numbers, default=0) > len(answer.citations):
            found.append(f"a number without a citation: {sentence}")
            continue
        quotes = [answer.citations[n - 1] for n in numbers]
        sure = answer.status == "answered" and answer.confidence == "high"
        own = sentence if sure else _last_line(sentence, quotes)
        found += [f"{fault}: {own[:120]}" for fault in _sentence_faults(own, quotes, before, transcripts)]
        before = {c.speaker for c in quotes}
    if answer.status == "answered":
        found += [f"cites nothing: {text}" for text in _uncited(answer)]
    return found


def _last_line(sentence: str, quotes: Sequence[Citation]) -> str:
    """A sentence without the line before it that says no, and may name whoever did not speak of it."""
    first = min((at for c in quotes if (at := sentence.find(c.quote)) >= 0), default=len(sentence))
    return sentence[sentence.rfind("\n", 0, first) + 1 :]


def _citation_faults(citation: Citation, transcripts: Mapping[str, Transcript]) -> Iterator[str]:
    turn = transcripts[citation.transcript_id].turns[citation.turn]
    if turn.text[citation.start : citation.end] != citation.quote:
        yield f"quote is not the turn's text: {citation}"
    if turn.speaker != citation.speaker:
        yield f"cited under another name: {citation}"


def _sentence_faults(
    sentence: str, quotes: Sequence[Citation], before: set[str], transcripts: Mapping[str, Transcript]
) -> Iterator[str]:
    held = "\n".join(c.quote for c in quotes)
    plain = sentence
    for quote in sorted((c.quote for c in quotes), key=len, reverse=True):
        plain = plain.replace(quote, "")
    said = [next(filter(None, groups), "") for groups in _QUOTED.findall(plain)]
    yield from (f"quotes what is not cited, {text!r}" for text in said if not _is_in(text, held))
    plain = _QUOTED.sub(" ", plain)
    if _OPENING.search(plain):
        yield "a quotation mark without its other"
    if _MARKUP.search(plain):
        yield "markup"
    people = [s for tid in {c.transcript_id for c in quotes} for s in transcripts[tid].speakers]
    own = [s for s in people if s.name in {c.speaker for c in quotes}]
    yield from _people_faults(plain, held, own, [s for s in people if s not in own])
    if _PRONOUN.search(plain) and before and not {s.name for s in own} & before:
        yield f"a pronoun for {sorted(before)}"
    turns = "\n".join(transcripts[c.transcript_id].turns[c.turn].text for c in quotes)
    labels = " ".join(f"{s.name} {s.organization} {s.title} {' '.join(s.aliases)}" for s in own)
    wrong = surely_numbers_of(plain) - numbers_of(turns) - numbers_of(labels)
    if wrong:
        yield f"numbers nobody cited said, {sorted(wrong)}"


def _is_in(text: str, held: str) -> bool:
    """Whether ``held`` has ``text`` as it is, in whole words where it is written in words."""
    first, last = (r"\b" if text[at : at + 1].isascii() and text[at:][:1].isalnum() else "" for at in (0, -1))
    return not text.strip() or re.search(f"{first}{re.escape(text)}{last}", held) is not None


def _people_faults(plain: str, held: str, own: Sequence[Speaker], others: Sequence[Speaker]) -> Iterator[str]:
    """People in a sentence who are not those it cites, unless the cited words and the one who says them are named."""
    label = {fact for s in own for fact in (s.organization, s.title) if fact}
    for known in sorted({name for s in own for name in names_of(s, others)} | label, key=len, reverse=True):
        plain = re.sub(_bounded(known), "\0", plain)
    for other in others:
        spelled = sorted(names_of(other, [*own, *others]), key=len, reverse=True)
        heard = any(name in held for name in spelled)
        for name in spelled:
            match = re.search(_bounded(name), plain)
            if match and (not heard or ("\0" not in plain and _SAYS.match(plain, match.end()))):
                yield f"names {other.name} as {name!r}, cites {[s.name for s in own]}"
                break
    if _PANEL.search(plain) and not _PANEL.search(held) and len(own) < 2:
        yield f"speaks for everybody, cites {[s.name for s in own]}"
    if _HOST.search(plain) and not _HOST.search(held) and not any(s.role == "moderator" for s in own):
        yield f"speaks for the moderator, cites {[s.name for s in own]}"


def _bounded(name: str) -> str:
    if name.isascii() and name[0].isalnum():
        return rf"\b{re.escape(name)}(?!\w)"
    return re.escape(name) + ("(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", name) else "")


def _uncited(answer: Answer) -> Iterator[str]:
    """Sentences outside quotations after which no number stands."""
    text = answer.text
    names = {c.speaker for c in answer.citations}  # "The Chair (Hon. …)" has a stop, and ends no sentence
    for known in sorted([*(c.quote for c in answer.citations), *names], key=len, reverse=True):
        text = text.replace(known, "…")
    text = _QUOTED.sub("…", text)
    for line in text.split("\n"):
        if answer.confidence == "low" and line.startswith(_CLOSEST):
            continue
        ended = re.sub(rf"([。.!?！？]?)\s*((?:{_MARKER})+)", r"\2\n", line)
        for piece in re.split(r"\n|(?<=[。！？])(?!\[)|(?<=[a-z][.!?])\s(?!\[)", ended):
            if re.search(r"\w{2}", piece) and not re.search(rf"{_MARKER}\s*$", piece) and not _COVERAGE.match(piece):
                yield piece


def cited_sentences(text: str) -> Iterator[tuple[str, list[int]]]:
    """Each piece of text that ends in markers, with their numbers."""
    for match in re.finditer(rf"(.+?)\s?((?:{_MARKER})+)", text, flags=re.DOTALL):
        yield match.group(1).strip(), [int(n) for n in re.findall(r"\d+", match.group(2))]
