"""Lines and tables → one text, and blocks that know their places in it.

A `Draft` is a block before its zone is known, with what the zone rules look at. Offsets leave out the
white space around a line; the text keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from tasks.clean.columned import one_row_a_line
from tasks.clean.lines import Line, Outline, RawCell, RawTable
from tasks.clean.spaces import SPACE
from tasks.clean.tables import is_data, place
from tasks.clean.wrapped import column_width, paragraphs, whole
from tasks.values import Cell, Place, Table


@dataclass(slots=True)
class Draft:
    """A block to be: its place in the text, its table if it is one, and the traits of its line."""

    start: int
    end: int
    table: Table | None = None
    container: int = 0
    level: int | None = None
    is_bold: bool = False
    align: str | None = None
    link_share: float = 0.0
    is_frame: bool = False
    cuts: tuple[int, ...] = ()  # places in the text where inline elements side by side begin


class Composed(NamedTuple):
    """A text with its blocks; `places` says where it is printed, if the format has pages."""

    text: str
    drafts: list[Draft]
    places: tuple[Place, ...] = ()


class Writer:
    """The text being written: pieces and the offset reached."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def place(self, piece: str) -> tuple[int, int]:
        """Write and say where the piece stands, without the white space around it."""
        begin = self.length
        self.pieces.append(piece)
        end = self.length = begin + len(piece)
        core = piece.strip(SPACE)
        if len(core) == len(piece):
            return begin, end
        if not core:
            return end, end
        begin += len(piece) - len(piece.lstrip(SPACE))
        return begin, begin + len(core)

    def end_line(self) -> None:
        self.write("\n")


def compose(outline: Outline) -> Composed:
    """One text with the blocks in order; cells of a row are parted by tabs, rows by line breaks."""
    writer = Writer()
    drafts: list[Draft] = []
    lines = outline.lines
    sizes = [0, *accumulate(len(line.text) for line in lines)]
    width = column_width([line.text for line in lines])
    position = 0
    for table in outline.tables:
        if table.first < position or not is_data(table, lines, sizes):
            continue
        _write_lines(_unwrapped(lines[position : table.first], width), writer, drafts)
        caption_end = _captions(table, lines)
        _write_lines(lines[table.first : caption_end], writer, drafts)
        drafts.append(_write_table(table, lines, writer))
        position = table.last
    _write_lines(_unwrapped(lines[position:], width), writer, drafts)
    text = "".join(writer.pieces)
    end = max(len(text.rstrip("\n")), drafts[-1].end if drafts else 0)  # a table may end in empty rows
    return Composed(text[:end], drafts)


def _captions(table: RawTable, lines: list[Line]) -> int:
    """Where the cells begin: lines of a table before its first cell are its caption."""
    return min((cell.first for row in table.rows for cell in row), default=table.first)


def _unwrapped(lines: list[Line], width: float | None) -> list[Line]:
    """The lines, those of one look that are a broken paragraph joined."""
    whole_lines: list[Line] = []
    done = 0
    for first, last in paragraphs([line.text for line in lines], width):
        run = [line for line in lines[first:last] if line.text]
        if len({(line.level, line.is_bold, line.align, line.is_frame) for line in run}) == 1:
            linked = sum(line.linked for line in run)
            joined = replace(run[0], text=whole([line.text for line in run]), linked=linked, cuts=())
            whole_lines += (*lines[done:first], joined)
            done = last
    return whole_lines + lines[done:]


def _write_lines(lines: list[Line], writer: Writer, drafts: list[Draft]) -> None:
    for line in lines:
        begin = writer.length
        start, end = writer.place(line.text)
        writer.end_line()
        if end > start:
            drafts.append(
                Draft(
                    start,
                    end,
                    None,
                    line.container,
                    line.level,
                    line.is_bold,
                    line.align,
                    line.linked / len(line.text),
                    line.is_frame,
                    tuple(begin + cut for cut in line.cuts) if line.cuts else (),
                )
            )


def _write_table(table: RawTable, lines: list[Line], writer: Writer) -> Draft:
    grid = place(one_row_a_line(table.rows, lines))
    start = writer.length
    cells: list[Cell] = []
    above = 0
    for row, col, rowspan, colspan, cell in grid.cells:
        if row > above:
            writer.write("\n" * (row - above))
            above = row
        elif cells:
            writer.write("\t")
        text, sure = _cell_text(cell, lines)
        begin, end = writer.place(text)
        cells.append(Cell(row, col, rowspan, colspan, begin, end, cell.is_header, confidence=sure))
    stop = writer.length
    writer.end_line()
    linked = sum(line.linked for line in lines[table.first : table.last])
    return Draft(
        start,
        stop,
        Table(grid.rows, grid.cols, tuple(cells)),
        table.container,
        link_share=linked / max(1, stop - start),
        is_frame=lines[table.first].is_frame,
    )


def _cell_text(cell: RawCell, lines: list[Line]) -> tuple[str, float]:
    """The text of a cell's lines, and how sure the least sure of them was read."""
    if cell.last - cell.first == 1:
        return lines[cell.first].text, lines[cell.first].confidence
    own = lines[cell.first : cell.last]
    return "\n".join([line.text for line in own if line.text]), min(
        [line.confidence for line in own], default=1.0
    )
