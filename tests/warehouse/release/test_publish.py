from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import validate

from tasks.errors import GongkaiError
from tasks.load import load_batch
from tests.warehouse.made import made_report
from tests.warehouse.release.conftest import personal_report
from warehouse.lake import Warehouse
from warehouse.release import Edition, newest_release, publish
from warehouse.release.content import published
from warehouse.release.edition import VERSION

Make = Callable[..., Edition]
ROOT = Path(__file__).parents[3]


def rows(release: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(release / "site/gongkai.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_release_is_whole_and_all_its_forms_agree(filled: Warehouse, tmp_path: Path, edition: Make) -> None:
    release = publish(filled, tmp_path / "releases", edition("2026.1"))
    folder = tmp_path / "releases/2026.1"
    assert release.folder == folder
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["2026.1"]
    for table in published():
        (count,) = rows(folder, f"SELECT count(*) FROM {table.name}")[0]
        assert pq.read_table(folder / f"parquet/{table.name}.parquet").num_rows == count, table.name
        with (folder / f"csv/{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file))
        assert read[0] == list(table.names)
        assert len(read) == count + 1  # type: ignore[operator]
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()} - {"SHA256SUMS"}
    assert set(sums) == files
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == sums[name] for name in files)


def test_two_releases_of_one_warehouse_hold_the_same_bytes(
    filled: Warehouse, tmp_path: Path, edition: Make
) -> None:
    load_batch(filled, [made_report(n, agency=f"机关{n}", agency_id=f"body-{n}") for n in range(4, 200)])
    one, other = (publish(filled, tmp_path / name, edition()).folder for name in ("one", "other"))
    for pattern in ("parquet/*", "csv/*", "site/data/**/*.json"):
        files = [file for file in one.glob(pattern) if file.is_file()]
        assert files
        assert [f.name for f in files if f.read_bytes() != (other / f.relative_to(one)).read_bytes()] == []
    books = [openpyxl.load_workbook(folder / "gongkai.xlsx") for folder in (one, other)]
    for sheet in books[0].sheetnames[1:]:  # the first tells when it was made
        assert list(books[0][sheet].values) == list(books[1][sheet].values), sheet


def test_the_data_package_is_valid(filled: Warehouse, tmp_path: Path, edition: Make) -> None:
    folder = publish(filled, tmp_path, edition()).folder
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["taskName", "type", "note"])
    assert {task.name for task in report.tasks} == {table.name for table in published()}
    said = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert said["licenses"][0]["name"] == "CC-BY-4.0"
    facts = next(resource for resource in said["resources"] if resource["name"] == "facts")
    assert facts["schema"]["foreignKeys"][0]["reference"]["resource"] == "documents"


def test_names_and_contacts_are_nowhere_in_the_release(
    filled: Warehouse, tmp_path: Path, edition: Make
) -> None:
    folder = publish(filled, tmp_path, edition()).folder
    ((text,),) = rows(folder, "SELECT text FROM sections WHERE contains(text, '█')")
    assert text == "由副县长███任组长，联系人：██，电话：█████████████，手机███████████。共收到申请12件。"
    assert rows(folder, "SELECT text FROM findings WHERE contains(text, '█')") == [
        ("请与局总机████████联系",)
    ]
    assert not rows(folder, "FROM facts WHERE indicator = 'trainees'")  # its very number is a telephone's
    assert rows(folder, "SELECT value FROM facts WHERE indicator = 'applications_received'") == [(12.0,)]
    assert not rows(folder, "FROM duckdb_tables() WHERE table_name = 'contacts'")
    secrets = [word.encode() for word in ("张小三", "81234567", "13912345678", "61234567")]
    for file in folder.rglob("*"):
        if file.is_file() and file.suffix in {".duckdb", ".csv", ".json", ".md"}:
            assert not [word for word in secrets if word in file.read_bytes()], file


def test_an_unmasked_release_says_that_it_is(filled: Warehouse, tmp_path: Path, edition: Make) -> None:
    folder = publish(filled, tmp_path, edition(is_masked=False)).folder
    assert rows(folder, "SELECT value FROM contacts WHERE value <> '0571'") == [("61234567",)]
    assert "NOT masked" in (folder / "README.md").read_text("utf-8")
    assert validate(str(folder / "datapackage.json")).valid


