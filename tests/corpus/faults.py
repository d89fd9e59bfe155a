"""The faults: each spoils one report so that one rule, and no other, must object."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from copy import deepcopy

from tests.corpus.bodies import Year


def add(year: Year, amount: float, *cells: tuple[str, str | None]) -> None:
    for cell in cells:
        value = year.cells[cell]
        assert value is not None
        year.cells[cell] = value + amount


def both(indicator: str) -> tuple[tuple[str, str | None], ...]:
    return (indicator, None), (indicator, "natural_person")


def table3_outcomes(year: Year) -> None:
    add(year, 1, ("outcome_denied_deliberative", None), ("outcome_denied_deliberative", "research"))


def table3_applicants(year: Year) -> None:
    for row in ("applications_received", "outcome_granted", "outcome_total"):
        add(year, 1, (row, "natural_person"))


def table3_balance(year: Year) -> None:
    add(year, 1, *both("applications_received"))
    year.received += 1


def table4_sums(year: Year) -> None:
    add(year, 1, ("reconsiderations", None))


def form_2014_sums(year: Year) -> None:
    add(year, 1, ("staff_total", None))


def form_2014_flow(year: Year) -> None:
    add(year, -3, ("proactive_website", None))


def form_local_sums(year: Year) -> None:
    add(year, 3, ("applications_mail_fax", None))


def part_of_total(year: Year) -> None:
    year.cells["proactive_normative_documents", None] = year.total + 5.0


def carried_over(year: Year) -> None:
    add(year, 1, *both("applications_carried_over"))
    add(year, -1, *both("applications_received"))
    year.received -= 1


def in_force(year: Year) -> None:
    add(year, 3, ("normative_documents_in_force", None))


def items_last_year(year: Year) -> None:
    add(year, 2, ("licensing_items_last_year", None))


def prose_against_form(year: Year) -> None:
    year.received_said = year.received + 1


def prose_parts(year: Year) -> None:
    year.parts[-1] -= 1
    year.parts[0] -= 1


def prose_shares(year: Year) -> None:
    year.shares = [round(100 * part / year.total, 1) for part in year.parts]
    year.shares[1] += 3.5


def deadline(year: Year) -> None:
    is_february = year.year > 2018 and year.kind == "education"
    year.signed_on = dt.date(year.year + 1, 2 if is_february else 4, 9)


def sections_present(year: Year) -> None:
    del year.texts["problems_measures"]


def empty_section(year: Year) -> None:
    year.texts["other_matters"] = ["无。"]


def fee_explained(year: Year) -> None:
    year.fee = 50


def blank_cells(year: Year) -> None:
    year.cells["coercion_decisions", None] = None


def implausible_jump(year: Year) -> None:
    value = year.cells["penalty_decisions", None] or 0
    factor = 15 + year.number % 40
    year.cells["penalty_decisions", None] = float(value // factor if value > 90 else value * factor)


NEW_FORMS = ("form-2019", "form-2021")
FAULTS: dict[Callable[[Year], None], Callable[[Year], bool]] = {
    table3_outcomes: lambda year: year.form in NEW_FORMS,
    table3_applicants: lambda year: year.form in NEW_FORMS,
    table3_balance: lambda year: year.form in NEW_FORMS,
    table4_sums: lambda year: year.form in NEW_FORMS,
    form_2014_sums: lambda year: year.form == "form-2014",
    form_2014_flow: lambda year: year.form == "form-2014",
    form_local_sums: lambda year: year.form == "form-local",
    part_of_total: lambda year: year.form == "form-2014",
    carried_over: lambda year: year.year > 2019,
    in_force: lambda year: year.year == 2023,
    # with the old form in 2021, too, the fault would show there once more
    items_last_year: lambda year: year.year == 2020 and int(year.body[2:]) % 15 != 4,
    prose_against_form: lambda year: True,
    prose_parts: lambda year: True,
    prose_shares: lambda year: True,
    deadline: lambda year: True,
    sections_present: lambda year: year.form in NEW_FORMS,
    empty_section: lambda year: year.form in NEW_FORMS,
    fee_explained: lambda year: year.form == "form-2021",
    blank_cells: lambda year: year.form in NEW_FORMS,
    implausible_jump: lambda year: year.form in NEW_FORMS,
}
"""Each fault, which bears its rule's name, and the reports that it can be planted in."""


def plant_faults(years: list[Year], rounds: int, seed: int) -> list[Year]:
    """Plant each fault `rounds` times, at most one in a report and, where history counts, in a body;
    returns the reports, a few of them twice."""
    dice = random.Random(seed)
    free = dice.sample(years, len(years))
    for fault, is_fit in sorted(FAULTS.items(), key=lambda each: each[0].__name__):
        rule = fault.__name__
        fit = [each for each in free if not each.planted and is_fit(each)]
        if rule == "implausible_jump":
            fit = list({each.body: each for each in fit}.values())
        for year in fit[:rounds]:
            fault(year)
            year.planted.add(rule)
    again = [deepcopy(each) for each in free if not each.planted][:rounds]
    for number, copy in enumerate(again):
        copy.number = len(years) + number
        copy.texts["overview"] = copy.texts["overview"][:1]
        copy.planted = {"duplicate_report"}
        next(each for each in years if (each.body, each.year) == (copy.body, copy.year)).planted.add(
            "duplicate_report"
        )
    return years + again
