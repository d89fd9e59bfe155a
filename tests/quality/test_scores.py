"""The ratchet: the scores on the labelled sets are pinned in pinned.toml, and may only rise."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from flows.summary import IngestSummary
from tasks.extract import extract
from tests.conftest import SHARED
from tests.tasks.extract.gold import SETS, pages
from warehouse.export import export
from warehouse.formats import Format
from warehouse.lake import open_warehouse

PINNED = tomllib.loads(Path(__file__).with_name("pinned.toml").read_text("utf-8"))


def corpus_hash(folder: Path) -> str:
    """Hash over the labels and every page of a set, names included."""
    digest = hashlib.sha256((folder / "gold.jsonl").read_bytes())
    for page in sorted((folder / "pages").iterdir()):
        digest.update(page.name.encode() + page.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="module")
def exported(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All labelled pages through the real flow into one warehouse, exported as Parquet."""
    from flows.ingest import ingest as flow
    from flows.run import summary_of

    folder = tmp_path_factory.mktemp("quality")
    sets = [str(path / "pages") for path in SETS.values() if path.exists()]
    summary: IngestSummary = summary_of(flow(sets, str(folder / "home"), return_state=True))
    assert not summary.failed
    with open_warehouse(folder / "home", read_only=True) as warehouse:
        export(warehouse, folder / "out", Format.PARQUET)
    return folder / "out"


def score(name: str, exported: Path) -> dict[str, Any]:
    command = [sys.executable, SHARED / "tools/score.py", SETS[name] / "gold.jsonl", exported, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SETS))
def test_the_scores_of_a_set_do_not_fall(name: str, exported: Path) -> None:
    pinned = PINNED[name]
    assert corpus_hash(SETS[name]) == pinned["corpus"], (
        "another corpus: measure again and pin the figures anew"
    )
    reached = score(name, exported)
    flat = {**{k: v for k, v in reached.items() if isinstance(v, int | float)}, **reached["recall_by_origin"]}
    fallen = {k: (flat[k], v) for k, v in pinned["at_least"].items() if flat[k] < v}
    assert not fallen, json.dumps(reached["notes"], ensure_ascii=False, indent=1)
    assert flat["alarms"] <= pinned["alarms"]
    short = {field: share for field, share in reached["fields"].items() if share < pinned["fields"]}
    assert not short, json.dumps(reached["notes"], ensure_ascii=False, indent=1)


@pytest.mark.parametrize("name", ["prose", "mixed", "third"])
def test_the_project_s_own_pages_are_read_as_pinned(name: str) -> None:
    """The same measure on pages that travel with the project, without score.py."""
    gold_facts = found = reported = right = 0
    for page in pages(name):
        report = extract(page.document)
        assert report.is_report == page.gold["is_report"], (page.gold["page"], report.kind_reason)
        gold = {_key(fact) for fact in page.gold["facts"]}
        loose = {(fact["indicator"], float(fact["value"])) for fact in page.gold["dont_care"]}
        mine = {(f.indicator, f.dimension, f.member, round(f.value, 4)) for f in report.facts}
        debatable = {key for key in mine - gold if (key[0], key[3]) in loose}
        gold_facts, found = gold_facts + len(gold), found + len(gold & mine)
        reported, right = reported + len(mine - debatable), right + len(mine & gold)
    pinned = PINNED[name]["at_least"]
    assert found / gold_facts >= pinned["recall"]
    assert right / reported >= pinned["precision"]


def _key(fact: dict[str, Any]) -> tuple[str, str | None, str | None, float]:
    return fact["indicator"], fact["dimension"], fact["member"], round(float(fact["value"]), 4)
