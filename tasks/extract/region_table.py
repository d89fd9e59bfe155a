"""The table of regions: units of GB/T 2260, the years in which they were valid, who lies in whom.

Belongs here: loading seeds/regions.csv and seeds/region_aliases.csv, lookup by name, by code and by year.
What a name on a page means is decided in `regions`.

A unit's code in a year is that of 31 December. In the year in which a unit was renamed or dissolved both
states are true on paper, so `was_valid` accepts the old one too (a report on 2018 by 莱芜市, which was
dissolved in December).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import seeds

OPEN_END = 9999
# Reports begin in 2008 and tell of bodies of their own time: units gone for good before this year
# (嘉定县, 巢湖地区, five hundred counties turned cities in the nineties) would only add ambiguity.
EARLIEST = 2003


class Unit(NamedTuple):
    """One unit under one name, code and parent, from year `first` to year `last` inclusive."""

    code: str
    name: str
    short: str
    level: str  # province | prefecture | county
    parent: str  # code; the province for units directly under it; '' for provinces
    first: int
    last: int
    successor: str  # today's code, '' if unchanged or split up
    change: str  # renamed | merged | abolished | ''

    @property
    def lineage(self) -> str:
        """What stays the same when a unit is renamed: the code of its last shape."""
        return self.successor if self.change == "renamed" else self.code

    def is_valid(self, year: int | None) -> bool:
        return self.last == OPEN_END if year is None else self.first <= year <= self.last

    def was_valid(self, year: int | None) -> bool:
        """Valid at some time of the year, not only at its end."""
        return self.last == OPEN_END if year is None else self.first <= year <= self.last + 1

    def lies_in(self, other: Unit) -> bool:
        if other.level == "province":
            return self.level != "province" and self.code[:2] == other.code[:2]
        return self.parent == other.code


class Spelling(NamedTuple):
    """What a string may mean. `shape`: full (name as in the table), alias, or short (without 县/市/区…)."""

    shape: str
    units: tuple[Unit, ...]
    is_same: bool = True  # an alias may lie within its unit instead of being the unit


class RegionTable(NamedTuple):
    spellings: dict[str, tuple[Spelling, ...]]
    by_head: dict[str, tuple[str, ...]]  # first two characters → strings, the longest first
    by_lineage: dict[str, tuple[Unit, ...]]
    by_code: dict[str, tuple[Unit, ...]]
    parents: frozenset[str]  # codes with units under them: 东莞市 and three others have none

    def names_at(self, text: str, start: int) -> Iterator[str]:
        """The spellings that stand in `text` at `start`, the longest first."""
        for name in self.by_head.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                yield name

    def as_of(self, unit: Unit, year: int | None) -> Unit | None:
        """The same body in another year: the unit of its lineage that was valid then."""
        return next((kin for kin in self.by_lineage[unit.lineage] if kin.is_valid(year)), None)

    def with_code(self, code: str, year: int | None) -> Unit | None:
        """The unit that bore the code in the year, else the one that bore it last."""
        units = self.by_code.get(code, ())
        return next((unit for unit in units if unit.is_valid(year)), units[-1] if units else None)


def units() -> Iterator[Unit]:
    """The units that may have reported. Plain rows, not `seeds.rows`: half of 7,700 would be thrown away."""
    with (seeds.FOLDER / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for code, name, short, level, parent, first, last, successor, change in rows:
            if not last or int(last) >= EARLIEST:
                valid_to = int(last or OPEN_END)
                yield Unit(code, name, short, level, parent, int(first), valid_to, successor, change)


def own_units() -> dict[str, Unit]:
    """Units that GB/T 2260 does not list but that act as one, under their code (雄安新区)."""
    return {
        row["region_code"]: Unit(
            row["region_code"],
            row["name"],
            row["name"],
            row["level"],
            row["parent_code"],
            int(row["valid_from"]),
            OPEN_END,
            "",
            "",
        )
        for row in seeds.rows("region_aliases.csv")
        if row["relation"] == "own"
    }


def usual_aliases(unit: Unit) -> Iterator[str]:
    """延边州 for 延边朝鲜族自治州, 景宁县 and 景宁自治县 for 景宁畲族自治县, 新疆自治区, 鄂温克旗."""
    if "自治" not in unit.name:
        return
    for long_suffix, suffixes in (
        ("自治州", ("州", "自治州")),
        ("自治县", ("县", "自治县")),
        ("自治旗", ("旗", "自治旗")),
        ("自治区", ("自治区",)),
    ):
        if unit.name.endswith(long_suffix):
            for suffix in suffixes:
                if unit.short + suffix != unit.name:
                    yield unit.short + suffix


def grouped(pairs: Iterable[tuple[str, Unit]]) -> dict[str, tuple[Unit, ...]]:
    groups: dict[str, list[Unit]] = defaultdict(list)
    for key, unit in pairs:
        groups[key].append(unit)
    return {key: tuple(group) for key, group in groups.items()}


def alias_spellings(
    by_code: dict[str, tuple[Unit, ...]], by_lineage: dict[str, tuple[Unit, ...]]
) -> Iterator[tuple[str, Spelling]]:
    """The hand-made aliases; each keeps its own years, but no shorter than its units' if it gives none."""
    for row in seeds.rows("region_aliases.csv"):
        if row["relation"] == "never":
            continue
        first, last = int(row["valid_from"] or 0), int(row["valid_to"] or OPEN_END)
        kin = [k for unit in by_code[row["region_code"]] for k in by_lineage[unit.lineage]]
        limited = tuple(
            unit._replace(first=max(unit.first, first), last=min(unit.last, last))
            for unit in dict.fromkeys(kin)
            if unit.first <= last and first <= unit.last
        )
        yield row["name"], Spelling("alias", limited, row["relation"] != "within")


@cache
def region_table() -> RegionTable:
    """The table, built once per process."""
    everyone = list(units())
    everyone.extend(own_units().values())
    by_code = grouped((unit.code, unit) for unit in everyone)
    by_lineage = grouped((unit.lineage, unit) for unit in everyone)
    never = {row["name"] for row in seeds.rows("region_aliases.csv") if row["relation"] == "never"}
    spellings: dict[str, list[Spelling]] = defaultdict(list)
    for name, named in grouped((unit.name, unit) for unit in everyone).items():
        spellings[name].append(Spelling("full", named))
    for name, named in grouped((alias, unit) for unit in everyone for alias in usual_aliases(unit)).items():
        spellings[name].append(Spelling("alias", named))
    for name, spelling in alias_spellings(by_code, by_lineage):
        spellings[name].append(spelling)
    shorts = ((unit.short, unit) for unit in everyone if unit.short != unit.name and len(unit.short) > 1)
    for name, named in grouped(shorts).items():
        if name not in never:
            spellings[name].append(Spelling("short", named))
    heads: dict[str, list[str]] = defaultdict(list)
    for name in sorted({*spellings, *never}, key=len, reverse=True):
        heads[name[:2]].append(name)
    return RegionTable(
        {name: tuple(found) for name, found in spellings.items()},
        {head: tuple(names) for head, names in heads.items()},
        by_lineage,
        by_code,
        frozenset(unit.parent for unit in everyone),
    )
