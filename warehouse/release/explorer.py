"""The explorer: a static site over the release's database, as files that any file server can hand out.

    site/index.html, *.js, *.css   the pages (`warehouse/site/`)
    site/data/meta.json            the release, indicators, years, regions
    site/data/bodies/PP.json       names to search, by province
    site/data/body/NNN.json        bodies with all their reports and figures, spread over shards by `shard_of`
    site/data/rank/CODE/YEAR.json  one concept in one year over all bodies

No file grows with the whole: a page loads the shards it needs. Only data here; what it looks like is in
`warehouse/site/`, the database for the SQL page in `warehouse.release.wasm`.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from warehouse.release.edition import LICENCES, Edition

SITE = Path(__file__).parent.parent / "site"

REPORTS_A_SHARD = 20
"""A report's figures take some 8 kB: a shard stays in the order of 200 kB."""

BATCHES = 16
"""A large release is read in so many parts, to bound memory."""

REPORTS_A_BATCH = 5_000

ELSEWHERE = "00"
"""The search file of bodies without a region."""


def write_explorer(
    connection: duckdb.DuckDBPyConnection, edition: Edition, site: Path, *, has_sql: bool
) -> None:
    """Write the site into the folder `site`, in which the database stands already."""
    shutil.copytree(SITE, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    data = site / "data"
    for folder in ("bodies", "body", "rank"):
        (data / folder).mkdir(parents=True)
    (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone() or (0,)
    shards = max(1, reports // REPORTS_A_SHARD)
    provinces = _write_search(connection, data / "bodies")
    _write_bodies(connection, data / "body", shards, max(1, min(BATCHES, reports // REPORTS_A_BATCH)))
    ranked = _write_ranking(connection, data / "rank")
    _dump(data / "meta.json", _meta(connection, edition, shards, provinces, ranked, has_sql))


def shard_of(agency_id: str, shards: int) -> int:
    """The shard a body is in: FNV-1a of its id, which the pages compute the same way (data.js)."""
    value = 0x811C9DC5
    for byte in agency_id.encode("utf-8"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value % shards


def _meta(
    connection: duckdb.DuckDBPyConnection,
    edition: Edition,
    shards: int,
    provinces: list[list[Any]],
    ranked: dict[str, list[int]],
    has_sql: bool,
) -> dict[str, Any]:
    name, address = LICENCES[edition.licence]
    counts = connection.execute(COUNTS).fetchone() or (0, 0, 0, 0)
    return {
        "title": edition.title,
        "version": edition.version,
        "released_on": edition.released_on.isoformat(),
        "citation": edition.citation,
        "licence": [name, address],
        "is_masked": edition.is_masked,
        "has_sql": has_sql,
        "counts": dict(zip(("bodies", "reports", "facts", "failed"), counts, strict=True)),
        "shards": shards,
        "years": connection.execute(YEARS).fetchall(),
        "indicators": connection.execute(CONCEPTS).fetchall(),
        "provinces": provinces,
        "regions": dict(connection.execute(REGIONS).fetchall()),
        "ranked": ranked,
    }


COUNTS = """
    SELECT (SELECT count(*) FROM agencies), (SELECT count(*) FROM reports), (SELECT count(*) FROM facts),
           (SELECT count(*) FROM checks WHERE NOT passed)
"""
YEARS = """
    SELECT year, coalesce(form, 'narrative'), count(*) FROM reports WHERE year IS NOT NULL
    GROUP BY ALL ORDER BY ALL
"""
CONCEPTS = """
    SELECT indicator, label_zh, coalesce(label_en, label_zh), unit, harmonised, coalesce(notes, '')
    FROM indicators
"""
REGIONS = """
    SELECT region_code, arg_max(name, valid_from) FROM regions
    WHERE level IN ('province', 'prefecture') GROUP BY region_code ORDER BY region_code
"""
SEARCH = f"""
    SELECT coalesce(region_code[1:2], '{ELSEWHERE}') AS shelf, agency_id, name, region_code, agency_level,
           first_year, last_year, reports, list_filter(names, lambda n: n <> name)
    FROM agencies ORDER BY shelf, reports DESC, name, agency_id
"""


def _write_search(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[list[Any]]:
    """A file a province; returns code and number of bodies of each."""
    shelves: dict[str, list[Any]] = defaultdict(list)
    for shelf, *row in connection.execute(SEARCH).fetchall():
        shelves[shelf].append(row)
    for shelf, rows in shelves.items():
        _dump(folder / f"{shelf}.json", rows)
    return [[shelf, len(rows)] for shelf, rows in shelves.items()]


RANKING = """
    SELECT indicator, year, agency_id, agency, region_code, agency_level, value
    FROM panel JOIN (SELECT document_id, agency_level FROM reports) USING (document_id)
    WHERE agency_id IS NOT NULL AND year IS NOT NULL
    ORDER BY indicator, year, value DESC, agency_id
"""


def _write_ranking(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, list[int]]:
    """A file a concept and year; returns the years of each concept."""
    ranked: dict[str, list[int]] = defaultdict(list)
    rows: list[Any] = []
    current: tuple[str, int] | None = None
    for indicator, year, *row in _stream(connection, RANKING):
        if current != (indicator, year):
            _dump_ranking(folder, current, rows)
            current, rows = (indicator, year), []
            ranked[indicator].append(year)
        rows.append(row)
    _dump_ranking(folder, current, rows)
    return ranked


def _dump_ranking(folder: Path, current: tuple[str, int] | None, rows: list[Any]) -> None:
    if current is not None:
        (folder / current[0]).mkdir(exist_ok=True)
        _dump(folder / current[0] / f"{current[1]}.json", rows)


# Values as [indicator, value, origin, evidence, place in the form, other values].
VALUES = """
    WITH stated AS (
        SELECT h.document_id, h.indicator, h.value, h.origin, h.evidence, h.other_values, h.evidence_start,
               p.agency_id
        FROM headline h JOIN batch p USING (document_id)
    ),
    cells AS (
        SELECT c.document_id, c.text_start, min(concat_ws(' · ', c.row_path, c.col_path)) AS place
        FROM form_cells c SEMI JOIN batch USING (document_id)
        WHERE c.indicator IS NOT NULL AND c.dimension IS NULL
        GROUP BY ALL
    )
    SELECT s.document_id, to_json(list(
        json_array(indicator, value, origin, evidence, place, other_values) ORDER BY indicator
    ))::VARCHAR
    FROM stated s LEFT JOIN cells c ON s.document_id = c.document_id AND s.evidence_start = c.text_start
    AND s.origin = 'form'
    GROUP BY s.document_id
"""
SUMS = """
    SELECT document_id, to_json(list(
        json_array(indicator, value, 'sum', NULL, NULL, []) ORDER BY indicator
    ))::VARCHAR
    FROM panel SEMI JOIN batch USING (document_id) WHERE origin = 'sum' GROUP BY document_id
"""
CHECKS = """
    SELECT document_id, to_json(list(
        json_array(rule, severity, message_zh, message, expected, actual, indicator)
        ORDER BY severity, rule, indicator, message
    ))::VARCHAR
    FROM checks SEMI JOIN batch USING (document_id) WHERE NOT passed GROUP BY document_id
"""
# Sections repeated as [heading, against, share, other body, its id, other year].
REUSE = """
    SELECT u.document_id, to_json(list(
        json_array(heading, against, share, other_agency, o.agency_id, other_year)
        ORDER BY against DESC, seq, place
    ))::VARCHAR
    FROM reuse u SEMI JOIN batch USING (document_id)
    JOIN (SELECT document_id, agency_id FROM reports) o ON o.document_id = u.other_document_id
    WHERE is_repeated GROUP BY u.document_id
"""
COMPLIANCE = """
    SELECT document_id, json_object(
        'days_late', days_late, 'sums', sums_tested, 'broken', sums_broken, 'missing', sections_missing,
        'repeated', repeated
    )::VARCHAR
    FROM compliance SEMI JOIN batch USING (document_id)
    LEFT JOIN (
        SELECT document_id, round(sum(shared) / sum(words), 2) AS repeated FROM reuse
        WHERE against = 'previous_year' GROUP BY document_id
    ) USING (document_id)
"""
REPORTS = """
    SELECT p.agency_id, r.document_id, json_object(
        'id', r.document_id, 'year', r.year, 'form', r.form, 'title', r.title, 'uri', r.uri,
        'agency', r.agency, 'published', r.published_on::VARCHAR, 'signed', r.signed_on::VARCHAR,
        'primary', r.is_primary
    )::VARCHAR
    FROM reports r JOIN batch p USING (document_id) ORDER BY r.year, r.document_id
"""
BODIES = """
    SELECT a.agency_id, json_object(
        'id', a.agency_id, 'name', a.name, 'names', a.names, 'region', a.region_code, 'level', a.agency_level,
        'kind', a.agency_kind, 'where', list_filter([w.province, w.city, w.county], lambda x: x IS NOT NULL)
    )::VARCHAR
    FROM agencies a SEMI JOIN batch USING (agency_id)
    LEFT JOIN (
        SELECT agency_id, arg_max(province, newest) AS province, arg_max(city, newest) AS city,
               arg_max(county, newest) AS county
        FROM (
            SELECT *, {'year': coalesce(year, 0), 'is_primary': is_primary, 'id': document_id} AS newest
            FROM reports
        )
        GROUP BY agency_id
    ) w USING (agency_id)
    ORDER BY a.agency_id
"""


def _write_bodies(connection: duckdb.DuckDBPyConnection, folder: Path, shards: int, batches: int) -> None:
    """The shards, a batch of them at a time; JSON is put together by DuckDB, on all cores."""
    ids = [row[0] for row in connection.execute("SELECT agency_id FROM agencies").fetchall()]
    by_batch: dict[int, list[str]] = defaultdict(list)
    for agency_id in ids:
        by_batch[shard_of(agency_id, shards) % batches].append(agency_id)
    for batch in by_batch.values():
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE batch AS SELECT agency_id, document_id FROM reports "
            "WHERE agency_id IN (SELECT unnest(?))",
            [batch],
        )
        _write_batch(connection, folder, shards)


def _write_batch(connection: duckdb.DuckDBPyConnection, folder: Path, shards: int) -> None:
    lists = {
        name: dict(connection.execute(query).fetchall())
        for name, query in (("values", VALUES), ("sums", SUMS), ("checks", CHECKS), ("reuse", REUSE))
    }
    compliance = dict(connection.execute(COMPLIANCE).fetchall())
    reports: dict[str, list[str]] = defaultdict(list)
    for agency_id, document_id, report in connection.execute(REPORTS).fetchall():
        parts = [f'"{name}":{rows.get(document_id, "[]")}' for name, rows in lists.items()]
        parts.append(f'"compliance":{compliance.get(document_id, "null")}')
        reports[agency_id].append(f"{report[:-1]},{','.join(parts)}}}")
    shelves: dict[int, list[str]] = defaultdict(list)
    for agency_id, body in connection.execute(BODIES).fetchall():
        name = json.dumps(agency_id, ensure_ascii=False)
        text = f'{name}:{body[:-1]},"reports":[{",".join(reports[agency_id])}]}}'
        shelves[shard_of(agency_id, shards)].append(text)
    for shard, texts in shelves.items():
        (folder / f"{shard}.json").write_text("{" + ",\n".join(texts) + "}\n", "utf-8")


def _stream(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    answer = connection.execute(query)
    while chunk := answer.fetchmany(20_000):
        yield from chunk


def _dump(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
