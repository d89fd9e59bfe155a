"""Dates as lists print them, or as an address carries them."""

from __future__ import annotations

import datetime as dt
import re

_PRINTED = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),  # jpage: /art/2018/3/28/art_1_2.html
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+"),  # TRS: /201803/t20180328_123.html
)
_CHINA = dt.timezone(dt.timedelta(hours=8))


def date_in(text: str) -> dt.date | None:
    """The last date printed in a row of a list: the title comes first and may hold another."""
    found = None
    for match in _PRINTED.finditer(text):
        found = _date(match) or found
    return found


def date_of_address(url: str) -> dt.date | None:
    return next((date for pattern in _IN_ADDRESS if (m := pattern.search(url)) and (date := _date(m))), None)


def date_of(value: object) -> dt.date | None:
    """A date of a JSON answer: words, or seconds (or milliseconds) since 1970."""
    if isinstance(value, str) and not value.strip().isdigit():
        return date_in(value)
    try:
        seconds = float(str(value))
    except ValueError:
        return None
    if seconds > 1e11:
        seconds /= 1000
    return dt.datetime.fromtimestamp(seconds, _CHINA).date() if 0 < seconds < 4e9 else None


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
