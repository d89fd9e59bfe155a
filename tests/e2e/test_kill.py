"""SIGKILL at random moments of an ingest: the next run brings the warehouse to the same rows, every time."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.summary import IngestSummary
from tests.e2e.conftest import Cli
from tests.same import Contents, assert_same, contents

MOMENTS = 30
PAGES = 40


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_run_killed_at_any_moment_is_made_good_by_the_next(
    cli: Cli, copies: Callable[[int], Path], ingest: Callable[..., IngestSummary], tmp_path: Path
) -> None:
    pages = copies(PAGES)
    (pages / "empty.html").touch()  # one that lands in quarantine
    seed = random.randrange(1_000_000)
    moments = random.Random(seed)
    print(f"seed {seed}")
    expected, active = undisturbed(cli, pages)
    assert len(expected["documents"]) == PAGES and len(expected["quarantine"]) == 1

    killed = runs = 0
    while killed < MOMENTS and runs < 3 * MOMENTS:
        runs += 1
        cli.home = tmp_path / f"killed-{runs}"
        moment = moments.uniform(0, active)
        if kill_at(cli, pages, moment):
            killed += 1
        else:  # over by then: the machine has less to do now than when the run was timed
            active = moment
        ingest(cli.home, pages)
        print(f"killed after {moment:.3f} s")
        assert_same(contents(cli.home), expected)
        shutil.rmtree(cli.home)
    print(f"{killed} of {runs} kills hit a run of {active:.2f} s")
    assert killed == MOMENTS


def undisturbed(cli: Cli, pages: Path) -> tuple[Contents, float]:
    """The rows to expect, and the seconds from the first sign of the warehouse to the end of the process."""
    process = cli.start("ingest", pages)
    began = wait_for_home(cli.home)
    _, errors = process.communicate(timeout=200)
    assert process.returncode == 0, errors
    return contents(cli.home), time.monotonic() - began


def kill_at(cli: Cli, pages: Path, moment: float) -> bool:
    """Kill a run so many seconds after it began to write; False if it was over by then."""
    process = cli.start("ingest", pages)
    began = wait_for_home(cli.home)
    time.sleep(max(0.0, began + moment - time.monotonic()))
    process.kill()
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def wait_for_home(home: Path) -> float:
    end = time.monotonic() + 200
    while not (home / "writer.lock").exists():
        assert time.monotonic() < end, "the run did not begin"
        time.sleep(0.005)
    return time.monotonic()
