"""The cookbook's answers are what its questions give over the sample pages.

`COOKBOOK=write pytest tests/docs` writes the answers anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from flows.cli.printing import printable
from flows.summary import IngestSummary
from warehouse.export import export
from warehouse.formats import Format
from warehouse.lake import open_warehouse

PAGE = Path(__file__).parents[2] / "docs" / "cookbook.md"
RECIPE = re.compile(r"```(sql|python)\n(.*?)```\n\n(?:((?:\|[^\n]*\n)+)|```text\n(.*?)```\n)", re.DOTALL)


def test_every_answer_in_the_cookbook_is_true(
    ingest: Callable[..., IngestSummary], sample: Path, tmp_path: Path
) -> None:
    ingest(tmp_path / "home", sample)
    with open_warehouse(tmp_path / "home", read_only=True) as warehouse:
        export(warehouse, tmp_path / "out", Format.DUCKDB)
    page = PAGE.read_text("utf-8")

    def answered(match: re.Match[str]) -> str:
        language, recipe, *_ = match.groups()
        if language == "sql":
            return f"```sql\n{recipe}```\n\n{_table(tmp_path / 'out/gongkai.duckdb', recipe)}"
        return f"```python\n{recipe}```\n\n```text\n{_printed(tmp_path / 'out', recipe)}```\n"

    now, recipes = RECIPE.subn(answered, page)
    if os.environ.get("COOKBOOK") == "write":
        PAGE.write_text(now, "utf-8")
    assert recipes >= 17
    assert now == page


def _table(file: Path, query: str) -> str:
    with duckdb.connect(str(file), read_only=True) as connection:
        answer = connection.execute(query)
        names = [column[0] for column in answer.description]
        rows = [
            [printable(cell).replace("|", "\\|").replace("\n", " ") for cell in row]
            for row in answer.fetchall()
        ]
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _printed(folder: Path, code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
