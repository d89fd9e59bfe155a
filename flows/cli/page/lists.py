"""The short lists at the page's end: findings, contacts, citations, checks."""

from __future__ import annotations

from flows.cli.page.markup import Child, Html, element, link
from flows.cli.page.parts import section
from flows.cli.show import Row, Shown


def findings(shown: Shown) -> Html | None:
    """Problems admitted, measures announced."""
    rows = [
        element(
            "li", element("strong", row["kind"]), " ", link(f"p{number}", row["text"].strip(), lang="zh-Hans")
        )
        for number, row in enumerate(shown.findings)
    ]
    return _list("findings", "Findings", rows)


def contacts(shown: Shown) -> Html | None:
    """How to reach the office."""
    rows = [
        element("li", element("strong", row["kind"]), " ", link(f"c{number}", row["value"], lang="zh-Hans"))
        for number, row in enumerate(shown.contacts)
    ]
    return _list("contacts", "Contacts", rows)


def citations(shown: Shown) -> Html | None:
    """Laws and documents cited, with a jump to each place."""
    places: dict[str, list[int]] = {}
    for number, row in enumerate(shown.citations):
        places.setdefault(f"《{row['title']}》{row['number'] or ''}", []).append(number)
    rows = []
    for words, numbers in places.items():
        others: list[Child] = []
        for count, number in enumerate(numbers[1:], 2):
            others += [" ", link(f"z{number}", str(count), class_="to")]
        rows.append(element("li", link(f"z{numbers[0]}", words, lang="zh-Hans"), *others))
    return _list("citations", "Citations", rows)


def checks(shown: Shown) -> Html | None:
    """What does not add up or could not be read; what is in order is only counted."""
    failed = [row for row in shown.checks if not row["passed"]]
    passed = len(shown.checks) - len(failed)
    if not shown.checks:
        return None
    rows = [element("li", *_check(row), class_=f"is-{row['severity']}") for row in failed]
    note = element("p", f"{passed} passed.") if passed else None
    return section(
        "checks", f"Checks not passed ({len(failed)})", element("ul", *rows) if rows else None, note
    )


def _check(row: Row) -> list[Child]:
    said: list[Child] = [
        element("strong", row["severity"]),
        " ",
        element("code", row["rule"]),
        " ",
        row["message"],
    ]
    if row["expected"] is not None or row["actual"] is not None:
        said.append(element("small", f" expected {row['expected']}, found {row['actual']}"))
    return said


def _list(anchor: str, title: str, rows: list[Html]) -> Html | None:
    return section(anchor, f"{title} ({len(rows)})", element("ul", *rows)) if rows else None
