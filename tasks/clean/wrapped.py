"""Paragraphs broken into lines of one width, or behind a comma → whole again.

Text copied out of a paged document (PDF, a terminal, a narrow column) has a line break at the end of every
printed line, in the middle of sentences and numbers. Here: which lines go on in the next one. Not here: lines
whose place on the page is known (`tasks.clean.paged`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tasks.clean.numbering import PARAGRAPH
from tasks.clean.spaces import BARS, CJK, SPACE, seam

# A printed line is no narrower and no wider than this, in columns: an ideograph takes two.
NARROWEST, WIDEST = 36, 150
# So many broken lines make a column, fewer if no line is longer; of all as long, this share are.
MIN_BROKEN, FEW_BROKEN, BROKEN_SHARE = 6, 3, 0.5
# A line is full when it has this share of the column's width; the rest is room for a number not to be cut.
FULL, TOO_WIDE = 0.8, 1.15
# A line shorter than this, in characters, may be a cell that ends with a comma.
SENTENCE = 12
ENDS = "。！？!?；;：:…"
GOES_ON = "，、,"
_INNER = re.compile("[，。；、,;]")
_TITLE = re.compile("(?:报告|年报)$")
_CELLS = re.compile(f"[\t{BARS}]")
_ITEM = re.compile(r"[•·●■◆]|[\d.,，%％]+$")


def column_width(texts: Sequence[str]) -> float | None:
    """The width of the column that a text was broken to, in columns, None if it was not."""
    broken = sorted(_width(text) for text in texts if _is_broken(text))
    if len(broken) < FEW_BROKEN:
        return None
    width = broken[int(FULL * (len(broken) - 1))]
    narrowest, widest = FULL * width, TOO_WIDE * width
    long = [n for text in texts if 2 * len(text) >= narrowest and (n := _width(text)) >= narrowest]
    full = [n for n in broken if narrowest <= n <= widest]
    least = MIN_BROKEN if any(n > widest for n in long) else FEW_BROKEN
    return width if len(full) >= max(least, BROKEN_SHARE * len(long)) else None


def paragraphs(texts: Sequence[str], width: float | None) -> list[tuple[int, int]]:
    """(first, last) of each paragraph `texts[first:last]` that was broken, blank lines between included."""
    found: list[tuple[int, int]] = []
    shown = [i for i, text in enumerate(texts) if text and not text.isspace()]
    for above, below in pairwise(shown):
        if texts[above][-1] in ENDS or not _goes_on(texts[above], texts[below], width, below > above + 1):
            continue
        if found and found[-1][1] == above + 1:
            found[-1] = found[-1][0], below + 1
        else:
            found.append((above, below + 1))
    return found


def whole(texts: Sequence[str]) -> str:
    """Lines of one paragraph as one line; the white space before the first one stays."""
    pieces = [texts[0].rstrip(SPACE)]
    for text in texts[1:]:
        if line := text.strip(SPACE):
            pieces += (seam(pieces[-1], line), line)
    return "".join(pieces)


def unwrapped(texts: Sequence[str]) -> list[str]:
    """The lines of a text, paragraphs that were broken in one line each."""
    lines: list[str] = []
    done = 0
    for first, last in paragraphs(texts, column_width(texts)):
        lines += (*texts[done:first], whole(texts[first:last]))
        done = last
    return lines + list(texts[done:])


def _goes_on(text: str, following: str, width: float | None, is_apart: bool) -> bool:
    """Whether a line goes on in the next one; `is_apart`: there are blank lines between."""
    line = text.strip(SPACE)
    if not line or (width is None and line[-1] not in GOES_ON):
        return False
    below = following.strip(SPACE)
    if (
        not below
        or PARAGRAPH.match(below)
        or _ITEM.match(below)
        or _CELLS.search(line)
        or _CELLS.search(below)
    ):
        return False
    if line[-1] in GOES_ON and len(line) >= SENTENCE:
        return CJK.match(below) is not None
    if width is None or line[-1] in ENDS or not FULL * width <= _width(line) <= TOO_WIDE * width:
        return False
    is_prose = _INNER.search(line) is not None or not (is_apart or _TITLE.search(line))
    return is_prose and _indent(following) <= _indent(text)


def _is_broken(text: str) -> bool:
    """A line of prose that ends within its sentence."""
    if 2 * len(text) < NARROWEST or text[-1] in ENDS:
        return False
    line = text.strip(SPACE)
    is_line = NARROWEST / 2 <= len(line) <= WIDEST and line[-1] not in ENDS
    return is_line and _INNER.search(line, 0, len(line) - 1) is not None and not _CELLS.search(line)


def _width(text: str) -> int:
    return len(text.strip(SPACE).encode("gb18030", "replace"))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(SPACE))
