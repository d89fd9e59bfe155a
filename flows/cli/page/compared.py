"""Two reports as one HTML page: figures with their change, sections side by side. No script, no request."""

from __future__ import annotations

from pathlib import Path
from string import Template

from flows.cli.compare import Compared, Part
from flows.cli.comparing import change, percent
from flows.cli.grids import Row
from flows.cli.page.markup import Child, Html, element, escaped, joined
from flows.cli.printing import printable

FRAME = Path(__file__).with_name("compared.html")


def page(compared: Compared) -> str:
    """The page; the same rows give the same page."""
    before, after = compared.before, compared.after
    return Template(FRAME.read_text("utf-8")).substitute(
        title=escaped(f"{_name(before)} — {_name(after)}"),
        sides=joined(_side(side) for side in (before, after)),
        notes=joined(element("p", note, class_="note") for note in compared.notes),
        share=escaped(percent(compared.share)),
        figures=_figures(compared.changed, compared.unchanged),
        parts=joined(_part(part) for part in compared.parts),
    )


def _name(side: Row) -> str:
    return f"{side['agency'] or side['title'] or side['uri']} {side['year'] or ''}".strip()


def _side(side: Row) -> Html:
    return element(
        "li",
        element("strong", _name(side), lang="zh-Hans"),
        f" {side['form']} ",
        element("code", side["uri"]),
    )


def _figures(changed: list[Row], same: list[Row]) -> Html:
    """Those that differ; the rest behind a fold."""
    summary = element("summary", f"{len(same)} the same, or 0 on the one side that has them")
    folded = element("details", summary, _table(same)) if same else None
    none = None if changed else element("p", "No figure differs.")
    return joined([_table(changed) if changed else none, folded])


def _table(rows: list[Row]) -> Html:
    head = element(
        "tr", *(element("th", name, scope="col") for name in ("", "before", "after", "change", ""))
    )
    body = (
        element(
            "tr",
            element("th", row["label_zh"] or row["indicator"], scope="row", lang="zh-Hans"),
            *(element("td", printable(row[name]), class_="number") for name in ("before", "after")),
            element("td", change(row), class_="number"),
            element("td", row["unit"]),
        )
        for row in rows
    )
    table = element("table", element("thead", head), element("tbody", *body))
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label="Figures")


def _part(part: Part) -> Html:
    share = element("small", f" {percent(part.share)} repeated") if part.words else None
    return element(
        "div",
        element("div", element("h3", part.heading_before or "—"), _marked(part.before, "del")),
        element("div", element("h3", part.heading_after or "—", share), _marked(part.after, "ins")),
        class_="pair",
    )


def _marked(runs: list[tuple[str, bool]], tag: str) -> Html:
    """The words, those that only this side has marked."""
    children: list[Child] = [words if is_shared else element(tag, words) for words, is_shared in runs]
    return element("p", *children, lang="zh-Hans")
