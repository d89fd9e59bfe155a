"""`gongkai show`: finding one document and gathering all that the warehouse says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from flows.cli.grids import Row
from flows.cli.printing import console, print_json
from tasks.errors import GongkaiError
from warehouse.lake import Warehouse, open_warehouse

__all__ = ["Row", "Shown", "find", "gather", "show"]

_ID_START = re.compile(r"[0-9a-f]{4,16}")
_BODY_AND_YEAR = re.compile(r"(.+?)\s*((?:19|20)\d\d)\s*(?:年度?)?")
CANDIDATES = 10
"""Candidates listed when a name fits several documents."""

FACTS = """
    SELECT f.*, i.label_zh FROM facts f LEFT JOIN indicators i USING (indicator)
    WHERE document_id = ? ORDER BY f.evidence_start, f.indicator, f.member, f.value
"""
CONFLICTS = """
    SELECT indicator, label_zh, value, unit, origin, other_values FROM headline
    WHERE document_id = ? AND has_conflict ORDER BY indicator
"""
PARTS = {
    "sections": "ORDER BY seq",
    "form_cells": "ORDER BY table_no, row_no, col_no",
    "figures": "ORDER BY evidence_start, evidence_end, value",
    "findings": "ORDER BY seq",
    "contacts": "ORDER BY evidence_start, kind, value",
    "citations": "ORDER BY evidence_start, title",
    "checks": "ORDER BY passed, severity, rule, indicator, member, message",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with everything about it; `report` is empty when it is none."""

    document: Row
    report: Row
    facts: list[Row]
    conflicts: list[Row]
    sections: list[Row]
    form_cells: list[Row]
    findings: list[Row]
    contacts: list[Row]
    citations: list[Row]
    checks: list[Row]
    figures: list[Row]
    quarantine: list[Row] = field(default_factory=list)

    @property
    def conflicting(self) -> set[str]:
        """The indicators that the report states twice, differently."""
        return {row["indicator"] for row in self.conflicts}


def show(document: str, home: Path, *, as_json: bool, html: Path | None = None) -> None:
    """Print the document that `document` names, or write it as a page into the file `html`."""
    with open_warehouse(home, read_only=True) as warehouse:
        shown = gather(warehouse, find(warehouse, document))
    if as_json:
        print_json(shown)
        return
    if html is not None:
        from flows.cli.page import write_page

        write_page(shown, html)
        console().print(f"{html}: {len(shown.facts):,} facts, {len(shown.conflicts):,} conflicts")
        return
    from flows.cli.showing import print_shown

    print_shown(shown)


def find(warehouse: Warehouse, name: str) -> str:
    """The document_id of the only document with this id, start of an id, uri, file name, or part of one; or
    that of the body and year."""
    file_name = "/" + name.lstrip("/")
    found = warehouse.rows(
        """
        SELECT document_id, uri,
               CASE WHEN document_id = $name OR uri = $name THEN 1
                    WHEN $is_id AND starts_with(document_id, $name) THEN 2
                    WHEN ends_with('/' || uri, $file) THEN 3
                    WHEN contains(uri, $name) THEN 4 END AS fit
        FROM (SELECT document_id, uri FROM documents UNION SELECT document_id, uri FROM quarantine)
        WHERE fit IS NOT NULL QUALIFY fit = min(fit) OVER () ORDER BY uri
        """,
        {"name": name, "file": file_name, "is_id": _ID_START.fullmatch(name) is not None},
    )
    if len(found) == 1:
        return str(found[0]["document_id"])
    if not found and (identity := _by_body_and_year(warehouse, name)) is not None:
        return identity
    if not found:
        raise GongkaiError(
            f"No document is called {name!r} in {warehouse.home}.",
            "Give a document_id, the first 4 or more characters of one, a uri or a part of one, or body and "
            "year ('甲县教育局 2021'); "
            "`gongkai sql 'SELECT document_id, uri FROM documents'` lists them.",
        )
    names = "".join(f"\n  {row['document_id']}  {row['uri']}" for row in found[:CANDIDATES])
    more = f"\n  … and {len(found) - CANDIDATES:,} more" if len(found) > CANDIDATES else ""
    raise GongkaiError(f"{name!r} fits {len(found):,} documents:{names}{more}", "Give one of these ids.")


def _by_body_and_year(warehouse: Warehouse, name: str) -> str | None:
    """The body's report on the year, for names such as 甲县教育局 2021."""
    match = _BODY_AND_YEAR.fullmatch(name.strip())
    if match is None:
        return None
    rows = warehouse.rows(
        "SELECT document_id FROM reports WHERE agency = ? AND year = ? ORDER BY is_primary DESC, document_id",
        [match[1], int(match[2])],
    )
    return str(rows[0]["document_id"]) if rows else None


def gather(warehouse: Warehouse, document_id: str) -> Shown:
    """All rows of the document, from one state of the warehouse."""
    with warehouse.transaction():
        parts = {
            table: _without_id(
                warehouse.rows(f"SELECT * FROM {table} WHERE document_id = ? {order}", [document_id])
            )
            for table, order in PARTS.items()
        }
        return Shown(
            document=_one(warehouse, "documents", document_id),
            report=_one(warehouse, "reports", document_id),
            facts=_without_id(warehouse.rows(FACTS, [document_id])),
            conflicts=warehouse.rows(CONFLICTS, [document_id]),
            quarantine=warehouse.rows("SELECT * FROM quarantine WHERE document_id = ?", [document_id]),
            **parts,
        )


def _one(warehouse: Warehouse, table: str, document_id: str) -> Row:
    rows = warehouse.rows(f"SELECT * FROM {table} WHERE document_id = ?", [document_id])
    return rows[0] if rows else {}


def _without_id(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "document_id"} for row in rows]
