"""The labelled pages at hand, and how well facts and fields read from them fit the labels.

The measure is that of tests/quality: a fact is its indicator, dimension, member and value; what the labels
call debatable counts neither way. The sets outside the project are left out where they are not at hand.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from unicodedata import normalize

from tasks.clean import clean
from tasks.values import Document, Page, Report

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "tests/pages", ROOT.parent / "shared/reports")

ORIGINS = ("form", "narrative", "statement")
FIELDS = (
    *("agency", "year", "title", "region_code", "published_on", "signed_on"),
    *("index_number", "document_number"),
)
_BLANKS = re.compile(r"[\s\u200b\ufeff]")

Key = tuple[str, str | None, str | None, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page as document with what people read on it."""

    document: Document
    gold: dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts over all pages; `facts` and `figures` have what was read of each page, to compare."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    reported: int = 0
    right: int = 0
    fields_wrong: int = 0
    kinds_wrong: int = 0
    facts: dict[str, frozenset[Key]] = field(default_factory=dict)
    figures: dict[str, frozenset[tuple[object, ...]]] = field(default_factory=dict)

    def recall(self, origin: str) -> float:
        """Share of the labelled facts of this origin that were found."""
        return self.found[origin] / self.gold[origin] if self.gold[origin] else 1.0

    @property
    def precision(self) -> float:
        """Share of the reported facts that are right."""
        return self.right / self.reported if self.reported else 1.0

    def is_like(self, other: Score) -> bool:
        """The same facts and figures, and as many fields and kinds right."""
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(self))


def labelled_pages() -> dict[str, list[Labelled]]:
    """Set → pages, of every set that is at hand."""
    found: dict[str, list[Labelled]] = {}
    for folder in FOLDERS:
        for path in sorted(folder.glob("*/gold.jsonl")):
            lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
            found[path.parent.name] = [_page(path.parent, json.loads(line)) for line in lines]
    return found


def _page(folder: Path, gold: dict[str, Any]) -> Labelled:
    content = (folder / "pages" / gold["page"]).read_bytes()
    page = Page(f"{folder.name}/{gold['page']}", str(folder), content, None, dt.datetime.now(dt.UTC))
    return Labelled(clean(page), gold)


def add(score: Score, page: Labelled, report: Report) -> None:
    """Count one page."""
    gold = page.gold
    is_report = bool(gold.get("is_report", True))
    score.kinds_wrong += report.is_report != is_report
    mine = frozenset((f.indicator, f.dimension, f.member, round(f.value, 4)) for f in report.facts)
    score.facts[page.document.uri] = mine
    score.figures[page.document.uri] = frozenset(
        (f.evidence_start, f.value, f.unit, f.scope, f.indicator) for f in report.figures
    )
    if not is_report:
        return
    wanted = {_key(fact): fact.get("origin", "narrative") for fact in gold["facts"]}
    for key, origin in wanted.items():
        score.gold[origin] += 1
        score.found[origin] += key in mine
    loose = {(fact["indicator"], _value(fact)) for fact in gold.get("dont_care", [])}
    counted = {key for key in mine if key in wanted or (key[0], key[3]) not in loose}
    score.reported += len(counted)
    score.right += len(counted & wanted.keys())
    metadata = report.metadata
    for name in FIELDS:
        if name in gold:
            accepted = {_fold(gold[name]), *(_fold(value) for value in gold.get(f"{name}_alt") or [])}
            score.fields_wrong += _fold(getattr(metadata, name)) not in accepted


def _key(fact: dict[str, Any]) -> Key:
    return fact["indicator"], fact.get("dimension") or None, fact.get("member") or None, _value(fact)


def _value(fact: dict[str, Any]) -> float:
    value = fact.get("value")
    return float("nan") if value is None else round(float(value), 4)


def _fold(value: object) -> str | None:
    return None if value is None else _BLANKS.sub("", normalize("NFKC", str(value))) or None
