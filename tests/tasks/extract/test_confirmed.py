"""Numbers recognised in an image: sums that come out make them sure, those that do not, doubtful."""

from __future__ import annotations

from tasks.extract.forms import read_forms
from tasks.extract.forms.cells import read_value
from tasks.extract.forms.confirmed import DOUBTED, confirmed
from tasks.extract.forms.grid import Kind, Printed
from tasks.extract.forms.placed import Placed
from tasks.values import Block, BlockKind, Cell, Document, Place

READ = 0.97  # how sure the recognition is of each number
MEMBERS = ("natural_person", "business", None)


def placed(
    indicator: str, text: str, member: str | None = None, table_no: int = 1, reading: float = READ
) -> Placed:
    cell = Cell(0, 0, 1, 1, 0, len(text), page=1, confidence=reading)
    printed = Printed(cell, text, read_value(text), Kind.VALUE)
    return Placed(printed, None, table_no, 1, 1, indicator, "", indicator, "件", member=member)


def row(indicator: str, *texts: str) -> list[Placed]:
    """A row of table 3: natural persons, business, all."""
    return [placed(indicator, text, member, 3) for text, member in zip(texts, MEMBERS, strict=True)]


def concluded(total: str, on_time: str, extended: str, reading: float = READ) -> list[Placed]:
    names = ("applications_concluded", "applications_concluded_on_time", "applications_concluded_extended")
    return [
        placed(name, text, reading=reading)
        for name, text in zip(names, (total, on_time, extended), strict=True)
    ]


def test_a_sum_that_comes_out_makes_its_numbers_sure() -> None:
    cells, failed = confirmed([*concluded("27", "26", "1"), placed("complaints", "4")])
    assert [cell.confidence for cell in cells] == [1, 1, 1, READ]
    assert failed == []


def test_a_sum_that_does_not_come_out_puts_its_numbers_in_doubt() -> None:
    cells, failed = confirmed(concluded("27", "25", "1"))
    assert [cell.confidence for cell in cells] == [DOUBTED] * 3
    assert failed == ["applications_concluded: 27 ≠ 26"]


def test_a_number_read_twice_with_different_values_confirms_nothing() -> None:
    cells, _ = confirmed([*concluded("27", "26", "1"), placed("applications_concluded", "21")])
    assert all(cell.confidence < 1 for cell in cells)


def test_what_is_printed_stays_sure_though_a_sum_fails() -> None:
    cells, failed = confirmed(concluded("27", "25", "1", reading=1.0))
    assert [cell.confidence for cell in cells] == [1, 1, 1]
    assert failed == []


def test_a_cell_wrong_across_and_down_is_told_from_its_right_neighbours() -> None:
    form = [
        *row("applications_received", "7", "2", "9"),
        *row("applications_carried_over", "1", "0", "1"),
        *row("outcome_granted", "5", "2", "6"),  # 4 was read as 5
        *row("outcome_other", "3", "0", "3"),
        *row("outcome_total", "7", "2", "9"),
        *row("applications_carried_forward", "1", "0", "1"),
    ]
    cells, failed = confirmed(form)
    sure = {(cell.indicator, cell.member): cell.confidence for cell in cells}
    assert sure["outcome_granted", "natural_person"] == DOUBTED
    assert sure["outcome_granted", "business"] == 1
    assert sure["outcome_total", None] == 1
    assert len(failed) == 2


def test_numbers_that_lost_their_table_are_no_surer_than_they_were_read() -> None:
    heading, numbers = "四、行政复议、行政诉讼情况", "1 0 0 0 1 0 0 0 0 0 2 0 0 0 3"
    text = f"{heading}\n{numbers}\n"
    start = len(heading) + 1
    blocks = (
        Block(BlockKind.HEADING, 0, len(heading)),
        Block(BlockKind.PARAGRAPH, start, start + len(numbers)),
    )
    places = (Place(start, start + len(numbers), 2, (90, 100, 400, 112), 0.8),)
    reading = read_forms(Document("d", "s.png", "image/*", None, text, blocks, places=places), 2022)
    sure = {fact.indicator: (fact.confidence, fact.page) for fact in reading.facts}
    assert sure["reconsiderations"] == (1, 2), "its sum comes out"
    assert sure["lawsuits_after_reconsideration"] == (0.5, 2), "2 are not 3"
    assert len(sure) == 15


def test_columns_whose_rows_fail_are_not_sure_though_their_sums_down_come_out() -> None:
    names = ("applications_received", "applications_carried_over", "outcome_total", "outcome_granted")
    taken_for_totals = [  # the total was cut off: what stands last is the business column's
        *row(names[0], "9", "2", "4"),
        *row(names[1], "1", "0", "0"),
        *row(names[2], "8", "1", "3"),
        *row(names[3], "8", "1", "3"),
        *row("applications_carried_forward", "2", "1", "1"),
    ]
    cells, failed = confirmed(taken_for_totals)
    assert len(failed) == 5
    assert all(cell.confidence < 1 for cell in cells)
