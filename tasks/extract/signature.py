"""Who signed under the text, and when: the body's line and the date's line after the last paragraph.

Here: finding both. Not here: dates and names in the frame (`labels`), the choice of the issuer (`agency`).
"""

from __future__ import annotations

import datetime as dt
import re

from tasks.extract.bodies import is_body
from tasks.extract.dates import find_dates, parse_date
from tasks.extract.lines import BLANK, Line, body_lines, close_up, tail_lines
from tasks.frozen import frozen
from tasks.values import Document

ABOVE_MAX = 3  # lines between the date and the body's name: a seal's remark, a second signatory
TAIL_MAX = 4  # lines of the frame below, should the signature have been cut off with it
LAST_MAX = 6  # lines at the end of the text in which a body without a date still is a signature
SIGNED_MAX = 60  # characters of a line that holds body and date

_SEAL = re.compile(r"[（(](?:盖?章|印章?|公章|代章|签章)[）)]|[（(]{1}此[页件].{0,12}[）)]")
_LABEL = re.compile(
    r"^(?:落款|署名|单位|编制单位|报告单位|报告机关|发布机关|时间|日期|编制时间|报告时间)[:：]"
)
_EIGHT_DIGITS = re.compile(r"20\d{6}")
_EDGE = BLANK + "。.,，:：;；()（）"


@frozen
class Signature:
    """The signatory as printed (without blanks) and the date, as far as the text bears them."""

    body: str | None = None
    date: dt.date | None = None


def find_signature(document: Document, text_from: int) -> Signature:
    """The signature below offset `text_from` (where the report's text begins)."""
    lines = [line for line in body_lines(document) if line.start >= text_from]
    lines += [line for line in tail_lines(document)[:TAIL_MAX] if len(line.text) <= SIGNED_MAX]
    for no in range(len(lines) - 1, -1, -1):
        if (signed := _date_of(lines[no].text)) is None:
            continue
        date, before = signed
        body = _body(before) if before else _body_above(lines, no)
        if before and body is None:
            continue
        return Signature(body, date)
    return Signature(body=_undated(lines))


def _date_of(text: str) -> tuple[dt.date, str] | None:
    """The date of a line that ends in one, with the words before it; None for lines of text."""
    if len(text) > SIGNED_MAX or text[-1:].strip(_EDGE + "日号0123456789０１２３４５６７８９"):
        return None
    if _EIGHT_DIGITS.fullmatch(text) and (date := parse_date(text)):
        return date, ""
    dates = find_dates(text)
    if len(dates) != 1 or text[dates[0][2] :].strip(_EDGE):
        return None
    date, start, _ = dates[0]
    return date, _bare(text[:start])


def _bare(text: str) -> str:
    return _LABEL.sub("", _SEAL.sub("", close_up(text))).replace(" ", "").strip(_EDGE)


def _body(text: str) -> str | None:
    name = _bare(text)
    return name if is_body(name) else None


def _body_above(lines: list[Line], no: int) -> str | None:
    for above in range(no - 1, max(-1, no - 1 - ABOVE_MAX), -1):
        if len(lines[above].text) > SIGNED_MAX:
            return None
        if name := _body(lines[above].text):
            upper = _bare(lines[above - 1].text) if above else ""
            return _whole(upper, name)
    return None


def _whole(upper: str, name: str) -> str:
    """A long name broken over two lines: 国家税务总局 / 丽水市莲都区税务局."""
    return upper + name if upper == "国家税务总局" else name


def _undated(lines: list[Line]) -> str | None:
    for line in reversed(lines[-LAST_MAX:]):
        if line.text.startswith("附") or line.text[-1] in ":：":  # whom a letter is sent to
            continue
        if len(line.text) <= SIGNED_MAX and (name := _body(line.text)):
            return name
    return None
