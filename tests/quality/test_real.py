"""The five real reports in detail: sections, sums, contacts, citations, findings as people labelled them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pyarrow.parquet as pq
import pytest

from tests.quality.test_scores import exported  # noqa: F401  # the same ingest serves both
from tests.tasks.extract.gold import SETS

pytestmark = pytest.mark.shared
GOAL = 0.95


def fold(text: str | None) -> str:
    return "".join(normalize("NFKC", text or "").split())


@pytest.fixture(scope="module")
def found(exported: Path) -> dict[str, dict[str, list[dict[str, Any]]]]:  # noqa: F811
    """Page name → table → rows."""
    names = {r["document_id"]: r["uri"] for r in pq.read_table(exported / "documents.parquet").to_pylist()}
    tables: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for table in ("sections", "facts", "figures", "form_cells", "contacts", "citations", "findings"):
        for row in pq.read_table(exported / f"{table}.parquet").to_pylist():
            tables.setdefault(names[row["document_id"]], {}).setdefault(table, []).append(row)
    return tables


def gold_pages() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS["real"] / "gold.jsonl").read_text("utf-8").splitlines()]


def share(pairs: list[tuple[bool, str]]) -> None:
    missed = [what for held, what in pairs if not held]
    assert pairs
    assert 1 - len(missed) / len(pairs) >= GOAL, missed


def test_the_printed_headings_of_all_levels(found: dict[str, Any]) -> None:
    pairs = []
    for page in gold_pages():
        mine = {(s["level"], fold(s["heading"]), s["is_run_in"]) for s in found[page["page"]]["sections"]}
        gold = {(s["level"], fold(s["heading"]), s["run_in"]) for s in page["sections"]}
        pairs += [(key in mine, f"missed {key}") for key in gold] + [
            (key in gold, f"extra {key}") for key in mine
        ]
    share(pairs)


def test_every_value_of_a_printed_sum_is_in_the_warehouse(found: dict[str, Any]) -> None:
    """Totals and parts by their source; which parts belong to which total is not extracted yet."""
    pairs = []
    for page in gold_pages():
        tables = found[page["page"]]
        prose = {round(f["value"], 4) for f in tables["figures"]}
        form = {c["value"] for c in tables.get("form_cells", ()) if c["value"] is not None}
        for identity in page.get("identities", []):
            parts = [p["value"] for p in identity["parts"]]
            values = {"narrative": prose, "table": form, "cross": prose | form}[identity["source"]]
            printed = {identity["total"]["value"], *parts}
            if "%" in identity["total"]["label"]:
                printed.discard(100)  # shares are printed, the hundred they add up to is not
            there = printed <= values
            pairs.append((there, f"{page['page']} {identity['total']}: {printed - values} not found"))
    share(pairs)


def test_contacts_of_the_report_and_none_of_the_site(found: dict[str, Any]) -> None:
    pairs = []
    for page in gold_pages():
        mine = {(c["kind"], fold(c["value"])) for c in found[page["page"]].get("contacts", ())}
        for kind, key in (("phone", "phones"), ("fax", "faxes"), ("email", "emails")):
            gold = {(kind, fold(value)) for value in page[key]}
            optional = {(kind, fold(value)) for value in page.get(f"{key}_optional", [])}
            extra = {c for c in mine if c[0] == kind} - gold - optional
            pairs += [(c in mine, f"missed {c}") for c in gold] + [(False, f"extra {c}") for c in extra]
        for kind, key in (("address", "addresses"), ("postcode", "postcodes")):
            pairs += [((kind, fold(v)) in mine, f"missed {v}") for v in page["contacts"][key]]
    share(pairs)


def test_citations_with_their_counts_and_numbers(found: dict[str, Any]) -> None:
    pairs = []
    for page in gold_pages():
        mine = [(fold(c["title"]), fold(c["number"])) for c in found[page["page"]].get("citations", ())]
        titles = [title for title, _ in mine]
        for gold in page["citations"]:
            title = fold(gold["title"])[1:-1]
            pairs.append(
                (
                    titles.count(title) == gold["count"],
                    f"{title}: {titles.count(title)} × for {gold['count']}",
                )
            )
            if gold["number"]:
                pairs.append(((title, fold(gold["number"])) in mine, f"{title}: number {gold['number']}"))
        known = {fold(gold["title"])[1:-1] for gold in page["citations"]}
        pairs += [(False, f"extra {title}") for title in titles if title not in known]
    share(pairs)


def test_problems_and_measures_item_by_item(found: dict[str, Any]) -> None:
    pairs = []
    for page in gold_pages():
        rows = found[page["page"]].get("findings", ())
        for kind, key in (("problem", "problems"), ("measure", "measures")):
            mine = [fold(f["text"]) for f in rows if f["kind"] == kind]
            pairs.append((mine == [fold(text) for text in page[key]], f"{page['page']} {kind}s: {mine}"))
    share(pairs)
