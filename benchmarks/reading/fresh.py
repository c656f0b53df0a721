"""Oracles of a later draw: a national conference, press interviews, conversations, podcasts, a council, radio, debates.

Written from looking at the files; know nothing of how panelbot reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import yaml
from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Piece, by_lines, html_lines

_OFFICE = (
    r"(?:副|執行|主任)*(?:主席|委員|[院部次局廳司校處社庭組會]?長|秘書長?|[教敎]授|律師|法官|檢察官"
    r"|先生|女士|代表|立委)"
)
_NO_NAME = (
    r"如下|[事原]項|原因|議|結論|提案|案$|點$|由|方[案法]|[者人下期]$|發言|宣讀|建|附件|主張|配套|代表$"
    r"|^[㈠-㈩\d.*]"
)


def judicial(text: str) -> Iterator[Piece]:
    """A label stands alone, ``李律師念祖：``, its speech behind ``>`` below; scans let some labels into the speech.

    What a clerk read out, who was on a list, paragraphs outside the quotation and conclusions are left open.
    """
    people = _judicial_labels(text)
    speaker, above, outside = NO_SPEECH, "", False
    silent = r"#|\*\*|(?:>\s?)?[（〔].*[）〕]\s*$|.、散會|散會：|.{0,30} [一二三四五六七八九〇]{3,4}$"
    left_open = (
        r"(?:>\s?)?(?:[宣官]讀|決議：|結論：|(?:第.組)?聯合發言|個別發言："
        r"|(?:[\u4e00-\u9fff]{1,4}(?:（.）)?、){4})"
    )
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(rf"{_JUDICIAL}(?:：\s*(?:（[^）]*）)?|$)\s*(?P<text>.*)", line)
        signs = re.fullmatch(r"主席：[\u4e00-\u9fff]{3}\s*", line)
        if re.match(r"[「全][^，。]*會議紀錄(?:（第.次）)?\s*$", line):  # the next sitting
            speaker = NO_SPEECH
        if found and found["speaker"] in people and not signs:
            speaker, outside = found["speaker"], False
            yield Piece(label=NO_SPEECH, text=line[: found.start("text")], line=number)
            yield Piece(label=speaker, text=found["text"], line=number)
        elif speaker == NO_SPEECH or signs or re.match(silent, line):
            yield Piece(label=NO_SPEECH, text=line, line=number)
        else:
            if re.match(r"(?:>\s?)?.、(?:結論|會議決議|會議發言|臨時動議)[：，\s]*$|結論：\s*$", line):
                speaker = UNDECIDED
            outside = not line.startswith(">") and (outside or (not above.strip() and bool(line.strip())))
            yield Piece(label=UNDECIDED if outside or re.match(left_open, line) else speaker, text=line, line=number)
        above = line


_JUDICIAL = r"(?:>\s?)?(?P<speaker>[\u4e00-\u9fff]{2,9}(?:（[審檢]）)?)(?:（[^）]*）)?"


def _judicial_labels(text: str) -> set[str]:
    alone = [one["speaker"] for one in re.finditer(rf"^{_JUDICIAL}：\s*(?:（[^）]*）)?\s*$", text, re.M)]
    named = {one for one in alone if re.search(_OFFICE, one) or len(one) < 4 or one.endswith("）")}
    return {one for one in named if not re.search(_NO_NAME, one)}


def judicial_persons(text: str) -> dict[str, str]:
    """``尤執行秘書三謀`` is 尤三謀, ``范光群先生`` 范光群."""
    names: dict[str, str] = {}
    for label in _judicial_labels(text):
        found = re.fullmatch(rf"([\u4e00-\u9fff])(?:{_OFFICE})+([\u4e00-\u9fff]{{1,2}})", label)
        behind = re.fullmatch(r"([\u4e00-\u9fff]{2,3})(?:先生|女士)", label)
        if found or behind:
            names[label] = found[1] + found[2] if found else behind[1]
    return names


def feishu(text: str) -> Iterator[Piece]:
    """``说话人 1 00:20`` above what was said, behind a head with the keywords."""
    return by_lines(text, label=r"(?P<speaker>说话人 \d+) [\d:]+\s*$(?P<text>)", start="文字记录")


def chat_corpus(text: str) -> Iterator[Piece]:
    """CHAT: ``*XXA:`` and words with tiers ``%mor:`` below, each going on behind a tab; times end a turn."""
    speaker = NO_SPEECH
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"\*(?P<speaker>\w+):\t", line)
        if found:
            speaker = found["speaker"]
        elif not line.startswith("\t"):
            speaker = NO_SPEECH
        begins = found.end() if found else 0
        ends = re.search(r"(?:\s*\x15?\d+_\d+\x15?)?\s*$", line).start()
        yield Piece(label=NO_SPEECH, text=line[:begins], line=number)
        yield Piece(label=speaker, text=line[begins:ends], line=number)
        yield Piece(label=NO_SPEECH, text=line[ends:], line=number)


def chat_names(text: str) -> dict[str, str]:
    """``@Participants: XXA A Adult``: who speaks as XXA is A; ``HKA Adult`` has no name beside the code."""
    head = re.search(r"^@Participants:\t(.*)", text, re.MULTILINE)
    told = (part.split() for part in (head[1] if head else "").split(","))
    return {words[0]: words[1] for words in told if len(words) == 3}


def podcast_yaml(text: str) -> Iterator[Piece]:
    """The transcript is a list in the front matter, ``- line: …`` with ``who:`` below; ``- header:`` is a chapter.

    Where a sentence or nothing stands in ``who``, the page does not tell whose the line is; an interview rewritten from
    the transcript may stand below it and is left open.
    """
    head, _, below = text.partition("\n---\n")
    listed = re.search(r"^transcript:\n(.*?)(?=^\w+:|\Z)", head, re.M | re.S)
    yield Piece(label=NO_SPEECH, text=head[: listed.start()] if listed else head, line=1)
    for number, part in enumerate(yaml.safe_load(listed[1]) if listed else [], 1):
        who = str(part.get("who") or "")
        yield Piece(label=NO_SPEECH, text=part.get("header") or "", line=number)
        known = re.fullmatch(r"[\w.]+(?: [\w.]+)?", who)
        yield Piece(label=who if known else UNDECIDED, text=str(part.get("line") or ""), line=number)
        yield Piece(label=NO_SPEECH, text=f"{part.get('sec') or ''} {part.get('time') or ''} {who}", line=number)
    yield Piece(label=NO_SPEECH, text=head[listed.end() :] if listed else "", line=1)
    yield Piece(label=UNDECIDED, text=below, line=1)


def doubled_names(text: str) -> dict[str, str]:
    """``Adityaitya`` is Aditya, a slip of whoever replaced the name."""
    names = Counter(re.findall(r"^  who: (\w+)$", text, re.M))
    return {
        slip: name
        for slip in names
        for name in names
        if slip.startswith(name) and name.endswith(slip[len(name) :]) and names[slip] < names[name]
    }


def game_meeting(text: str) -> Iterator[Piece]:
    """``**Name**: …`` between lines of ``=``, behind lists of who is there; who is not known is ``A`` or ``~~B~~``.

    Chat that is read out, ``(**Name**: "…")``, questions that a bot posted and what was pasted in quotes are left open.
    """
    speaker, pasted, listed = NO_SPEECH, False, False
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"(?:\*\*(?P<name>[^*:]{1,30})\*\*|~*(?P<letter>[A-Z])~*) ?:\s+(?P<text>.*)", line)
        if re.match(r"={5,}", line):
            speaker, pasted, listed = NO_SPEECH, False, False
            yield Piece(label=NO_SPEECH, text=line, line=number)
        elif re.match(r"(?:SPEAKERS|ATTENDEES|MENTIONS):|\((?!\*\*[^*]+\*\*:)", line) or listed:
            listed = listed or not line.startswith("(")
            yield Piece(label=NO_SPEECH, text=line, line=number)
        elif found and not found["text"].startswith('"**'):
            speaker, pasted = found["name"] or found["letter"], False
            yield Piece(label=NO_SPEECH, text=line[: found.start("text")], line=number)
            yield Piece(label=speaker, text=found["text"], line=number)
        else:
            chat = re.match(r"\*\*[^*]+\*\* *(?:\(\d{9,}\)|\W{1,4}Today at)|\(", line) or found
            pasted = bool(pasted or chat) and (bool(line.strip()) or speaker == NO_SPEECH)
            yield Piece(label=UNDECIDED if pasted else speaker, text=line, line=number)
            pasted = pasted and not (line.startswith("(") and line.rstrip().endswith(")"))


def message_format(text: str) -> Iterator[Piece]:
    """``EAO: …``, in two meetings ``EAO - …``, in paragraphs with topics between; lists are left open."""
    name = r"[A-Z]{2,4}(?:, ?[A-Z]{3})*|Mihai|Eemeli"
    label = rf"\s*(?:[*>-]\s+)?(?:\*\*)?(?P<speaker>{name})(?: ?:| [-–](?= ))(?:\*\*)?\s*(?P<text>.*)"
    return by_lines(
        text,
        label=label,
        start=r"(?:\*\*)?(?:[A-Z]{3}|ZB) ?:|[A-Z]{3} - ",
        heading=r"#{1,6}\s|\s*(?:\*\*)?(?:Topic|Scribe|Agenda|Attendees)\b[^.]{0,40}:|-{3,}\s*$",
        nothing=r"\s*\||\s*<|\s*(?:[*-]\s+)?\[?https?:|\s*(?:[*-]\s+)?\[[^\]]*\]\([^)]*\)\s*$",
        quoted=rf"(?!\s*[*>-]\s+(?:{name}) ?:)"
        r"(?:\s*(?:[*-]|\d+\.)\s|\s{2,}\S|[_*(]|>|(?:chat|ACTION|Action items?|Proposal|Consensus|Resolution)\b)",
        speaks=lambda one: one not in {"ACTION", "TODO", "PR", "URL", "TLDR", "TCQ", "RX", "NOTE"},
    )


def message_format_names(text: str) -> dict[str, str]:
    listed = re.findall(r"^[-*] ([^\W\d_][^\\(\n-]+).*?\(([A-Z]{2,4})\)", text, re.M)
    return {short: name.strip() for name, short in listed}


_READ_IN = (
    r"Motion No|Moved by|Seconded by|AND |NOW |FURTHER |BE IT|THEREFORE|WHEREAS|THAT |That the |\d\. ?That|Yeas|Nays"
    r"|Carried by|A RECORDED|Item \d|File [A-Z]|Council (?:adjourned|recessed|met|resolved)|Reconvened|Winnipeg City"
    r"|Pursuant to|[A-Z][\w. ]{3,40} moves? that"
)


def council_page(text: str) -> Iterator[Piece]:
    """Pages of print made HTML: ``Councillor Eadie: …``; page heads break a turn off, headings end it.

    Motions and votes stand among the speeches as documents and are left open until somebody speaks again.
    """
    label = r"(?P<speaker>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|de|van|and|&)){0,4}) ?:\s+(?P<text>.*)"
    return by_lines(
        re.sub(rf"(?m)^(?=\s*(?:{_READ_IN}))", "\x02\n", html_lines(text)),
        label=rf"\s*{label}",
        heading=r"\x02|\s*[A-Z][A-Z0-9 ,.’'()&/–-]{6,}$",
        nothing=r"\s*(?:\d{1,3}|COUNCIL OF THE CITY OF WINNIPEG|\w+ \d{1,2}, \d{4}|\([^)]*\))\s*$",
        speaks=lambda one: not re.match(r"THAT|WHEREAS|Motion|Item|Translation", one),
    )


def debate(text: str) -> Iterator[Piece]:
    return by_lines(text, label=r"(?P<speaker>[A-Z][^:\n]{1,40}): (?P<text>.*)")


def air_to_ground(text: str) -> Iterator[Piece]:
    """``[00:01:02:03]`` and below it ``CC: …``, lines of ``_key : value`` between; who was doubted (``P?``) is open."""
    speaker, noted = NO_SPEECH, False
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"(?P<speaker>\?|\.{3}|[A-Z][\w /()?.-]{0,24}?|\d\d) ?:\s+(?P<text>.*)", line)
        if re.match(r"\[-?[\d:.]+\]|_\w+ ?:|#", line):
            speaker, noted = NO_SPEECH, line.startswith("_")
            yield Piece(label=NO_SPEECH, text=line, line=number)
        elif found:
            doubted = re.search(r"\w\s*\?|^\d", found["speaker"])
            speaker, noted = UNDECIDED if doubted else found["speaker"], False
            yield Piece(label=NO_SPEECH, text=line[: found.start("text")], line=number)
            yield Piece(label=speaker, text=found["text"], line=number)
        else:
            yield Piece(label=NO_SPEECH if noted or re.match(r"\(.*\)\s*$", line) else speaker, text=line, line=number)


def europarl(text: str) -> Iterator[Piece]:
    """``<SPEAKER … NAME="…">`` above what was said; ``(DE)`` and ``rapporteur. -`` at its head are no words of it.

    What was handed in, ``in writing.``, is left open.
    """
    speaker, begins = NO_SPEECH, False
    role = r"(?:[a-zA-Z][\w ,()/&’'-]{3,160}?\. ?[–-](?: |$))?\s*"
    tongue = r"(?:- ?)?(?:\((?:Asking|Answering|Speaking|initially)[^()]*(?:\(\d+\))?[^()]*\) ?)?(?:\([A-Z]{2}\) ?)?"
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'<SPEAKER .*?NAME="(?P<speaker>[^"]*)"', line)
        if found or line.startswith("<CHAPTER"):
            speaker, begins = found["speaker"].strip() if found else NO_SPEECH, bool(found)
        if line.startswith("<") or re.match(r"\((?![A-Z]{2}\)).*\)\s*$|- (?:Before|After) the vote|- Report:", line):
            yield Piece(label=NO_SPEECH, text=line, line=number)
            continue
        if begins and re.match(r"in writing\b", line):
            speaker = UNDECIDED
        cut = re.match(role + tongue if begins else tongue, line).end()
        begins = begins and not line.strip()
        yield Piece(label=NO_SPEECH, text=line[:cut], line=number)
        yield Piece(label=speaker, text=line[cut:], line=number)


def telephone(text: str) -> Iterator[Piece]:
    """``A|words|dialogue act``, an utterance a line."""
    for number, line in enumerate(text.splitlines(), 1):
        speaker, _, rest = line.partition("|")
        said, _, act = rest.rpartition("|")
        yield Piece(label=NO_SPEECH, text=speaker, line=number)
        yield Piece(label=speaker or UNDECIDED, text=said, line=number)
        yield Piece(label=NO_SPEECH, text=act, line=number)


def press_posts(text: str) -> Iterator[Piece]:
    """A reporter's head, then ``**虎嗅：**…``, ``**王敖**：…``, ``《财经》：…`` or ``**NGOCN：…**`` in turn.

    Bold lines without a label, quotations and brackets stand out of the talk and are left open.
    """
    body = re.sub(r"\A---\n.*?\n---\n", lambda front: "\n" * front[0].count("\n"), text, count=1, flags=re.S)
    name = r"[^\s：:，。、！？“”「」*<>\[\]()（）!#]{1,10}"
    times = Counter(re.findall(rf"^(?:>\s*)?(?:\*\*)?({name})(?:\*\*)?\s?[：:]", body, re.M))
    known = "|".join(re.escape(one) for one, n in times.items() if n > 2 and not re.search(r"注$|来源|编辑|图$", one))
    label = rf"(?:>\s*)?(?:\*\*)?(?P<speaker>{known or '(?!)'})(?:\*\*)?\s?[：:](?:\*\*)?\s*(?P<text>.*)"
    return by_lines(
        body,
        label=label,
        start=label.replace("?P<speaker>", "?:").replace("?P<text>", "?:"),
        heading=r"#{1,6}\s|-{3,}\s*$",
        end=r"[\s*\\[【]*(?:值班编辑|运营|相关报道|本文未经|转载|扫[描码]|后查资料|我们将根据|文章为|End|版权|反侵权|未\W*经)",
        nothing=r"\s*(?:!\[|<|[问答問]\W?\s*$)",
        quoted=rf"\s*(?:编者注|>|[（(]|\*\*(?!(?:{known or '(?!)'})[：:])[^*]+\*\*\s*$)",
    )