def test_the_workbook_has_chinese_headings_and_no_formula(
    filled: Warehouse, tmp_path: Path, edition: Make
) -> None:
    book = openpyxl.load_workbook(publish(filled, tmp_path, edition()).folder / "gongkai.xlsx")
    assert book.sheetnames == ["说明", "年度报告", "面板数据", "机构", "核查结果", "指标"]
    reports = list(book["年度报告"].values)
    assert reports[0][:3] == ("机构名称", "年度", "标题")
    assert "'=cmd()" in {row[0] for row in reports}
    wide = list(book["面板数据"].values)
    received = wide[0].index("收到政府信息公开申请数（件）")
    assert 12 in {row[received] for row in wide}
    assert book["核查结果"].max_row == 4  # three reports, a failed check each
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_changelog_counts_what_came_changed_and_went(
    filled: Warehouse, tmp_path: Path, edition: Make
) -> None:
    publish(filled, tmp_path, edition("1"))
    load_batch(filled, [made_report(3, year=2016, generation=5, facts=2), made_report(4, year=2015)])
    second = publish(filled, tmp_path, edition("2"))
    changes = {change.table: change for change in second.changes}
    reports, facts = changes["reports"], changes["facts"]
    assert (reports.rows, reports.added, reports.changed, reports.gone) == (4, 1, 1, 0)
    # report 3 lost one fact, the other two have a new value; report 4 brings three
    assert (facts.added, facts.changed, facts.gone) == (3, 2, 1)
    assert (changes["regions"].added, changes["regions"].changed, changes["regions"].gone) == (0, 0, 0)
    third = publish(filled, tmp_path, edition("3"))
    assert not any((change.added, change.changed, change.gone) != (0, 0, 0) for change in third.changes)
    log = (third.folder / "CHANGELOG.md").read_text("utf-8")
    assert log.index("## 3") < log.index("Compared with 2.") < log.index("## 2") < log.index("## 1")
    assert log.count("# Changelog") == 1
    assert newest_release(tmp_path) == third.folder
    assert newest_release(tmp_path / "1") == tmp_path / "1"


def test_citation_and_licence_say_what_the_edition_says(
    filled: Warehouse, tmp_path: Path, edition: Make
) -> None:
    made = edition(title='某"数据"', licence="CC0-1.0", url="https://example.org/data")
    folder = publish(filled, tmp_path, made).folder
    citation = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert citation["title"] == '某"数据"'
    assert citation["type"] == "dataset"
    assert citation["license"] == "CC0-1.0"
    assert str(citation["date-released"]) == "2026-03-31"
    assert "CC0-1.0" in (folder / "LICENSE").read_text("utf-8")


def test_a_release_that_exists_is_never_changed(filled: Warehouse, tmp_path: Path, edition: Make) -> None:
    folder = publish(filled, tmp_path, edition()).folder
    before = (folder / "SHA256SUMS").read_bytes()
    with pytest.raises(GongkaiError, match="exists; releases are never changed") as told:
        publish(filled, tmp_path, edition())
    assert "--version" in told.value.advice
    assert (folder / "SHA256SUMS").read_bytes() == before


def test_an_empty_warehouse_is_told_and_leaves_nothing(
    warehouse: Warehouse, tmp_path: Path, edition: Make
) -> None:
    with pytest.raises(GongkaiError, match="holds no report"):
        publish(warehouse, tmp_path / "releases", edition())
    assert not (tmp_path / "releases").exists()


def test_one_report_without_body_year_or_region_is_published(
    warehouse: Warehouse, tmp_path: Path, edition: Make
) -> None:
    load_batch(warehouse, [made_report(1, agency=None, agency_id=None, year=None)])
    folder = publish(warehouse, tmp_path, edition()).folder
    assert rows(folder, "SELECT agency, year FROM reports") == [(None, None)]
    assert validate(str(folder / "datapackage.json")).valid


@pytest.mark.parametrize("version", ["", "../up", "a b", ".hidden", "x" * 41])
def test_a_version_is_a_plain_name(edition: Make, version: str) -> None:
    assert not VERSION.fullmatch(version)
    with pytest.raises(GongkaiError, match="cannot be a version"):
        edition(version)


def test_an_unknown_licence_is_refused(edition: Make) -> None:
    with pytest.raises(GongkaiError, match="no licence known"):
        edition(licence="mine")


def test_a_full_disk_is_told_and_leaves_nothing_half_written(home: Path, tmp_path: Path) -> None:
    from warehouse.lake import open_warehouse

    with open_warehouse(home) as opened:
        load_batch(opened, [personal_report()])
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "from flows.cli import main\n"
        "sys.argv = ['gongkai', 'publish', sys.argv[1], '--home', sys.argv[2]]\n"
        "main()\n"
    )
    releases = tmp_path / "releases"
    run = subprocess.run(
        [sys.executable, "-c", code, str(releases), str(home)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 1, run.stderr
    assert "full" in run.stderr, run.stderr
    assert "Traceback" not in run.stderr
    assert not list(releases.iterdir())
