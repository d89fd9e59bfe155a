"""White space of HTML source → white space of the text, as CSS collapses it.

Only space, tab and line ends collapse; nbsp, U+3000 and the other spaces of Unicode are text. A line end
of the source between two CJK characters is nothing at all (CSS Text 3, segment break transformation). Tabs
inside a line stay: a browser shows them as spaces, but they part the cells of a table pasted as text.
"""

from __future__ import annotations

import re

# All that shows as white space or not at all: what str.strip() takes, and the zero-width characters.
SPACE = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200E))
)
SPACE += "\u2060\ufeff"

# What parts the cells of a table that is drawn in characters.
BARS = "|｜│┃║"

HTML_SPACE = " \t\n\r\f"
SPACES = re.compile(r"[ \t\n\r\f]+")
RUNS = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # all white space but single spaces
CJK = re.compile(
    "[\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’…—]"
)
NUMBER_END = re.compile(r"[\d.,]+$")
NUMBER_START = re.compile(r"[\d.,]+")
WORD_START = re.compile(r"[A-Za-z@._/:-]+")


def collapse(text: str) -> str:
    """Runs of source white space inside a text to one space, or to none."""
    return RUNS.sub(_joint, text)


def _joint(run: re.Match[str]) -> str:
    if "\n" not in run[0] and "\r" not in run[0]:
        return run[0].replace(" ", "").replace("\f", "") or " "
    text, start, end = run.string, run.start(), run.end()
    return "" if is_seamless(text[start - 1 : start], text[end : end + 1]) else " "


def is_seamless(before: str, after: str) -> bool:
    """Whether a line end between these two characters is no space."""
    return CJK.match(before) is not None and CJK.match(after) is not None


def seam(before: str, after: str) -> str:
    """What stands between two pieces of one sentence: a blank only between Latin words."""
    if CJK.match(before[-1]) or CJK.match(after[0]):
        return ""
    if NUMBER_END.search(before) and NUMBER_START.match(after):
        return ""
    return "" if before[-1] in "-/@._" and WORD_START.match(after) else " "
