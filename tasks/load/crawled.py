"""Crawl state in the warehouse: pages met and rounds walked, read for a run and written from its journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.fetch.book import Attempt, CrawlState, Seen, read_journal
from tasks.fetch.stored import Stored
from tasks.load.rows import arrow_rows
from warehouse.contract import CRAWLS, FETCHES, WEB_PAGES
from warehouse.lake import Warehouse

_CHUNK = 5_000  # rows held as dictionaries at a time


def pages_known(warehouse: Warehouse, sources: Sequence[str]) -> Iterator[Seen]:
    """The pages that crawls of the sources met, and every robots.txt."""
    query = (
        f"SELECT {', '.join(WEB_PAGES.names)} FROM web_pages "
        "WHERE role = 'robots' OR source IN (SELECT unnest(?)) ORDER BY first_seen_at"
    )
    cursor = warehouse.connection.execute(query, [list(sources)])
    while rows := cursor.fetchmany(_CHUNK):
        for row in rows:
            yield Seen(**dict(zip(WEB_PAGES.names, row, strict=True)))


def crawls_known(warehouse: Warehouse, sources: Sequence[str]) -> list[CrawlState]:
    """How far the crawls of the sources are, as far as there were any."""
    query = "SELECT * FROM crawls WHERE source IN (SELECT unnest(?))"
    return [CrawlState(**row) for row in warehouse.rows(query, [list(sources)])]


def take_in(warehouse: Warehouse, journal: Path) -> int:
    """What the journal holds, in one transaction; returns the number of rows.

    Harmless when done twice, as after a kill between the transaction and the emptying of the journal.
    """
    rows = list(read_journal(journal))
    pages = {row.uri: row for row in rows if isinstance(row, Seen)}
    crawls = {row.source: row for row in rows if isinstance(row, CrawlState)}
    attempts = [row for row in rows if isinstance(row, Attempt)]
    if not rows:
        return 0
    with warehouse.transaction() as connection:
        for table, key, incoming in ((WEB_PAGES, "uri", pages), (CRAWLS, "source", crawls)):
            if incoming:
                connection.register("incoming", arrow_rows(table, list(incoming.values())))
                connection.execute(f"DELETE FROM {table.name} WHERE {key} IN (SELECT {key} FROM incoming)")
                connection.execute(f"INSERT INTO {table.name} BY NAME FROM incoming")
                connection.unregister("incoming")
        if attempts:
            connection.register("incoming", arrow_rows(FETCHES, attempts))
            connection.execute(
                "INSERT INTO fetches BY NAME SELECT i.* FROM incoming i "
                "ANTI JOIN fetches f ON f.uri = i.uri AND f.at = i.at"
            )
            connection.unregister("incoming")
    return len(rows)


def release(warehouse: Warehouse, except_for: Sequence[str]) -> None:
    """Let out of quarantine what has been fetched since it failed, or is forbidden by now; `except_for`
    failed again."""
    with warehouse.transaction() as connection:
        connection.execute(
            "DELETE FROM quarantine WHERE stage = 'fetch' AND uri NOT IN (SELECT unnest(?)) AND uri IN ("
            "SELECT w.uri FROM web_pages w JOIN quarantine q ON q.uri = w.uri "
            "WHERE (w.fault IS NULL OR w.fault = 'robots') AND w.checked_at > q.last_failed_at)",
            [list(except_for)],
        )


def stored_pages(warehouse: Warehouse, sources: Sequence[str] | None = None) -> list[Stored]:
    """Everything the sources' crawls accepted (None: of all crawls), as candidates in the order of their
    uris."""
    query = (
        "SELECT uri, sha256, source, media_type, fetched_at, parent_uri FROM web_pages "
        "WHERE role IN ('article', 'attachment') AND decision = 'accepted' AND sha256 IS NOT NULL"
    )
    if sources is None:
        rows = warehouse.connection.execute(f"{query} ORDER BY uri").fetchall()
    else:
        chosen = f"{query} AND source IN (SELECT unnest(?)) ORDER BY uri"
        rows = warehouse.connection.execute(chosen, [list(sources)]).fetchall()
    return [Stored(*row) for row in rows]


def stored_documents(warehouse: Warehouse, source: str | None = None) -> list[Stored]:
    """Every page loaded from the source (None: from any), as a candidate to be read again from the store."""
    # The parent's uri is known when it was a document or was fetched; its id alone cannot be turned back.
    rows = warehouse.connection.execute(
        "SELECT d.uri, d.content_sha256, coalesce(d.source, ''), d.media_type, d.fetched_at, "
        "coalesce(p.uri, (SELECT any_value(f.uri) FROM fetches f WHERE f.document_id = d.parent_id)) "
        "FROM documents d LEFT JOIN documents p ON p.document_id = d.parent_id "
        "WHERE coalesce(d.report_no, 1) = 1 AND ($source IS NULL OR d.source = $source) ORDER BY d.uri",
        {"source": source},
    ).fetchall()
    return [Stored(*row) for row in rows]
