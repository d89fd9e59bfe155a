"""Markdown as Prefect's UI draws it: tables, cells that stay in them, links, a row of bars for a trend."""

from __future__ import annotations

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def cell(value: object) -> str:
    """One line without what would end the cell; counts with separators, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value).replace("|", "\\|").replace("\n", " ").replace("`", "'")


def code(words: str) -> str:
    """Words to be typed. The backticks survive `cell` as quotes do, so put it outside tables."""
    return f"`{words.replace('`', '')}`"


def link(words: str, address: str) -> str:
    """A link for http addresses, else the words."""
    plain = words.replace("[", "(").replace("]", ")")
    return f"[{plain}](<{address}>)" if address.startswith(("http://", "https://", "/")) else plain


def bars(values: Sequence[float]) -> str:
    """The values as bars between nothing and the largest of them."""
    top = max(values, default=0)
    return "".join(BARS[round(value / top * (len(BARS) - 1))] if top else BARS[0] for value in values)
