"""White space of HTML source → white space of the text, as CSS collapses it.

Only space, tab and line ends collapse; nbsp, U+3000 and the other spaces of Unicode are text. A line end
of the source between two CJK characters is nothing at all (CSS Text 3, segment break transformation). Tabs
inside a line stay: a browser shows them as spaces, but they part the cells of a table pasted as text.
"""

from __future__ import annotations

import re

HTML_SPACE = " \t\n\r\f"
SPACES = re.compile(r"[ \t\n\r\f]+")
RUNS = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # all white space but single spaces
CJK = re.compile(
    "[\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’…—]"
)


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
