"""What a batch changes beyond its own documents: which report is primary for its body and year, and the
table of bodies. Both look only at the bodies that the batch touches, inside its transaction.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from warehouse.contract import AGENCIES, REPORTS

# Form before narrative, more facts, then document_id: nothing that depends on the order of loading.
_RANK = """
    row_number() OVER (
        PARTITION BY agency_id, year
        ORDER BY coalesce(form, 'narrative') = 'narrative', fact_count DESC, document_id
    ) = 1 AND agency_id IS NOT NULL AND year IS NOT NULL
"""

# The bodies and years of the incoming reports, and those that the documents had before.
_TOUCHED = """
    SELECT DISTINCT agency_id, year FROM (
        SELECT agency_id, year FROM incoming_reports
        UNION ALL
        SELECT agency_id, year FROM reports WHERE document_id IN (FROM incoming_ids)
    ) WHERE agency_id IS NOT NULL
"""

_RIVALS = """
    SELECT document_id, agency_id, year, form, fact_count, is_primary
    FROM reports SEMI JOIN touched USING (agency_id, year)
    WHERE document_id NOT IN (FROM incoming_ids)
"""

_RANKED = f"""
    SELECT document_id, is_primary AS was_primary, {_RANK} AS is_primary FROM (
        SELECT document_id, agency_id, year, form, fact_count, NULL AS is_primary FROM incoming_reports
        UNION ALL
        FROM rivals
    )
"""

_BODIES = """
    SELECT
        agency_id,
        arg_max(coalesce(agency, agency_id), newest) AS name,
        coalesce(list(DISTINCT agency ORDER BY agency) FILTER (agency IS NOT NULL), []) AS names,
        arg_max(region_code, newest) AS region_code,
        arg_max(agency_level, newest) AS agency_level,
        arg_max(agency_kind, newest) AS agency_kind,
        min(year) AS first_year, max(year) AS last_year, count(*)::INTEGER AS reports
    FROM (
        SELECT *, {'year': coalesce(year, 0), 'is_primary': is_primary, 'document_id': document_id} AS newest
        FROM reports
        WHERE agency_id IN (FROM touched_ids)
    )
    GROUP BY agency_id
"""


def settle_primaries(connection: duckdb.DuckDBPyConnection, incoming: pa.Table) -> tuple[pa.Table, pa.Array]:
    """The incoming reports with `is_primary` decided, and the bodies touched. Stored rivals are corrected.

    Needs `incoming_ids` registered, and must run before the documents' old rows leave.
    """
    connection.register("incoming_reports", incoming)
    touched = connection.execute(_TOUCHED).to_arrow_table()
    connection.register("touched", touched)
    connection.register("rivals", connection.execute(_RIVALS).to_arrow_table())
    connection.register("ranked", connection.execute(_RANKED).to_arrow_table())
    changed = "FROM ranked WHERE was_primary IS NOT NULL AND was_primary <> is_primary"
    if connection.execute(f"SELECT 1 {changed} LIMIT 1").fetchone():
        connection.execute(
            "UPDATE reports SET is_primary = NOT is_primary "
            f"WHERE document_id IN (SELECT document_id {changed})"
        )
    columns = ", ".join(f"r.{name}" for name in REPORTS.names if name != "is_primary")
    settled = connection.execute(
        f"SELECT {columns}, k.is_primary FROM incoming_reports r JOIN ranked k USING (document_id)"
    ).to_arrow_table()
    for name in ("incoming_reports", "touched", "rivals", "ranked"):
        connection.unregister(name)
    return settled, touched.select(["agency_id"])


def settle_agencies(connection: duckdb.DuckDBPyConnection, touched: pa.Table) -> None:
    """Write the touched bodies' rows anew from `reports`; a body without reports leaves."""
    if not touched.num_rows:
        return
    connection.register("touched_ids", touched)
    connection.register("bodies", connection.execute(_BODIES).to_arrow_table())
    connection.execute("DELETE FROM agencies WHERE agency_id IN (FROM touched_ids)")
    connection.execute(f"INSERT INTO {AGENCIES.name} BY NAME FROM bodies")
    connection.unregister("bodies")
    connection.unregister("touched_ids")
