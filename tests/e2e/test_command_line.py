"""`gongkai ingest` as a user meets it: what it prints, how it ends, what it says when something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Cli
from tests.same import Contents, assert_same, contents
from warehouse.lake import open_warehouse


def rows(cli: Cli, query: str) -> list[dict[str, object]]:
    answer = cli.run("sql", query, "--json")
    assert answer.returncode == 0, answer.stderr
    return list(json.loads(answer.stdout))


def test_the_sample_pages_in_and_a_second_run_that_has_nothing_to_do(cli: Cli, sample: Path) -> None:
    first = cli.run("ingest", sample)
    assert first.returncode == 0, first.stderr
    assert "8 documents: 8 new, 0 changed, 0 unchanged, 0 failed" in first.stdout
    second = cli.run("ingest", sample)
    assert second.returncode == 0
    assert "8 documents: 0 new, 0 changed, 8 unchanged, 0 failed" in second.stdout
    assert "Nothing to do" in second.stdout
    assert rows(cli, "SELECT count(*) AS n FROM reports") == [{"n": 8}]


def test_without_a_server_gongkai_starts_its_own_and_leaves_nothing_running(
    tmp_path: Path, sample: Path
) -> None:
    home = tmp_path / "home"
    (tmp_path / "user").mkdir()
    own = {"PREFECT_API_URL": "", "PREFECT_HOME": str(home / "prefect"), "HOME": str(tmp_path / "user")}
    answer = Cli(home, own).run("ingest", sample)
    assert answer.returncode == 0, answer.stderr
    assert "8 new" in answer.stdout
    assert list((tmp_path / "user").iterdir()) == [], "the user's own folder stays untouched"
    assert running(str(home)) == []


def test_bad_pages_are_named_with_the_next_step_and_the_others_loaded(cli: Cli, sample: Path) -> None:
    pages = cli.home.parent / "bad pages 坏"
    pages.mkdir()
    shutil.copy(sample / "n01-wangcheng-2008.txt", pages)
    (pages / "empty.html").touch()
    (pages / 'it\'s "binary"\n二进制.html').write_bytes(os.urandom(5_000))
    with (pages / "large.html").open("wb") as file:
        file.truncate(500_000_000)
    answer = cli.run("ingest", pages)
    assert answer.returncode == 0
    assert "4 documents: 1 new, 0 changed, 0 unchanged, 3 failed" in answer.stdout
    assert "empty.html: fetch: The file is empty" in answer.stderr
    assert "large.html: fetch: The page has 500 MB" in answer.stderr
    assert "二进制.html" in answer.stderr
    assert answer.stderr.count("next: ") == 3
    assert len(rows(cli, "FROM quarantine")) == 3


def test_when_every_page_fails_the_exit_code_tells(cli: Cli) -> None:
    pages = cli.home.parent / "pages"
    pages.mkdir()
    (pages / "empty.html").touch()
    answer = cli.run("ingest", pages)
    assert answer.returncode == 1
    assert "empty.html" in answer.stderr


@pytest.mark.parametrize(
    ("path", "words"),
    [("missing", "There is no"), ("empty", "No pages in"), ("report.json", "format .json is not read")],
)
def test_a_path_that_gives_no_pages_is_told_at_once(cli: Cli, path: str, words: str) -> None:
    (cli.home.parent / "empty").mkdir()
    (cli.home.parent / "report.json").touch()
    start = time.monotonic()
    answer = cli.run("ingest", cli.home.parent / path)
    assert answer.returncode == 1
    assert words in answer.stderr and path in answer.stderr
    assert not cli.home.exists()
    assert time.monotonic() - start < 30, "no server is started for that"


def test_a_home_that_cannot_be_written_is_named(cli: Cli, sample: Path) -> None:
    if os.geteuid() == 0:
        cli.home = Path("/sys/gongkai")  # where not even root can make a folder
    else:
        cli.home.mkdir(mode=0o555)
    answer = cli.run("ingest", sample)
    assert answer.returncode == 1
    assert str(cli.home) in answer.stderr and "--home" in answer.stderr


def test_a_warehouse_of_a_newer_gongkai_is_left_alone(cli: Cli, sample: Path) -> None:
    assert cli.run("ingest", sample).returncode == 0
    stamp = cli.home / "warehouse.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "schema_version": 999}))
    answer = cli.run("ingest", sample)
    assert answer.returncode == 1
    assert "newer gongkai" in answer.stderr and "Upgrade" in answer.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    mount = subprocess.run(command, capture_output=True, check=False)
    if mount.returncode:
        pytest.skip(f"cannot mount a file system here: {mount.stderr.decode()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.slow
def test_a_disk_that_fills_up_is_told_and_what_was_loaded_stays(
    cli: Cli, small_disk: Path, sample: Path, copies: Callable[[int], Path]
) -> None:
    cli.home = small_disk / "home"
    first = cli.run("ingest", sample)
    assert first.returncode == 0, first.stderr
    before = documents(cli.home)
    pages = copies(200)
    answer = cli.run("ingest", pages)
    assert answer.returncode == 1
    assert "full" in answer.stderr and "Free space" in answer.stderr
    subprocess.run(["mount", "-o", "remount,size=100m", str(small_disk)], check=True)
    assert_same(documents(cli.home), before)
    assert "200 new, 0 changed, 0 unchanged, 0 failed" in cli.run("ingest", pages).stdout


@pytest.mark.slow
def test_a_second_process_reads_while_an_ingest_runs_and_a_second_writer_is_told(
    cli: Cli, sample: Path, copies: Callable[[int], Path]
) -> None:
    assert cli.run("ingest", sample).returncode == 0
    ingest = cli.start("ingest", copies(300))
    wait_for((cli.home / "parts").exists)
    counts = rows(cli, "SELECT count(*) AS n FROM documents")
    second = cli.run("ingest", sample)
    assert ingest.poll() is None, "the ingest must still have been running"
    assert counts == [{"n": 8}]
    assert second.returncode == 1
    assert f"being written by process {ingest.pid}" in second.stderr
    output, errors = ingest.communicate(timeout=200)
    assert ingest.returncode == 0, errors
    assert "300 new" in output


def test_ctrl_c_ends_the_run_without_a_traceback_and_the_next_run_finishes(
    cli: Cli, copies: Callable[[int], Path]
) -> None:
    pages = copies(200)
    ingest = cli.start("ingest", pages)
    wait_for((cli.home / "parts").exists)
    ingest.send_signal(signal.SIGINT)
    output, errors = ingest.communicate(timeout=60)
    assert ingest.returncode == 130, output + errors
    assert "Interrupted" in errors and "Traceback" not in errors
    assert "200 documents" in cli.run("ingest", pages).stdout
    states = [row["state"] for row in rows(cli, "SELECT state FROM runs ORDER BY started_at")]
    assert states == ["interrupted", "completed"]


@pytest.mark.parametrize(
    "numbers",
    ["range(1_000_000_000_000) a(i)", "range(3_000_000) a(i), range(3_000_000)"],
    ids=["one", "pairs"],
)
def test_ctrl_c_ends_a_query_whatever_duckdb_is_at(cli: Cli, numbers: str) -> None:
    open_warehouse(cli.home).close()
    query = cli.start("sql", f"SELECT count(*) FROM {numbers} WHERE hash(i) % 7 = 3")
    with pytest.raises(subprocess.TimeoutExpired):
        query.wait(timeout=4)
    query.send_signal(signal.SIGINT)
    assert query.wait(timeout=60) in (-signal.SIGINT, 130)  # 130: it had not begun


def test_a_worker_that_is_killed_costs_no_document(cli: Cli, copies: Callable[[int], Path]) -> None:
    ingest = cli.start("ingest", copies(200))
    wait_for(lambda: len(workers(ingest.pid)) == 2)
    time.sleep(1)
    for worker in workers(ingest.pid):
        os.kill(worker, signal.SIGKILL)
    output, errors = ingest.communicate(timeout=200)
    assert ingest.returncode == 0, errors
    assert "200 new, 0 changed, 0 unchanged, 0 failed" in output


def test_a_killed_run_leaves_no_process_behind(tmp_path: Path, copies: Callable[[int], Path]) -> None:
    home = tmp_path / "home"
    cli = Cli(home, {"PREFECT_API_URL": "", "PREFECT_HOME": str(home / "prefect")})
    ingest = cli.start("ingest", copies(200))
    wait_for((home / "parts").exists)
    children = workers(ingest.pid)
    ingest.kill()
    ingest.wait()
    wait_for(lambda: running(str(home)) == [] and not any(Path(f"/proc/{pid}").exists() for pid in children))


def documents(home: Path) -> Contents:
    """All rows that documents brought."""
    return {name: rows for name, rows in contents(home).items() if name != "sources"}


def wait_for(condition: Callable[[], bool], seconds: float = 200) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def workers(pid: int) -> list[int]:
    """The worker processes of the run `pid`."""
    return [child for child in running("flows.worker") if f"\nPPid:\t{pid}\n" in status(child)]


def status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return ""


def running(word: str) -> list[int]:
    """The processes with `word` in their command line or environment, this one excepted."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and int(place.name) != os.getpid():
            try:
                told = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            except OSError:
                continue
            if word.encode() in told:
                found.append(int(place.name))
    return found


def test_a_package_that_is_not_installed_is_told_with_the_command_that_brings_it(
    cli: Cli, sample: Path
) -> None:
    without = "import sys; sys.modules['protego'] = None; from flows.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", without, "ingest", str(sample), "--home", str(cli.home)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "'protego' is not installed" in run.stderr and "make install" in run.stderr
