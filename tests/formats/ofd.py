"""A writer of OFD files for tests: lines of text and ruled tables, as office software sets them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, SMALL = 4.2, 3.2  # of prose and in tables, millimetres
LEFT, WIDTH, FOOT = 25.0, 160.0, 270.0
LINE_SQUARES = 36
PAGE_WIDTH = 210.0
PIECE = re.compile(r"[\d.,%]+|.")
Part = tuple[int, float, float]
"""Of a page, by its index: from top to foot."""


class Spanned(NamedTuple):
    """A cell of a table: where it begins, how many rows and columns it covers, its words."""

    row: int
    col: int
    rows: int
    cols: int
    words: str


class OfdWriter:
    """Pages of A4, filled from the top; a table goes on over the page break."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y = 25.0
        self.pictures: list[bytes] = []

    def picture(self, content: bytes, width: float, height: float) -> None:
        """A picture of so many millimetres, the whole page's from its upper left corner."""
        is_page = width >= PAGE_WIDTH
        if is_page and self.pages[-1]:
            self.pages.append([])
        left, top = (0.0, 0.0) if is_page else (LEFT, self.y)
        self.pictures.append(content)
        self.pages[-1].append(
            f'<ofd:ImageObject ID="3" ResourceID="{100 + len(self.pictures)}" '
            f'Boundary="{left} {top} {width} {height}" CTM="{width} 0 0 {height} 0 0"/>'
        )
        self.y = top + height

    def _room(self, height: float) -> None:
        if self.y + height > FOOT:
            self.pages.append([])
            self.y = 25.0

    def text(self, words: str, x: float, y: float, size: float = SIZE, page: int = -1) -> None:
        deltas = " ".join(str(size if ord(c) > 0x2000 else size / 2) for c in words[:-1])
        self.pages[page].append(
            f'<ofd:TextObject ID="1" Boundary="{x} {y} {WIDTH} {size}" Font="1" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{0.86 * size}" DeltaX="{deltas}">{escape(words)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, page: int = -1) -> None:
        self.pages[page].append(
            f'<ofd:PathObject ID="2" Boundary="{x1} {y1} {x2 - x1 + 0.3} {y2 - y1 + 0.3}" LineWidth="0.25">'
            f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def paragraph(self, words: str) -> None:
        for part in _wrapped("\u3000\u3000" + words, LINE_SQUARES):
            self._room(SIZE * 1.6)
            self.text(part.lstrip("\u3000"), LEFT + SIZE * (len(part) - len(part.lstrip("\u3000"))), self.y)
            self.y += SIZE * 1.6

    def table(self, rows: list[list[str]], widths: list[float]) -> None:
        self.spanned(
            [Spanned(y, x, 1, 1, words) for y, row in enumerate(rows) for x, words in enumerate(row)], widths
        )

    def spanned(self, cells: list[Spanned], widths: list[float]) -> None:
        """A table whose cells may span; what spans a page break has a box on both pages."""
        edges = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        inside = {
            cell: _wrapped(cell.words, (edges[cell.col + cell.cols] - edges[cell.col] - 2) / SMALL)
            for cell in cells
        }
        places = self._rows(_heights(inside))
        for cell, lines in inside.items():
            rest = lines
            for page, top, foot in _parts(places[cell.row : cell.row + cell.rows]):
                self._box(page, edges[cell.col], top, edges[cell.col + cell.cols], foot)
                fits = int((foot - top - 2) / (SMALL * 1.3))
                for i, words in enumerate(rest[:fits]):
                    self.text(words, edges[cell.col] + 1, top + 1.5 + i * SMALL * 1.3, SMALL, page)
                rest = rest[fits:]

    def _rows(self, heights: list[float]) -> list[Part]:
        """Where rows of these heights stand."""
        places = []
        for height in heights:
            self._room(height)
            places.append((len(self.pages) - 1, self.y, self.y + height))
            self.y += height
        return places

    def _box(self, page: int, left: float, top: float, right: float, foot: float) -> None:
        for y in (top, foot):
            self.line(left, y, right, y, page)
        for x in (left, right):
            self.line(x, top, x, foot, page)

    def content(self) -> bytes:
        root = _element("OFD", _element("DocBody", _element("DocRoot", "Doc_0/Document.xml")))
        box = _element("PageArea", _element("PhysicalBox", "0 0 210 297"))
        area = _element("CommonData", box + _element("DocumentRes", "DocumentRes.xml"))
        names = [f"Pages/Page_{i}/Content.xml" for i in range(len(self.pages))]
        listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="{name}"/>' for i, name in enumerate(names))
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("OFD.xml", root)
            archive.writestr("Doc_0/Document.xml", _element("Document", area + _element("Pages", listed)))
            archive.writestr("Doc_0/DocumentRes.xml", self._resources())
            for number, picture in enumerate(self.pictures):
                archive.writestr(f"Doc_0/Res/{number}.png", picture)
            for name, parts in zip(names, self.pages, strict=True):
                layer = _element("Content", _element("Layer", "".join(parts)))
                archive.writestr(f"Doc_0/{name}", _element("Page", layer))
        return file.getvalue()

    def _resources(self) -> str:
        media = "".join(
            f'<ofd:MultiMedia ID="{101 + n}" Type="Image">'
            f"{_element('MediaFile', f'{n}.png')}</ofd:MultiMedia>"
            for n in range(len(self.pictures))
        )
        return f'<ofd:Res {NAMES} BaseLoc="Res">{_element("MultiMedias", media)}</ofd:Res>'


def _element(name: str, content: str) -> str:
    return f"<ofd:{name} {NAMES}>{content}</ofd:{name}>"


def _wrapped(words: str, width: float) -> list[str]:
    """Lines of so many squares of type at most; a number is not parted."""
    lines: list[str] = []
    for line in words.splitlines():
        lines.append("")
        for piece in PIECE.findall(line):
            if lines[-1] and _squares(lines[-1] + piece) > width:
                lines.append("")
            lines[-1] += piece
    return lines


def _squares(words: str) -> float:
    return sum(1.0 if ord(c) > 0x2000 else 0.5 for c in words)


def _heights(inside: dict[Spanned, list[str]]) -> list[float]:
    """Of each row: what its own cells need, the last row of a span what the others leave."""
    heights = [3 + SMALL * 1.3] * max(cell.row + cell.rows for cell in inside)
    for cell in sorted(inside, key=lambda cell: cell.rows):
        last = cell.row + cell.rows - 1
        needed = 3 + SMALL * 1.3 * len(inside[cell])
        heights[last] = max(heights[last], needed - sum(heights[cell.row : last]))
    return heights


def _parts(places: list[Part]) -> list[Part]:
    """Rows that stand on one page as one part."""
    parts: list[Part] = []
    for page, top, foot in places:
        if parts and parts[-1][0] == page:
            parts[-1] = (page, parts[-1][1], foot)
        else:
            parts.append((page, top, foot))
    return parts
