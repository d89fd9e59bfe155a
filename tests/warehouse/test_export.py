from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from tasks.errors import GongkaiError
from tasks.load import begin_run, load_batch
from tests.warehouse.made import fact, made_report, with_facts
from warehouse.contract import TABLES, VIEWS
from warehouse.export import EXPORTED, MARK, export
from warehouse.export_excel import MAX_CELL, fitting
from warehouse.formats import Format
from warehouse.lake import Warehouse, open_warehouse

ROOT = Path(__file__).parents[2]
FORMULA = '=HYPERLINK("http://x","y")'
LONG = "长" * 40_000


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    begin_run(warehouse, "ingest", parameters={"paths": ["年报"]})
    text = "-5 件, 12件"
    facts = (
        fact(text, "-5 件", "applications_received", -5.0, "form"),
        fact(text, "12件", "applications_received", 12.0, "narrative"),
    )
    load_batch(
        warehouse,
        [
            made_report(1),
            with_facts(2, text, facts, agency_id="b"),
            replace(made_report(3, year=2016), text=LONG),
        ],
    )
    warehouse.connection.execute("UPDATE reports SET title = ? WHERE uri = 'pages/1.html'", [FORMULA])
    return warehouse


def test_parquet_holds_every_table_and_view_with_the_types_of_the_contract(
    filled: Warehouse, tmp_path: Path
) -> None:
    files = export(filled, tmp_path / "out", Format.PARQUET)
    assert {file.stem for file in files} == set(EXPORTED)
    for table in (*TABLES, *VIEWS):
        read = pq.read_table(tmp_path / "out" / f"{table.name}.parquet")
        assert read.column_names == list(table.names), table.name
        assert [field.type for field in read.schema] == [c.arrow for c in table.columns], table.name
        assert read.num_rows == filled.rows(f"SELECT count(*) AS n FROM {table.name}")[0]["n"]
    reports = pq.read_table(tmp_path / "out/reports.parquet").to_pylist()
    assert reports == filled.rows("FROM reports")
    assert {row["title"] for row in reports} >= {FORMULA}  # data files keep what was printed


