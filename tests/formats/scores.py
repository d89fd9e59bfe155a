"""How well the labelled pages are read in another format, beside their HTML: the same gold file for all."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.labelled import Key, Score, add
from bench.labelled import Labelled as LabelledPage
from tasks.clean import clean
from tasks.extract import extract
from tasks.values import Page


@dataclass
class Compared:
    """The score of a format, and what it lacks or has beyond the gold, page by page."""

    score: Score = field(default_factory=Score)
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)


def gold_by_stem(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    return {gold["page"].split(".")[0]: gold for gold in map(json.loads, filter(str.strip, lines))}


def score(files: list[Path], golds: dict[str, dict[str, Any]]) -> Compared:
    """Read the files, told by their names' first part, and compare with the labels."""
    result = Compared()
    for path in files:
        gold = golds[path.name.split(".")[0]]
        page = Page(path.name, "test", path.read_bytes(), None, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
        document = clean(page)
        report = extract(document)
        add(result.score, LabelledPage(document, gold), report)
        if gold.get("is_report", True):
            _note(result, path.name, gold, result.score.facts[path.name])
    return result


def _note(result: Compared, name: str, gold: dict[str, Any], mine: frozenset[Key]) -> None:
    wanted = {
        (f["indicator"], f.get("dimension") or None, f.get("member") or None, round(float(f["value"]), 4)): f[
            "origin"
        ]
        for f in gold["facts"]
    }
    loose = {
        (f["indicator"], round(float(f["value"]), 4))
        for f in gold.get("dont_care", [])
        if f.get("value") is not None
    }
    result.missing += [f"{name}: {origin} {key}" for key, origin in wanted.items() if key not in mine]
    result.surplus += [
        f"{name}: {key}" for key in mine if key not in wanted and (key[0], key[3]) not in loose
    ]
