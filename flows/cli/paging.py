"""Where something is printed in a paged document (PDF, OFD, a scan), in words and as an address."""

from __future__ import annotations

from collections.abc import Iterable

from flows.cli.grids import Row

PDF = "application/pdf"


def in_words(row: Row) -> str:
    """`page 3`, with the box of a form's cell where it is known; nothing for documents without pages."""
    if row.get("page") is None:
        return ""
    box = row.get("bbox")
    if not box:
        return f"page {row['page']}"
    left, top, right, bottom = (round(value) for value in box)
    return f"page {row['page']}, {left} to {right} pt from the left, {top} to {bottom} pt from the top"


def pages_of(rows: Iterable[Row]) -> str:
    """`page 3` or `pages 3 to 5`: where the rows stand together."""
    pages = sorted({row["page"] for row in rows if row.get("page") is not None})
    if not pages:
        return ""
    return f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]} to {pages[-1]}"


def address(document: Row, row: Row) -> str | None:
    """The PDF's own address with the page, which browsers and viewers open there."""
    uri = str(document.get("uri") or "")
    if row.get("page") is None or document.get("media_type") != PDF:
        return None
    return f"{uri}#page={row['page']}" if uri.startswith(("http://", "https://")) else None