def test_csv_opens_as_utf8_and_no_text_is_a_formula(filled: Warehouse, tmp_path: Path) -> None:
    export(filled, tmp_path / "out", Format.CSV)
    assert (tmp_path / "out/reports.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument_id,uri,")
    with (tmp_path / "out/reports.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row["uri"]: row["title"] for row in csv.DictReader(file)}
    assert titles["pages/1.html"] == f"'{FORMULA}"
    with (tmp_path / "out/facts.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = {row["evidence"]: row["value"] for row in csv.DictReader(file)}
    assert facts["'-5 件"] == "-5.0"  # a number stays a number
    with (tmp_path / "out/documents.csv").open(encoding="utf-8-sig", newline="") as file:
        assert LONG in {row["text"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_every_start_of_a_formula_is_made_harmless(warehouse: Warehouse, tmp_path: Path, start: str) -> None:
    load_batch(warehouse, [made_report(1, agency=f"{start}cmd")])
    export(warehouse, tmp_path / "out", Format.CSV)
    with (tmp_path / "out/agencies.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["name"], row["names"]) == (f"'{start}cmd", f"'{start}cmd")


def test_excel_has_a_sheet_a_table_with_typed_cells_and_says_what_it_cut(
    filled: Warehouse, tmp_path: Path
) -> None:
    (file,) = export(filled, tmp_path / "out", Format.XLSX)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["contents", *EXPORTED]

    def column(sheet: str, name: str) -> list[object]:
        rows = list(book[sheet].values)
        return [row[rows[0].index(name)] for row in rows[1:]]

    assert set(column("facts", "value")) == {0, -5, 12}
    assert f"'{FORMULA}" in column("reports", "title")
    assert dt.datetime(2018, 1, 9) in column("reports", "signed_on")
    assert True in column("reports", "is_primary")
    longest = max(map(str, column("documents", "text")), key=len)
    assert longest.startswith("长" * 1000)
    assert longest.endswith("…[cut by the export: 40000 characters]")
    assert len(longest) == MAX_CELL
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_sheet_that_cannot_hold_all_rows_says_so(
    filled: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.export_excel.MAX_ROWS", 3)
    (file,) = export(filled, tmp_path / "out", Format.XLSX)
    book = openpyxl.load_workbook(file)
    assert book["facts"].max_row == 3
    remarks = {row[0]: row[3] for row in book["contents"].values}
    assert "6 rows are missing" in remarks["facts"]
    assert not remarks["runs"]


def test_a_cell_is_cut_in_units_of_excel_and_never_inside_a_character() -> None:
    assert fitting("年" * MAX_CELL) == "年" * MAX_CELL
    cut = fitting("𠮷" * MAX_CELL)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_CELL
    assert set(cut.split("…")[0]) == {"𠮷"}


def test_the_duckdb_file_opens_anywhere_with_views_and_comments(filled: Warehouse, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path / "out", Format.DUCKDB)
    expected = {name: filled.rows(f"FROM {name}") for name in ("reports", "headline", "panel", "agencies")}
    code = (
        "import duckdb, sys\n"
        "c = duckdb.connect(sys.argv[1], read_only=True, config={'autoload_known_extensions': False,"
        " 'autoinstall_known_extensions': False, 'storage_compatibility_version': 'v1.0.0'})\n"
        "print(c.execute('SELECT count(*) FROM panel').fetchone()[0])"
    )
    command = [sys.executable, "-c", code, str(file)]
    assert subprocess.check_output(command, text=True).strip() == str(len(expected["panel"]))
    with duckdb.connect(str(file), read_only=True) as plain:
        for name, rows in expected.items():
            answer = plain.execute(f"FROM {name}")
            names = [column[0] for column in answer.description]
            found = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
            assert sorted(map(repr, found)) == sorted(map(repr, rows)), name
        comments = dict(plain.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        comments |= dict(plain.execute("SELECT view_name, comment FROM duckdb_views()").fetchall())
        assert {t.name: t.grain for t in (*TABLES, *VIEWS)}.items() <= comments.items()
        column = plain.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'facts' AND column_name = 'value'"
        ).fetchone()
        assert column == ("The value in the indicator's canonical unit",)


def test_an_export_replaces_its_own_earlier_one_of_any_format(filled: Warehouse, tmp_path: Path) -> None:
    for format_ in (Format.CSV, Format.PARQUET):
        export(filled, tmp_path / "out", format_)
    assert {path.suffix for path in (tmp_path / "out").iterdir() if path.name != MARK} == {".parquet"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_with_other_files_is_left_alone(filled: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.docx").write_text("x")
    with pytest.raises(GongkaiError, match="no gongkai export wrote"):
        export(filled, tmp_path / "mine", Format.PARQUET)
    (tmp_path / "file").write_text("x")
    with pytest.raises(GongkaiError, match="not a folder"):
        export(filled, tmp_path / "file", Format.PARQUET)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.docx"]


def test_a_failed_export_leaves_the_earlier_one_and_no_draft(
    filled: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(filled, tmp_path / "out", Format.PARQUET)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def fail(name: str) -> None:
        if name == "facts":
            raise OSError(28, "No space left on device")

    with pytest.raises(GongkaiError, match="full"):
        export(filled, tmp_path / "out", Format.PARQUET, fail)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"home", "out"}


@pytest.mark.parametrize("format_", list(Format))
def test_a_disk_that_fills_up_is_told(home: Path, tmp_path: Path, format_: Format) -> None:
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(i, agency=os.urandom(2000).hex()) for i in range(300)])
    code = (
        "import resource, sys; from pathlib import Path; from warehouse.export import export\n"
        "from warehouse.formats import Format; from warehouse.lake import open_warehouse\n"
        "with open_warehouse(Path(sys.argv[1]), read_only=True) as w:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "    export(w, Path(sys.argv[2]), Format(sys.argv[3]))\n"
    )
    command = [sys.executable, "-c", code, str(home), str(tmp_path / "out"), format_.value]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "GongkaiError: The disk that holds" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_an_export_while_a_run_writes_shows_one_state(home: Path, tmp_path: Path) -> None:
    with open_warehouse(home) as writer, open_warehouse(home, read_only=True) as reader:
        load_batch(writer, [made_report(1, generation=1)])

        def load_in_between(name: str) -> None:
            if name == "reports":
                load_batch(writer, [made_report(1, generation=2), made_report(2, generation=2)])

        export(reader, tmp_path / "out", Format.PARQUET, load_in_between)
    facts = pq.read_table(tmp_path / "out/facts.parquet").to_pylist()
    assert {row["value"] for row in facts} == {1.0}
    assert pq.read_table(tmp_path / "out/reports.parquet").num_rows == 1
