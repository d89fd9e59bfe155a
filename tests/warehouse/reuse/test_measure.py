from __future__ import annotations

import random
from typing import Any

from tasks.load import load_batch
from tests.warehouse.made import made_other
from tests.warehouse.reuse.prose import prose_report, sentences
from warehouse.lake import Warehouse
from warehouse.reuse.measure import measure

OWN = "".join(sentences("own"))


def reuse(warehouse: Warehouse, **wanted: object) -> list[dict[str, Any]]:
    rows = warehouse.rows("FROM reuse ORDER BY agency_id, year, seq, against, place")
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def measured(warehouse: Warehouse, *reports: Any) -> list[dict[str, Any]]:
    load_batch(warehouse, reports)
    measure(warehouse)
    return reuse(warehouse)


def pair(this: str, last: str) -> tuple[Any, Any]:
    """A body's reports of two years, of one section each."""
    return (
        prose_report(1, [last], agency_id="a-1", year=2020),
        prose_report(2, [this], agency_id="a-1", year=2021),
    )


def test_an_empty_warehouse_and_a_single_report_have_nothing_to_compare(warehouse: Warehouse) -> None:
    assert measure(warehouse).fresh == 0
    assert measured(warehouse, prose_report(1, [OWN], agency_id="a-1", year=2020)) == []
    assert warehouse.rows("SELECT words FROM sketches") == [{"words": 240}]


def test_a_section_is_held_against_last_years_report(warehouse: Warehouse) -> None:
    new = sentences("new")
    half = "".join(new[:5] + sentences("own")[:5])
    (row,) = measured(warehouse, *pair(half, OWN))
    assert (row["against"], row["year"], row["other_year"], row["other_seq"]) == (
        "previous_year",
        2021,
        2020,
        0,
    )
    assert (row["share"], row["shared"], row["words"], row["is_repeated"]) == (0.5, 120, 240, True)


def test_nothing_repeated_is_a_share_of_zero(warehouse: Warehouse) -> None:
    (row,) = measured(warehouse, *pair("".join(sentences("new")), OWN))
    assert (row["share"], row["is_repeated"], row["other_seq"]) == (0, False, None)


def shares(warehouse: Warehouse, pairs: dict[str, tuple[str, str]]) -> dict[str, tuple[float, int]]:
    """Name → share and words: each pair, this year's and last year's text, is of a body of its own."""
    loaded = []
    for number, (name, (this, last)) in enumerate(pairs.items()):
        loaded.append(prose_report(2 * number, [last], agency_id=name, year=2020))
        loaded.append(prose_report(2 * number + 1, [this], agency_id=name, year=2021))
    measured(warehouse, *loaded)
    rows = reuse(warehouse, against="previous_year")
    return {row["agency_id"]: (row["share"], row["words"]) for row in rows}


def test_figures_years_and_typesetting_make_no_difference(warehouse: Warehouse) -> None:
    changes = {
        "figures": (
            "全年共公开各类信息2,310条并按时办结。" + OWN,
            "全年共公开各类信息975条并按时办结。" + OWN,
        ),
        "years, lines": ("（二〇二一年）" + OWN.replace("。", "。\n"), OWN),
        "blanks, commas": (OWN.replace("山", " 山").replace("，", ","), OWN),
        "own name": ("甲县教育局" + OWN, OWN),
    }
    assert {name: share for name, (share, _) in shares(warehouse, changes).items()} == dict.fromkeys(
        changes, 1
    )


PRESCRIBED = {
    "opening": "根据《中华人民共和国政府信息公开条例》的规定，现向社会公布2020年度政府信息公开工作年度报告。",
    "period": "本报告中所列数据的统计期限自2020年1月1日起，至2020年12月31日止。"
    "如对本报告有疑问，请与办公室联系。",
    "absence": "全年未收到政府信息公开申请。没有因政府信息公开引起的行政复议、行政诉讼。",
    "table": "一、本年新收政府信息公开申请数量\t0\t0\n"
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t0\n",
    "table in lines": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n"
    "要求行政机关确认或重新出具已获取信息\n0\n",
    "note": "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
}


def test_what_law_and_form_prescribe_is_no_copying(warehouse: Warehouse) -> None:
    both = {
        name: (words * 3 + "".join(sentences(name)), words * 3 + "".join(sentences(f"last {name}")))
        for name, words in PRESCRIBED.items()
    }
    assert shares(warehouse, both) == dict.fromkeys(PRESCRIBED, (0, 240))


def test_an_edited_clause_still_counts_where_it_was_left_alone(warehouse: Warehouse) -> None:
    # every clause has another word at its end
    edited = OWN.replace("，", "甲，").replace("。", "乙。")
    rows = measured(warehouse, *pair("".join(sentences("own")[:3]) + edited[78:], OWN))
    assert rows[0]["share"] > 0.9


