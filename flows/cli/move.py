"""`gongkai move`: the warehouse copied to another home and checked."""

from __future__ import annotations

from pathlib import Path

import typer

from flows.cli.printing import print_json
from flows.settings import load_settings
from warehouse.move import move as copy
from warehouse.place import place_of, settle_place


def move(to: str, catalog: str | None, home: Path, *, as_json: bool) -> None:
    """Copy the warehouse and tell what was copied."""
    place = place_of(settle_place(to, catalog, load_settings().state.expanduser()))
    moved = copy(home, place, lambda what: None if as_json else typer.echo(f"{what} …", err=True))
    if as_json:
        print_json({"to": place.name, "rows": moved.rows, "blobs": moved.blobs, "seconds": moved.seconds})
        return
    typer.echo(f"{moved.message} in {moved.seconds:.0f} s")
    typer.echo(f"The old home stays as it is. From now on: --home {place.name}, or the setting `home`.")
