"""The region of a body: which province, prefecture or county it belongs to, as of the year reported on.

Belongs here: choosing among the units a name may mean. Nothing is guessed: what the names and hints do not
single out is None. Reading place names is in `place_names`, the units and their years in `region_table`.

The cascade (`Region.basis` says which step decided):
1. `name`: the first of the names that holds a place name, if it means one unit only in that year;
   `name+parent`: it stands in a chain (成都市郫都区), or another of the names tells its parent;
2. `name+hint`: a hint names the parent, or holds the code of only one of the candidates;
3. `hint`: the names hold no place (县农业局, 我局); the first hint that does and fits the name's 市 县 区.
`name+branch` is a branch body (深圳市公安局南山分局); `,renamed` is added where the name is of another year
than the report and the code was carried over, `,out-of-year` where the unit did not exist then at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tasks.extract.place_names import Place, central_prefix, find_place, fold_name, is_central, is_township
from tasks.extract.region_table import Unit, region_table
from tasks.frozen import frozen

# The level in 市民政局, 区司法局; not in 市场监督管理局, 市政管理局, 区域合作办公室.
_LEVEL_WORD = re.compile(
    r"(?:本|我)?([省州盟旗]|市(?!场|容|政(?!府|务|协|法)|民(?!政|族|宗))|县(?!域)|区(?!域|划|块))"
)
_PROVINCE_ORGAN = re.compile(r"(?<!办公)厅$")
_BRANCH = re.compile(r"[局处院]([\u4e00-\u9fff]{2,10}?)(?:分局|分院|分处|支局)$")


@frozen
class Region:
    """A unit of GB/T 2260 as of a year. `city` is None for what lies directly under a province."""

    code: str
    name: str
    short: str  # the name without 县 市 区 …
    level: str  # province | prefecture | county
    province: str
    city: str | None
    county: str | None
    basis: str
    lineage: str  # the code that stays the same when the unit is renamed: today's


def resolve_region(names: Sequence[str], year: int | None, hints: Sequence[str] = ()) -> Region | None:
    """The region of the body called by `names`, in order of trust (the agency's name first), or None.

    `hints` are short strings about the page, best first (signature, publisher, site operator, index number);
    they decide between units of the same name, or stand in where the names hold no place. `year` is the year
    reported on; None takes the units of today, or of the time when the name was last used.
    """
    folded = [fold_name(name) for name in names if name]
    folded_hints = [fold_name(hint) for hint in hints if hint]
    if not folded:
        return None
    for index, text in enumerate(folded):
        place = find_place(text)
        if place is None and index == 0 and is_central(text):
            return None
        if place is not None:
            others = folded[:index] + folded[index + 1 :]
            region = _from_name(text, place, year, others, folded_hints, folded[0] if index else None)
            if region is not None or (index == 0 and place.shape != "short"):
                return region
    return _from_hints(folded[0], year, folded_hints)


def namesakes(name: str, year: int | None) -> list[str]:
    """The units that the place in a body's name may mean in that year, each with its province."""
    text = fold_name(name)
    place = find_place(text)
    if place is None:
        return []
    units = _of_short_name(text, place, _as_of(place.units, year)[0])
    provinces = (region_table().with_code(unit.code[:2] + "0000", year) for unit in units)
    return [f"{up.name if up else ''}{unit.name}" for unit, up in zip(units, provinces, strict=True)]


def _from_name(
    text: str, place: Place, year: int | None, others: list[str], hints: list[str], caller: str | None
) -> Region | None:
    candidates, note = _as_of(place.units, year)
    units = _of_short_name(text, place, candidates)
    basis = "name+parent" if place.parts > 1 else "name"
    if len(units) > 1:
        units, basis = _singled_out(units, others, year), "name+parent"
    if len(units) > 1:
        units, basis = _singled_out(units, hints, year), "name+hint"
    unit = units[0] if len(units) == 1 else None
    if unit is not None and caller is not None:
        unit = _fitting(unit, text[place.last_start : place.end], caller, year)
    if unit is None:
        return None
    if inner := _branch(text[place.end :], unit, year):
        return _region(inner, year, "name+branch", note)
    if is_township(caller or text) and (inner := _county_inside(unit, [*others, *hints], year)):
        return _region(inner, year, "name+hint", note)
    return _region(unit, year, basis, note)


def _from_hints(caller: str, year: int | None, hints: list[str]) -> Region | None:
    for hint in hints:
        place = find_place(hint)
        if place is None:
            continue
        units, note = _as_of(place.units, year)
        units = _of_short_name(hint, place, units)
        if len(units) > 1:
            units = _singled_out(units, [other for other in hints if other is not hint], year)
        printed = hint[place.last_start : place.end]
        unit = _fitting(units[0], printed, caller, year) if len(units) == 1 else None
        if unit is not None:
            return _region(unit, year, "hint", note)
    return None


def _county_inside(unit: Unit, context: list[str], year: int | None) -> Unit | None:
    """The county of a township whose name gives only the city: the first in it that the context names."""
    if unit.level == "county" or unit.code not in region_table().parents:
        return None
    for text in context:
        place = find_place(text)
        inside = [inner for inner in place.units if inner.lies_in(unit)] if place else []
        units = _as_of(inside, year)[0] if inside else []
        if len(units) == 1 and units[0].level == "county":
            return units[0]
    return None


def _as_of(units: Iterable[Unit], year: int | None) -> tuple[list[Unit], str]:
    """The candidates that count in the year, one a code, and how the year was met.

    First those valid at its end, then those valid during it; else the same bodies under their name of that
    year; else the last shape of bodies that did not exist then.
    """
    units = tuple(units)
    found = [unit for unit in units if unit.is_valid(year)] or [
        unit for unit in units if unit.was_valid(year)
    ]
    note = ""
    if not found and year is not None:
        found = [kin for unit in units if (kin := region_table().as_of(unit, year)) is not None]
        note = "renamed" if found else "out-of-year"
    if not found:
        newest = max(unit.last for unit in units)
        found = [unit for unit in units if unit.last == newest]
    return list({unit.code: unit for unit in found}.values()), note


def _of_short_name(text: str, place: Place, units: list[Unit]) -> list[Unit]:
    """铁岭财政局 is of 铁岭市, not of 铁岭县 in it; 河北财政局 and 吉林民政厅 are of the provinces."""
    if place.shape != "short" or len(units) < 2:
        return units
    provinces = [unit for unit in units if unit.level == "province"]
    if provinces and ("厅" in text[place.end :] or all(unit.level != "prefecture" for unit in units)):
        return provinces
    heads = [unit for unit in units if all(other is unit or other.lies_in(unit) for other in units)]
    return [unit for unit in heads if unit.level == "prefecture"] or units


def _singled_out(units: list[Unit], context: list[str], year: int | None) -> list[Unit]:
    """The one unit whose parent, or whose code, a string of the context names; else all of them."""
    table = region_table()
    parents = {unit.code: table.with_code(unit.parent, year) for unit in units}
    provinces = {unit.code: table.with_code(unit.code[:2] + "0000", year) for unit in units}
    for text in context:
        for named in (
            [unit for unit in units if (up := parents[unit.code]) and up.name in text],
            [unit for unit in units if (up := parents[unit.code]) and up.short in text],
            [unit for unit in units if (up := provinces[unit.code]) and up.name in text],
            [unit for unit in units if (up := provinces[unit.code]) and up.short in text],
            [unit for unit in units if unit.name in text],
            [unit for unit in units if _holds_code(text, unit.code)],
            [unit for unit in units if _holds_code(text, unit.code[:4])],
        ):
            if len(named) == 1:
                return named
    return units


def _holds_code(text: str, code: str) -> bool:
    """The code opens a long number: an index number (11 + code …), a site or police number."""
    return any(
        run.startswith((code, "11" + code, "12" + code)) for run in re.findall(r"(?<!\d)\d{10,20}", text)
    )


def _fitting(unit: Unit, printed: str, caller: str, year: int | None) -> Unit | None:
    """The unit, or the one above it, that the caller's own name asks for, else None.

    区司法局 asks for a 区 (by the unit's name or as `printed`: 平潭综合实验区), 省水利厅 for a province, a
    township for a county.
    """
    word = _LEVEL_WORD.match(caller)
    wanted = "省" if _PROVINCE_ORGAN.search(caller) else word[1] if word else ""
    if wanted == "省":
        return region_table().with_code(unit.code[:2] + "0000", year)
    if is_township(caller):
        return None if unit.level != "county" and unit.code in region_table().parents else unit
    while wanted and unit.name[-1] != wanted and printed[-1] != wanted:
        above = region_table().with_code(unit.parent, year) if unit.parent else None
        if above is None:
            return None
        unit, printed = above, above.name
    return unit


def _branch(rest: str, unit: Unit, year: int | None) -> Unit | None:
    """The district of 公安局南山分局 behind the name of its city, if that city has just one of the name."""
    found = _BRANCH.search(rest)
    if found is None:
        return None
    spellings = region_table().spellings.get(found[1], ())
    inside = [inner for spelling in spellings for inner in spelling.units if inner.lies_in(unit)]
    valid = {inner.code: inner for inner in inside if inner.is_valid(year)}
    return next(iter(valid.values())) if len(valid) == 1 else None


def _region(unit: Unit, year: int | None, basis: str, note: str) -> Region:
    table = region_table()
    province = table.with_code(unit.code[:2] + "0000", year) or unit
    city = unit if unit.level == "prefecture" else table.with_code(unit.parent, year)
    return Region(
        code=unit.code,
        name=unit.name,
        short=unit.short,
        level=unit.level,
        province=province.name,
        city=city.name if city is not None and city.level == "prefecture" else None,
        county=unit.name if unit.level == "county" else None,
        basis=f"{basis},{note}" if note else basis,
        lineage=unit.lineage,
    )


def without_region(name: str, region: Region) -> str:
    """The folded name without the leading body of the centre and place names: what the body itself is called.

    A zone within its county keeps its name (大榭开发区财政局 is not the county's 财政局).
    """
    text = fold_name(name)
    place = find_place(text)
    if place is None or place.start > central_prefix(text) + 2:
        return text[central_prefix(text) :]
    if not any(unit.code[:2] == region.code[:2] for unit in place.units):
        return text
    return text[place.end if place.is_same else place.last_start :]
