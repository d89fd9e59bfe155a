from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.outcome import Failure
from flows.summary import IngestSummary, Timings
from tasks.errors import GongkaiError, TerminalError
from tasks.load import begin_run, failure, load_batch, quarantine
from tests.warehouse.conftest import empty_home, home
from tests.warehouse.made import fact, made_other, made_report, with_facts
from warehouse.dictionary import dictionary
from warehouse.lake import open_warehouse

__all__ = ["empty_home", "home"]
ROOT = Path(__file__).parents[2]
COMMANDS = (
    "ingest",
    "sql",
    "show",
    "export",
    "publish",
    "serve",
    "status",
    "dictionary",
    "retry",
    "reextract",
    "maintain",
    "up",
    "down",
)


@pytest.fixture
def filled(home: Path) -> Path:
    """A warehouse with three reports, one of them in conflict with itself, a notice and a failure."""
    text = "收到申请12件。\n统计表\n收到申请数 15\n没有收费"
    facts = (
        fact(text, "15", "applications_received", 15.0, "form"),
        fact(text, "收到申请12件", "applications_received", 12.0, "narrative"),
        fact(text, "没有收费", "application_fees", 0.0, "statement", confidence=0.8),
    )
    bad = made_report(9)
    with open_warehouse(home) as warehouse:
        begin_run(warehouse, "ingest", source="pages", run_id="run-1")
        load_batch(
            warehouse,
            [
                made_report(1),
                made_report(11, year=2016),
                with_facts(2, text, facts, agency_id="b"),
                made_other(3),
            ],
        )
        told = failure(
            TerminalError(bad.uri, "clean", "It is empty.", "Fetch it again."),
            document_id=bad.document_id,
            source="pages",
            content_sha256=None,
            extractor_version="1",
            run_id="run-1",
        )
        quarantine(warehouse, [told])
    return home


def gongkai(*arguments: str, home: Path | None = None, stdin: str | None = None) -> Result:
    given = [*arguments, *(["--home", str(home)] if home else [])]
    return CliRunner().invoke(app, given, input=stdin, env={"COLUMNS": "200"})


def process(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *arguments]
    environment = {**os.environ, **env}
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = gongkai(command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\s+.*gongkai {command}", re.sub(r"[│\s]+", " ", result.output))


def test_a_wrong_usage_is_exit_code_2() -> None:
    for arguments in (["ingest"], ["sql"], ["nonsense"], ["export", "x", "--format", "pdf"]):
        assert gongkai(*arguments).exit_code == 2, arguments
    assert gongkai("sql", "--json", "--csv", "SELECT 1").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        ["sql", "SELECT 1"],
        ["show", "x"],
        ["export", "out"],
        ["status"],
        ["maintain"],
        ["retry"],
        ["reextract"],
    ],
)
def test_a_missing_warehouse_is_told_with_the_next_step_and_not_made(
    command: list[str], tmp_path: Path
) -> None:
    result = gongkai(*command, home=tmp_path / "none")
    assert result.exit_code == 1
    assert "There is no warehouse" in result.stderr
    assert "gongkai ingest" in result.stderr
    assert not (tmp_path / "none").exists()


def test_sql_prints_tab_separated_lines_where_there_is_no_terminal(filled: Path) -> None:
    result = gongkai(
        "sql", "SELECT uri, kind, NULL AS nothing, 1.0::DOUBLE AS one FROM documents ORDER BY 1", home=filled
    )
    assert result.output.splitlines()[:2] == ["uri\tkind\tnothing\tone", "pages/1.html\treport\t\t1"]
    assert result.exit_code == 0


def test_sql_gives_csv_and_json_for_programs(filled: Path) -> None:
    query = """
        SELECT uri, published_on, bytes, fetched_at, [1.5, NULL] AS l, 'nan'::DOUBLE AS n
        FROM documents JOIN reports USING (document_id, uri) ORDER BY 1
    """
    rows = list(csv.DictReader(io.StringIO(gongkai("sql", "--csv", query, home=filled).output)))
    assert rows[0]["uri"] == "pages/1.html"
    assert json.loads(rows[0]["l"]) == [1.5, None]
    objects = json.loads(gongkai("sql", "--json", query, home=filled).output)
    assert objects[0] == {
        "uri": "pages/1.html",
        "published_on": None,
        "bytes": 14,
        "fetched_at": "2024-01-31T08:30:15.123456+00:00",
        "l": [1.5, None],
        "n": None,
    }
    assert json.loads(gongkai("sql", "--json", "SELECT 1 WHERE false", home=filled).output) == []


