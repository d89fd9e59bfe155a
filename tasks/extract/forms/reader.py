"""A document's statutory forms: every grid is offered to every form, and what the page carries is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tasks.extract.forms import labels
from tasks.extract.forms.tables import (
    MIN_LABELS,
    Grid,
    ListForm,
    Placed,
    read_table2,
    read_table3,
    read_table4,
)
from tasks.values import BlockKind, Document, Fact, FormCell

# From this report year on the 2021 form is in force (国办公开办函〔2021〕30号).
FORM_2021_SINCE = 2021
# Rows that only one generation of table 3 has: the 2021 form splits （六）其他处理 in three.
_ONLY_2021 = {"outcome_other_not_corrected", "outcome_other_fee_unpaid"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the forms of a document say. `form` is None when it carries none."""

    form: str | None
    cells: tuple[FormCell, ...]
    facts: tuple[Fact, ...]

    @property
    def filled(self) -> int:
        """Cells in which a number is printed."""
        return sum(cell.value is not None for cell in self.cells)


def read_forms(document: Document, year: int | None) -> Reading:
    """Read every statutory or local form among the document's tables. `year`: the year reported on."""
    placed: list[Placed] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            placed.extend(_read_grid(Grid(document, block), year))
    generation = _generation(placed, year)
    forms = Counter(p.form or generation for p in placed)
    return Reading(
        form=forms.most_common(1)[0][0] if forms else None,
        cells=tuple(p.form_cell(generation) for p in placed),
        facts=tuple(_facts(document, placed)),
    )


def _read_grid(grid: Grid, year: int | None) -> list[Placed]:
    statutory = [*read_table2(grid), *read_table3(grid), *read_table4(grid)]
    if len({(p.table_no, p.row_no, p.col_no) for p in statutory}) >= MIN_LABELS:
        return statutory
    form_2014 = list(ListForm("form-2014", labels.matcher_2014(), year).read(grid))
    local = list(ListForm("form-local", labels.matcher_local(), year).read(grid))
    best = max((form_2014, local), key=lambda found: len({p.row_no for p in found}))
    return best if len({p.row_no for p in best}) >= MIN_LABELS else []


def _generation(placed: Iterable[Placed], year: int | None) -> str:
    """Tables 3 and 4 look alike in both generations: table 2 and the split rows tell, else the year."""
    told = Counter(p.form for p in placed if p.table_no == 2 and p.form is not None)
    if any(p.indicator in _ONLY_2021 for p in placed):
        told["form-2021"] += 1
    if told:
        return told.most_common(1)[0][0]
    return "form-2021" if year is not None and year >= FORM_2021_SINCE else "form-2019"


def _facts(document: Document, placed: Iterable[Placed]) -> Iterator[Fact]:
    """A fact for each place of a form in which a number is printed; the first print of a value counts."""
    seen: set[tuple[str, str | None, float]] = set()
    for p in placed:
        value = p.value
        if p.indicator is None or value is None or (key := (p.indicator, p.member, value)) in seen:
            continue
        seen.add(key)
        cell = p.printed.cell
        yield Fact(
            indicator=p.indicator,
            value=value,
            unit=p.unit,
            origin="form",
            evidence=document.text_of(cell),
            evidence_start=cell.start,
            evidence_end=cell.end,
            dimension="applicant" if p.member else None,
            member=p.member,
            table_no=p.table_no,
            row_no=p.row_no,
            col_no=p.col_no,
            confidence=p.confidence,
        )
