"""The values that travel between the steps: `Page` → `Document` → `Report`.

All are frozen, typed and cheap to pickle. The fields of a report's parts bear the names of the
warehouse columns they fill (`warehouse.contract`), so a row is made without a mapping.
Offsets always count characters of `Document.text`; an end is exclusive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum

from tasks.frozen import frozen


def document_id(canonical_uri: str) -> str:
    """The identity of a document: first 16 hex digits of sha256 of its canonical uri (UTF-8)."""
    return hashlib.sha256(canonical_uri.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ---------------------------------------------------------------- fetch → clean


@frozen
class Page:
    """A fetched page or file as it came: bytes and where they are from.

    `uri` is canonical (a URL without fragment and tracking parameters, or a local file's path
    relative to the folder given, with `/`); `source` is the name or path the user gave;
    `media_type` is what was claimed, not what it is; `fetched_at` is timezone aware; `parent_uri` is
    the page it is attached to or the archive it lay in.
    """

    uri: str
    source: str
    content: bytes
    media_type: str | None
    fetched_at: dt.datetime
    headers: tuple[tuple[str, str], ...] = ()
    parent_uri: str | None = None

    @property
    def document_id(self) -> str:
        return document_id(self.uri)

    @property
    def parent_id(self) -> str | None:
        return document_id(self.parent_uri) if self.parent_uri is not None else None

    @property
    def content_sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


# -------------------------------------------------------------- clean → extract


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


class Zone(StrEnum):
    """Where on the page a block stands: the report itself, or the frame around it."""

    HEAD = "head"  # navigation, breadcrumbs, metadata table, title line above the body
    BODY = "body"  # the report
    TAIL = "tail"  # buttons, related links, site footer below the body


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the upper left corner of the page as it is read."""


@frozen
class Place:
    """Where a stretch of the text is printed in a paged document: a line, or what stands in a cell.

    `page` counts from 1; `confidence` is 1 unless the text was recognised in an image (OCR).
    """

    start: int
    end: int
    page: int
    box: Box
    confidence: float = 1.0


@frozen
class Cell:
    """A table cell: its place in the grid, its spans, and its place in the text.

    `row` and `col` are those of the upper left corner, from 0; `is_header` is true for `<th>`.
    A cell without visible text has `start == end`. Cells of paged formats know their page (from 1) and
    `bbox`; `confidence` is below 1 where the text was recognised in an image or no rule shows the cell.
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    start: int
    end: int
    is_header: bool = False
    page: int | None = None
    bbox: Box | None = None
    confidence: float = 1.0


@frozen
class Table:
    """A grid with spans resolved: `rows` × `cols` places, some covered by one cell, some by none."""

    rows: int
    cols: int
    cells: tuple[Cell, ...]

    def grid(self) -> list[list[Cell | None]]:
        """Every place of the grid with the cell that covers it (spans repeated), or None."""
        places: list[list[Cell | None]] = [[None] * self.cols for _ in range(self.rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for c in range(cell.col, min(cell.col + cell.colspan, self.cols)):
                    places[r][c] = cell
        return places


@frozen
class Block:
    """A heading, a paragraph or a table, in the order of the page.

    `text` of the block is `Document.text[start:end]`. `level` is the markup's own heading level
    (h1 = 1 … h6 = 6) or None; `is_bold`: all its visible text is bold; `align`: `center`, `right`
    or None, as far as the page says.
    """

    kind: BlockKind
    start: int
    end: int
    zone: Zone = Zone.BODY
    level: int | None = None
    is_bold: bool = False
    align: str | None = None
    table: Table | None = None


@frozen
class Document:
    """A page as text and blocks. `text` is the page's visible text, frame included.

    `page_title` is the HTML `<title>`; `page_meta` the named `<meta>` elements in page order
    (name lower-cased), both outside `text`. `replaced` counts bytes that no charset could read.
    `places` says of a paged document where its text is printed, in the order of the text.
    `unread` counts the characters of lines that stand in no block because the page is too long.
    """

    document_id: str
    uri: str
    media_type: str
    charset: str | None
    text: str
    blocks: tuple[Block, ...]
    page_title: str | None = None
    page_meta: tuple[tuple[str, str], ...] = ()
    replaced: int = 0
    places: tuple[Place, ...] = ()
    unread: int = 0

    def text_of(self, part: Block | Cell) -> str:
        return self.text[part.start : part.end]

    def body(self) -> Iterator[Block]:
        """The blocks of the report itself, without the frame."""
        return (block for block in self.blocks if block.zone is Zone.BODY)


# --------------------------------------------------------------- extract → load


@frozen
class Section:
    """A printed heading with the text up to the next heading of any level (its own line excluded)."""

    seq: int
    level: int  # 1 = 一、  2 = （一）  3 = 1、  4 = (1) or ①
    number: str | None  # as printed, without brackets and point: 一, 1, 附件
    heading: str  # without the number
    concept: str | None  # seeds/section_concepts.csv
    text: str  # the text under the heading, from text_start to text_end
    text_start: int
    text_end: int
    heading_start: int
    heading_end: int
    is_run_in: bool = False  # the heading opens a paragraph


@frozen
class Fact:
    """One indicator's value as the report states it for its year."""

    indicator: str
    value: float  # in the indicator's canonical unit
    unit: str
    origin: str  # form | narrative | statement
    evidence: str
    evidence_start: int
    evidence_end: int
    dimension: str | None = None
    member: str | None = None
    is_approximate: bool = False
    section_seq: int | None = None
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    confidence: float = 1.0
    page: int | None = None


