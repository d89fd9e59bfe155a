"""What the rules read: the warehouse's tables narrowed to the reports that are audited.

`scope` is a temporary table of document_ids; `scope_reports`, `scope_cells`, `scope_facts`, `scope_figures`
and `scope_sections` are temporary views on it. No rule stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.audit.rules import macros

_SOURCES = {
    "scope_reports": "reports",
    "scope_cells": "form_cells",
    "scope_facts": "facts",
    "scope_figures": "figures",
    "scope_sections": "sections",
}

# What is said of a report may change with another report of its body (chains, copies, history).
_TOUCHED = """
    SELECT document_id FROM reports
    WHERE document_id IN (FROM touched)
       OR agency_id IN (SELECT agency_id FROM reports WHERE document_id IN (FROM touched))
"""


@contextmanager
def relations(connection: duckdb.DuckDBPyConnection, touched: str | None) -> Iterator[None]:
    """Macros and relations for the audit of all reports, or of those that the query `touched` lists by
    document_id, with the other reports of their bodies."""
    connection.execute(macros())
    if touched is None:
        connection.execute("CREATE OR REPLACE TEMP TABLE everything AS SELECT document_id FROM reports")
    else:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE touched AS {touched}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE everything AS {_TOUCHED}")
    narrow(connection, "FROM everything")
    for view, table in _SOURCES.items():
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {table} SEMI JOIN scope USING (document_id)"
        )
    try:
        yield
    finally:
        for view in _SOURCES:
            connection.execute(f"DROP VIEW IF EXISTS temp.{view}")
        for name in ("scope", "everything", "touched"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")


def narrow(connection: duckdb.DuckDBPyConnection, documents: str) -> None:
    """Let `scope` be the documents that the query lists."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scope AS {documents}")
