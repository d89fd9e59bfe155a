"""Reference data the rules read: forms, indicators, labels, regions, sample pages. Data, no rules."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of seeds/NAME (a CSV with a header line, UTF-8); empty cells are ''."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
