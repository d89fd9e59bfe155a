"""The reference data as files."""

import csv

import pytest

import seeds

FILES = sorted(path.relative_to(seeds.FOLDER).as_posix() for path in seeds.FOLDER.rglob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_the_columns_of_the_header(name: str) -> None:
    """An unquoted comma in a pattern would cut it short without a word."""
    with (seeds.FOLDER / name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert [row for row in rows if len(row) != len(header)] == []
