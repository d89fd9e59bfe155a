"""Broken files and bombs end in quarantine with a reason, or are read; `fuzz` itself runs thousands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.fuzz import FORMATS, IMAGES, bases, fuzz, read
from tests.formats.mutate import bombs

COUNT = 40
COUNT_IMAGES = 12  # each that is read costs a second's recognition
SEED = 7


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", FORMATS)
def test_broken_files_are_read_or_refused(name: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bases(name, out)
    if not whole:
        pytest.skip(f"nothing here makes {name} (.ci/packages)")
    monkeypatch.setenv("PATH", "")  # without LibreOffice
    count = COUNT_IMAGES if name in IMAGES else COUNT
    counts = fuzz(name, whole, count, SEED)
    assert counts.read + counts.refused >= count
    assert (counts.lost, counts.died, counts.slow, counts.large) == ([], [], [], [])
    assert not counts.faults, "an error that no reader meant"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_bombs_do_not_take_the_run_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    counts = read(bombs())
    assert counts.refused >= 5
    assert (counts.lost, counts.slow) == ([], [])
