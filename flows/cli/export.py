"""`gongkai export`: all tables and views as plain files."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from flows.cli.printing import print_json
from flows.cli.waiting import bar
from warehouse.export import EXPORTED, export_to
from warehouse.formats import Format
from warehouse.lake import open_warehouse
from warehouse.place import as_url
from warehouse.store import is_remote


def export(folder: Path, format_: Format, home: Path, *, as_json: bool) -> None:
    """Write the export and say what was written."""
    err = Console(stderr=True, markup=False)
    place = as_url(folder)
    with open_warehouse(home, read_only=True) as warehouse:
        if err.is_terminal:
            with bar(err, "Exporting", len(EXPORTED)) as progress:
                files = export_to(
                    warehouse,
                    place,
                    format_,
                    lambda name: progress.advance(progress.tasks[0].id),
                )
        else:
            files = export_to(warehouse, place, format_)
    target = place if is_remote(place) else Path(place).absolute().as_posix()
    if as_json:
        print_json({"folder": target, "format": format_, "files": list(files)})
        return
    names = next(iter(files)) if len(files) == 1 else f"{len(files)} files"
    typer.echo(f"{target}: {names}, {sum(files.values()) / 1e6:.1f} MB")


def export_warc(folder: Path, home: Path, *, as_json: bool) -> None:
    """Write the pages as they came and say how many."""
    from warehouse.warc import write_warc

    with open_warehouse(home, read_only=True) as warehouse:
        file, pages = write_warc(warehouse, folder)
    if as_json:
        print_json({"file": file.as_posix(), "pages": pages})
        return
    typer.echo(f"{file}: {pages:,} pages, {file.stat().st_size / 1e6:.1f} MB")
