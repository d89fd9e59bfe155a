"""What the readers of a format hand on: lines of visible text and tables, in the order of the page.

A `Line` is what a browser shows as one line break to the next. Offsets come later, in `compose`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One visual line. `text` may begin and end with nbsp or U+3000; blank lines are kept, they can be cells.

    `container` is the index of the element it stands in (`Outline`), `linked` counts the characters
    inside links, `is_frame` says that header, nav, footer or aside holds it. `cuts` are the places in the
    text where the inline elements begin, if the line is nothing but inline elements side by side.
    `confidence` is below 1 where it was recognised in a picture.
    """

    text: str
    container: int = 0
    level: int | None = None
    is_bold: bool = False
    align: str | None = None
    linked: int = 0
    is_frame: bool = False
    cuts: tuple[int, ...] = ()
    confidence: float = 1.0


@dataclass(slots=True)
class RawCell:
    """A cell as marked up; its lines are `lines[first:last]` of the page."""

    rowspan: int
    colspan: int
    is_header: bool
    first: int
    last: int


@dataclass(slots=True)
class RawTable:
    """A table as marked up: rows of cells; the page's lines `first:last` stand in it."""

    first: int
    container: int
    last: int = -1
    rows: list[list[RawCell]] = field(default_factory=list)
    inner: list[RawTable] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The page's lines and tables, and the tree of the elements that hold them (`parents`)."""

    lines: list[Line]
    tables: list[RawTable]
    parents: list[int]  # the container that holds each container; the root holds itself
