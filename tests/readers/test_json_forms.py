"""JSON that says who speaks, under whatever key: one conversation in the shapes that transcribers write."""

from __future__ import annotations

import json
from typing import Any

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text
from panelbot.types import Reading
from readers.sample import timed, turns_of

# (speaker, text, start, end in seconds)
SAID = [
    (0, "Who feeds the harbour seals?", 2.0, 4.0),
    (1, "Nobody, they fish.", 4.5, 6.0),
    (0, "And in the ice?", 7.0, 8.25),
    (1, "They move south.", 9.0, 10.5),
]


def read(value: object, name: str = "a.json") -> Reading:
    return read_text(json.dumps(value, ensure_ascii=False), name=name)


def words(text: str, start: float, end: float, make: Any) -> list[Any]:
    """``make(word, start, end)`` for each word, the time parted between them."""
    parts = text.split()
    step = (end - start) / len(parts)
    return [make(word, round(start + n * step, 3), round(start + (n + 1) * step, 3)) for n, word in enumerate(parts)]


def _dashscope(said: Any) -> object:
    sentences = [
        {"begin_time": int(s * 1000), "end_time": int(e * 1000), "text": t, "sentence_id": n, "speaker_id": w}
        for n, (w, t, s, e) in enumerate(said)
    ]
    whole = " ".join(t for _, t, _, _ in said)
    return {"file_url": "x", "transcripts": [{"channel_id": 0, "text": whole, "sentences": sentences}]}


def _funasr(said: Any) -> object:
    listed = [{"text": t, "start": int(s * 1000), "end": int(e * 1000), "spk": w} for w, t, s, e in said]
    return [{"key": "x", "text": " ".join(t for _, t, _, _ in said), "sentence_info": listed}]


def _volcengine(said: Any) -> object:
    listed = [
        {
            "text": t,
            "start_time": int(s * 1000),
            "end_time": int(e * 1000),
            "definite": True,
            "additions": {"speaker": str(w)},
            "words": words(
                t, s, e, lambda o, a, b: {"text": o, "start_time": int(a * 1000), "end_time": int(b * 1000)}
            ),
        }
        for w, t, s, e in said
    ]
    return {"result": {"text": " ".join(t for _, t, _, _ in said), "utterances": listed}}


def _elevenlabs(said: Any) -> object:
    listed: list[Any] = []
    for w, t, s, e in said:
        for one in words(t, s, e, lambda o, a, b: {"text": o, "type": "word", "start": a, "end": b}):
            listed += [{**one, "speaker_id": f"speaker_{w}"}]
            listed += [
                {"text": " ", "type": "spacing", "start": one["end"], "end": one["end"], "speaker_id": f"speaker_{w}"}
            ]
    listed.insert(3, {"text": "(coughs)", "type": "audio_event", "start": 2.4, "end": 2.5, "speaker_id": "speaker_0"})
    return {"language_code": "eng", "text": " ".join(t for _, t, _, _ in said), "words": listed}


