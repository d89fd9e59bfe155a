"""Lines of a column of text → paragraphs: which lines go on in the next one, over the page break too.

A paragraph begins with an indent, behind a line that is not full, behind a wider gap, in other type, or with
the mark of a numbered heading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tasks.clean.numbering import PARAGRAPH
from tasks.clean.paged.rows import TextLine, is_row
from tasks.clean.paged.sheet import Box, hull
from tasks.clean.spaces import seam

# A line ends this many sizes before the right margin at most if it goes on.
FULL = 2.2
# A line begins this many sizes right of the left margin if it is indented.
INDENT = 1.2
# A line is long when it has this share of the widest one.
LONG = 0.6
# A line that begins farther right than this is set to the right or the middle: it is no paragraph's first.
DEEPEST = 5.0
# Lines of one paragraph are no farther apart than this times the usual distance.
WIDE_GAP = 1.45
# Type that differs by more than this share is other type.
OTHER_SIZE = 0.12
# Type this much larger than the text's is a title's.
TITLE_SIZE = 1.2
TITLE_CHARS = 60
TITLE_GAP = 1.5  # sizes between the lines of one title
# A line is centred when its margins differ by less than this many sizes, and both are wider than MARGIN.
EVEN = 1.5
MARGIN = 3.0
ENDS = "。！？!?；;：:"


@dataclass(slots=True)
class Column:
    """The measures of a page's text: its margins, the size of its type, the distance of its lines."""

    left: float
    right: float
    size: float
    pitch: float


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, `text` without their breaks."""

    lines: list[TextLine]
    text: str
    level: int | None = None
    align: str | None = None
    column: Column = field(default_factory=lambda: Column(0, 0, 1, 1))

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)

    @property
    def box(self) -> Box:
        return hull([line.box for line in self.lines])


def measure(lines: list[TextLine], width: float) -> Column:
    """The measures of a page's column of text, from its longer lines."""
    if not lines:
        return Column(0, width, 12, 18)
    size = _weighted_median([(line.size, len(line.text)) for line in lines])
    body = [line for line in lines if abs(line.size - size) <= OTHER_SIZE * size] or lines
    widest = max(line.right - line.left for line in body)
    long = [line for line in body if line.right - line.left > LONG * widest] or body
    rights = sorted(line.right for line in long)
    right = rights[int(0.8 * (len(rights) - 1))]
    pairs = [(a, b) for a, b in pairwise(body) if a.page == b.page and 0 < b.top - a.top < 4 * size]
    pitch = median(b.top - a.top for a, b in pairs) if pairs else 1.5 * size
    return Column(_left(pairs, long, right, size), right, size, pitch)


def _left(pairs: list[tuple[TextLine, TextLine]], long: list[TextLine], right: float, size: float) -> float:
    """The left margin: where most lines begin that follow a full one; else where long lines do."""
    wide = {id(line) for line in long}
    following = [b.left for a, b in pairs if id(a) in wide and a.right > right - FULL * size]
    begins = Counter(round(left / size) for left in following or [line.left for line in long])
    most = max(begins.values())
    best = min(place for place, times in begins.items() if times >= 0.5 * most)
    return min(left for left in following or [line.left for line in long] if round(left / size) == best)


def _weighted_median(values: list[tuple[float, int]]) -> float:
    total, seen = sum(weight for _, weight in values), 0
    for value, weight in sorted(values):
        seen += weight
        if 2 * seen >= total:
            return value
    return 12.0


def paragraphs(lines: list[TextLine], column: Column) -> list[Paragraph]:
    """The paragraphs of lines that follow each other on one page."""
    found: list[Paragraph] = []
    for line in lines:
        if found and _goes_on(found[-1].lines, line, column):
            add_line(found[-1], line)
        else:
            found.append(Paragraph([line], line.text, column=column))
    for paragraph in found:
        paragraph.align = _align(paragraph, column)
        paragraph.level = _level(paragraph, column)
    return _with_whole_titles(found)


def _with_whole_titles(found: list[Paragraph]) -> list[Paragraph]:
    """Lines of a title in one: larger type of one size, centred, no farther apart than its own lines."""
    whole: list[Paragraph] = []
    for paragraph in found:
        above = whole[-1] if whole else None
        if above is not None and _is_one_title(above, paragraph):
            for line in paragraph.lines:
                add_line(above, line)
        else:
            whole.append(paragraph)
    return whole


def _is_one_title(above: Paragraph, below: Paragraph) -> bool:
    if above.level is None or below.level is None or above.align != "center" or below.align != "center":
        return False
    before, line = above.lines[-1], below.lines[0]
    is_near = line.top - before.bottom < TITLE_GAP * line.size
    return is_near and abs(before.size - line.size) < OTHER_SIZE * line.size


def add_line(paragraph: Paragraph, line: TextLine) -> None:
    paragraph.text += seam(paragraph.text, line.text) + line.text
    paragraph.lines.append(line)


def _goes_on(above: list[TextLine], line: TextLine, column: Column) -> bool:
    before = above[-1]
    if line.top - before.top > WIDE_GAP * max(column.pitch, before.size * 1.2):
        return False
    return follows(above, line, column, column)


def follows(above: list[TextLine], line: TextLine, before_column: Column, column: Column) -> bool:
    """Whether a line goes on with the lines above, by what both look like (not their distance)."""
    before = above[-1]
    if abs(line.size - before.size) > OTHER_SIZE * before.size or is_row(before) or is_row(line):
        return False
    if before.right < before_column.right - FULL * before.size or PARAGRAPH.match(line.text):
        return False
    if line.is_bold != before.is_bold and len(above) == 1 and before.text[-1] not in "，、,":
        return False
    if abs(line.left - column.left) > INDENT * line.size:
        return False
    indent = above[0].left - before_column.left
    if indent > DEEPEST * line.size:
        return False
    is_indented = indent > INDENT * line.size
    return is_indented or len(above) > 1 or before.text[-1] not in ENDS


def _align(paragraph: Paragraph, column: Column) -> str | None:
    left, _, right, _ = paragraph.box
    before, behind = left - column.left, column.right - right
    if len(paragraph.lines) > 1:
        return None
    if min(before, behind) > MARGIN * column.size and abs(before - behind) < EVEN * 2 * column.size:
        return "center"
    return "right" if before > 6 * column.size and before > 2 * behind else None


def _level(paragraph: Paragraph, column: Column) -> int | None:
    """1 for a line of larger type: a title. Numbered headings are told by their numbers, not here."""
    size = paragraph.lines[0].size
    is_title = size >= TITLE_SIZE * column.size and len(paragraph.text) <= TITLE_CHARS
    return 1 if is_title and not PARAGRAPH.match(paragraph.text) else None
