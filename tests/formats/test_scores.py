"""Each format gives the same facts as the web page: one gold file scores them all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.formats.convert import make, producer
from tests.formats.scores import gold_by_stem, score

CONSTRUCTED = SHARED / "reports/constructed"
SLACK = 0.01  # below the HTML's recall, which is 1.0 (tests/quality)

# LibreOffice's sheet import lays the table of this page out over 264 columns and loses the row of table 4;
# its PDF of the page's HTML ends with the first page, what does not fit there is gone.
UNFIT = {name: {"f21c-meihekou-linye-2021"} for name in ("xlsx-libreoffice", "pdf")}
MADE_HERE = ("docx", "xlsx", "ofd")
# Read through LibreOffice: each file takes a start of it.
SAMPLED = {"rtf": 4, "odt": 2, "ods": 2}
FORMATS = (
    *("mhtml", "docx-libreoffice", "doc", "xlsx-libreoffice", "xls", "csv"),
    *("pdf", "pdf-office", "pdf-chromium", *SAMPLED),
)
# Pages with tables, printed without any border: what stands where is all there is.
UNRULED = ("pdf-office-unruled", "pdf-chromium-unruled")
UNRULED_RECALL = 0.98
MIN_UNRULED = 8
MOST_NAMED = 10


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


def scored(name: str, out: Path) -> None:
    program = producer(name)
    if program and not shutil.which(program):
        pytest.skip(f"{program} is not installed (.ci/packages)")
    files = [path for path in make(name, out) if path.stem not in UNFIT.get(name, ())]
    step = len(files) // SAMPLED[name] if name in SAMPLED else 1
    result = score(files[::step], gold_by_stem(CONSTRUCTED))
    notes = "\n".join((*result.missing, *result.surplus))
    assert len(files) >= 10
    assert result.score.kinds_wrong == 0
    assert result.score.recall("form") == 1.0, notes
    for origin in ("narrative", "statement"):
        assert result.score.recall(origin) >= 1 - SLACK, notes
    assert result.score.precision >= 1 - SLACK, notes


@pytest.mark.shared
@pytest.mark.parametrize("name", MADE_HERE)
def test_what_offices_write_gives_the_facts_of_the_page(name: str, out: Path) -> None:
    scored(name, out)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", FORMATS)
def test_what_other_programs_make_of_a_page_gives_its_facts(name: str, out: Path) -> None:
    scored(name, out)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", UNRULED)
def test_tables_without_rules_give_nearly_all_facts_and_none_surely_wrong(name: str, out: Path) -> None:
    program = producer(name)
    if program and not shutil.which(program):
        pytest.skip(f"{program} is not installed (.ci/packages)")
    files = make(name, out)
    result = score(files, gold_by_stem(CONSTRUCTED))
    assert len(files) >= MIN_UNRULED
    assert result.sure_wrong == []
    assert result.score.recall("form") >= UNRULED_RECALL, "\n".join(result.missing[:MOST_NAMED])
    for origin in ("narrative", "statement"):
        assert result.score.recall(origin) >= 1 - SLACK, "\n".join(result.missing[:MOST_NAMED])
    assert result.score.precision >= 1 - SLACK, "\n".join(result.surplus[:MOST_NAMED])


@pytest.mark.shared
@pytest.mark.slow
def test_rtf_gives_nearly_all_facts_without_libreoffice(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed (.ci/packages)")
    files = make("rtf", out)
    monkeypatch.setenv("PATH", "")
    result = score(files, gold_by_stem(CONSTRUCTED))
    assert result.score.recall("form") >= 0.99, "\n".join(result.missing)
    assert result.score.precision == 1.0
