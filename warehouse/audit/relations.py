"""What the rules read: the warehouse's tables narrowed to the reports that are audited.

`scope` is a temporary table of document_ids; `scope_reports`, `scope_cells`, `scope_facts`, `scope_figures`
and `scope_sections` are temporary views on it, so is `scope_lists`: on `lists`, which lists.sql makes of the
figures once for all rules. `body_cells` has the cells of last year's reports, too; `digests` stand for the
texts of all reports. No rule stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.audit.rules import foundations

_SOURCES = {
    "scope_reports": "reports",
    "scope_cells": "form_cells",
    "scope_facts": "facts",
    "scope_figures": "figures",
    "scope_sections": "sections",
}

_REFERENCES = ("indicators", "deadlines")  # small, read by most rules: copies go before the lake's

_DIGESTS = """
    CREATE OR REPLACE TEMP TABLE digests AS
    SELECT document_id, hash(text) AS digest FROM documents WHERE kind = 'report' AND text <> ''
"""

# What is said of a report may change with another report of its body (chains, copies, history).
_TOUCHED = """
    SELECT document_id FROM reports
    WHERE document_id IN (FROM touched)
       OR agency_id IN (SELECT agency_id FROM reports WHERE document_id IN (FROM touched))
"""


KEPT = 5_000
"""Reports up to which their rows are copied into memory once (some 200 MB): each look into the lake's
catalog costs a rule more than a small table does."""


@contextmanager
def relations(connection: duckdb.DuckDBPyConnection, touched: str | None) -> Iterator[int]:
    """Macros and relations for the audit of all reports, or of those that the query `touched` lists by
    document_id, with the other reports of their bodies. Yields how many reports are in scope."""
    macros, lists = foundations()
    connection.execute(macros)
    if touched is None:
        connection.execute("CREATE OR REPLACE TEMP TABLE everything AS SELECT document_id FROM reports")
    else:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE touched AS {touched}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE everything AS {_TOUCHED}")
    narrow(connection, "FROM everything")
    for name in _REFERENCES:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM gongkai.{name}")
    (count,) = connection.execute("SELECT count(*) FROM everything").fetchone() or (0,)
    sources = {
        view: _kept(connection, view, table) if count <= KEPT else table for view, table in _SOURCES.items()
    }
    for view, source in sources.items():
        _view(connection, view, source)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW body_cells AS FROM {sources['scope_cells']}")
    connection.execute(_DIGESTS)
    connection.execute(lists)
    _view(connection, "scope_lists", "temp.lists")
    yield count
    # After an error they leave with the transaction, in which nothing can be dropped any more.
    for view in ("scope_lists", "body_cells", *_SOURCES):
        connection.execute(f"DROP VIEW IF EXISTS temp.{view}")
    kept = (f"kept_{view}" for view in _SOURCES)
    for name in ("scope", "everything", "touched", "lists", "digests", *_REFERENCES, *kept):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _view(connection: duckdb.DuckDBPyConnection, view: str, source: str) -> None:
    narrowed = f"SELECT * FROM {source} SEMI JOIN scope USING (document_id)"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {narrowed}")


def _kept(connection: duckdb.DuckDBPyConnection, view: str, table: str) -> str:
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE kept_{view} AS "
        f"SELECT * FROM {table} SEMI JOIN everything USING (document_id)"
    )
    return f"kept_{view}"


def narrow(connection: duckdb.DuckDBPyConnection, documents: str) -> None:
    """Let `scope` be the documents that the query lists."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scope AS {documents}")