def test_a_text_of_another_body_is_found_in_this_and_the_year_before(warehouse: Warehouse) -> None:
    copy = "".join(sentences("own")[:8] + sentences("two")[:2])
    rows = measured(
        warehouse,
        prose_report(1, [OWN], agency_id="a-1", year=2020),
        prose_report(2, [copy], agency_id="b-1", year=2020),
        prose_report(3, [copy], agency_id="c-1", year=2021),
        prose_report(4, [OWN], agency_id="d-1", year=2022),
        prose_report(5, ["".join(sentences("five"))], agency_id="e-1", year=2020),
    )
    found = [(row["agency_id"], row["place"], row["share"], row["other_document_id"]) for row in rows]
    ids = {number: row["document_id"] for number, row in enumerate(rows)}
    assert [row[:3] for row in found] == [
        ("a-1", 1, 0.8),
        ("b-1", 1, 0.8),
        ("c-1", 1, 1.0),
        ("c-1", 2, 0.8),
        ("d-1", 1, 0.8),
    ]
    assert ids[0] != ids[1]
    assert {row["against"] for row in rows} == {"other_body"}


def test_short_sections_are_not_measured(warehouse: Warehouse) -> None:
    short = "".join(sentences("own", 1))
    assert measured(warehouse, *pair(short, short)) == []


def test_one_text_in_many_bodies_costs_each_a_few_rows(warehouse: Warehouse) -> None:
    rows = measured(warehouse, *(prose_report(n, [OWN], agency_id=f"a-{n:02}", year=2020) for n in range(40)))
    assert len(rows) == 40 * 3
    assert all(row["share"] == 1 for row in rows)


def reports(seed: int) -> list[Any]:
    """Twelve bodies over four years that copy from themselves and each other in parts."""
    dice = random.Random(seed)
    pool = [sentences(f"{seed}-{n}", 6) for n in range(6)]
    made = []
    for number in range(48):
        texts = [
            "".join(dice.choice(pool)[: dice.randint(2, 6)] + sentences(dice.random(), dice.randint(0, 4)))
            for _ in range(3)
        ]
        made.append(prose_report(number, texts, agency_id=f"a-{number // 4:02}", year=2018 + number % 4))
    return made


def test_reports_in_any_order_and_at_any_pace_give_the_same_rows(warehouse: Warehouse) -> None:
    all_at_once = measured(warehouse, *reports(7))
    assert len(all_at_once) > 100
    warehouse.connection.execute("DELETE FROM repeats")
    warehouse.connection.execute("DELETE FROM sketches")
    shuffled = reports(7)
    random.Random(1).shuffle(shuffled)
    for start in range(0, 48, 24):
        load_batch(warehouse, shuffled[start : start + 24])
        measure(warehouse)
    assert reuse(warehouse) == all_at_once


def test_a_new_report_that_stands_for_no_other_is_measured_alone(warehouse: Warehouse) -> None:
    copies = [prose_report(number, [OWN], agency_id=f"a-{number:02}", year=2020) for number in range(20)]
    first, *others, last = sorted(copies, key=lambda each: each.document_id)
    measured(warehouse, *others)
    load_batch(warehouse, [last])  # six others come before it wherever a text is looked for
    assert measure(warehouse).measured == 1
    load_batch(warehouse, [first])
    assert measure(warehouse).measured == 20
    one_by_one = reuse(warehouse)
    warehouse.connection.execute("DELETE FROM repeats")
    warehouse.connection.execute("DELETE FROM sketches")
    measure(warehouse)
    assert reuse(warehouse) == one_by_one


def test_a_second_measurement_writes_nothing(warehouse: Warehouse) -> None:
    measured(warehouse, *reports(3))
    snapshots = warehouse.rows("SELECT max(snapshot_id) AS s FROM gongkai.snapshots()")
    again = measure(warehouse)
    assert (again.fresh, again.measured, again.changed) == (0, 0, 0)
    assert warehouse.rows("SELECT max(snapshot_id) AS s FROM gongkai.snapshots()") == snapshots


def test_a_report_read_again_or_gone_is_followed(warehouse: Warehouse) -> None:
    last, this = pair(OWN, OWN)
    other = prose_report(3, [OWN], agency_id="b-1", year=2021)
    assert len(measured(warehouse, last, this, other)) == 3
    changed = prose_report(1, ["".join(sentences("new"))], agency_id="a-1", year=2020)
    rows = measured(warehouse, changed)
    assert [(row["against"], row["share"]) for row in rows] == [
        ("other_body", 1),
        ("previous_year", 0),
        ("other_body", 1),
    ]
    rows = measured(warehouse, made_other(3))  # the page of the other body is no report any more
    assert [(row["against"], row["share"]) for row in rows] == [("previous_year", 0)]


def test_reports_without_year_or_body_are_left_out_or_stand_for_themselves(warehouse: Warehouse) -> None:
    nobody = [prose_report(n, [OWN], agency_id=None, year=2020) for n in (1, 2)]  # type: ignore[arg-type]
    undated = prose_report(3, [OWN], agency_id="a-1", year=None)  # type: ignore[arg-type]
    rows = measured(warehouse, *nobody, undated)
    assert [row["against"] for row in rows] == ["other_body", "other_body"]
