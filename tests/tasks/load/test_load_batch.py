from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import GongkaiError, TerminalError
from tasks.load import LoadCounts, Loaded, known_documents, load_batch, load_parts, write_part
from tasks.load.rows import rows_of
from tasks.values import Contact, Fact, Finding, FormCell, Metadata, Report
from tests.warehouse.made import made_other, made_report, with_facts
from warehouse.contract import DOCUMENT_TABLES
from warehouse.lake import Warehouse, open_warehouse

TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=20)
MAYBE = st.none() | TEXT
NUMBER = st.floats(allow_nan=False)
OFFSET = st.integers(0, 2**31 - 1)
CELL = st.builds(
    FormCell, TEXT, OFFSET, OFFSET, OFFSET, TEXT, TEXT, TEXT, st.none() | NUMBER, TEXT, MAYBE, MAYBE, MAYBE,
    OFFSET, OFFSET,
)  # fmt: skip
REPORT = st.builds(
    Report,
    document_id=st.just("x"),
    is_report=st.just(True),
    kind_reason=TEXT,
    form=MAYBE,
    metadata=st.builds(
        Metadata, title=MAYBE, agency=MAYBE, agency_id=MAYBE, year=st.none() | st.integers(1900, 2100),
        published_on=st.none() | st.dates(),
    ),
    facts=st.lists(
        st.builds(
            Fact, TEXT, NUMBER, TEXT, TEXT, TEXT, OFFSET, OFFSET, MAYBE, MAYBE, st.booleans()
        ),
        max_size=3,
    ).map(tuple),
    form_cells=st.lists(CELL, max_size=3).map(tuple),
    findings=st.lists(st.builds(Finding, TEXT, OFFSET, TEXT, OFFSET, OFFSET), max_size=2).map(tuple),
    contacts=st.lists(st.builds(Contact, TEXT, TEXT, OFFSET, OFFSET), max_size=2).map(tuple),
)  # fmt: skip


