"""Sheets → one text with blocks, each knowing its page and box.

The order of work: tables are taken out of each page, running heads dropped, columns of text read one after
the other, lines joined to paragraphs, paragraphs and tables joined over page breaks, all written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tasks.clean.compose import Composed, Draft, Writer
from tasks.clean.paged.breaks import join
from tasks.clean.paged.columns import Flow, flows
from tasks.clean.paged.grid import rasters
from tasks.clean.paged.gutters import without_gutters
from tasks.clean.paged.heads import without_heads
from tasks.clean.paged.paragraphs import Column, Paragraph, add_line, follows, measure, paragraphs
from tasks.clean.paged.rows import TextLine, lines_of
from tasks.clean.paged.sheet import Box, Glyph, Rule, Sheet
from tasks.clean.paged.tables import SheetTable, fill
from tasks.clean.paged.turned import upright_sheets
from tasks.clean.paged.unruled import find_unruled
from tasks.clean.paged.valued import find_valued
from tasks.values import Cell, Place, Table

# So many lines of more than so many characters show a page's margins.
MIN_LONG = 3
LONG_LINE = 20
# Of shorter ones so many do that end together.
MIN_FLUSH = 5

Item = Paragraph | SheetTable


def compose_sheets(sheets: list[Sheet]) -> Composed:
    """The text and blocks of a paged document."""
    sheets = upright_sheets(sheets)
    tables: list[list[SheetTable]] = []
    lines: list[list[TextLine]] = []
    for sheet in sheets:
        found, rest = _take_tables(sheet)
        tables.append(found)
        lines.append(lines_of(rest, sheet.number))
    lines = without_heads(sheets, lines)
    read = [
        (flow, sheet, list(_unruled(flow.lines, sheet.rules)))
        for sheet, page in zip(sheets, flows(list(zip(lines, tables, strict=True))), strict=True)
        for flow in page
    ]
    prose = [[part for part in parts if isinstance(part, TextLine)] for _, _, parts in read]
    column = measure([line for part in prose for line in part], max((s.width for s in sheets), default=0))
    items: list[Item] = []
    for (flow, sheet, parts), own in zip(read, prose, strict=True):
        _append_page(items, _items(flow.tables, parts, _column(own, column, flow, sheet)))
    return _write(_dissolved(items))


def _take_tables(sheet: Sheet) -> tuple[list[SheetTable], list[Glyph]]:
    """The ruled tables of a page with their text, and the characters that stand in none."""
    found: list[SheetTable] = []
    rest = sheet.glyphs
    size = median(glyph.size for glyph in rest) if rest else 0.0
    for raster in rasters(sheet.rules):
        table, rest = fill(raster, rest, sheet.number)
        if any(cell.lines for cell in table.cells):
            found.append(without_gutters(table, size))
    return found, rest


def _column(lines: list[TextLine], whole: Column, flow: Flow, sheet: Sheet) -> Column:
    """A page's own margins where it has enough long lines to show them, else the document's."""
    long = sum(line.right - line.left > LONG_LINE * line.size for line in lines)
    if long < MIN_LONG and not flow.is_column and not _is_flush(lines):
        return whole
    own = measure(lines, sheet.width)
    return Column(own.left, own.right, whole.size, whole.pitch)


def _is_flush(lines: list[TextLine]) -> bool:
    """Whether most lines end at one edge: a column that fills half of the page, nothing beside it."""
    edge = max((line.right for line in lines), default=0.0)
    flush = sum(line.right > edge - line.size for line in lines)
    return flush >= max(MIN_FLUSH, len(lines) / 2)


def _items(tables: list[SheetTable], parts: list[TextLine | SheetTable], column: Column) -> list[Item]:
    """Paragraphs and tables of a page from the top."""
    items: list[Item] = []
    run: list[TextLine] = []
    waiting = sorted(tables, key=lambda table: table.top)
    for part in parts:
        while waiting and waiting[0].top < part.top:
            items += [*paragraphs(run, column), waiting.pop(0)]
            run = []
        if isinstance(part, SheetTable):
            items += [*paragraphs(run, column), part]
            run = []
        else:
            run.append(part)
    return [*items, *paragraphs(run, column), *waiting]


def _unruled(lines: list[TextLine], rules: list[Rule]) -> Iterator[TextLine | SheetTable]:
    """The lines, tables without rules among them: first those that hold numbers."""
    run: list[TextLine] = []
    for part in find_valued(lines):
        if isinstance(part, TextLine):
            run.append(part)
        else:
            yield from find_unruled(run, rules)
            yield part
            run = []
    yield from find_unruled(run, rules)


def _append_page(items: list[Item], page: list[Item]) -> None:
    """Add a page's items, joining the first one to the last of the page before if it goes on there."""
    if items and page:
        last, first = items[-1], page[0]
        if isinstance(last, SheetTable) and isinstance(first, SheetTable):
            joined = join(last, first)
            if joined is not None:
                items[-1] = joined
                page = page[1:]
        elif isinstance(last, Paragraph) and isinstance(first, Paragraph) and _is_one(last, first):
            for line in first.lines:
                add_line(last, line)
            page = page[1:]
    items.extend(page)