def test_sql_reads_the_query_from_standard_input(filled: Path) -> None:
    result = gongkai("sql", "-", home=filled, stdin="SELECT count(*) AS n FROM reports;\n")
    assert result.output.split() == ["n", "3"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELEC 1", "Mend the query"),
        ("SELECT nothing FROM reports", "gongkai dictionary"),
        ("DELETE FROM reports", "only reads"),
        ("SELECT CAST('x' AS INTEGER)", "Mend the query"),
        ("FROM 'missing.parquet'", "missing.parquet"),
    ],
)
def test_sql_tells_what_is_wrong_with_a_query(filled: Path, query: str, words: str) -> None:
    result = gongkai("sql", query, home=filled)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "damaged" not in result.stderr


def test_show_finds_a_document_by_id_beginning_uri_or_file_name(filled: Path) -> None:
    document_id = made_report(2).document_id
    for name in (document_id, document_id[:6], "pages/2.html", "2.html"):
        shown = json.loads(gongkai("show", name, "--json", home=filled).output)
        assert shown["document"]["document_id"] == document_id, name


def test_show_tells_of_several_or_no_candidates(filled: Path) -> None:
    several = gongkai("show", "1.htm", home=filled)
    assert several.exit_code == 1
    assert "pages/1.html" in several.stderr
    assert "pages/11.html" in several.stderr
    assert "No document is called 'zz'" in gongkai("show", "zz", home=filled).stderr


def test_show_marks_the_evidence_in_its_text_and_names_conflicts(filled: Path) -> None:
    output = gongkai("show", "2.html", home=filled).output
    assert "«收到申请12件»" in output
    assert "statement 0.80" in output
    assert "applications_received 收到政府信息公开申请数: 15 件 (form), elsewhere 12" in output


def test_show_prints_forms_as_grids_and_the_parts_of_the_report(filled: Path) -> None:
    output = gongkai("show", "1.html", home=filled).output
    grid = output[output.index("form-2014, table 0") :]
    assert re.search(r"三/（一）.*—", grid)
    assert re.search(r"\s（二）.*0", grid)
    for words in ("一 概述  overview", "problem 0", "phone: 0571", "《政府信息公开条例》", "do not add up"):
        assert words in output


def test_show_tells_of_a_document_that_failed_and_of_one_that_is_no_report(filled: Path) -> None:
    assert (
        "In quarantine: clean: It is empty. Fetch it again." in gongkai("show", "9.html", home=filled).output
    )
    assert "a notice" in gongkai("show", "3.html", home=filled).output


def test_status_tells_counts_runs_and_why_documents_failed(filled: Path) -> None:
    output = gongkai("status", home=filled).output
    assert "4 documents, 3 reports, 9 facts, 2 bodies, 1 in quarantine" in output
    assert "It is empty.\tFetch it again.\tpages/9.html" in output
    told = json.loads(gongkai("status", "--json", home=filled).output)
    assert told["rows"]["documents"] == 4
    assert told["runs"][0]["run_id"] == "run-1"
    assert told["quarantine"][0]["documents"] == 1
    assert told["versions"]["gongkai"]


def test_export_writes_the_format_asked_for(filled: Path, tmp_path: Path) -> None:
    result = gongkai("export", str(tmp_path / "out"), "--format", "csv", home=filled)
    assert result.exit_code == 0
    assert (tmp_path / "out/facts.csv").exists()
    told = json.loads(gongkai("export", str(tmp_path / "out"), "--json", home=filled).output)
    assert "facts.parquet" in told["files"]
    assert gongkai("export", str(tmp_path), home=filled).exit_code == 1


def test_dictionary_is_printed_or_written(tmp_path: Path) -> None:
    assert gongkai("dictionary").output.strip() == dictionary().strip()
    assert gongkai("dictionary", str(tmp_path / "d.md")).exit_code == 0
    assert (tmp_path / "d.md").read_text("utf-8") == dictionary()
    assert gongkai("dictionary", str(tmp_path / "none/d.md")).exit_code == 1


def test_maintain_tells_what_it_did(filled: Path, prefect_server: None) -> None:
    assert "old states let go" in gongkai("maintain", "--keep-days", "0", home=filled).output


