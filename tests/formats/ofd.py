"""A writer of OFD files for tests: lines of text and ruled tables, as office software sets them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, LEFT, WIDTH, FOOT = 4.2, 25.0, 160.0, 270.0
LINE_CHARS = 36


class OfdWriter:
    """Pages of A4, filled from the top; a table goes on over the page break."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y = 25.0

    def _room(self, height: float) -> None:
        if self.y + height > FOOT:
            self.pages.append([])
            self.y = 25.0

    def text(self, words: str, x: float, y: float) -> None:
        deltas = " ".join(str(SIZE if ord(c) > 0x2000 else SIZE / 2) for c in words[:-1])
        self.pages[-1].append(
            f'<ofd:TextObject ID="1" Boundary="{x} {y} {WIDTH} {SIZE}" Font="1" Size="{SIZE}">'
            f'<ofd:TextCode X="0" Y="{0.86 * SIZE}" DeltaX="{deltas}">{escape(words)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.pages[-1].append(
            f'<ofd:PathObject ID="2" Boundary="{x1} {y1} {x2 - x1 + 0.3} {y2 - y1 + 0.3}" LineWidth="0.25">'
            f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def paragraph(self, words: str) -> None:
        indented = "\u3000\u3000" + words
        for i in range(0, len(indented), LINE_CHARS):
            self._room(SIZE * 1.6)
            part = indented[i : i + LINE_CHARS]
            self.text(part.lstrip("\u3000"), LEFT + SIZE * (len(part) - len(part.lstrip("\u3000"))), self.y)
            self.y += SIZE * 1.6

    def table(self, rows: list[list[str]], widths: list[float]) -> None:
        edges = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        for row in rows:
            wrapped = [_wrapped(words, int((w - 2) / SIZE)) for words, w in zip(row, widths, strict=False)]
            height = 3 + SIZE * 1.3 * max(map(len, wrapped))
            self._room(height)
            for y in (self.y, self.y + height):
                self.line(edges[0], y, edges[-1], y)
            for x in edges:
                self.line(x, self.y, x, self.y + height)
            for x, lines in zip(edges, wrapped, strict=False):
                for i, words in enumerate(lines):
                    self.text(words, x + 1, self.y + 1.5 + i * SIZE * 1.3)
            self.y += height

    def content(self) -> bytes:
        root = _element("OFD", _element("DocBody", _element("DocRoot", "Doc_0/Document.xml")))
        area = _element("CommonData", _element("PageArea", _element("PhysicalBox", "0 0 210 297")))
        names = [f"Pages/Page_{i}/Content.xml" for i in range(len(self.pages))]
        listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="{name}"/>' for i, name in enumerate(names))
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("OFD.xml", root)
            archive.writestr("Doc_0/Document.xml", _element("Document", area + _element("Pages", listed)))
            for name, parts in zip(names, self.pages, strict=True):
                layer = _element("Content", _element("Layer", "".join(parts)))
                archive.writestr(f"Doc_0/{name}", _element("Page", layer))
        return file.getvalue()


def _element(name: str, content: str) -> str:
    return f"<ofd:{name} {NAMES}>{content}</ofd:{name}>"


def _wrapped(words: str, chars: int) -> list[str]:
    return [words[i : i + chars] for i in range(0, len(words), chars)]
