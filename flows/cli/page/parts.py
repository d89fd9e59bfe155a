"""The parts of the page beside the text: metadata, outline, facts, conflicts, figures, findings, checks …

Each function gives a section with its heading, or None when there is nothing to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from flows.cli.page.forms import cell_anchor, forms, is_doubtful, is_in_conflict
from flows.cli.page.markup import Child, Html, element, joined, link
from flows.cli.paging import address, in_words
from flows.cli.printing import printable
from flows.cli.show import Row, Shown

BASES = {
    "agency": "agency_basis",
    "region_code": "region_basis",
    "year": "year_basis",
    "kind": "kind_reason",
}
"""The fields whose deciding step is recorded, and where."""

IDENTITY = ("document_id", "uri")

ELSEWHERE = ("text", "title", *IDENTITY, *BASES.values())
"""Fields that stand elsewhere on the page."""

FORM, PROSE = "form", "prose"


def section(anchor: str, title: str, *children: Child) -> Html:
    """A part of the page with its heading."""
    return element("section", element("h2", title), *children, id=anchor)


def table(headings: Iterable[str], rows: Iterable[Html], **attributes: object) -> Html:
    """A table that scrolls by itself where it is too wide."""
    head = element("thead", element("tr", *(element("th", each, scope="col") for each in headings)))
    return element("div", element("table", head, element("tbody", *rows), **attributes), class_="wide")


def metadata(shown: Shown) -> Html:
    """Every field that is known, with the step that decided it; how the page was read is closed at first."""
    fields = {**shown.document, **shown.report}
    known = [name for name in fields if name not in ELSEWHERE and fields[name] is not None]
    names = [*IDENTITY, *(name for name in known if name in shown.report or name in BASES)]
    reading = [name for name in known if name not in names]
    parts = [_fields(fields, names)]
    if reading:
        parts.append(element("details", element("summary", "How it was read"), _fields(fields, reading)))
    return section("metadata", "Metadata", *parts)


def _fields(fields: Row, names: list[str]) -> Html:
    rows = []
    for name in names:
        basis = fields.get(BASES.get(name, ""))
        value = element("span", printable(fields.get(name)), lang="zh-Hans")
        said = element("small", f" by: {basis}", class_="basis") if basis else None
        rows.append(element("tr", element("th", name, scope="row"), element("td", value, said)))
    return element("table", element("tbody", *rows), class_="fields")


def outline(shown: Shown) -> Html | None:
    """The headings, each a jump into the text."""
    if not shown.sections:
        return None
    lines = [
        element(
            "li",
            link(f"s{number}", f"{row['number'] or ''} {row['heading']}".strip(), lang="zh-Hans"),
            element("small", f" {row['concept'] or '—'}"),
            class_=f"in{min(row['level'] - 1, 4)}",
        )
        for number, row in enumerate(shown.sections)
    ]
    return section("sections", f"Sections ({len(lines)})", element("ul", *lines, class_="outline"))


def quarantine(shown: Shown) -> Html | None:
    """Why the document could not be read."""
    if not shown.quarantine:
        return None
    told = [element("p", f"{r['stage']}: {r['error']} {r['advice'] or ''}") for r in shown.quarantine]
    return section("quarantine", "In quarantine", element("div", *told, class_="alert"))


def conflicts(shown: Shown) -> Html | None:
    """Where form, prose and statements disagree, with a jump to each of the values."""
    if not shown.conflicts:
        return None
    lines = []
    for row in shown.conflicts:
        values = [
            element("li", link(f"f{number}", f"{_value(fact)} {fact['unit']}"), f" {fact['origin']}")
            for number, fact in enumerate(shown.facts, 1)
            if fact["indicator"] == row["indicator"] and fact["dimension"] is None
        ]
        lines.append(element("li", *_named(row), element("ul", *values)))
    return section("conflicts", f"Conflicts ({len(lines)})", element("ul", *lines, class_="alert"))


def facts(shown: Shown) -> Html | None:
    """All facts: those of the prose, and those of the forms in a list that can be closed."""
    if not shown.facts:
        return None
    scopes = {_span(figure): figure["scope"] for figure in shown.figures}
    rows: dict[str, list[Html]] = {FORM: [], PROSE: []}
    for number, fact in enumerate(shown.facts, 1):
        kind = FORM if fact["origin"] == FORM else PROSE
        rows[kind].append(_fact(number, fact, scopes, shown))
    heads = ("", "indicator", "value", "unit", "origin", "confidence", "scope", "evidence")
    parts: list[Child] = []
    if rows[PROSE]:
        parts.append(table(heads, rows[PROSE], class_="facts"))
    if rows[FORM]:
        listed = table(heads, rows[FORM], class_="facts")
        summary = element("summary", f"From forms ({len(rows[FORM])})")
        # `again`: on paper the forms' grids say the same on fewer pages
        parts.append(element("details", summary, listed, open=not rows[PROSE], class_="again"))
    return section("facts", f"Facts ({len(shown.facts)})", *parts)


def _fact(number: int, fact: Row, scopes: dict[tuple[object, ...], str], shown: Shown) -> Html:
    member = f"{fact['dimension']}: {fact['member']}" if fact["dimension"] else None
    in_conflict = is_in_conflict(fact, shown.conflicting)
    confidence = fact["confidence"]
    return element(
        "tr",
        element("th", link(f"e{number}", str(number)), scope="row"),
        element("td", *_named(fact), element("small", member) if member else None),
        element(
            "td",
            _value(fact),
            element("strong", " ≠", title="stated differently elsewhere") if in_conflict else None,
            class_="number",
        ),
        element("td", fact["unit"], lang="zh-Hans"),
        element("td", fact["origin"]),
        element(
            "td",
            "" if confidence is None else f"{confidence:.2f}",
            class_="doubt" if is_doubtful(fact) else None,
        ),
        element("td", scopes.get(_span(fact), "")),
        element("td", _where(number, fact), _page(shown.document, fact), lang="zh-Hans"),
        id=f"f{number}",
        class_="conflict" if in_conflict else None,
    )


def _where(number: int, fact: Row) -> Html:
    """The words, a jump to them; for a form's fact its cell in the grid as well."""
    words = link(f"e{number}", " ".join(fact["evidence"].split()))
    if fact["origin"] != FORM or fact["row_no"] is None:
        return words
    place = (fact["table_no"], fact["row_no"], fact["col_no"])
    return joined([words, " ", link(cell_anchor(*place), "in its form", class_="quiet")])