@frozen
class Figure:
    """Any quantity printed in the text; `indicator` is None unless it became a fact."""

    value: float
    unit: str | None
    is_approximate: bool
    subject: str | None
    evidence: str
    evidence_start: int
    evidence_end: int
    section_seq: int | None
    indicator: str | None
    scope: str  # why it is or is not this year's: this_year | last_year | cumulative | plan | share | other


@frozen
class FormCell:
    """A value cell of a statutory form, whatever stands in it."""

    form: str
    table_no: int
    row_no: int
    col_no: int
    row_path: str
    col_path: str
    raw: str
    value: float | None
    semantic: str  # number | zero | empty | not_applicable | text
    indicator: str | None
    dimension: str | None
    member: str | None
    text_start: int
    text_end: int
    page: int | None = None
    bbox: Box | None = None


@frozen
class Finding:
    """A problem the report admits or a measure it announces."""

    kind: str  # problem | measure
    seq: int
    text: str
    text_start: int
    text_end: int


@frozen
class Contact:
    kind: str  # phone | fax | email | address | postcode | url
    value: str
    evidence_start: int
    evidence_end: int


@frozen
class Citation:
    """A law or document named in 《》; one row for each time it is printed."""

    title: str  # without the outer 《》
    number: str | None  # 中办发〔2005〕12号, if printed behind it
    evidence_start: int
    evidence_end: int


@frozen
class Check:
    """What reads as wrong on the page itself; the rows of the audit are made in the warehouse."""

    rule: str
    severity: str  # info | warning | error
    passed: bool
    expected: str | None
    actual: str | None
    message: str
    stage: str = "extract"


@frozen
class Metadata:
    """Who reported, for which year, when. `*_basis` names the step of the cascade that decided."""

    title: str | None = None
    agency: str | None = None
    agency_basis: str | None = None
    agency_id: str | None = None
    agency_level: str | None = None  # national | province | prefecture | county | township
    agency_kind: str | None = None  # seeds/agency_kinds.csv
    region_code: str | None = None  # GB/T 2260, as of the report's year
    region_basis: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    year: int | None = None
    year_basis: str | None = None
    published_on: dt.date | None = None
    signed_on: dt.date | None = None
    index_number: str | None = None
    document_number: str | None = None
    publisher: str | None = None
    site_operator: str | None = None


@frozen
class Report:
    """What one document says. When it is no report (`is_report` false) only `metadata` is filled.

    `next_start` is where the title of another report begins in the same text, behind this one.
    """

    document_id: str
    is_report: bool
    kind_reason: str  # the words or rule that decided
    form: str | None  # narrative | form-2014 | form-2019 | form-2021 | form-local
    metadata: Metadata
    sections: tuple[Section, ...] = field(default=())
    facts: tuple[Fact, ...] = field(default=())
    figures: tuple[Figure, ...] = field(default=())
    form_cells: tuple[FormCell, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())
    contacts: tuple[Contact, ...] = field(default=())
    citations: tuple[Citation, ...] = field(default=())
    checks: tuple[Check, ...] = field(default=())
    next_start: int | None = None
