"""The forms as HTML tables: labels as printed, each cell joined with its fact, doubt and conflict marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flows.cli.grids import Grid, Row, grid, tables
from flows.cli.page.markup import Html, element, link
from flows.cli.paging import in_words, pages_of

SEMANTICS = {"empty": "blank", "not_applicable": "not applicable", "text": "text, no number"}
"""What a cell without a number means, for who points at it."""

Place = tuple[int, int, int]


def forms(cells: list[Row], facts: list[Row], conflicting: set[str]) -> Iterator[Html]:
    """A table for each form that the page carries."""
    stated = {
        (fact["table_no"], fact["row_no"], fact["col_no"]): (number, fact)
        for number, fact in enumerate(facts, 1)
        if fact["origin"] == "form"
    }
    for number, form, rows in tables(cells):
        made = grid(rows)
        yield element(
            "div",
            element(
                "table",
                element("caption", ", ".join(filter(None, (form, f"table {number}", pages_of(rows))))),
                element("thead", *_header(made)),
                element("tbody", *_lines(made, stated, conflicting)),
                class_="form",
            ),
            class_="wide",
        )


def _header(made: Grid) -> Iterator[Html]:
    """As many header rows as the labels have levels; equal labels side by side are one cell."""
    if not any(label for _, label in made.across):
        return
    paths = [label.split("/") for _, label in made.across]
    depth = max(map(len, paths))
    for level in range(depth):
        corner = [element("td", rowspan=depth)] if level == 0 else []
        cells = []
        for path, group in groupby(tuple(path[: level + 1]) for path in paths):
            width = len(list(group))
            label = path[level] if level < len(path) else ""
            spans = {"scope": "colgroup", "colspan": width} if width > 1 else {"scope": "col"}
            cells.append(element("th", label, **spans))
        yield element("tr", *corner, *cells, lang="zh-Hans")


def _lines(made: Grid, stated: dict[Place, tuple[int, Row]], conflicting: set[str]) -> Iterator[Html]:
    for depth, path, cells in made.lines():
        *parents, label = path.split("/")
        for level, parent in enumerate(parents, depth):
            yield element("tr", _row_head(level, parent, colspan=len(cells) + 1))
        head = _row_head(depth + len(parents), label)
        yield element("tr", head, *(_cell(cell, stated, conflicting) for cell in cells))


def _row_head(depth: int, label: str, **attributes: object) -> Html:
    inset = f"in{min(depth, 4)}" if depth else None
    return element("th", label, scope="row", lang="zh-Hans", class_=inset, **attributes)


def _cell(cell: Row | None, stated: dict[Place, tuple[int, Row]], conflicting: set[str]) -> Html:
    if cell is None:
        return element("td", class_="none")
    raw = " ".join((cell["raw"] or "").split())
    place = (cell["table_no"], cell["row_no"], cell["col_no"])
    if place not in stated:
        return element(
            "td", raw, class_="none", title=SEMANTICS.get(cell["semantic"]), id=cell_anchor(*place)
        )
    number, fact = stated[place]
    marks = ["fact"]
    if is_doubtful(fact):
        marks.append("doubt")
    if is_in_conflict(fact, conflicting):
        marks.append("conflict")
    return element(
        "td",
        link(f"f{number}", raw or "·", title="; ".join(filter(None, (fact["indicator"], in_words(cell))))),
        id=cell_anchor(*place),
        class_=" ".join(marks),
    )


def cell_anchor(table_no: int, row_no: int, col_no: int) -> str:
    """The name of a form's cell in the page."""
    return f"t{table_no}-{row_no}-{col_no}"


def is_doubtful(fact: Row) -> bool:
    """The reading is not certain."""
    return (1.0 if fact["confidence"] is None else fact["confidence"]) < 1


def is_in_conflict(fact: Row, conflicting: set[str]) -> bool:
    """The report states the indicator itself twice, differently."""
    return fact["dimension"] is None and fact["indicator"] in conflicting
