"""The printed lines of a document: what headings, titles and signatures are looked for in.

A block may hold several lines (`<br>`, a pasted text); a table's lines are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.frozen import frozen
from tasks.values import Block, BlockKind, Document, Zone

_CJK = "\u3400-\u9fff\u3007"
_SPACES = r"[ \t\r\n\u00a0\u3000\u2000-\u200b\ufeff]"
_GAP = re.compile(f"(?<=[{_CJK}]){_SPACES}+(?=[{_CJK}])")
_RUN = re.compile(f"{_SPACES}+")
BLANK = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\ufeff\u2002\u2003"
BLANKS = re.compile(f"[{BLANK}]")
BULLETS = "•·●◆■▪"


@frozen
class Line:
    """One printed line without the blanks around it: `document.text[start:end] == text`."""

    text: str
    start: int
    end: int
    block: Block


def lines_of(document: Document, blocks: Iterable[Block]) -> list[Line]:
    """The non-blank lines of these blocks, tables left out."""
    found: list[Line] = []
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            continue
        place = block.start
        for piece in document.text[block.start : block.end].split("\n"):
            bare = piece.lstrip(BLANK)
            start = place + len(piece) - len(bare)
            bare = bare.rstrip(BLANK)
            if bare:
                found.append(Line(bare, start, start + len(bare), block))
            place += len(piece) + 1
    return found


_recent: list[tuple[Document, dict[Zone, list[Line]]]] = []


def zone_lines(document: Document, zone: Zone) -> list[Line]:
    """The lines of a zone, kept for the document in hand: eight readers of one page ask for them."""
    known = _recent[0] if _recent else None
    if known is None or known[0] is not document:
        known = (document, {})
        _recent[:] = [known]
    if zone not in known[1]:
        known[1][zone] = lines_of(document, (block for block in document.blocks if block.zone is zone))
    return known[1][zone]


def body_lines(document: Document) -> list[Line]:
    """The lines of the report itself."""
    return zone_lines(document, Zone.BODY)


def head_lines(document: Document) -> list[Line]:
    """The lines of the frame above the report."""
    return zone_lines(document, Zone.HEAD)


def tail_lines(document: Document) -> list[Line]:
    """The lines of the frame below the report."""
    return zone_lines(document, Zone.TAIL)


def body_start(document: Document) -> int:
    """Where the report itself begins; 0 on a page without it."""
    return next((block.start for block in document.body()), 0)


def close_up(text: str) -> str:
    """The words on one line: letter-spacing between Chinese characters gone, other blanks one space."""
    if not _RUN.search(text):
        return text
    return _RUN.sub(" ", _GAP.sub("", text)).strip()
