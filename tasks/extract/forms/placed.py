"""What the readers of the forms hand on: cells with their place in a form, and what found no place."""

from __future__ import annotations

from typing import NamedTuple

from tasks.extract.forms.cells import EMPTY, NOT_APPLICABLE, TEXT, in_unit
from tasks.extract.forms.grid import Printed
from tasks.values import FormCell

# How sure a cell's place or meaning is, where nothing on the page says it outright.
BY_SUMS = 0.9  # the statutory sums leave no other place
BY_LIKENESS = 0.9  # the row's label is printed in words of its own
BY_ORDER = 0.6  # only the usual order of columns says so


class Placed(NamedTuple):
    """A value cell and the form row and column it belongs to, with the certainty of that.

    `form` is None where tables 3 and 4 do not tell their generation; `unit` is the indicator's.
    """

    printed: Printed
    form: str | None
    table_no: int
    row_no: int
    col_no: int
    row_path: str
    col_path: str
    indicator: str | None
    unit: str
    printed_unit: str = ""
    member: str | None = None
    confidence: float = 1.0

    @property
    def column(self) -> str:
        """What tells cells of the same form apart that have no row: the column of tables 2 and 4."""
        return "" if self.table_no in (1, 3) else self.col_path

    @property
    def value(self) -> float | None:
        """The number in the indicator's unit; a difference in words (增加5) is none of a count."""
        read = self.printed.value
        if read.is_change and not (self.indicator or "").endswith("_change"):
            return None
        return in_unit(read, self.unit, self.printed_unit)

    def form_cell(self, generation: str, value: float | None) -> FormCell:
        """The row of the warehouse; `value` is the cell's own."""
        semantic = self.printed.value.semantic
        if value is None and semantic not in (EMPTY, NOT_APPLICABLE):
            semantic = TEXT
        return FormCell(
            form=self.form or generation,
            table_no=self.table_no,
            row_no=self.row_no,
            col_no=self.col_no,
            row_path=self.row_path,
            col_path=self.col_path,
            raw=self.printed.text,
            value=value,
            semantic=semantic,
            indicator=self.indicator,
            dimension="applicant" if self.member else None,
            member=self.member,
            text_start=self.printed.cell.start,
            text_end=self.printed.cell.end,
            page=self.printed.cell.page,
            bbox=self.printed.cell.bbox,
        )


class Unplaced(NamedTuple):
    """Values of a form's row whose columns are not certain."""

    table_no: int
    row_path: str
    texts: tuple[str, ...]
    column: str = ""


Read = Placed | Unplaced


def unplaced(table_no: int, row_path: str, values: list[Printed]) -> list[Read]:
    """The note that numbers found no place; nothing where no number stands."""
    texts = tuple(p.text for p in values if p.number is not None)
    return [Unplaced(table_no, row_path, texts)] if texts else []