def _aws_word(word: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {
        "start_time": f"{start:.2f}",
        "end_time": f"{end:.2f}",
        "alternatives": [{"confidence": "0.9", "content": word}],
        "type": "pronunciation",
        **more,
    }


def _aws_items(text: str, start: float, end: float) -> list[Any]:
    items: list[Any] = []
    for word in words(text, start, end, lambda o, a, b: (o, a, b)):
        items.append(_aws_word(word[0].rstrip(",.?"), word[1], word[2]))
        if word[0][-1] in ",.?":
            items.append({"alternatives": [{"content": word[0][-1]}], "type": "punctuation"})
    return items


def _aws_labels(said: Any) -> object:
    segments = [
        {
            "speaker_label": f"spk_{w}",
            "start_time": f"{s:.2f}",
            "end_time": f"{e:.2f}",
            "items": [
                {"start_time": i["start_time"], "end_time": i["end_time"], "speaker_label": f"spk_{w}"}
                for i in _aws_items(t, s, e)
                if "start_time" in i
            ],
        }
        for w, t, s, e in said
    ]
    items = [item for _, t, s, e in said for item in _aws_items(t, s, e)]
    whole = " ".join(t for _, t, _, _ in said)
    return {
        "results": {"transcripts": [{"transcript": whole}], "speaker_labels": {"segments": segments}, "items": items}
    }


def _aws_channels(said: Any) -> object:
    channels = [
        {"channel_label": f"ch_{n}", "items": [i for w, t, s, e in said if w == n for i in _aws_items(t, s, e)]}
        for n in (0, 1)
    ]
    return {"results": {"transcripts": [{"transcript": "x"}], "channel_labels": {"channels": channels}}}


def _whisperx(said: Any) -> object:
    """All the speech in one segment of the first speaker; the words know better."""
    listed = [
        one
        for w, t, s, e in said
        for one in words(t, s, e, lambda o, a, b, w=w: {"word": o, "start": a, "end": b, "speaker": f"SPEAKER_0{w}"})
    ]
    text = " " + " ".join(t for _, t, _, _ in said)
    segment = {"start": said[0][2], "end": said[-1][3], "text": text, "speaker": "SPEAKER_00", "words": listed}
    return {"segments": [segment], "word_segments": listed, "language": "en"}


def _azure(said: Any) -> object:
    phrases = [
        {
            "recognitionStatus": "Success",
            "channel": 0,
            "speaker": w,
            "offset": f"PT{s}S",
            "duration": f"PT{e - s}S",
            "offsetInTicks": s * 1e7,
            "nBest": [{"confidence": 0.9, "lexical": t.lower(), "display": t}, {"confidence": 0.2, "display": "No."}],
        }
        for w, t, s, e in said
    ]
    return {"combinedRecognizedPhrases": [{"channel": 0, "display": "x"}], "recognizedPhrases": phrases}


def _google(said: Any) -> object:
    """Every result, and then all words again with their speakers."""
    results: list[Any] = [
        {
            "alternatives": [
                {
                    "transcript": t,
                    "words": words(t, s, e, lambda o, a, b: {"startTime": f"{a}s", "endTime": f"{b}s", "word": o}),
                }
            ]
        }
        for _, t, s, e in said
    ]
    tagged = [
        one
        for w, t, s, e in said
        for one in words(
            t, s, e, lambda o, a, b, w=w: {"startTime": f"{a}s", "endTime": f"{b}s", "word": o, "speakerTag": w + 1}
        )
    ]
    return {"results": [*results, {"alternatives": [{"words": tagged}]}]}


def _speechmatics(said: Any) -> object:
    results: list[Any] = []
    for w, t, s, e in said:
        for word, start, end in words(t, s, e, lambda o, a, b: (o, a, b)):
            told = [{"content": word.rstrip(",.?"), "speaker": f"S{w + 1}"}]
            results.append({"type": "word", "start_time": start, "end_time": end, "alternatives": told})
            if word[-1] in ",.?":
                told = [{"content": word[-1], "speaker": f"S{w + 1}"}]
                mark = {"type": "punctuation", "start_time": end, "end_time": end, "attaches_to": "previous"}
                results.append({**mark, "alternatives": told})
    return {"format": "2.9", "metadata": {"created_at": "2024-05-02T09:00:00Z"}, "results": results}


def _tencent(said: Any) -> object:
    listed = [
        {"FinalSentence": t, "SliceSentence": t, "StartMs": int(s * 1000), "EndMs": int(e * 1000), "SpeakerId": w}
        for w, t, s, e in said
    ]
    return {"Data": {"TaskId": 9, "Result": "x", "ResultDetail": listed}}


def _recall(said: Any) -> object:
    return [
        {
            "participant": {"id": w + 100, "name": ["Ilse", "Otto"][w], "is_host": w == 0},
            "words": words(
                t,
                s,
                e,
                lambda o, a, b: {
                    "text": o,
                    "start_timestamp": {"relative": a, "absolute": "2024-05-02T09:00:00Z"},
                    "end_timestamp": {"relative": b},
                },
            ),
        }
        for w, t, s, e in said
    ]


def _gong(said: Any) -> object:
    monologues = [
        {"speakerId": f"77{w}", "topic": None, "sentences": [{"start": int(s * 1000), "end": int(e * 1000), "text": t}]}
        for w, t, s, e in said
    ]
    parties = [{"id": "p", "speakerId": "770", "name": "Ilse"}, {"id": "q", "speakerId": "771", "name": "Otto"}]
    return {"callTranscripts": [{"callId": "1", "transcript": monologues}], "parties": parties}


def _podcast(said: Any) -> object:
    return {
        "version": "1.0.0",
        "segments": [{"speaker": ["Ilse", "Otto"][w], "startTime": s, "endTime": e, "body": t} for w, t, s, e in said],
    }


def _turns_of_blocks(said: Any) -> object:
    """Speakers at turns, words in blocks of them, as courts publish arguments."""
    turns = [
        {
            "start": s,
            "stop": e,
            "speaker": {"ID": w, "name": ["Ilse", "Otto"][w], "roles": None},
            "text_blocks": [{"start": s, "stop": e, "text": t}],
        }
        for w, t, s, e in said
    ]
    return {"title": "Seals", "transcript": {"title": "x", "sections": [{"turns": turns[:2]}, {"turns": turns[2:]}]}}


def _paragraphs_of_words(said: Any) -> object:
    paragraphs = [
        {
            "pid": str(n),
            "speaker_info": {"userid": ["Ilse", "Otto"][w]},
            "sentences": [
                {
                    "sid": str(n),
                    "words": words(
                        t,
                        s,
                        e,
                        lambda o, a, b: {"text": f"{o} ", "start_time": int(a * 1000), "end_time": int(b * 1000)},
                    ),
                }
            ],
        }
        for n, (w, t, s, e) in enumerate(said)
    ]
    return {"errcode": 0, "transcripts": {"paragraphs": paragraphs, "keywords": ["seals"]}}


def _spans(said: Any) -> object:
    """Words in lists of their own and, somewhere else, who speaks from when to when."""
    results = [
        {"alternatives": [{"transcript": t, "timestamps": words(t, s, e, lambda o, a, b: [o, a, b])}]}
        for _, t, s, e in said
    ]
    labels = [{"from": s, "to": e, "speaker": w, "confidence": 0.6} for w, t, s, e in said]
    return {"results": results, "speaker_labels": labels}


def _moments(said: Any) -> object:
    """Times of day, as meeting products log them, and participants by a name of their own."""
    return {
        "transcriptEntries": [
            {
                "participant": f"people/{w}",
                "text": t,
                "startTime": f"2024-05-02T09:00:{s:06.3f}Z",
                "endTime": f"2024-05-02T09:00:{e:06.3f}Z",
            }
            for w, t, s, e in said
        ]
    }


def _chinese_keys(said: Any) -> object:
    return [{"发言人": ["Ilse", "Otto"][w], "内容": t, "开始时间": f"00:00:{int(s):02}"} for w, t, s, _ in said]


NAMES = {
    "dashscope": (_dashscope, "Speaker 0", "Speaker 1"),
    "funasr": (_funasr, "Speaker 0", "Speaker 1"),
    "volcengine": (_volcengine, "Speaker 0", "Speaker 1"),
    "elevenlabs": (_elevenlabs, "speaker_0", "speaker_1"),
    "aws labels": (_aws_labels, "spk_0", "spk_1"),
    "aws channels": (_aws_channels, "ch_0", "ch_1"),
    "words of a segment": (_whisperx, "SPEAKER_00", "SPEAKER_01"),
    "azure": (_azure, "Speaker 0", "Speaker 1"),
    "google": (_google, "Speaker 1", "Speaker 2"),
    "speechmatics": (_speechmatics, "S1", "S2"),
    "tencent": (_tencent, "Speaker 0", "Speaker 1"),
    "recall": (_recall, "Ilse", "Otto"),
    "gong": (_gong, "Ilse", "Otto"),
    "podcast": (_podcast, "Ilse", "Otto"),
    "turns of blocks": (_turns_of_blocks, "Ilse", "Otto"),
    "paragraphs of words": (_paragraphs_of_words, "Ilse", "Otto"),
    "spans": (_spans, "Speaker 0", "Speaker 1"),
}


@pytest.mark.parametrize("shape", NAMES)
def test_whoever_writes_it_the_speakers_words_and_times_are_the_same(shape: str) -> None:
    write, *names = NAMES[shape]
    expected = [(names[who], text, start, end) for who, text, start, end in SAID]
    assert [(who, text, start, pytest.approx(end, abs=0.02)) for who, text, start, end in timed(read(write(SAID)))] == [
        (who, text, pytest.approx(start, abs=0.02), end) for who, text, start, end in expected
    ]


def test_times_of_day_count_from_the_first() -> None:
    assert [(who, start) for who, _, start, _ in timed(read(_moments(SAID)))] == [
        ("people/0", 0.0),
        ("people/1", 2.5),
        ("people/0", 5.0),
        ("people/1", 7.0),
    ]


def test_times_may_stand_in_objects_of_their_own() -> None:
    listed = [
        {"timestamps": {"from": f"00:00:0{s},000"}, "offsets": {"from": s * 1000, "to": s * 1000 + 900}, "text": text}
        for s, text in ((1, " The seals are back."), (5, " For the winter."))
    ]
    value = {"result": {"language": "en"}, "transcription": listed}
    assert timed(read(value)) == [
        ("", "The seals are back. For the winter.", 1.0, None)
    ]  # an end in another unit is none


def test_messages_of_a_chat_have_authors() -> None:
    value = {
        "channel": {"name": "pier"},
        "messages": [
            {
                "content": "The seals are back.",
                "author": {"id": "9", "name": "Ilse"},
                "timestamp": "2024-05-02T09:00:00Z",
            },
            {"content": "For the winter?", "author": {"id": "8", "name": "Otto"}, "timestamp": "2024-05-02T09:01:00Z"},
        ],
    }
    assert turns_of(read(value)) == [("Ilse", "The seals are back."), ("Otto", "For the winter?")]


def test_turns_of_another_kind_than_panelbot_s_own_are_read() -> None:
    value = {"turns": [{"who": "Ilse", "utterance": "Who feeds them?"}, {"who": "Otto", "utterance": "Nobody."}]}
    assert turns_of(read(value)) == [("Ilse", "Who feeds them?"), ("Otto", "Nobody.")]


def test_words_bring_their_own_spaces_or_get_them() -> None:
    parts = [
        ("How", 1),
        (" is", 1),
        (" the", 1),
        (" ice", 1),
        ("berg", 1),
        ("?", 1),
        (" It", 2),
        (" mel", 2),
        ("ts", 2),
    ]
    tokens = [
        {"text": text, "start_ms": n * 200, "end_ms": n * 200 + 150, "speaker": w} for n, (text, w) in enumerate(parts)
    ]
    assert turns_of(read({"tokens": tokens})) == [("Speaker 1", "How is the iceberg?"), ("Speaker 2", "It melts")]
    bare = [
        {**token, "text": token["text"].strip()}
        for token in tokens
        if token["text"][0] != "b" and token["text"] != "ts"
    ]
    assert turns_of(read({"tokens": bare})) == [("Speaker 1", "How is the ice?"), ("Speaker 2", "It mel")]


def test_keys_may_be_chinese() -> None:
    assert turns_of(read(_chinese_keys(SAID))) == [(["Ilse", "Otto"][who], text) for who, text, _, _ in SAID]


@pytest.mark.parametrize(
    ("unit", "key"), [(1, "start"), (1000, "start"), (1000, "t"), (10**7, "offset"), (10**9, "time")]
)
def test_the_unit_of_a_time_is_told_by_the_speed_of_speech(unit: int, key: str) -> None:
    listed = [{"text": text, key: int(start * unit), "who": str(who)} for who, text, start, _ in SAID]
    assert [start for _, _, start, _ in timed(read(listed))] == [2.0, 4.0 if unit == 1 else 4.5, 7.0, 9.0]


def test_segments_with_speakers_come_before_segments_without() -> None:
    value = {
        "paragraphs": [{"text": " ".join(text for _, text, _, _ in SAID), "start": 2.0, "end": 10.5}],
        "utterances": [{"text": text, "start": s, "end": e, "speaker": "AB"[who]} for who, text, s, e in SAID],
    }
    assert [turn.speaker for turn in read(value).transcript.turns] == ["Speaker A", "Speaker B"] * 2


def test_a_few_tasks_with_names_are_not_the_talk() -> None:
    value = {
        "tasks": [{"speaker": "Ilse", "text": "Buy fish."}],
        "segments": [{"text": text, "start": s, "end": e} for _, text, s, e in SAID],
    }
    reading = read(value)
    assert {turn.speaker for turn in reading.transcript.turns} == {""}
    assert "names no speakers" in reading.warnings[0]


def test_speech_of_nobody_in_a_file_of_names_is_nobody_s_and_is_counted() -> None:
    value = [{"speaker": ["Ilse", None, "Otto"][n], "text": text} for n, text in enumerate(("Hello.", "Who?", "Me."))]
    reading = read(value)
    assert turns_of(reading) == [("Ilse", "Hello."), ("", "Who?"), ("Otto", "Me.")]
    assert reading.warnings == ("a.json: 1 of 3 pieces of speech name no speaker",)


def test_what_was_heard_for_the_time_being_is_left_out() -> None:
    value = [
        {"speaker": "Ilse", "text": "Hel", "start": 1.0, "is_final": False},
        {"speaker": "Ilse", "text": "Hello there.", "start": 1.0, "is_final": True},
        {"speaker": "Otto", "text": "Good day.", "start": 2.0, "is_final": True},
    ]
    assert turns_of(read(value)) == [("Ilse", "Hello there."), ("Otto", "Good day.")]


def test_captions_in_json_are_captions() -> None:
    """Parts of words with their spaces, a mark for another speaker, and a sound."""
    events = [
        {"tStartMs": 0, "dDurationMs": 2000, "segs": [{"utf8": "the seals"}, {"utf8": " are back", "tOffsetMs": 700}]},
        {"tStartMs": 2500, "dDurationMs": 900, "segs": [{"utf8": "[Applause]"}]},
        {
            "tStartMs": 3600,
            "dDurationMs": 2000,
            "segs": [{"utf8": ">> for"}, {"utf8": " the winter", "tOffsetMs": 500}],
        },
    ]
    reading = read({"wireMagic": "pb3", "events": events})
    assert turns_of(reading) == [("", "the seals are back"), ("", "for the winter")]
    assert any("left out 1" in warning for warning in reading.warnings)


def test_one_text_in_json_is_read_as_that_text() -> None:
    html = (
        '<p><span class="timestamp" data-timestamp="3">0:03</span> <b>Ilse:</b> Who feeds the seals?<br></p>'
        '<p><span class="timestamp" data-timestamp="9">0:09</span> <b>Otto:</b> Nobody does.</p>'
        '<p><span class="timestamp" data-timestamp="12">0:12</span> <b>Ilse:</b> And in the ice?</p>'
    )
    assert timed(read({"text": html, "media": "a.mp3", "media-time": 20}, "a.otr")) == [
        ("Ilse", "Who feeds the seals?", 3.0, None),
        ("Otto", "Nobody does.", 9.0, None),
        ("Ilse", "And in the ice?", 12.0, None),
    ]


def test_one_entry_a_line_is_a_list() -> None:
    text = "\n".join(json.dumps({"speaker": "AB"[who], "text": said}) for who, said, _, _ in SAID)
    assert [turn.speaker for turn in read_text(text, name="a.jsonl").transcript.turns] == ["Speaker A", "Speaker B"] * 2


@pytest.mark.parametrize(
    "value",
    [
        [{"name": "chair", "description": "It is a chair of oak and stands well."}] * 3,
        {"dependencies": [{"name": "a", "version": "1"}, {"name": "b", "version": "2"}]},
        [{"text": "No one says this."}, {"text": "Nor when."}],
        {"a": {"b": [[1, 2], [3, 4]]}},
        [{"speaker": "Ilse", "start": 1, "end": 2}, {"speaker": "Otto", "start": 2, "end": 3}],
    ],
)
def test_json_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(ReadError, match=r"^a\.json is JSON without a transcript in it: looked for"):
        read(value)


@pytest.mark.parametrize(
    "time", ["1e999", "-1e999", "NaN", "9" * 400, "-5", '"a while"', "[1]", '{"seconds": "x"}', "true"]
)
def test_a_time_out_of_range_is_no_time(time: str) -> None:
    first = f'{{"speaker": "Ilse", "text": "Hello.", "start": {time}, "end": {time}}}'
    text = f'[{first}, {{"speaker": "Otto", "text": "Hi."}}]'
    assert timed(read_text(text, name="a.json")) == [("Ilse", "Hello.", None, None), ("Otto", "Hi.", None, None)]


def test_deep_json_is_one_sentence() -> None:
    with pytest.raises(ReadError) as caught:
        read_text('{"a":' * 600 + "1" + "}" * 600, name="a.json")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{\n  "title": "a",\n  "body": "b",\n  "title": "c",\n}\n', "line 5"),
        ('// a comment\n/* and\n one */ {"title": "a",\n"title": "b"}\n', "it begins with a comment"),
    ],
)
def test_the_keys_of_broken_json_are_no_labels(text: str, fault: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text, name="a.json")
    assert str(caught.value).startswith(f"a.json is not valid JSON ({fault}")


def test_json_a_line_without_a_transcript_is_not_called_broken() -> None:
    with pytest.raises(ReadError, match=r"^a\.jsonl is JSON without a transcript in it"):
        read_text('{"event": "open"}\n{"event": "close"}\n', name="a.jsonl")
