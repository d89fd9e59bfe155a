"""`gongkai publish`: a versioned data release, told step by step."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from flows.cli.printing import print_json, print_table
from flows.edition import edition_of
from warehouse.lake import open_warehouse
from warehouse.place import as_url
from warehouse.release import Release, publish_to
from warehouse.store import is_remote


def publish(folder: Path, version: str | None, home: Path, *, is_masked: bool, as_json: bool) -> None:
    """Make the release and say what changed since the one before."""
    err = Console(stderr=True, markup=False, emoji=False, highlight=False)
    edition = edition_of(version, is_masked=is_masked)
    with open_warehouse(home, read_only=True) as warehouse, err.status("Publishing") as status:
        release = publish_to(warehouse, as_url(folder), edition, status.update)
    if as_json:
        print_json(release)
    else:
        _tell(release)


def _tell(release: Release) -> None:
    typer.echo(f"{release.folder}: {release.bytes / 1e6:.1f} MB in {release.seconds:.0f} s")
    against = f"since {release.previous}" if release.previous else "(the first release here)"
    print_table(
        ("table", "rows", f"added {against}", "changed", "gone"),
        [(c.table, c.rows, c.added, c.changed, c.gone) for c in release.changes],
    )
    if release.without_sql:
        typer.echo(f"The explorer has no SQL page: {release.without_sql}.")
    if not is_remote(release.folder):
        typer.echo(f"Look at it: gongkai serve {release.folder}")
