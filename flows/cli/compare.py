"""`gongkai compare`: gathering what two reports say, figure by figure and section by section."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.cli.grids import Row
from flows.cli.printing import console, print_json
from flows.cli.show import find
from tasks.errors import GongkaiError
from warehouse.lake import Warehouse, open_warehouse
from warehouse.reuse.pairing import pair_sections
from warehouse.reuse.spans import common_spans

LEAST = 4
"""Characters of an equal run that is shown as repeated; shorter ones between changes would only flicker."""

FIGURES = """
    WITH stated AS (
        SELECT document_id, indicator, value, unit, origin FROM panel WHERE document_id IN ($before, $after)
        UNION ALL
        -- a report that `panel` does not take
        SELECT h.document_id, coalesce(i.harmonised, h.indicator) AS concept, h.value, h.unit, h.origin
        FROM headline h
        JOIN (SELECT document_id FROM reports WHERE NOT is_primary) USING (document_id)
        LEFT JOIN indicators i USING (indicator)
        WHERE h.document_id IN ($before, $after)
        QUALIFY row_number() OVER (
            PARTITION BY h.document_id, concept ORDER BY h.indicator <> concept, h.indicator
        ) = 1
    ),
    places AS (
        SELECT coalesce(harmonised, indicator) AS indicator, min(evidence_start) AS place
        FROM facts LEFT JOIN indicators USING (indicator)
        WHERE document_id IN ($before, $after) GROUP BY ALL
    )
    SELECT
        indicator, i.label_zh, i.label_en,
        coalesce(a.unit, b.unit) AS unit, a.value AS before, b.value AS after, b.value - a.value AS change,
        -- from −9 to −18 is no +100 %
        CASE WHEN a.value > 0 AND b.value >= 0 THEN (b.value - a.value) / a.value END AS ratio
    FROM (SELECT * FROM stated WHERE document_id = $before) a
    FULL JOIN (SELECT * FROM stated WHERE document_id = $after) b USING (indicator)
    LEFT JOIN indicators i USING (indicator)
    LEFT JOIN places USING (indicator)
    ORDER BY place, indicator
"""
SECTIONS = "SELECT seq, level, number, heading, text FROM sections WHERE document_id = ? ORDER BY seq"


@dataclass(frozen=True, slots=True)
class Part:
    """A section in both reports; runs are (words, whether the other report has them). Tables are left out."""

    heading_before: str | None
    heading_after: str | None
    before: list[tuple[str, bool]]
    after: list[tuple[str, bool]]
    words: int
    shared: int

    @property
    def share(self) -> float | None:
        """Of the later section's own words, those that stand in the earlier one; None: it has none."""
        return self.shared / self.words if self.words else None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports: their rows, figures with change, sections; notes say what limits the comparison."""

    before: Row
    after: Row
    notes: list[str]
    figures: list[Row]
    parts: list[Part]

    @property
    def changed(self) -> list[Row]:
        """The figures with another value, and those of one side only unless they say zero."""
        return [row for row in self.figures if row["change"] or (row["change"] is None and _only(row))]

    @property
    def unchanged(self) -> list[Row]:
        """The others."""
        return [row for row in self.figures if row not in self.changed]

    @property
    def share(self) -> float | None:
        """Of all own words of the later report, those repeated."""
        words = sum(part.words for part in self.parts)
        return sum(part.shared for part in self.parts) / words if words else None


def _only(figure: Row) -> float:
    """What the one side says that says something."""
    return float(figure["before"] or figure["after"] or 0)


def compare(before: str, after: str, home: Path, *, as_json: bool, html: Path | None) -> None:
    """Print the comparison, or write it as a page into the file `html`."""
    with open_warehouse(home, read_only=True) as warehouse:
        compared = gather(warehouse, before, after)
    if as_json:
        print_json({"share": compared.share, "compared": compared})
    elif html is not None:
        from flows.cli.page import write_html
        from flows.cli.page.compared import page

        write_html(page(compared), html)
        console().print(f"{html}: {len(compared.figures):,} figures, {len(compared.parts):,} sections")
    else:
        from flows.cli.comparing import print_compared

        print_compared(compared)


def gather(warehouse: Warehouse, before: str, after: str) -> Compared:
    """The comparison of the two reports. Raises GongkaiError for names that do not give two reports."""
    first, second = _report(warehouse, before), _report(warehouse, after)
    ids = {"before": first["document_id"], "after": second["document_id"]}
    if ids["before"] == ids["after"]:
        raise GongkaiError(
            f"{before!r} and {after!r} are the same report, {first['uri']}.", "Name two reports."
        )
    with warehouse.transaction():
        figures = warehouse.rows(FIGURES, ids)
        return Compared(first, second, _notes(first, second), figures, _parts(warehouse, **ids))


def _report(warehouse: Warehouse, name: str) -> Row:
    identity = find(warehouse, name)
    rows = warehouse.rows("FROM reports WHERE document_id = ?", [identity])
    if not rows:
        raise GongkaiError(
            f"{name!r} is no report (document {identity}).", f"`gongkai show {identity}` says what it is."
        )
    return rows[0]


def _notes(first: Row, second: Row) -> list[str]:
    notes = []
    if first["form"] != second["form"]:
        notes.append(
            f"The reports carry different forms ({first['form']}, {second['form']}): figures are compared by "
            "concept, and what only one form asks for stands alone."
        )
    if first["agency_id"] != second["agency_id"]:
        notes.append(f"The reports are of different bodies: {first['agency']}, {second['agency']}.")
    return notes


def _parts(warehouse: Warehouse, before: str, after: str) -> list[Part]:
    old, new = ({row["seq"]: row for row in warehouse.rows(SECTIONS, [each])} for each in (before, after))
    parts = []
    for pair in pair_sections(warehouse.connection, before, after):
        a = old[pair.before] if pair.before is not None else None
        b = new[pair.after] if pair.after is not None else None
        texts = [_prose(section) for section in (a, b)]
        parts.append(
            Part(_heading(a), _heading(b), _runs(*texts), _runs(*reversed(texts)), pair.words, pair.shared)
        )
    return parts


def _heading(section: Row | None) -> str | None:
    return None if section is None else f"{section['number'] or ''} {section['heading'] or ''}".strip()


def _prose(section: Row | None) -> str:
    """The section's lines without those of its tables, whose figures are compared by themselves."""
    lines = (section["text"] or "").split("\n") if section else []
    return "\n".join(line for line in lines if "\t" not in line).strip()


def _runs(text: str, other: str) -> list[tuple[str, bool]]:
    """The text cut where what the other has begins or ends."""
    runs, end = [], 0
    for start, stop in common_spans(text, other, LEAST):
        runs += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [(words, is_shared) for words, is_shared in [*runs, (text[end:], False)] if words]
