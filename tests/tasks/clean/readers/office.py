"""Small Word and Excel files for the tests of their readers."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; `parts` are further ones of word/: styles, numbering, footnotes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"{XML}<Types/>")
        archive.writestr(
            "word/document.xml", f"{XML}<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"{XML}<w:{name} {NAMES}>{content}</w:{name}>")
    return file.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tbl(*rows: Sequence[str], widths: Sequence[int] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    inner = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"


def xlsx(rows: Sequence[Sequence[Any]], *merged: str, hidden: Sequence[Sequence[Any]] = ()) -> bytes:
    """A workbook with one sheet of these values and, if given, a hidden one before it."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    if hidden:
        other = book.create_sheet("hidden", 0)
        for row in hidden:
            other.append(row)
        other.sheet_state = "hidden"
        book.active = 1
    file = BytesIO()
    book.save(file)
    return file.getvalue()
