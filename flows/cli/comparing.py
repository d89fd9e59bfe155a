"""How two reports look side by side in a terminal; only layout (`flows.cli.compare` gathers).

Without a terminal the same in plain text, what only one side says in «».
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.cli.compare import Compared, Part
from flows.cli.grids import Row
from flows.cli.printing import console, printable

NEW, GONE, LABEL, FAINT = "bold green", "red", "cyan", "dim"


def print_compared(compared: Compared) -> None:
    """Print titles, notes, figures, sections."""
    out = console()
    for side in (compared.before, compared.after):
        out.print(Text(f"{side['agency'] or '—'} {side['year'] or ''}  {side['form']}", style="bold"))
        out.print(Text(f"  {side['document_id']}  {side['uri']}", style=FAINT))
    for note in compared.notes:
        out.print(Text(note, style="yellow"))
    _figures(out, compared)
    out.print()
    out.print(Text(f"Text: {percent(compared.share)} of its own words repeated", style="bold underline"))
    for part in compared.parts:
        _part(out, part)


def percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


def change(figure: Row) -> str:
    """The change as people write it: +12 (+30 %)."""
    if figure["change"] is None or figure["change"] == 0:
        return ""
    sign = "+" if figure["change"] > 0 else ""
    ratio = "" if figure["ratio"] is None else f" ({figure['ratio']:+.0%})"
    return f"{sign}{printable(round(figure['change'], 6))}{ratio}"


def _figures(out: Console, compared: Compared) -> None:
    changed = compared.changed
    same = len(compared.figures) - len(changed)
    out.print()
    out.print(
        Text(
            f"Figures: {len(changed)} changed, {same} the same, or 0 on the one side that has them",
            style="bold underline",
        )
    )
    if not changed:
        return
    table = Table(box=None, header_style=LABEL, pad_edge=False)
    for name in ("indicator", "", "before", "after", "change", "unit"):
        table.add_column(name, justify="right" if name in ("before", "after", "change") else "left")
    for row in changed:
        cells = (row["indicator"], row["label_zh"], row["before"], row["after"], change(row), row["unit"])
        table.add_row(*(Text(printable(cell)) for cell in cells))
    out.print(table, soft_wrap=False)


def _part(out: Console, part: Part) -> None:
    table = Table(show_header=True, header_style=LABEL, expand=True)
    share = f"  {percent(part.share)} repeated" if part.words else ""
    table.add_column(Text(part.heading_before or "—"), overflow="fold", ratio=1)
    table.add_column(Text((part.heading_after or "—") + share), overflow="fold", ratio=1)
    table.add_row(
        _marked(part.before, GONE, is_colour=out.is_terminal),
        _marked(part.after, NEW, is_colour=out.is_terminal),
    )
    out.print(table, soft_wrap=False)


def _marked(runs: list[tuple[str, bool]], style: str, *, is_colour: bool) -> Text:
    """The words, those that only this side has in colour."""
    line = Text()
    for words, is_shared in runs:
        if is_shared:
            line.append(words, style=FAINT if is_colour else "")
        else:
            line.append(words if is_colour or not words.strip() else f"«{words}»", style=style)
    return line
