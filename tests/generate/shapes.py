"""Structural mutations of grids: headers cut, tables split, joined and widened. Values stay what they are."""

from __future__ import annotations

import copy
import random
from dataclasses import replace

from tests.generate.model import Cell, Grid, places
from tests.generate.plan import Plan


def fill_spans(grid: Grid, manner: str) -> Grid:
    """Spans undone: covered places hold an empty cell, nothing, or the text again."""
    if manner == "span":
        return grid
    rows: list[list[Cell]] = []
    for row in places(grid):
        line: list[Cell] = []
        for cell, starts in row:
            if starts:
                line.append(Cell(cell.text, cell.role, 1, 1, cell.key, cell.value, cell.parts))
            elif manner == "empty" or cell.role == "value":
                if manner != "missing":
                    line.append(Cell("", "blank"))
            elif manner == "repeat":
                line.append(Cell(cell.text, cell.role))
        rows.append(line)
    return Grid(grid.name, rows, grid.head)


def turn(grid: Grid) -> Grid:
    """Rows as columns: items across, applicants or outcomes down."""
    columns = zip(*places(grid), strict=True)
    rows = [
        [replace(cell, rowspan=cell.colspan, colspan=cell.rowspan) for cell, starts in column if starts]
        for column in columns
    ]
    return Grid(grid.name, rows, 0)


def cut_header(grid: Grid, keep: int, shifted: bool) -> Grid:
    """All but the last `keep` header rows gone.

    Empty cells stand where cells of the lost rows reached down, so the rest keeps its columns; `shifted`
    leaves them out, and the rest slides to the left.
    """
    gone = grid.head - keep
    if gone <= 0:
        return grid
    rows = copy.deepcopy(grid.rows[gone:])
    lost = [cell for row in grid.rows[:gone] for cell in row]
    for r in range(keep if not shifted else 0):
        line: list[Cell] = []
        for cell, starts in places(grid)[gone + r]:
            if starts:
                line.append(copy.deepcopy(cell))
            elif any(cell is other for other in lost):
                line.append(Cell("", "blank"))
        rows[r] = line
    return Grid(grid.name, rows, keep)


def one_line(grid: Grid, rng: random.Random) -> Grid:
    """The numbers of table 4 in one cell, with spaces between them; blanks without a sign vanish."""
    row = grid.rows[-1]
    gap = rng.choice((" ", "  ", "　", "   "))
    text = gap.join(cell.text for cell in row if cell.text)
    return Grid(grid.name, [*grid.rows[:-1], [Cell(text, "multi", 1, len(row), parts=row)]], grid.head)


def split_grid(grid: Grid, at: int, repeat_header: bool, repeat_group: bool) -> list[Grid]:
    """Two grids cut before row `at`; a label that spans the cut stands again, or an empty cell does."""
    laid = places(grid)
    first, second = copy.deepcopy(grid.rows[:at]), copy.deepcopy(grid.rows[at:])
    carried: list[Cell] = []
    seen: list[Cell] = []
    for cell, starts in laid[at]:
        if starts or any(cell is s for s in seen):
            continue
        seen.append(cell)
        origin = next(r for r, row in enumerate(grid.rows) if any(c is cell for c in row))
        if origin == at:
            continue
        for twin in first[origin]:
            if (twin.text, twin.rowspan) == (cell.text, cell.rowspan):
                twin.rowspan = at - origin
        carried.append(
            Cell(cell.text if repeat_group else "", cell.role, origin + cell.rowspan - at, cell.colspan)
        )
    second[0] = carried + second[0]
    head = copy.deepcopy(grid.rows[: grid.head]) if repeat_header else []
    return [
        Grid(grid.name, first, grid.head),
        Grid(grid.name, head + second, grid.head if repeat_header else 0),
    ]


def cut_place(grid: Grid, rng: random.Random) -> int | None:
    """Row before which a table may be cut: inside 三 of table 3, between blocks of table 2, else anywhere."""
    body = range(grid.head + 2, len(grid.rows) - 2)
    if grid.name == "table2":
        fits = [r for r in body if len(grid.rows[r]) == 1]
    elif grid.name == "table3":
        fits = [r for r in body if r <= grid.head + 18 and r > grid.head + 3]
    elif grid.name in ("form2014", "local"):
        fits = list(body)
    else:
        fits = []
    return rng.choice(fits) if fits else None


def group_twice(grid: Grid) -> Grid:
    """三、本年度办理结果 as two row groups of its own label (as seen on a real page)."""
    if grid.name != "table3":
        return grid
    at = grid.head + 2 + 10
    one, two = split_grid(grid, at, False, True)
    return Grid(grid.name, one.rows + two.rows, grid.head)


