"""Pages whose text runs in two columns, as gazettes set it: read the left one before the right one.

Here: where such columns are, and the order of what stands on the page. A page without them is one flow. Not
here: a sheet that holds two pages (`turned`), columns of tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tasks.clean.numbering import CHAPTER
from tasks.clean.paged.paragraphs import FULL
from tasks.clean.paged.rows import TextLine, part_line
from tasks.clean.paged.tables import SheetTable
from tasks.clean.spaces import CJK

# A gap of so many sizes may be the gutter; it lies in the middle of the text, within so much of its width.
GUTTER = 0.9
OFF_MIDDLE = 0.1
# Columns have so many lines beside each other; fewer do where others of the document show their gutter. Half
# of them are full, and as long as prose is.
MIN_LINES = 5
FEWEST_KNOWN = 2
PROSE_CHARS = 8

Band = tuple[list[TextLine], SheetTable | None]
"""Lines with the table below them."""


@dataclass(slots=True)
class Flow:
    """Lines that are read one after the other with the tables among them; one of two columns or the page."""

    lines: list[TextLine]
    tables: list[SheetTable] = field(default_factory=list)
    is_column: bool = False


def flows(pages: Sequence[tuple[Sequence[TextLine], Sequence[SheetTable]]]) -> list[list[Flow]]:
    """What stands on each page, of its lines and tables, in the order in which it is read."""
    banded = [list(_bands(*page)) for page in pages]
    bands = [band for page in banded for band, _ in page]
    known = [x for band in bands for _, _, x in _regions(band, [])]
    return [_flows(page, known) for page in banded]


def _flows(bands: Sequence[Band], known: Sequence[float]) -> list[Flow]:
    found: list[Flow] = []
    for band, below in bands:
        done = 0
        for first, stop, x in _regions(band, known):
            parts = [part for line in band[first:stop] for part in _pieces(line, x)]
            _add(found, Flow(band[done:first]))
            found.append(Flow([part for part in parts if part.right <= x], is_column=True))
            found.append(Flow([part for part in parts if part.left >= x], is_column=True))
            done = stop
        _add(found, Flow(band[done:], [below] if below else []))
    return found


def _add(found: list[Flow], flow: Flow) -> None:
    """Add what runs over the whole width, to the last flow if that does so too."""
    if found and not found[-1].is_column:
        found[-1].lines += flow.lines
        found[-1].tables += flow.tables
    elif flow.lines or flow.tables or not found:
        found.append(flow)


def _bands(lines: Sequence[TextLine], tables: Sequence[SheetTable]) -> Iterator[Band]:
    """The lines above each table with it, and those below the last."""
    rest = list(lines)
    for table in sorted(tables, key=lambda one: one.top):
        above = [line for line in rest if line.top <= table.top]
        rest = [line for line in rest if line.top > table.top]
        yield above, table
    yield rest, None


def _pieces(line: TextLine, x: float) -> list[TextLine]:
    """The line parted at its gap around x; whole if it has none there."""
    return part_line(
        line, lambda a, b: a.right <= x <= b.left and b.left - a.right > GUTTER * max(a.size, b.size)
    )


def _regions(lines: Sequence[TextLine], known: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    """First and last line (excluded) of each stretch in two columns, and where their gutter is; fewer lines
    do where it is `known` from elsewhere."""
    fewest = FEWEST_KNOWN if known else MIN_LINES
    x = median(known) if known else _gutter(lines)
    first = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and all(part.right <= x or part.left >= x for part in _pieces(lines[i], x)):
            continue
        stop = _stop(lines, first, i, x)
        if _are_columns([part for line in lines[first:stop] for part in _pieces(line, x)], x, fewest):
            yield first, stop, x
        first = i + 1


def _gutter(lines: Sequence[TextLine]) -> float:
    """Where most lines have a gap in the middle of the text's width; the middle where none has."""
    left, right = (
        min((line.left for line in lines), default=0),
        max((line.right for line in lines), default=0),
    )
    middle, reach = (left + right) / 2, OFF_MIDDLE * (right - left)
    gaps = [
        (max(a.right, middle - reach), min(b.left, middle + reach))
        for line in lines
        for a, b in pairwise(line.glyphs)
        if b.left - a.right > GUTTER * max(a.size, b.size)
    ]
    places = [(a + b) / 2 for a, b in gaps if a < b]
    return max(places, key=lambda x: sum(a <= x <= b for a, b in gaps), default=middle)


def _stop(lines: Sequence[TextLine], first: int, end: int, x: float) -> int:
    """The end of the columns: a heading below both, left of the gutter, is none of the left one's."""
    last = max((i for i in range(first, end) if lines[i].right > x), default=first)
    return next((i for i in range(last + 1, end) if CHAPTER.match(lines[i].text)), end)


def _are_columns(parts: Sequence[TextLine], x: float, fewest: int) -> bool:
    """Whether prose stands on both sides of the gutter, line beside line, so many at least."""
    left, right = [part for part in parts if part.right <= x], [part for part in parts if part.left >= x]
    if min(len(left), len(right)) < fewest:
        return False
    return all(
        _is_prose(own) and sum(other[0].top <= line.middle <= other[-1].bottom for line in own) >= fewest
        for own, other in ((left, right), (right, left))
    )


def _is_prose(lines: Sequence[TextLine]) -> bool:
    edge = max(line.right for line in lines)
    long = sum(len(CJK.findall(line.text)) >= PROSE_CHARS for line in lines)
    full = sum(line.right > edge - FULL * line.size for line in lines)
    return min(long, full) >= len(lines) / 2
