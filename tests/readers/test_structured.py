"""Files whose structure says who speaks: debates in XML, tiers, segment lists, corpora, chat logs and minutes."""

from __future__ import annotations

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text
from panelbot.types import Reading
from readers.sample import spoken, timed, turns_of

DEBATE = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta>
<identification><FRBRWork><FRBRdate date="2019-03-05" name="sitting"/></FRBRWork></identification>
<references><TLCPerson eId="rask" href="/p/rask" showAs="Maja Rask"/>
<TLCPerson eId="霍青" href="/p/2" showAs="霍青"/><TLCRole eId="chair" href="/r" showAs="Chair"/></references></meta>
<debateBody><debateSection><heading>Harbour dues</heading>
<narrative><p>The sitting opened at nine.</p></narrative>
<speech by="#rask" as="#chair"><from>Maja Rask (chair):</from>
<p>Dues have <i>doubled</i>.</p><p>Who objects?</p></speech>
<scene>(murmurs)</scene>
<speech by="#霍青"><p>我反对。</p></speech>
<questions><question by="#rask"><p>Why?</p></question>
<answer by="#霍青"><p>船少了一半。<remark>（笑声）</remark>就这样。</p></answer></questions>
<speech><p>Hear, hear.</p></speech>
<speech by="#guest-1"><from>A fisher:</from><p>Me too.</p></speech>
</debateSection></debateBody></debate></akomaNtoso>"""


def test_a_debate_in_xml() -> None:
    reading = read_text(DEBATE, name="a.xml")
    assert turns_of(reading) == [
        ("Maja Rask", "Dues have doubled .\n\nWho objects?"),
        ("霍青", "我反对。"),
        ("Maja Rask", "Why?"),
        ("霍青", "船少了一半。 就这样。"),
        ("", "Hear, hear."),
        ("A fisher", "Me too."),
    ]
    assert (reading.transcript.title, reading.transcript.date) == ("Harbour dues", "2019-03-05")
    assert reading.warnings[-1] == "a.xml: left out 3 narratives and notes, which nobody speaks"


CORPORA = {
    "tei": """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><particDesc>
<person xml:id="RM"><persName><forename>Maja</forename> <surname>Rask</surname></persName></person>
<person xml:id="JL"><persName>Jon Lund</persName></person></particDesc></teiHeader><text><body>
<u who="#RM"><seg>The dues doubled.</seg> <seg>Who objects?</seg></u><note>Murmurs.</note>
<u who="#JL"><seg>I do.</seg><vocal><desc>laughs</desc></vocal></u></body></text></TEI>""",
    "transcriber": """<?xml version="1.0"?><!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans><Speakers>
<Speaker id="spk1" name="Maja Rask"/><Speaker id="spk2" name="Jon Lund"/></Speakers><Episode><Section>
<Turn speaker="spk1" startTime="0" endTime="4.5"><Sync time="0"/>The dues doubled.<Sync time="2"/>Who objects?</Turn>
<Turn speaker="spk2" startTime="4.5" endTime="6"><Sync time="4.5"/>I do.</Turn></Section></Episode></Trans>""",
    "ttml": """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><head><metadata>
<ttm:agent xml:id="m" type="person"><ttm:name type="full">Maja Rask</ttm:name></ttm:agent>
<ttm:agent xml:id="j" type="person"><ttm:name type="full">Jon Lund</ttm:name></ttm:agent></metadata></head>
<body><div><p begin="00:00:00.000" end="00:00:02.000" ttm:agent="m">The dues doubled.</p>
<p begin="00:00:02.000" end="00:00:04.500" ttm:agent="m">Who <span>objects?</span></p>
<p begin="00:00:04.500" end="00:00:06.000" ttm:agent="j">I do.</p></div></body></tt>""",
    "attributes with names": """<publicwhip><major-heading>Dues</major-heading>