@pytest.fixture
def summary() -> IngestSummary:
    page = made_report(9)
    failed = Failure(page.uri, "clean", "It is empty.", "Fetch it again.")
    timings = Timings(1.0, 2, {})
    return IngestSummary(
        run_id="run-1", flow="ingest", state="completed",
        discovered=5, new=4, changed=0, unchanged=0, skipped=(),
        failed=(failed,), reports=3, facts=9, by_form={"form-2014": 3}, seconds=1.25, timings=timings,
    )  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the flow answers: a summary to return or an error to raise."""
    answers: list[object] = []

    def run_ingest(paths: list[str], home: Path, **options: bool) -> IngestSummary:
        answer = answers.pop()
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, IngestSummary)
        return answer

    monkeypatch.setattr("flows.run.run_ingest", run_ingest)
    return answers


def test_ingest_lists_what_was_found_and_what_failed(
    filled: Path, summary: IngestSummary, run: list[object]
) -> None:
    run.append(summary)
    result = gongkai("ingest", "pages", home=filled)
    assert result.exit_code == 0
    assert re.search(r"甲县教育局\t2017\tform-2014\t3\t.*\tpages/1.html", result.output)
    assert "failed: pages/9.html: clean: It is empty." in result.stderr
    assert "next: Fetch it again." in result.stderr
    assert (
        "5 documents: 4 new, 0 changed, 0 unchanged, 1 failed; 3 reports with 9 facts in 1.2 s"
        in result.output
    )


def test_ingest_gives_json(filled: Path, summary: IngestSummary, run: list[object]) -> None:
    run.append(summary)
    told = json.loads(gongkai("ingest", "pages", "--json", home=filled).output)
    assert (told["state"], told["new"], told["failed"][0]["stage"]) == ("completed", 4, "clean")
    assert {document["uri"] for document in told["documents"]} >= {"pages/1.html", "pages/3.html"}


def test_a_failed_run_is_exit_code_1_and_an_idle_one_says_so(
    filled: Path, summary: IngestSummary, run: list[object]
) -> None:
    run.append(replace(summary, state="failed", new=0))
    assert gongkai("ingest", "pages", home=filled).exit_code == 1
    run.append(replace(summary, new=0, unchanged=5, failed=()))
    idle = gongkai("ingest", "pages", home=filled)
    assert (idle.exit_code, "Nothing to do" in idle.output) == (0, True)


def test_errors_become_a_message_and_a_next_step(filled: Path, run: list[object]) -> None:
    run.append(GongkaiError("The disk is full.", "Free space."))
    result = gongkai("ingest", "pages", home=filled)
    assert (result.exit_code, result.stderr) == (1, "Error: The disk is full.\nFree space.\n")
    run.append(KeyboardInterrupt())
    assert gongkai("ingest", "pages", home=filled).exit_code == 130


def test_an_unexpected_error_is_one_line_with_a_log_and_a_traceback_only_if_asked(
    filled: Path, run: list[object]
) -> None:
    run.append(ZeroDivisionError("by zero"))
    result = gongkai("ingest", "pages", home=filled)
    assert result.exit_code == 1
    assert "Traceback" not in result.output + result.stderr
    log = re.search(r"with (\S+\.log)", result.stderr)
    assert log
    assert "ZeroDivisionError: by zero" in Path(log[1]).read_text("utf-8")
    Path(log[1]).unlink()
    run.append(ZeroDivisionError("by zero"))
    assert "Traceback" in gongkai("--debug", "ingest", "pages", home=filled).stderr


def test_the_real_program_answers_without_prefect_and_reads_home_from_the_environment(filled: Path) -> None:
    done = process(
        "sql", "SELECT count(*) AS n FROM reports", GONGKAI_HOME=str(filled), PYTHONPROFILEIMPORTTIME="1"
    )
    assert done.stdout == "n\n3\n"
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "duckdb" in imported
    assert not {name for name in imported if name.split(".")[0] in ("prefect", "selectolax", "fastapi")}


def test_the_real_program_prints_errors_on_stderr_and_nothing_on_stdout(tmp_path: Path) -> None:
    done = process("show", "x", "--home", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: There is no warehouse at")


def test_a_reader_of_the_output_that_goes_away_is_no_error(filled: Path) -> None:
    command = f"{sys.executable} -m flows.cli sql --csv 'FROM range(1000000)' --home '{filled}' | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.stderr) == ("range\n", "")


def test_a_terminal_gets_a_ruled_table(filled: Path) -> None:
    pytest.importorskip("pty")
    script = (
        "import pty, sys; "
        "command = [sys.executable, '-m', 'flows.cli', 'sql', 'SELECT 42 AS n', '--home', sys.argv[1]]; "
        "sys.exit(pty.spawn(command))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(filled)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "┏" in done.stdout
    assert "42" in done.stdout
