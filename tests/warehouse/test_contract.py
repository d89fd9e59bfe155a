from __future__ import annotations

import csv
import dataclasses

import pytest

import seeds
from tasks import values
from warehouse.contract import CHECKS, DOCUMENT_TABLES, PART_TABLES, REPORTS, TABLES, VIEWS, Table
from warehouse.dictionary import PAGE, dictionary
from warehouse.lake import Warehouse

PARTS = {
    "sections": values.Section,
    "facts": values.Fact,
    "figures": values.Figure,
    "form_cells": values.FormCell,
    "findings": values.Finding,
    "contacts": values.Contact,
    "citations": values.Citation,
    "checks": values.Check,
}
DESIGN = {
    "documents", "reports", "sections", "facts", "figures", "form_cells", "findings", "contacts", "citations",
    "checks", "fetches", "quarantine", "indicators", "regions", "deadlines", "rules", "agencies", "sources",
    "runs", "web_pages", "crawls", "sketches", "repeats",
}  # fmt: skip


def test_the_tables_are_those_of_the_design() -> None:
    assert {table.name for table in TABLES} == DESIGN


@pytest.mark.parametrize("table", PART_TABLES, ids=lambda table: table.name)
def test_a_part_table_has_the_fields_of_its_dataclass_behind_the_document(table: Table) -> None:
    fields = {field.name for field in dataclasses.fields(PARTS[table.name])}
    made_later = set(CHECKS.names) - {"document_id"} - fields if table is CHECKS else set()  # by the audit
    assert set(table.names[1:]) - made_later == fields
    assert {field.name for field in dataclasses.fields(values.Report)} >= {table.name}


def test_reports_holds_every_field_of_the_metadata() -> None:
    assert {field.name for field in dataclasses.fields(values.Metadata)} <= set(REPORTS.names)


@pytest.mark.parametrize("table", DOCUMENT_TABLES, ids=lambda table: table.name)
def test_a_documents_table_starts_with_the_document(table: Table) -> None:
    assert table.names[0] == "document_id"
    assert not table.columns[0].nullable


def test_the_lake_has_the_columns_types_and_order_of_the_contract(warehouse: Warehouse) -> None:
    types = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}
    for table in (*TABLES, *VIEWS):
        described = warehouse.rows(f"DESCRIBE {table.name}")
        assert [(row["column_name"], row["column_type"]) for row in described] == [
            (column.name, types.get(column.type, column.type)) for column in table.columns
        ], table.name


def test_every_table_column_and_view_carries_its_comment(warehouse: Warehouse) -> None:
    columns = warehouse.rows(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE comment <> ''"
    )
    found = {(row["table_name"], row["column_name"]): row["comment"] for row in columns}
    assert {(t.name, c.name): c.comment for t in TABLES for c in t.columns}.items() <= found.items()
    views = warehouse.rows("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    tables = warehouse.rows("SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'gongkai'")
    assert {row["table_name"]: row["comment"] for row in tables} == {t.name: t.grain for t in TABLES}
    assert {v.name for v in VIEWS} <= {row["view_name"] for row in views}


def test_the_dictionary_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == dictionary(), "run: python -m warehouse.dictionary"


def test_every_indicator_of_the_forms_and_of_prose_stands_once_in_the_seed() -> None:
    known = [row["indicator"] for row in seeds.rows("indicators.csv")]
    assert len(known) == len(set(known))
    files = ["narrative_indicators.csv", "forms/form_2014.csv", "forms/table4_columns.csv"]
    files += [f"forms/form_{year}_{part}.csv" for year in (2019, 2021) for part in ("table2", "table3_rows")]
    for name in files:
        with (seeds.FOLDER / name).open(encoding="utf-8", newline="") as file:
            used = {row["indicator"]: row["unit"] for row in csv.DictReader(file) if row["indicator"]}
        units = {row["indicator"]: row["unit"] for row in seeds.rows("indicators.csv")}
        assert used.items() <= units.items(), name


def test_harmonised_concepts_and_parts_are_indicators_themselves() -> None:
    rows = seeds.rows("indicators.csv")
    known = {row["indicator"] for row in rows}
    assert {row["harmonised"] for row in rows} <= known
    assert {part for row in rows for part in row["parts"].split()} <= known
