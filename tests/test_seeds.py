"""The reference data as files."""

import csv
import re

import pytest

import seeds
from tasks.extract.lexicon import compile_pattern

FILES = sorted(path.relative_to(seeds.FOLDER).as_posix() for path in seeds.FOLDER.rglob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_the_columns_of_the_header(name: str) -> None:
    """An unquoted comma in a pattern would cut it short without a word."""
    with (seeds.FOLDER / name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert [row for row in rows if len(row) != len(header)] == []


@pytest.mark.parametrize("row", seeds.rows("phrases.csv"), ids=lambda row: row["example"])
def test_a_phrase_matches_its_example(row: dict[str, str]) -> None:
    assert compile_pattern(row["pattern"]).search(row["example"])


def test_the_code_asks_for_each_phrase() -> None:
    files = (seeds.FOLDER.parent / "tasks").rglob("*.py")
    asked = {name for file in files for name in re.findall(r'phrase\("(\w+)"\)', file.read_text("utf-8"))}
    assert asked == {row["name"] for row in seeds.rows("phrases.csv")}