def _page(document: Row, fact: Row) -> Html | None:
    """The page of the document, a link to it where its address is known."""
    words = in_words(fact)
    if not words:
        return None
    href = address(document, fact)
    return element("small", " ", element("a", words, href=href) if href else words)


def _named(row: Row) -> list[Child]:
    """The Chinese label above the code."""
    label = element("span", row["label_zh"], lang="zh-Hans") if row["label_zh"] else None
    return [label, _code(row["indicator"])]


def _code(code: str) -> Html:
    """The code; it may be broken behind its underscores."""
    head, *parts = code.split("_")
    return element("code", head, *(joined([Html("_<wbr>"), part]) for part in parts))


def _value(row: Row) -> str:
    return f"{'≈' if row['is_approximate'] else ''}{printable(row['value'])}"


def _span(row: Row) -> tuple[object, ...]:
    return row["indicator"], row["evidence_start"], row["evidence_end"]


def form_tables(shown: Shown) -> Html | None:
    """The forms in their grids."""
    made = list(forms(shown.form_cells, shown.facts, shown.conflicting))
    return section("forms", f"Forms ({len(made)} tables)", *made) if made else None


def figures(shown: Shown) -> Html | None:
    """The quantities that are no facts, with what they are instead; closed at first."""
    others = [(n, row) for n, row in enumerate(shown.figures) if row["indicator"] is None]
    if not others:
        return None
    rows = [
        element(
            "tr",
            element("td", _value(row), class_="number"),
            element("td", row["unit"] or "", lang="zh-Hans"),
            element("td", row["scope"]),
            element("td", row["subject"] or "", lang="zh-Hans"),
            element("td", link(f"q{n}", " ".join(row["evidence"].split())), lang="zh-Hans"),
        )
        for n, row in others
    ]
    scopes = ", ".join(
        f"{scope} {n}" for scope, n in Counter(row["scope"] for _, row in others).most_common()
    )
    listed = table(("value", "unit", "scope", "subject", "evidence"), rows)
    return section(
        "figures",
        f"Figures that are no facts ({len(rows)})",
        element("details", element("summary", scopes), listed),
    )
