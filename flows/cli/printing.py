"""How commands print: tables in colour on a terminal, tab-separated lines elsewhere, JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from decimal import Decimal

import typer
from rich.console import Console
from rich.table import Table

FILE_WIDTH = 240
"""Columns of a drawn table in a file or a pipe, where nothing has to fit a screen."""


def console() -> Console:
    """Standard output; neither markup nor emoji codes in what pages say is interpreted."""
    out = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    if not out.is_terminal:
        out.width = FILE_WIDTH
    return out


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table for people; on a terminal ruled and fitted to its width, else one line a row with tabs."""
    out = console()
    if not out.is_terminal:
        typer.echo("\t".join(headings))
        for row in rows:
            typer.echo("\t".join(_flat(cell) for cell in row))
        return
    table = Table(title=title or None, title_justify="left", header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(printable(cell) for cell in row))
    out.print(table, soft_wrap=False)


def print_json(value: object) -> None:
    """The value as indented JSON."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False))


def plain(value: object) -> object:
    """The value as JSON can hold it: dates as ISO text, dataclasses as objects, NaN and infinity as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def printable(value: object) -> str:
    """The value in a cell: nothing for null, no `.0` behind whole numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, list):
        return ", ".join(map(printable, value))
    return str(value)


def _flat(value: object) -> str:
    """As `printable`, on one line without tabs."""
    return printable(value).replace("\t", " ").replace("\r", " ").replace("\n", " ")


@contextmanager
def working(words: str) -> Iterator[None]:
    """Say on a terminal what is going on and for how long, if it takes more than a second."""
    err = Console(stderr=True, markup=False, emoji=False)
    if not err.is_terminal:
        yield
        return
    from flows.cli.waiting import spinner

    with spinner(err, words):
        yield