def everything(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every document table, sorted."""
    return {
        table.name: sorted(map(repr, warehouse.connection.execute(f"FROM {table.name}").fetchall()))
        for table in DOCUMENT_TABLES
    }


def test_a_nul_becomes_a_replacement_character_in_every_table(warehouse: Warehouse) -> None:
    base = made_report(1, agency="甲\0局", agency_id="a\0")
    for text in ("一\0二", "三\0四"):  # the second time, the stored rows are searched by these values
        load_batch(warehouse, [replace(base, text=text)])
    assert warehouse.rows("SELECT text FROM documents") == [{"text": "三\ufffd四"}]
    assert warehouse.rows("SELECT agency, agency_id FROM reports") == [
        {"agency": "甲\ufffd局", "agency_id": "a\ufffd"}
    ]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(REPORT, TEXT)
def test_whatever_a_report_says_comes_back_as_it_was(warehouse: Warehouse, report: Report, text: str) -> None:
    base = made_report(1)
    loaded = replace(base, text=text, report=replace(report, document_id=base.document_id))
    load_batch(warehouse, [loaded])
    assert warehouse.rows("SELECT text, kind_reason FROM documents") == [
        {"text": text, "kind_reason": report.kind_reason}
    ]
    (row,) = warehouse.rows("FROM reports")
    for name in ("title", "agency", "agency_id", "year", "published_on"):
        assert row[name] == getattr(report.metadata, name)
    assert row["fact_count"] == len(report.facts)
    for table in ("facts", "form_cells", "findings", "contacts"):
        parts = getattr(report, table)
        stored = warehouse.rows(f"SELECT * EXCLUDE (document_id) FROM {table}")
        made = [{name: getattr(part, name) for name in part.__dataclass_fields__} for part in parts]
        assert sorted(map(repr, stored)) == sorted(
            repr({name: part[name] for name in stored[0]}) if stored else "" for part in made
        )


def test_loading_the_same_documents_again_changes_no_row(warehouse: Warehouse) -> None:
    batch = [made_report(i, year=2010 + i) for i in range(5)] + [made_other(9)]
    assert load_batch(warehouse, batch) == LoadCounts(6, 5, 15)
    before = everything(warehouse)
    load_batch(warehouse, batch)
    assert everything(warehouse) == before


def test_a_new_version_replaces_all_rows_of_the_old_one_and_of_no_other(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(1, facts=9), made_report(2, year=2016)])
    untouched = warehouse.rows("FROM facts WHERE document_id = ?", [made_report(2).document_id])
    load_batch(warehouse, [made_report(1, facts=2, generation=7)])
    mine = warehouse.rows("FROM facts WHERE document_id = ?", [made_report(1).document_id])
    assert [row["value"] for row in mine] == [7.0, 7.0]
    assert warehouse.rows("FROM facts WHERE document_id = ?", [made_report(2).document_id]) == untouched


def test_a_document_that_is_no_report_any_more_keeps_only_its_documents_row(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(1)])
    load_batch(warehouse, [made_other(1)])
    assert {name: len(rows) for name, rows in everything(warehouse).items() if rows} == {"documents": 1}
    assert warehouse.rows("FROM agencies") == []


def test_parts_of_workers_give_the_same_rows_as_loading_directly(tmp_path: Path) -> None:
    batch = [made_report(i, year=2000 + i) for i in range(6)] + [made_other(8)]
    with open_warehouse(tmp_path / "one") as one, open_warehouse(tmp_path / "two") as two:
        load_batch(one, batch)
        parts = [write_part(batch[:2], tmp_path / "parts"), write_part(batch[2:], tmp_path / "parts")]
        assert load_parts(two, parts) == LoadCounts(7, 6, 18)
        assert everything(one) == everything(two)


def test_of_a_document_in_two_parts_the_later_one_counts(warehouse: Warehouse, tmp_path: Path) -> None:
    parts = [write_part([made_report(1, generation=g), made_report(g + 2)], tmp_path) for g in (1, 2)]
    load_parts(warehouse, parts)
    rows = warehouse.rows(
        "SELECT DISTINCT value FROM facts WHERE document_id = ?", [made_report(1).document_id]
    )
    assert rows == [{"value": 2.0}]
    assert len(everything(warehouse)["documents"]) == 3


def test_a_killed_worker_leaves_a_draft_that_is_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        write_part([made_report(1)], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_half_written_part_is_named_and_nothing_of_its_batch_is_loaded(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    whole, half = (write_part([made_report(number)], tmp_path) for number in (1, 2))
    facts = Path(half) / "facts.arrow"
    facts.write_bytes(facts.read_bytes()[:-100])
    with pytest.raises(GongkaiError, match=rf"The part file {half} is not whole"):
        load_parts(warehouse, [whole, half])
    assert warehouse.rows("FROM documents") == []
    again = write_part([made_report(2)], tmp_path)
    assert load_parts(warehouse, [whole, again]).documents == 2


def test_an_empty_batch_loads_nothing(warehouse: Warehouse) -> None:
    assert load_batch(warehouse, []) == LoadCounts()
    assert load_parts(warehouse, []) == LoadCounts()


def test_a_file_name_that_is_no_utf8_is_stored_readably(warehouse: Warehouse) -> None:
    load_batch(warehouse, [replace(made_report(1), uri="a\udcff.html", text="x\udcffy")])
    assert warehouse.rows("SELECT uri, text FROM documents") == [{"uri": "a\ufffd.html", "text": "x\ufffdy"}]


def test_a_value_of_the_wrong_type_names_its_document_and_loads_nothing(warehouse: Warehouse) -> None:
    bad = with_facts(3, "x", (Fact("i", "seven", "件", "form", "x", 0, 1),))  # type: ignore[arg-type]
    with pytest.raises(TerminalError, match=r"pages/3\.html: load: "):
        load_batch(warehouse, [made_report(1), bad])
    assert warehouse.rows("FROM documents") == []


def test_a_null_where_none_may_be_names_its_document() -> None:
    bad = with_facts(3, "x", (Fact("i", None, "件", "form", "x", 0, 1),))  # type: ignore[arg-type]
    with pytest.raises(TerminalError, match=r"pages/3\.html.*facts\.value"):
        rows_of([bad, made_report(1)])


def test_an_error_in_the_middle_of_a_load_leaves_the_old_state(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_batch(warehouse, [made_report(1)])
    before = everything(warehouse)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("tasks.load.batch.settle_agencies", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        load_batch(warehouse, [made_report(1, generation=5), made_report(2)])
    assert everything(warehouse) == before


def primaries(warehouse: Warehouse) -> set[str]:
    return {row["uri"] for row in warehouse.rows("SELECT uri FROM reports WHERE is_primary")}


RIVALS: list[Loaded] = [
    made_report(1, form="narrative", facts=9),
    made_report(2, facts=2),
    made_report(3, facts=4),
    made_report(4, facts=4),
    made_report(5, year=2016, facts=1),
    made_report(6, agency_id=None),
    made_report(7, year=None),
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1, 0), (3, 0, 6, 2, 4, 1, 5)])
def test_one_report_a_body_and_year_is_primary_whatever_the_order(
    warehouse: Warehouse, order: tuple[int, ...]
) -> None:
    for place in order:
        load_batch(warehouse, [RIVALS[place]])
    best = min(RIVALS[2:4], key=lambda each: each.document_id)
    assert primaries(warehouse) == {best.uri, "pages/5.html"}


def test_a_primary_report_that_moves_away_leaves_its_place_to_the_next(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(1, facts=1), made_report(2, facts=5)])
    assert primaries(warehouse) == {"pages/2.html"}
    load_batch(warehouse, [made_report(2, facts=5, year=2015)])
    assert primaries(warehouse) == {"pages/1.html", "pages/2.html"}
    load_batch(warehouse, [made_other(1)])
    assert primaries(warehouse) == {"pages/2.html"}


def test_agencies_sum_up_the_bodies_reports(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(1, year=2012, agency="甲县教育局"), made_report(2, agency_id="b")])
    load_batch(warehouse, [made_report(3, year=2019, agency="甲县教育和体育局")])
    rows = warehouse.rows(
        "SELECT name, names, first_year, last_year, reports FROM agencies WHERE agency_id = 'a-1'"
    )
    assert rows == [
        {
            "name": "甲县教育和体育局",
            "names": ["甲县教育和体育局", "甲县教育局"],
            "first_year": 2012,
            "last_year": 2019,
            "reports": 2,
        }
    ]
    load_batch(warehouse, [made_report(1, year=2012, agency_id="b"), made_report(3, agency_id="b")])
    assert [row["agency_id"] for row in warehouse.rows("FROM agencies")] == ["b"]


def test_known_documents_tells_bytes_and_rules_of_all_or_of_some(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(i) for i in range(4)])
    known = known_documents(warehouse)
    assert len(known) == 4
    first = made_report(0)
    assert known_documents(warehouse, [first.document_id, "0" * 16]) == {
        first.document_id: known[first.document_id]
    }
    assert known[first.document_id].content_sha256 == first.content_sha256
    assert known[first.document_id].extractor_version == "1"
