"""Small writers, one for each form a transcript can take: what the readers must be able to undo."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable, Sequence

import docx

Said = tuple[str, str]  # (speaker, text)
Writer = Callable[[Sequence[Said]], bytes]


def _clock(number: int, *, comma: str = ".") -> str:
    return f"{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}{comma}000"


def _text(form: str) -> Writer:
    def write(said: Sequence[Said]) -> bytes:
        lines = (form.format(who=who, text=text, time=_clock(n)[:8]) for n, (who, text) in enumerate(said))
        return "".join(lines).encode()

    return write


def _encoded(form: str, encoding: str, newline: str = "\n") -> Writer:
    return lambda said: _text(form)(said).decode().replace("\n", newline).encode(encoding)


def _subrip(said: Sequence[Said]) -> bytes:
    cues = (
        f"{n + 1}\n{_clock(n, comma=',')} --> {_clock(n + 1, comma=',')}\n{w}: {t}\n\n" for n, (w, t) in enumerate(said)
    )
    return "".join(cues).encode()


def _webvtt(said: Sequence[Said]) -> bytes:
    cues = (
        f"{_clock(n)} --> {_clock(n + 1)}\n<v {html.escape(who)}>{html.escape(text, quote=False)}</v>\n\n"
        for n, (who, text) in enumerate(said)
    )
    return ("WEBVTT\n\n" + "".join(cues)).encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _interchange(said: Sequence[Said]) -> bytes:
    return _json({"turns": [{"speaker": who, "text": text} for who, text in said]})


def _whisperx(said: Sequence[Said]) -> bytes:
    segments = [{"start": n, "end": n + 0.9, "text": f" {text}", "speaker": who} for n, (who, text) in enumerate(said)]
    return _json({"segments": segments, "language": "zh"})


def _assemblyai(said: Sequence[Said]) -> bytes:
    listed = [
        {"speaker": who, "text": text, "start": n * 1000, "end": n * 1000 + 900} for n, (who, text) in enumerate(said)
    ]
    return _json({"audio_url": "https://a.example", "utterances": listed})


def _rev(said: Sequence[Said]) -> bytes:
    names = list(dict.fromkeys(who for who, _ in said))
    monologues = [
        {"speaker": names.index(who), "elements": [{"type": "text", "value": text, "ts": n, "end_ts": n + 1}]}
        for n, (who, text) in enumerate(said)
    ]
    return _json({"monologues": monologues, "speakers": [{"id": n, "name": name} for n, name in enumerate(names)]})


def _segments(said: Sequence[Said]) -> bytes:
    return _json(
        [{"speaker_name": who, "sentence": text, "startTime": _clock(n)} for n, (who, text) in enumerate(said)]
    )


def _word(said: Sequence[Said]) -> bytes:
    document = docx.Document()
    for who, text in said:
        document.add_paragraph(f"{who}：{text}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _page(said: Sequence[Said]) -> bytes:
    paragraphs = (f"<p><b>{html.escape(who)}:</b> {html.escape(text)}</p>" for who, text in said)
    return f"<!DOCTYPE html><html><body><article>{''.join(paragraphs)}</article></body></html>".encode()


WRITERS: dict[str, tuple[str, Writer]] = {
    "full-width colon": ("a.txt", _text("{who}：{text}\n")),
    "colon": ("a.txt", _text("{who}: {text}\n\n")),
    "brackets": ("a.txt", _text("【{who}】{text}\n")),
    "bold": ("a.md", _text("**{who}:** {text}\n\n")),
    "time before": ("a.txt", _text("[{time}] {who}: {text}\n")),
    "time after": ("a.txt", _text("{who}  {time}\n{text}\n\n")),
    "tencent": ("a.txt", _text("{who}({time}): {text}\n")),
    "gb18030": ("a.txt", _encoded("{who}：{text}\n", "gb18030")),
    "utf-16": ("a.txt", _encoded("{who}：{text}\n", "utf-16")),
    "bom and crlf": ("a.txt", _encoded("{who}：{text}\n", "utf-8-sig", "\r\n")),
    "subrip": ("a.srt", _subrip),
    "webvtt": ("a.vtt", _webvtt),
    "interchange": ("a.json", _interchange),
    "whisperx": ("a.json", _whisperx),
    "assemblyai": ("a.json", _assemblyai),
    "rev": ("a.json", _rev),
    "segments": ("a.json", _segments),
    "docx": ("a.docx", _word),
    "page": ("a.html", _page),
}