def _is_one(last: Paragraph, first: Paragraph) -> bool:
    """Whether a paragraph goes on over the page break."""
    if last.align or first.align:
        return False
    return follows(last.lines, first.lines[0], last.column, first.column)


def _dissolved(items: list[Item]) -> list[Item]:
    """The items, tables that are but frames around text replaced by their text."""
    result: list[Item] = []
    for item in items:
        if isinstance(item, Paragraph) or item.is_data():
            result.append(item)
            continue
        for cell in item.cells:
            if cell.lines:
                result += paragraphs(cell.lines, measure(cell.lines, cell.box[2] - cell.box[0]))
    return result


# ----------------------------------------------------------------- writing


def _write(items: list[Item]) -> Composed:
    writer = Writer()
    drafts: list[Draft] = []
    places: list[Place] = []
    for item in items:
        if isinstance(item, SheetTable):
            drafts.append(_write_table(item, writer, places))
        else:
            drafts.append(_write_paragraph(item, writer, places))
        writer.end_line()
    text = "".join(writer.pieces)
    end = max(len(text.rstrip("\n")), drafts[-1].end if drafts else 0)
    return Composed(text[:end], drafts, tuple(places))


def _write_paragraph(item: Paragraph, writer: Writer, places: list[Place]) -> Draft:
    start, end = writer.place(item.text)
    at = start
    for line in item.lines:
        begin = writer_find(item.text, line.text, at - start) + start
        places.append(Place(begin, begin + len(line.text), line.page, rounded(line.box), line.confidence))
        at = begin + len(line.text)
    return Draft(start, end, None, 0, item.level, item.is_bold, item.align)


def writer_find(text: str, piece: str, at: int) -> int:
    found = text.find(piece, at)
    return at if found < 0 else found


def _write_table(item: SheetTable, writer: Writer, places: list[Place]) -> Draft:
    start = writer.length
    cells: list[Cell] = []
    above = 0
    for cell in sorted(item.cells, key=lambda one: (one.row, one.col)):
        if cell.row > above:
            writer.write("\n" * (cell.row - above))
            above = cell.row
        elif cells:
            writer.write("\t")
        begin, end = writer.place(cell.text)
        page, box, sure = cell.page, rounded(cell.box), cell.confidence
        cells.append(Cell(cell.row, cell.col, cell.rowspan, cell.colspan, begin, end, False, page, box, sure))
        if end > begin:
            places.append(Place(begin, end, page, box, sure))
    stop = writer.length
    return Draft(start, stop, Table(item.rows, item.cols, tuple(cells)))


def rounded(box: Box) -> Box:
    """A box in tenths of a point: finer is noise."""
    left, top, right, bottom = (round(value, 1) for value in box)
    return left, top, right, bottom
