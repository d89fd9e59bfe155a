"""The document's text as HTML: its lines as paragraphs, headings and tables, every evidence marked.

The warehouse keeps the text alone, so a line with tabs is a table's row, and a heading is a line where a
section's heading stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flows.cli.page.forms import is_in_conflict
from flows.cli.page.markup import Html, element, joined
from flows.cli.page.spans import MarkedText, Span
from flows.cli.show import Row, Shown

Line = tuple[int, int]
"""Where a line of the text begins and ends, its line feed excluded."""

LEVELS = ("h3", "h4", "h5", "h6")


def document_text(shown: Shown) -> Html:
    """The whole text of the document."""
    text = shown.document.get("text") or ""
    marked = MarkedText(text, _spans(shown.facts, shown.conflicting), _anchors(shown, text))
    headings = {row["heading_start"]: row for row in shown.sections if not row["is_run_in"]}
    return joined(_blocks(marked, headings, shown.report.get("title") or ""))


def _spans(facts: list[Row], conflicting: set[str]) -> list[Span]:
    return [
        Span(f["evidence_start"], f["evidence_end"], number, is_in_conflict(f, conflicting))
        for number, f in enumerate(facts, 1)
    ]


def _anchors(shown: Shown, text: str) -> dict[int, list[str]]:
    """What else can be jumped to: `s` sections, `q` figures, `p` findings, `c` contacts, `z` citations."""
    parts = (
        ("s", shown.sections, "heading_start"),
        ("q", shown.figures, "evidence_start"),
        ("p", shown.findings, "text_start"),
        ("c", shown.contacts, "evidence_start"),
        ("z", shown.citations, "evidence_start"),
    )
    anchors: dict[int, list[str]] = {}
    for letter, rows, column in parts:
        for number, row in enumerate(rows):
            at = row[column]
            if at is None or not 0 <= at < len(text):
                continue
            while at + 1 < len(text) and text[at].isspace():
                at += 1
            anchors.setdefault(at, []).append(f"{letter}{number}")
    return anchors


def _blocks(marked: MarkedText, headings: dict[int, Row], title: str) -> Iterator[Html]:
    lines = (line for line in _lines(marked.text) if marked.text[line[0] : line[1]].strip())
    for is_row, group in groupby(lines, key=lambda line: "\t" in marked.text[line[0] : line[1]]):
        if is_row:
            yield _table(marked, list(group))
            continue
        for start, end in group:
            section = next((headings[at] for at in range(start, end) if at in headings), None)
            name = LEVELS[min(section["level"], len(LEVELS)) - 1] if section else "p"
            is_title = marked.text[start:end].strip() == title
            yield element(name, marked.html(start, end), class_="title" if is_title else None)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _table(marked: MarkedText, lines: list[Line]) -> Html:
    """Rows of one width. Where cells are missing, a label at the left spans several rows: the row's first
    cell is widened, and the numbers, which stand at the right, come to stand below each other.
    """
    rows = [_cells(marked.text, line) for line in lines]
    width = max(map(len, rows))
    made = []
    for cells in rows:
        first, *others = cells
        span = width - len(others)
        made.append(
            element(
                "tr",
                element("td", marked.html(*first), colspan=span if span > 1 else None),
                *(element("td", marked.html(*cell)) for cell in others),
            )
        )
    return element("div", element("table", *made, class_="printed"), class_="wide")


def _cells(text: str, line: Line) -> list[Line]:
    start, end = line
    cells = []
    for words in text[start:end].split("\t"):
        cells.append((start, start + len(words)))
        start += len(words) + 1
    return cells
