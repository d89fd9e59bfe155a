"""Bytes → text: which charset a page is in. A numbered cascade; the page's own claim is only a hint.

Here: the byte order mark, strict UTF-8, detection, GB18030 as the last resort. Not here: what kind of
file the bytes are (`sniff`), anything about markup.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

import cchardet

# What the detector may say and what we read it as: GB2312 and GBK are subsets of GB18030, and pages that
# claim them carry characters outside them. Anything else it names on a Chinese page is a wrong guess.
PLAUSIBLE = {"GB2312": "gb18030", "GBK": "gb18030", "GB18030": "gb18030", "BIG5": "big5hkscs"}
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like that one's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One broken byte in a UTF-8 page costs one character; a GBK page read as UTF-8 breaks nearly every one.
BROKEN_UTF8_SHARE = 0.02
SAMPLE_BYTES = 2000
EDGES = 2  # a sample may cut a character at either end
SOUND_TO_BROKEN = 5  # a title of three characters in GBK is no UTF-8 with two breaks
DETECT_RUNS = 20  # stretches of Chinese the detector is shown: it needs no more, and takes 0.2 µs a byte
DOUBLE_BYTES = re.compile(rb"(?:[\x81-\xfe][\x40-\xfe]){2,40}")
META_BYTES = 4096
META_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
FAMILIAR = "的一不是在有人中大年月日公开開政府信息資訊报報告申请請主动動办辦局市县縣区區工作情况況"
REPLACEMENT = "�"


class Decoded(NamedTuple):
    """Text, the charset that read it, and how many bytes or sequences it could not read."""

    text: str
    charset: str
    replaced: int


def decode(content: bytes, claimed: str | None = None) -> Decoded:
    """The text of `content`; `claimed` is the charset of the HTTP header, if any."""
    return (
        _by_bom(content)
        or _strict(content, "utf-8")
        or _broken_utf8(content)
        or _detected(content, claimed)
        or _with_replacement(content, "gb18030")
    )


def _by_bom(content: bytes) -> Decoded | None:
    for mark, charset in BOMS:
        if content.startswith(mark):
            return _with_replacement(content[len(mark) :], charset)
    return None


def _strict(content: bytes, charset: str) -> Decoded | None:
    try:
        return Decoded(content.decode(charset), charset, 0)
    except UnicodeDecodeError:
        return None


def _with_replacement(content: bytes, charset: str) -> Decoded:
    text = content.decode(charset, "replace")
    return Decoded(text, charset, text.count(REPLACEMENT) if REPLACEMENT in text else 0)


def _broken_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: a page cut in the middle, a title cut by a database column."""
    first = DOUBLE_BYTES.search(content)
    sample = content[first.start() : first.start() + SAMPLE_BYTES] if first else content[-SAMPLE_BYTES:]
    for part in (sample, content):  # the sample spares other charsets the slow way through all their bytes
        decoded = _with_replacement(part, "utf-8")
        beyond_ascii = len(decoded.text) - len(decoded.text.encode("ascii", "ignore"))
        sound = beyond_ascii - decoded.replaced
        if decoded.replaced > BROKEN_UTF8_SHARE * sound + EDGES or sound < SOUND_TO_BROKEN * decoded.replaced:
            return None
    return decoded


def _detected(content: bytes, claimed: str | None) -> Decoded | None:
    """What the detector names, if it reads the bytes; where it names nothing, what the page claims."""
    guess = (cchardet.detect(_beyond_ascii(content))["encoding"] or "").upper()
    candidates = [PLAUSIBLE[guess]] if guess in PLAUSIBLE else _claims(content, claimed)
    readings = [decoded for name in candidates if (decoded := _strict(content, name))]
    if readings and readings[0].charset == "gb18030":
        return readings[0]
    readings = [decoded for decoded in (_strict(content, "gb18030"), *readings) if decoded]
    return max(readings, key=_familiarity, default=None)  # a few GBK characters look like Big5


def _claims(content: bytes, claimed: str | None) -> list[str]:
    names = ((claimed or "").upper(), _meta_charset(content).upper())
    return [PLAUSIBLE[name] for name in names if name in PLAUSIBLE]


def _familiarity(decoded: Decoded) -> int:
    """How often the characters stand in a text that no report lacks, in either script."""
    return sum(map(decoded.text.count, FAMILIAR))


def _beyond_ascii(content: bytes) -> bytes:
    """A sample of the stretches of double-byte characters: markup alone tells nothing."""
    return b" ".join(run[0] for run in islice(DOUBLE_BYTES.finditer(content), DETECT_RUNS))


def _meta_charset(content: bytes) -> str:
    claim = META_CHARSET.search(content[:META_BYTES])
    return claim.group(1).decode("ascii") if claim else ""
