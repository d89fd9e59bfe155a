"""Running heads and feet: what a page repeats at its edges, and page numbers. They are no text of the report.

Lines outside of tables only.
"""

from __future__ import annotations

import re
from collections import Counter

from tasks.clean.paged.rows import TextLine
from tasks.clean.paged.sheet import Sheet

# The strips at the upper and lower edge of a page, as share of its longer side, where running heads stand. A
# margin is 2.5 to 3.7 cm of 29.7 (GB/T 9704), as wide on a page that lies on its side.
EDGE = 0.12
# Page numbers stand below this share, or above its mirror.
NUMBER_EDGE = 0.15
# Of a low page no strip is higher than this share.
HIGHEST_EDGE = 0.2
# Lines on different pages stand at the same height within so many points.
SAME_HEIGHT = 6.0
# On so many pages, and this share of all, a line repeats if it is a running head.
MIN_PAGES = 2
PAGE_SHARE = 0.4
LONGEST_NUMBER = 20

DIGITS = re.compile(r"\d+")
# A number alone may be a cell's: it must count the pages, or stand apart from the text and be its page's.
BARE = re.compile(r"\d{1,3}")
APART = 1.5  # sizes between such a number and the text
PAGE_NUMBER = re.compile(
    r"[-—–―·~〜一]+\s*\d{1,3}\s*[-—–―·~〜一]+"
    r"|第\s*[\d一二三四五六七八九十]{1,4}\s*页"
    r"(?:[,，/ 、]?\s*[（(]?\s*共\s*[\d一二三四五六七八九十]{1,4}\s*页[)）]?)?"
    r"|(?:Page\s*)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|共\s*\d{1,3}\s*页)"
    r"|共\s*\d{1,3}\s*页[,，/ 、]?\s*第\s*\d{1,3}\s*页",
    re.IGNORECASE,
)
# What a browser prints around a page: its address, and date with time. OCR loses thin letters (fle:/).
ADDRESS = re.compile(r"[a-z]{2,5}\s?[:：]\s?/{1,3}\S+(?:\s*\d{1,3}\s*/\s*\d{1,3})?", re.IGNORECASE)
PRINTED_AT = re.compile(
    r"\d{2,4}[/年.-]\d{1,2}[/月.-]\d{1,2}日?[,，.]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?.*"
)


def without_heads(sheets: list[Sheet], lines: list[list[TextLine]]) -> list[list[TextLine]]:
    """Each page's lines without those that are running heads, feet or page numbers."""
    repeated = _repeated(sheets, lines)
    offset = _counting(sheets, lines)
    return [
        [
            line
            for line in page
            if not _is_head(line, sheet, page, repeated) and not _is_bare(line, sheet, page, offset)
        ]
        for sheet, page in zip(sheets, lines, strict=True)
    ]


def _outermost(sheet: Sheet, page: list[TextLine]) -> list[TextLine]:
    """The first and the last line of a page where they stand at its edge and are a bare number."""
    ends = (page[0], page[-1]) if page else ()
    return [line for line in ends if _edge(line, sheet, NUMBER_EDGE) and BARE.fullmatch(line.text.strip())]


def _counting(sheets: list[Sheet], lines: list[list[TextLine]]) -> int | None:
    """What the bare numbers at the pages' edges differ by from the pages' own, where they count."""
    offsets = Counter(
        offset
        for sheet, page in zip(sheets, lines, strict=True)
        for offset in {int(line.text) - sheet.number for line in _outermost(sheet, page)}
    )
    if not offsets:
        return None
    offset, times = offsets.most_common(1)[0]
    return offset if times >= max(MIN_PAGES, PAGE_SHARE * len(sheets)) else None


def _is_bare(line: TextLine, sheet: Sheet, page: list[TextLine], offset: int | None) -> bool:
    if not any(line is one for one in _outermost(sheet, page)):
        return False
    difference = int(line.text) - sheet.number
    if difference == offset:
        return True
    near = min((_distance(line, other) for other in page if other is not line), default=sheet.height)
    return difference == 0 and near > APART * line.size


def _distance(line: TextLine, other: TextLine) -> float:
    return max(line.top - other.bottom, other.top - line.bottom)


def _edge(line: TextLine, sheet: Sheet, share: float) -> str | None:
    """The edge of the page that a line stands at."""
    strip = min(share * max(sheet.width, sheet.height), HIGHEST_EDGE * sheet.height)
    if line.bottom < strip:
        return "top"
    return "bottom" if line.top > sheet.height - strip else None


Key = tuple[str, str]


def _key(line: TextLine, edge: str) -> Key:
    return edge, DIGITS.sub("#", "".join(line.text.split()))


def _repeated(sheets: list[Sheet], lines: list[list[TextLine]]) -> set[Key]:
    """The lines that stand at the same edge of many pages, whatever their numbers."""
    seen: Counter[Key] = Counter()
    heights: dict[Key, list[float]] = {}
    for sheet, page in zip(sheets, lines, strict=True):
        keys = {}
        for line in page:
            edge = _edge(line, sheet, EDGE)
            if edge is not None and not BARE.fullmatch(line.text.strip()):
                keys[_key(line, edge)] = line.top if edge == "top" else sheet.height - line.bottom
        seen.update(keys.keys())
        for key, height in keys.items():
            heights.setdefault(key, []).append(height)
    wanted = max(MIN_PAGES, PAGE_SHARE * len(sheets))
    return {
        key
        for key, times in seen.items()
        if times >= wanted and max(heights[key]) - min(heights[key]) <= SAME_HEIGHT
    }


def _is_head(line: TextLine, sheet: Sheet, page: list[TextLine], repeated: set[Key]) -> bool:
    edge = _edge(line, sheet, EDGE)
    if edge is not None and (_key(line, edge) in repeated or _is_browsers(line)):
        return True
    if len(line.text) > LONGEST_NUMBER or _edge(line, sheet, NUMBER_EDGE) is None:
        return False
    return PAGE_NUMBER.fullmatch(line.text.strip()) is not None and _is_outermost(line, page)


def _is_browsers(line: TextLine) -> bool:
    return bool(ADDRESS.fullmatch(line.text) or PRINTED_AT.fullmatch(line.text))


def _is_outermost(line: TextLine, page: list[TextLine]) -> bool:
    """Whether no other line of words is nearer to the page's edge."""
    is_top = line.top < page[0].top + line.size if page else False
    return is_top or all(other.top <= line.bottom for other in page)
