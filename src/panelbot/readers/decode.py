"""Bytes to text: Unicode by its marks, GB18030 and Big5 by what they decode to, the rest by charset-normalizer."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What running Chinese text is full of, in either script. A wrong guess turns these into rare characters.
_FREQUENT = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡"
    "用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實"
    "，。：、！？；「」『』（）“”《》　"
)
_HAN_OR_MARK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\ue000-\uf8ff\u2018-\u201d]")
_SAMPLE = 200_000


def decode(data: bytes) -> str | None:
    """The text of ``data``, without a byte-order mark; None where it is not text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    if wide := _utf16_without_mark(data):
        return wide
    if b"\0" in data[:_SAMPLE]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data, error):
            return data.decode("utf-8", errors="replace")
    return _chinese(data) or _guessed(data)


def _is_mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """A file cut in the middle of a character, or with a damaged byte, is still UTF-8."""
    if error.start >= len(data) - 4 and error.start > 0:
        return True
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    n_wide = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return n_wide > 50 * text.count("\ufffd")


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        # The high bytes of ASCII are 0 and those of Chinese lie in 4E-9F, 30 and FF.
        likely = sum(byte == 0 or 0x4E <= byte <= 0x9F or byte in (0x20, 0x30, 0xFF) for byte in high)
        low = sample[::2] if encoding == "utf-16-le" else sample[1::2]
        if likely > 0.95 * len(high) and low.count(0) < 0.05 * len(low) + 1:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _chinese(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    scored = sorted(
        ((_frequent_share(sample, encoding), encoding) for encoding in ("gb18030", "big5hkscs")), reverse=True
    )
    share, encoding = scored[0]
    return data.decode(encoding, errors="replace") if share > 0.15 else None


def _frequent_share(sample: bytes, encoding: str) -> float:
    """The share of frequent characters among the wide ones, every undecodable byte counted against it."""
    text = sample.decode(encoding, errors="replace")
    wide = _HAN_OR_MARK.findall(text)
    n_other = sum(1 for character in text if character > "\x7f") - len(wide)
    total = len(wide) + n_other + 4 * text.count("\ufffd")
    return sum(character in _FREQUENT for character in wide) / total if total else 0.0


def _guessed(data: bytes) -> str | None:
    if sum(byte > 0x7F for byte in data[:_SAMPLE]) < 0.25 * len(data[:_SAMPLE]):
        try:  # English with curly quotes and a few accents, as older Windows programs save it
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes  # only for what is neither Unicode nor Chinese

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding is None:
        return None
    try:
        return data.decode(best.encoding, errors="replace")
    except LookupError:
        return None
