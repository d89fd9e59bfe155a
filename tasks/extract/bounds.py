"""How far the report reaches: to the title of a second one on the page.

Here: cutting a document where its first report ends, and the rest as a document of its own, for the warehouse
knows a report by its document. Not here: the page's frame, and how much of a page is read at all
(`tasks.clean`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from tasks.extract.bodies import is_body
from tasks.extract.lines import BLANK, Line, body_lines, close_up
from tasks.extract.titles import (
    META_TITLES,
    TITLE_MAX,
    Title,
    body_named,
    find_title,
    fold,
    is_report_title,
    year_named,
)
from tasks.frozen import frozen
from tasks.values import Block, BlockKind, Cell, Document, Section, Table, Zone, document_id

# A report without headings has at least so much prose; before it a title may be printed twice.
TEXT_MIN = 300
BELOW_MIN = 120  # characters of prose below a title that is not only listed
SENTENCE_MIN = 20  # characters of a line of prose
FIRST_NUMBERS = frozenset({"一", "1", "第一部分", "第一章"})


@frozen
class Bounded:
    """The document as far as its first report reaches; a second title's words, and where they begin."""

    document: Document
    second: str | None = None
    next_start: int | None = None


def first_report(document: Document, sections: Sequence[Section]) -> Bounded:
    """The document without a second report: one whose title names another year or body than the first."""
    lines = body_lines(document)
    later = [no for no, line in enumerate(lines) if no and _may_head(line)]
    until = sections[0].heading_start if sections else len(document.text)
    title = find_title(document, until) if later else None
    if title is None:
        return Bounded(document)
    for no in later:
        line = lines[no]
        if line.start < title.end or not _is_other(title, line.text):
            continue
        if _has_text(lines[:no], title, sections) and _begins_anew(lines[no + 1 :], line, sections):
            start = _start(lines, no)
            kept = [
                block if block.zone is not Zone.BODY else _up_to(document.text, block, start)
                for block in document.blocks
                if block.zone is not Zone.BODY or block.start < start
            ]
            second = close_up(document.text[start : line.end])
            return Bounded(replace(document, blocks=tuple(kept)), second, start)
    return Bounded(document)


def rest_of(document: Document, start: int, uri: str) -> Document:
    """What stands from offset `start` on, as a document with a text of its own.

    What the page's frame above and its title say is said of the first report, not of this one.
    """
    blocks = [_moved(block, start) for block in document.blocks if block.end > start]
    places = [
        replace(place, start=place.start - start, end=place.end - start)
        for place in document.places
        if place.start >= start
    ]
    return replace(
        document,
        document_id=document_id(uri),
        uri=uri,
        text=document.text[start:],
        blocks=tuple(blocks),
        places=tuple(places),
        page_title=None,
        page_meta=tuple((name, value) for name, value in document.page_meta if name not in META_TITLES),
        replaced=0,
    )


def _moved(block: Block, by: int) -> Block:
    """The block in a text that begins at `by`; its lines before are left out."""
    table = block.table and replace(block.table, cells=tuple(_cells_moved(block.table, by)))
    return replace(block, start=max(0, block.start - by), end=block.end - by, table=table)


def _cells_moved(table: Table, by: int) -> Iterator[Cell]:
    for cell in table.cells:
        yield replace(cell, start=cell.start - by, end=cell.end - by)


def _up_to(text: str, block: Block, end: int) -> Block:
    """The block, its lines behind `end` left out; a table is not divided."""
    if block.end <= end or block.kind is BlockKind.TABLE:
        return block
    while end > block.start and text[end - 1] in BLANK:
        end -= 1
    return replace(block, end=end)


def _may_head(line: Line) -> bool:
    return len(line.text) <= 2 * TITLE_MAX and is_report_title(line.text)


def _is_other(title: Title, words: str) -> bool:
    """Whether both titles name a year, or a body, and not the same."""
    years = year_named(title.text), year_named(words)
    if None not in years and years[0] != years[1]:
        return True
    bodies = fold(body_named(title.text)), fold(body_named(words))
    return all(is_body(name) for name in bodies) and bodies[0] not in bodies[1] and bodies[1] not in bodies[0]


def _has_text(above: Sequence[Line], title: Title, sections: Sequence[Section]) -> bool:
    """Whether the first report has said something before the line in question."""
    end = above[-1].end
    if any(section.heading_start < end for section in sections):
        return True
    return _prose(line for line in above if line.start >= title.end) >= TEXT_MIN


def _begins_anew(below: Sequence[Line], line: Line, sections: Sequence[Section]) -> bool:
    """Whether a report follows the title: prose, and headings that count from one again."""
    if _prose(takewhile(lambda following: not _may_head(following), below)) < BELOW_MIN:
        return False
    following = next((s for s in sections if s.heading_start >= line.end and s.number and s.level == 1), None)
    return following is None or following.number in FIRST_NUMBERS


def _prose(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines if len(line.text) >= SENTENCE_MIN)


def _start(lines: Sequence[Line], no: int) -> int:
    """Where the title begins: with the line above when that names the body and the line does not."""
    above = close_up(lines[no - 1].text).replace(" ", "")
    if is_body(above) and not body_named(lines[no].text):
        return lines[no - 1].start
    return lines[no].start
