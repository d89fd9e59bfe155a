"""How well the labelled pages are read in another format, beside their HTML: the same gold file for all.

    python -m tests.formats.scores OUT [--formats pdf-chromium scan-200 …]

reads every page in every format whose producer is installed (files are made into OUT, and kept), and prints
what each lacks; last, a line of totals a format. Scans take some seconds a page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.labelled import ORIGINS, Key, Score, add
from bench.labelled import Labelled as LabelledPage
from tasks.clean import clean
from tasks.extract import extract
from tasks.values import Fact, Page
from tests.formats.convert import CONSTRUCTED, FORMATS, make, producer


@dataclass
class Compared:
    """The score of a format, and what it lacks or has beyond the gold, page by page.

    `sure_wrong` is what of that beyond came out of a form with confidence 1.
    """

    score: Score = field(default_factory=Score)
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    sure_wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        score = self.score
        recall = ", ".join(f"{one} {score.recall(one):.4f} of {score.gold[one]}" for one in ORIGINS)
        wrong = f"{len(self.sure_wrong)} surely wrong; kinds wrong {score.kinds_wrong}"
        return f"recall {recall}; precision {score.precision:.4f}, {wrong}"


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
            sure = {_key(fact) for fact in report.facts if fact.origin == "form" and fact.confidence >= 1}
            _note(result, path.name, gold, result.score.facts[path.name], sure)
    return result


def _key(fact: Fact) -> Key:
    return fact.indicator, fact.dimension, fact.member, round(fact.value, 4)


def _note(result: Compared, name: str, gold: dict[str, Any], mine: frozenset[Key], sure: set[Key]) -> None:
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
    beyond = [key for key in mine if key not in wanted and (key[0], key[3]) not in loose]
    result.missing += [f"{name}: {origin} {key}" for key, origin in wanted.items() if key not in mine]
    result.surplus += [f"{name}: {key}" for key in beyond]
    result.sure_wrong += [f"{name}: {key}" for key in beyond if key in sure]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--formats", nargs="*", choices=FORMATS, default=FORMATS)
    given = parser.parse_args()
    golds = gold_by_stem(CONSTRUCTED.parent)
    for name in given.formats:
        program = producer(name)
        if program and not shutil.which(program):
            print(f"{name}: {program} is not installed")
            continue
        start = time.process_time()
        result = score(make(name, given.out), golds)
        for lack, notes in (
            ("lacks", result.missing),
            ("beyond", result.surplus),
            ("sure", result.sure_wrong),
        ):
            for words in notes:
                print(f"    {lack} {words}")
        print(f"{name}: {result.line()}; {time.process_time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
