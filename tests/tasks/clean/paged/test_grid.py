"""Rules to cells, by geometry alone."""

from __future__ import annotations

from tasks.clean.paged import Rule
from tasks.clean.paged.grid import rasters


def table(xs: list[float], top: float) -> list[Rule]:
    ys = [top, top + 20, top + 40]
    return [Rule(x, ys[0], x, ys[-1]) for x in xs] + [Rule(xs[0], y, xs[-1], y) for y in ys]


def test_columns_of_two_tables_below_each_other_stay_where_each_has_them() -> None:
    first, second = [100.0, 200.0, 300.0], [100.0, 202.0, 300.0]
    found = rasters([*table(second, 80), *table(first, 20)])
    assert sorted((raster.ys[0], raster.xs) for raster in found) == [(20.0, first), (80.0, second)]


def test_a_double_line_over_two_rows_is_one_wall() -> None:
    [raster] = rasters([*table([100, 200, 300], 20), Rule(202, 20, 202, 60)])
    assert raster.xs == [100, 201, 300]
    assert len(raster.places) == 4