<speech id="1" speakerid="x/1" speakername="Maja Rask"><p>The dues doubled.</p><p>Who objects?</p></speech>
<speech id="2" nospeaker="true" speakername="Jon Lund"><p>I do.</p></speech></publicwhip>""",
}


@pytest.mark.parametrize("form", CORPORA)
def test_other_xml_that_names_who_speaks(form: str) -> None:
    said = [(who, " ".join(text.split())) for who, text in spoken(CORPORA[form], "a.xml")]
    assert said == [("Maja Rask", "The dues doubled. Who objects?"), ("Jon Lund", "I do.")]


def test_times_of_xml_are_seconds() -> None:
    assert [(start, end) for _, _, start, end in timed(read_text(CORPORA["transcriber"], name="a.trs"))] == [
        (0.0, 4.5),
        (4.5, 6.0),
    ]
    assert [(start, end) for _, _, start, end in timed(read_text(CORPORA["ttml"], name="a.ttml"))] == [
        (0.0, 4.5),
        (4.5, 6.0),
    ]


def test_timed_text_without_speakers_is_captions() -> None:
    text = (
        '<timedtext format="3"><body><p t="0" d="2000">the boats</p><p t="2000" d="1500">are in</p>'
        '<p t="9000" d="2000">&gt;&gt; all of them?</p></body></timedtext>'
    )
    assert timed(read_text(text, name="a.xml")) == [("", "the boats are in", 0.0, 3.5), ("", "all of them?", 9.0, 11.0)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "<?xml version='1.0'?><menu><item>Name: soup</item><item>Name: fish</item></menu>",
            "a.xml is XML without speech",
        ),
        (
            "<notes>\n<narrative>\nOne.\n</narrative>\n<narrative>\nTwo.\n</narrative>\n</notes>",
            "a.xml is XML without speech",
        ),
        ("<?xml version='1.0'?><debate><speech by='x'>Hm.</debate>", "a.xml is not well-formed XML"),
        (
            "<?xml version='1.0'?><a><speech by='x'/>\nOne: two.\nThree: four.\nOne: five.\n</a>",
            "a.xml is XML without speech",
        ),
        ("<a>" * 400 + "</a>" * 400, "a.xml is not well-formed XML"),
    ],
)
def test_xml_of_another_kind_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text, name="a.xml")
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_an_entity_is_not_unfolded() -> None:
    text = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/hostname">]><d><speech by="Maja"><p>Hello.&b;&f;</p></speech></d>'
    )
    assert spoken(text, "a.xml") == [("Maja", "Hello.")]


def textgrid(tiers: dict[str, list[tuple[float, float, str]]], *, short: bool = False) -> str:
    end = max(stop for intervals in tiers.values() for _, stop, _ in intervals)
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        f"xmin = 0 \nxmax = {end} ",
        "tiers? <exists> ",
    ]
    lines += [f"size = {len(tiers)} ", "item []: "]
    for number, (name, intervals) in enumerate(tiers.items(), 1):
        lines += [f"    item [{number}]:", '        class = "IntervalTier" ', f'        name = "{name}" ']
        lines += ["        xmin = 0 ", f"        xmax = {end} ", f"        intervals: size = {len(intervals)} "]
        for place, (start, stop, text) in enumerate(intervals, 1):
            quoted = text.replace('"', '""')
            lines += [f"        intervals [{place}]:", f"            xmin = {start} ", f"            xmax = {stop} "]
            lines += [f'            text = "{quoted}" ']
    text = "\n".join(lines)
    if not short:
        return text
    kept = (line.partition("=")[2].strip() or line for line in lines[3:] if not line.rstrip().endswith("]:"))
    return "\n".join([*lines[:2], *(value.replace("xmax = ", "").replace("tiers? ", "") for value in kept)])


PEOPLE = {
    "Maja": [(0, 2, "The dues doubled."), (2, 3.5, ""), (3.5, 5, 'Who said "never"?')],
    "Jon": [(0, 2, ""), (2, 3.5, "I object 2 [two] times."), (3.5, 5, ""), (5, 6, "Me.")],
}
IN_ORDER = [
    ("Maja", "The dues doubled.", 0.0, 2.0),
    ("Jon", "I object 2 [two] times.", 2.0, 3.5),
    ("Maja", 'Who said "never"?', 3.5, 5.0),
    ("Jon", "Me.", 5.0, 6.0),
]


@pytest.mark.parametrize("short", [False, True])
def test_tiers_are_speakers(short: bool) -> None:
    assert timed(read_text(textgrid(PEOPLE, short=short), name="a.TextGrid")) == IN_ORDER


def test_tiers_that_say_it_again_are_left_out() -> None:
    phones = [(0, 1, "d"), (1, 2, "u"), (3.5, 4, "h"), (4, 5, "u")]
    reading = read_text(
        textgrid({**PEOPLE, "Maja - phones": phones, "notes": [(0, 6, "check this")]}), name="a.TextGrid"
    )
    assert timed(reading) == IN_ORDER
    assert reading.warnings == ("a.TextGrid: left out the tiers Maja - phones, notes, which are no speaker's",)


def test_a_tier_of_a_kind_is_no_name() -> None:
    reading = read_text(
        textgrid({"words": [(0, 1, "the"), (1, 2, "dues")], "phones": [(0, 1, "d"), (1, 2, "z")]}), name="a.TextGrid"
    )
    assert turns_of(reading) == [("", "the dues")]
    assert "names no speakers" in reading.warnings[0]


def test_a_textgrid_that_stops_short_is_one_sentence() -> None:
    with pytest.raises(ReadError, match=r"^a\.TextGrid is a TextGrid that stops short or is damaged; save it again$"):
        read_text(textgrid(PEOPLE)[:-80], name="a.TextGrid")


def test_elan_s_participants_are_speakers() -> None:
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{n * 500}"/>' for n in range(13))

    def tier(name: str, more: str, spans: list[tuple[int, int, str]]) -> str:
        held = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{name}{a}" TIME_SLOT_REF1="t{a}" TIME_SLOT_REF2="t{b}">'
            f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
            for a, b, text in spans
        )
        return f'<TIER TIER_ID="{name}" {more}>{held}</TIER>'

    text = (
        f'<?xml version="1.0"?><ANNOTATION_DOCUMENT><HEADER/><TIME_ORDER>{slots}</TIME_ORDER>'
        + tier("A-txt", 'PARTICIPANT="Maja"', [(0, 4, "The dues doubled."), (7, 10, "Who objects?")])
        + tier("B-txt", 'PARTICIPANT="Jon"', [(4, 7, "I do."), (10, 12, "Me.")])
        + tier("A-gloss", 'PARENT_REF="A-txt" PARTICIPANT="Maja"', [(0, 4, "DET N V")])
        + "</ANNOTATION_DOCUMENT>"
    )
    reading = read_text(text, name="a.eaf")
    assert [(who, start) for who, _, start, _ in timed(reading)] == [
        ("Maja", 0.0),
        ("Jon", 2.0),
        ("Maja", 3.5),
        ("Jon", 5.0),
    ]
    assert "A-gloss" in reading.warnings[0]


STM = """;; CATEGORY "0" "" ""
pier A inter_segment_gap 0.00 0.50 <o,,unknown> ignore_time_segment_in_scoring
pier A maja_rask 0.50 2.00 <o,f0,female> the dues doubled
pier A jon_lund 2.00 3.25 <o,f0,male> by how much
pier A maja_rask 3.25 4.00 by half
"""


def test_segment_lists_name_speakers() -> None:
    assert timed(read_text(STM, name="a.stm")) == [
        ("maja_rask", "the dues doubled", 0.5, 2.0),
        ("jon_lund", "by how much", 2.0, 3.25),
        ("maja_rask", "by half", 3.25, 4.0),
    ]


def test_a_list_of_two_recordings_is_two_transcripts(tmp_path: object) -> None:
    from panelbot.readers.document import Document
    from panelbot.readers.registry import read_document

    readings = read_document(Document(name="a.stm", raw_text=STM + STM.replace("pier", "quay")))
    assert [reading.transcript.id for reading in readings] == ["a-pier", "a-quay"]


def test_word_lists_name_nobody_but_two_channels_are_two_speakers() -> None:
    one = "pier 1 0.50 0.20 the 0.98\npier 1 0.70 0.30 dues 0.91\npier 1 4.00 0.20 doubled 0.9\n"
    reading = read_text(one, name="a.ctm")
    assert turns_of(reading) == [("", "the dues"), ("", "doubled")]
    assert "names no speakers" in reading.warnings[0]
    assert spoken(one + "pier 2 5.00 0.20 when 0.9\n", "a.ctm") == [
        ("Speaker 1", "the dues doubled"),
        ("Speaker 2", "when"),
    ]


def test_corpus_transcripts_name_their_participants() -> None:
    text = (
        "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tRAS Maja_Rask Interviewer, JON Witness\n"
        "*RAS:\tthe dues <went up> [//] doubled (.) \u00b7 did they ? 0_2500\n%mor:\tdet|the n|due\n"
        "*JON:\tthey &-uh did\n\tby half . 2500_4000\n*JON:\txxx .\n@End\n"
    )
    reading = read_text(text, name="a.cha")
    assert [(who, start, end) for who, _, start, end in timed(reading)] == [("Maja Rask", 0.0, 2.5), ("JON", 2.5, 4.0)]
    assert turns_of(reading)[1] == ("JON", "they did by half.")
    assert "1 lines of codes" in reading.warnings[0]


CHAT = """09:00:05 <Zakim> Zakim has joined #harbour
09:00:09 <maja> present+
09:00:20 <tom> Scribe: tom
09:00:30 <tom> Topic: Dues
09:01:00 <tom> maja: the dues have doubled
09:01:20 <tom> ... since the spring
09:01:25 <jon> q+
09:01:30 <jon> they have not
09:01:40 <tom> … and nobody asked us
09:02:00 <tom> Elsa Berg: who should have?
09:02:05 <tom> s/should/could/
09:02:10 <tom> [silence]
09:02:30 <Zakim> jon, you wanted to speak
"""


def test_what_a_scribe_types_after_a_name_is_that_person_s() -> None:
    reading = read_text(CHAT, name="a.txt")
    assert timed(reading) == [
        ("maja", "the dues have doubled\n\nsince the spring", 0.0, None),
        ("jon", "they have not", 30.0, None),
        ("maja", "and nobody asked us", 40.0, None),
        ("Elsa Berg", "who should have?", 60.0, None),
    ]
    assert reading.warnings[-1] == "a.txt: left out 8 lines of commands, of bots and of who came and went"


@pytest.mark.parametrize(
    "form", ["<{}> {}", "14:02 <{}> {}", "[14:02:11] <@{}> {}", "2024-05-02T09:00:01.5Z\t<{}>\t{}"]
)
def test_a_chat_log_without_a_scribe_is_everybody_s_own_words(form: str) -> None:
    said = [("maja", "jon: have you paid?"), ("jon", "maja: no"), ("maja", "http: is slow today"), ("tom", "ok")]
    text = "\n".join(form.format(who, line) for who, line in said)
    assert spoken(text, "a.log") == said


def test_a_person_s_own_pattern_comes_before_a_chat_log() -> None:
    text = "<maja> the dues doubled\n<jon> by how much\n<maja> by half\n"
    assert read_text(text, name="a.txt", speaker_pattern=r"<(?P<speaker>\w+)>").format == "dialogue"


def zoom(form: str) -> Reading:
    sent = [
        ("14:02:11", "Maja Rask", "Everyone", "The dues doubled."),
        ("14:02:40", "Jon Lund", "Everyone", "By how much?"),
        ("14:03:00", "Jon Lund", "Maja Rask(Direct Message)", "Who pays?"),
        ("14:03:09", "Tom", "Jon Lund", "Not me."),
        ("14:03:30", "Maja Rask", "Everyone", "By half."),
    ]
    text = "".join(form.format(time=time, who=who, to=to, text=text) for time, who, to, text in sent)
    return read_text(text, name="chat.txt")


@pytest.mark.parametrize(
    "form",
    [
        "{time}\t From  {who}  to  {to} : {text}\n",
        "{time} From {who} to {to}:\n\t{text}\n",
        "2024-05-02 {time} From {who} to {to}:\n\t{text}\n\n",
    ],
)
def test_a_saved_chat_without_what_was_sent_to_one_person(form: str) -> None:
    reading = zoom(form)
    assert turns_of(reading) == [
        ("Maja Rask", "The dues doubled."),
        ("Jon Lund", "By how much?"),
        ("Maja Rask", "By half."),
    ]
    assert reading.warnings == ("chat.txt: left out 2 direct messages, which were sent to one person",)
    assert reading.transcript.turns[0].start == 14 * 3600 + 2 * 60 + 11


def test_an_answer_in_a_saved_chat_does_not_say_what_it_answers() -> None:
    text = (
        "14:02:11 From Maja Rask to Everyone:\n\tThe dues doubled.\n14:02:40 From Jon Lund to Everyone:\n"
        '\tReplying to "The dues doubled."\n\n\tBy how much?\n'
        '14:02:50 From Tom to Everyone:\n\tReacted to "By how much?" with x\n'
    )
    reading = read_text(text, name="chat.txt")
    assert turns_of(reading) == [("Maja Rask", "The dues doubled."), ("Jon Lund", "By how much?")]
    assert reading.warnings == ("chat.txt: left out 1 reactions and empty messages",)


MINUTES = """<!DOCTYPE html><html lang=en><head><title>Harbour group – 02 May 2024</title></head><body>
<h1>Harbour group</h1><h2>02 May 2024</h2><dl><dt>Present</dt><dd>Maja_Rask, Jon</dd><dt>Scribe</dt><dd>tom</dd></dl>
<h2>Meeting minutes</h2><section><h3 id=t1>Dues</h3>
<p id=a class="phone s01"><cite>Maja:</cite> the dues have doubled<br><span id=b>… since the spring</span></p>
<p id=c class=irc><cite>&lt;jon&gt;</cite> they have not</p>
<p id=d class=phone>… and nobody asked us</p></section>
<section><h3 id=t2>Ropes</h3><p id=e class="phone s02"><cite>Jon:</cite> who should have?</p>
<p id=f class=summary><strong>Resolution:</strong> ask first</p>
<p id=g class="phone s01"><cite>maja:</cite> the chair</p></section></body></html>"""


def test_minutes_keep_the_talk_and_not_the_chat() -> None:
    reading = read_text(MINUTES, name="a.html")
    assert turns_of(reading) == [
        ("Maja", "the dues have doubled\nsince the spring\nand nobody asked us"),
        ("Jon", "who should have?"),
        ("Maja", "the chair"),
    ]
    assert reading.warnings == ("a.html: left out 1 chat lines beside the talk",)
    assert (reading.transcript.title, reading.transcript.date) == ("Harbour group", "2024-05-02")


def test_minutes_of_a_chat_alone_are_the_chat() -> None:
    text = "".join(
        f"<p class=irc><cite>&lt;{who}&gt;</cite> {line}</p>" for who, line in (("jon", "hello"), ("maja", "hi"))
    )
    assert spoken(f"<!DOCTYPE html><html><body>{text}</body></html>", "a.html") == [("jon", "hello"), ("maja", "hi")]


def test_what_a_page_hides_is_no_text_and_a_heading_is_no_speech() -> None:
    said = [("Maja Rask", "The dues have doubled since the spring, and nobody asked us.")]
    said += [("Jon Lund", "Somebody did ask the harbour master, as far as I remember.")]
    said += [("Maja Rask", "He was away at the time and his deputy was on a boat.")]
    blocks = [
        f'<div><b>{who}</b>: {text} <a style="display: none" href="#">mark</a><span hidden>secret</span>'
        f'<i aria-hidden="true">icon</i></div>'
        for who, text in said
    ]
    blocks.insert(2, "<h2>Topic: The second boat</h2>")
    page = f"<!DOCTYPE html><html><head><title>Dues</title></head><body><h1>Dues</h1>{''.join(blocks)}</body></html>"
    assert spoken(page, "a.html") == said


def test_a_page_whose_main_text_is_a_small_part_of_the_talk_is_read_whole() -> None:
    """Long runs of short paragraphs look like furniture to what looks for the main text of a page."""
    said = [
        (who, f"Well, {word}.") for who in ("Maja Rask", "Jon Lund") * 3 for word in ("yes", "the boat", "no", "so")
    ]
    said.append(("Jon Lund", "The dues have doubled since the spring, and nobody on the pier was asked about it. " * 3))
    talk = "".join(f'<div class="information"><span>{who}</span>: {text}</div>' for who, text in said)
    page = f"<!DOCTYPE html><html><head><title>Dues</title></head><body><h1>Dues</h1>{talk}</body></html>"
    turns = turns_of(read_text(page, name="a.html"))
    assert [who for who, _ in turns] == ["Maja Rask", "Jon Lund"] * 3
    assert sum(text.count("the boat") for _, text in turns) == 6


def test_what_a_machine_puts_before_every_line_of_a_chat_is_the_label() -> None:
    who = ["Ines_Falk_(Leston)", "Tom_[ex/Port]"]
    lines = [f"[10:{n:02}] <Typist> {who[n % 2]}: the tide table has an error on page {n}" for n in range(12)]
    assert {speaker for speaker, _ in spoken("\n".join(lines), name="a.log")} == set(who)


def test_lines_that_go_on_do_not_hide_who_keeps_the_minutes() -> None:
    lines = ["<ro> lena: the boats are late", "<ro> ... by a day", "<ro> ... or two", "<ro> karl: then we wait"]
    lines += ["<ro> ... and see", "<ro> ... until noon", "<ro> lena: fine by me", "<ro> ... for once", "<karl> thanks"]
    text = "\n".join(f"[10:{n:02}] {line}" for n, line in enumerate(lines))
    assert {speaker for speaker, _ in spoken(text, name="a.log")} == {"lena", "karl"}
