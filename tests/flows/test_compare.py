from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.load import load_batch
from tests.warehouse.audit.forms import sound, with_form
from tests.warehouse.made import made_other
from tests.warehouse.reuse.prose import prose_report, sentences
from warehouse.lake import open_warehouse

runner = CliRunner()
OWN, NEW = sentences("own", 6), sentences("<b>new</b>", 3)
LAST = "".join(OWN)
THIS = "".join([*OWN[:3], *NEW]) + "\n一、本年新收政府信息公开申请数量\t9\t9"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of a body in prose, two in different forms, and a page that is no report."""
    folder = tmp_path_factory.mktemp("compare")
    changed = {**sound("form-2021"), ("applications_received", None): 18.0}
    with open_warehouse(folder) as warehouse:
        load_batch(
            warehouse,
            [
                prose_report(1, [LAST, "".join(sentences("gone", 2))], agency_id="a-1", year=2020),
                prose_report(2, [THIS], agency_id="a-1", year=2021),
                with_form(3, "form-2014", sound("form-2014"), agency_id="b-1", year=2016),
                with_form(4, "form-2021", changed, agency_id="b-1", year=2022),
                made_other(5),
            ],
        )
    return folder


def compared(home: Path, *names: str) -> str:
    result = runner.invoke(app, ["compare", *names, "--home", str(home)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_bodies_and_years_name_reports_and_what_is_new_is_marked(home: Path) -> None:
    said = compared(home, "甲县教育局 2020", "甲县教育局 2021")
    assert "50% of its own words repeated" in said
    joined = re.sub(r"[│┃\s]", "", said)
    marked = re.findall("«(.*?)»", joined)
    assert any(NEW[0][:8] in each for each in marked)
    assert "本年新收政府信息公开申请数量" not in said  # a line of a table


def test_figures_of_different_forms_are_compared_by_concept(home: Path) -> None:
    said = compared(home, "pages/3.html", "pages/4.html")
    assert "different forms (form-2014, form-2021)" in said
    (line,) = [line for line in said.splitlines() if line.startswith("applications_received ")]
    assert line.split()[2:6] == ["5", "18", "+13", "(+260%)"]


def test_a_change_from_below_nothing_has_no_percentage(tmp_path: Path) -> None:
    fewer = ("licensing_items_change", None)
    with open_warehouse(tmp_path) as warehouse:
        changes = ((1, -9.0), (2, -18.0))
        made = [with_form(n, "form-2019", {fewer: by}, agency_id="c-1", year=2018 + n) for n, by in changes]
        load_batch(warehouse, made)
    said = compared(tmp_path, "pages/1.html", "pages/2.html")
    (line,) = [line for line in said.splitlines() if line.startswith("licensing_items_change ")]
    assert "-9" in line.split() and "-18" in line.split() and "%" not in line


def test_as_json_it_has_figures_sections_and_share(home: Path) -> None:
    said = json.loads(compared(home, "pages/1.html", "pages/2.html", "--json"))
    assert said["share"] == 0.5
    first, gone = said["compared"]["parts"]
    assert (first["words"], first["shared"]) == (144, 72)
    assert "".join(words for words, _ in first["after"]) == THIS.split("\n")[0]
    assert gone["heading_after"] is None and gone["before"][0][1] is False


def test_the_page_marks_what_is_new_and_escapes_what_pages_say(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "compared.html"
    compared(home, "pages/1.html", "pages/2.html", "--html", str(file))
    page = file.read_text("utf-8")
    assert f"<ins>{''.join(NEW)}" in page
    assert "$" not in page and "<script" not in page and "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("pages/1.html", "甲县教育局 2020"), "are the same report"),
        (("pages/1.html", "乙县教育局 2020"), "No document is called '乙县教育局 2020'"),
        (("pages/1.html", "pages/5.html"), "is no report"),
        (("pages/1.html", "html"), "fits 5 documents"),
    ],
)
def test_names_that_give_no_two_reports_are_told(home: Path, names: tuple[str, str], words: str) -> None:
    result = runner.invoke(app, ["compare", *names, "--home", str(home)])
    assert (result.exit_code, words in result.stderr) == (1, True), result.stderr


def test_show_takes_a_body_and_a_year_too(home: Path) -> None:
    result = runner.invoke(app, ["show", "甲县教育局2021年", "--home", str(home), "--json"])
    assert json.loads(result.stdout)["report"]["year"] == 2021
