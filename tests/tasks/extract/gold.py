"""The labelled pages the extraction is measured on; those outside the project are skipped where absent.

Here: reading pages and gold, comparing without regard to width and blanks. Not here: any expectation.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import pytest

from tasks.extract.sections import find_sections
from tasks.values import Document, Section
from tests.tasks.extract.reports import document

ROOT = Path(__file__).parents[3]
SETS = {
    "real": ROOT.parent / "shared/reports/real",
    "pingtan": ROOT.parent / "shared/reports/pingtan",
    "constructed": ROOT.parent / "shared/reports/constructed",
    "prose": ROOT / "tests/pages/prose",
    "mixed": ROOT / "tests/pages/mixed",
    "third": ROOT / "tests/pages/third",
}


class Labelled(NamedTuple):
    """A page as document with its headings and what people read on it."""

    document: Document
    sections: tuple[Section, ...]
    gold: dict[str, Any]


@cache
def _pages(name: str) -> tuple[Labelled, ...]:
    folder = SETS[name]
    pages = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        page = document((folder / "pages" / gold["page"]).read_bytes(), gold["page"])
        pages.append(Labelled(page, find_sections(page), gold))
    return tuple(pages)


def pages(name: str) -> tuple[Labelled, ...]:
    """All pages of a set, negatives included; skips, saying so, where the set is not at hand."""
    if not (SETS[name] / "gold.jsonl").exists():
        pytest.skip(f"{SETS[name]} is not here")
    return _pages(name)


def reports(name: str) -> list[Labelled]:
    """The pages of a set that are annual reports."""
    return [page for page in pages(name) if page.gold["is_report"]]


def fold(value: object) -> str | None:
    """Text without regard to width and blanks, as score.py compares it; empty is None."""
    if value is None:
        return None
    return re.sub(r"[\s\u200b\ufeff]", "", normalize("NFKC", str(value))) or None


def accepted(gold: dict[str, Any], field: str) -> set[str | None]:
    """The values of a field that are right."""
    return {fold(gold.get(field))} | {fold(value) for value in gold.get(f"{field}_alt") or []}


SHARED = [pytest.param(name, marks=pytest.mark.shared) for name in ("real", "pingtan", "constructed")]
ALL = [*SHARED, "prose"]
