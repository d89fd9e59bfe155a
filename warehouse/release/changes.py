"""What changed since the release before: rows added, changed and gone, table by table, told by their keys.

A row is known again by `content.identity`; it changed when another published column has another value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.contract import Table, quoted
from warehouse.release.content import PASSING, identity


@dataclass(frozen=True, slots=True)
class Change:
    """One table's changes; `columns_added` and `columns_gone` since the release before."""

    table: str
    rows: int
    added: int
    changed: int
    gone: int
    columns_added: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()


def compare(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], previous: Path | None
) -> tuple[Change, ...]:
    """The changes of each table against the Parquet files of `previous`; all rows are new without one."""
    return tuple(_compare(connection, table, previous) for table in tables)


def _compare(connection: duckdb.DuckDBPyConnection, table: Table, previous: Path | None) -> Change:
    (rows,) = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone() or (0,)
    file = previous / "parquet" / f"{table.name}.parquet" if previous else None
    if file is None or not file.is_file():
        return Change(table.name, rows, rows, 0, 0)
    old = f"read_parquet({quoted(str(file))})"
    before = {row[0] for row in connection.execute(f"DESCRIBE FROM {old}").fetchall()}
    key = [name for name in identity(table) if name in before]
    compared = [name for name in table.names if name in before and name not in (*key, *PASSING)]
    added, changed, gone = connection.execute(
        f"""
        WITH new AS ({_signed(table.name, key, compared)}), old AS ({_signed(old, key, compared)})
        SELECT coalesce(sum(greatest(coalesce(new.n, 0) - coalesce(old.n, 0), 0)), 0)::BIGINT,
               coalesce(sum(new.n) FILTER (new.n = old.n AND new.content <> old.content), 0)::BIGINT,
               coalesce(sum(greatest(coalesce(old.n, 0) - coalesce(new.n, 0), 0)), 0)::BIGINT
        FROM new FULL JOIN old USING (key)
        """
    ).fetchone() or (0, 0, 0)
    return Change(
        table.name,
        rows,
        added,
        changed,
        gone,
        tuple(name for name in table.names if name not in before),
        tuple(sorted(before - set(table.names))),
    )


def _signed(source: str, key: Sequence[str], compared: Sequence[str]) -> str:
    """Key and content of the rows as hashes: 64 bits each keep ten million rows small and apart."""
    content = f"sum(hash({', '.join(compared)}))" if compared else "0"
    return (
        f"SELECT hash({', '.join(key)}) AS key, {content} AS content, count(*) AS n FROM {source} GROUP BY 1"
    )


def changelog(
    version: str, changes: Sequence[Change], previous: str | None, earlier: str, moved: Sequence[str] = ()
) -> str:
    """CHANGELOG.md: this release on top of what `earlier` (the changelog before) says."""
    against = f"Compared with {previous}." if previous else "The first release in this folder."
    lines = [
        f"## {version}",
        "",
        against,
        "",
        "| table | rows | added | changed | gone |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [f"| {c.table} | {c.rows:,} | {c.added:,} | {c.changed:,} | {c.gone:,} |" for c in changes]
    for change in changes if previous else ():
        lines += [f"\n- `{change.table}` has new columns: {', '.join(change.columns_added)}"] * bool(
            change.columns_added
        )
        lines += [f"\n- `{change.table}` no longer has: {', '.join(change.columns_gone)}"] * bool(
            change.columns_gone
        )
    lines += ["", *moved] if moved else []
    body = earlier.removeprefix(HEADER).strip()
    return HEADER + "\n" + "\n".join(lines) + "\n" + (f"\n{body}\n" if body else "")


HEADER = """# Changelog

Rows are known again by their key (see the data dictionary); a changed row has the same key
and another value.
"""