def merge_grids(grids: list[Grid], headings: list[str | None]) -> Grid:
    """Several forms in one table; a heading stands in a row of its own where given."""
    width = max(grid.width for grid in grids)
    rows: list[list[Cell]] = []
    for grid, heading in zip(grids, headings, strict=True):
        if heading:
            rows.append([Cell(heading, "title", 1, width)])
        rows += copy.deepcopy(grid.rows)
    return Grid("merged", rows, 0)


def widen(grid: Grid, plan: Plan, rng: random.Random) -> Grid:
    """Extra columns (序号, 代码, 备注, an empty one); the unit column dropped. Forms with one header row."""
    rows = copy.deepcopy(grid.rows)
    if grid.name in ("form2014", "local"):
        if plan.has("unit-dropped"):
            for row in rows:
                del row[1]
        for n, row in enumerate(rows):
            if plan.has("col-serial"):
                row.insert(0, Cell("序号" if n == 0 else str(n), "head" if n == 0 else "serial"))
            if plan.has("col-code"):
                row.insert(1, Cell("代码" if n == 0 else f"{n:02d}", "head" if n == 0 else "serial"))
            if plan.has("col-remark"):
                note = rng.choice(("", "", "", "含乡镇", "见说明", "含下属单位"))
                row.append(Cell("备注" if n == 0 else note, "head" if n == 0 else "remark"))
    if plan.has("empty-column"):
        for row in rows:
            row.append(Cell("", "blank"))
    return Grid(grid.name, rows, grid.head)


def number_columns(grid: Grid) -> Grid:
    """A row below the heads of table 3 or 4 that counts the columns of figures: 1, 2, 3 …"""
    count = 7 if grid.name == "table3" else 15
    aside = [Cell("栏次", "head", 1, grid.width - count)] if grid.width > count else []
    numbers = [Cell(str(n), "serial") for n in range(1, count + 1)]
    return Grid(
        grid.name, [*grid.rows[: grid.head], [*aside, *numbers], *grid.rows[grid.head :]], grid.head + 1
    )


def total_first(grid: Grid) -> Grid:
    """Table 3 with its column 总计 left of the applicants."""
    rows = [list(row) for row in grid.rows]
    rows[1] = [rows[1][-1], *rows[1][:-1]]
    for row in rows[grid.head :]:
        row.insert(len(row) - 7, row.pop())
    return Grid(grid.name, rows, grid.head)


def lawsuits_first(grid: Grid) -> Grid:
    """Table 4 with the groups of lawsuits left of reconsiderations."""
    top, middle, low, values = grid.rows
    rows = [top[::-1], [*middle[5:], *middle[:5]], low, [*values[5:], *values[:5]]]
    return Grid(grid.name, rows, grid.head)


def add_title(grid: Grid, title: str, rng: random.Random) -> Grid:
    """A title row, sometimes with the body that filled it in below."""
    width = grid.width
    rows = [[Cell(title, "title", 1, width)]]
    if rng.random() < 0.4:
        rows.append(
            [
                Cell(
                    rng.choice(
                        ("填报单位（盖章）：办公室", "（单位：件、条、万元）", "填报单位：政务公开办")
                    ),
                    "title",
                    1,
                    width,
                )
            ]
        )
    return Grid(grid.name, rows + grid.rows, grid.head)


def add_foot(grid: Grid, year: int, rng: random.Random) -> Grid:
    """Rows below the figures: who is responsible, who filled it in, phone, date."""
    width = grid.width
    people = "单位负责人：张明　审核人：李芳　填报人：王强"
    rows = [[Cell(people, "foot", 1, width)]]
    if rng.random() < 0.6:
        phone = f"联系电话：0{rng.randint(311, 998)}-{rng.randint(2000000, 8999999)}"
        rows.append(
            [
                Cell(
                    f"{phone}　填报日期：{year + 1}年{rng.randint(1, 3)}月{rng.randint(1, 28)}日",
                    "foot",
                    1,
                    width,
                )
            ]
        )
    return Grid(grid.name, grid.rows + rows, grid.head)


def add_empty_rows(grid: Grid, rng: random.Random) -> Grid:
    """Rows without text, as layout spacers; not inside a row group."""
    rows: list[list[Cell]] = []
    for r, row in enumerate(grid.rows):
        open_span = any(c.rowspan > 1 for line in grid.rows[:r] for c in line if _reaches(grid, c, r))
        if r > grid.head and not open_span and rng.random() < 0.15:
            rows.append([Cell("", "blank", 1, grid.width)])
        rows.append(row)
    return Grid(grid.name, rows, grid.head)


def _reaches(grid: Grid, cell: Cell, r: int) -> bool:
    origin = next(i for i, row in enumerate(grid.rows) if any(c is cell for c in row))
    return origin + cell.rowspan > r
