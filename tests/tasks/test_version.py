"""The extractor's version: stable, and changed by any change of a rule and by nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tasks.version import PACKAGE_VERSION, extractor_version

ROOT = Path(__file__).parents[2]


def version_of(checkout: Path) -> str:
    """The version that a copy of the project tells of itself."""
    code = "from tasks.version import extractor_version; print(extractor_version())"
    command = [sys.executable, "-P", "-c", code]
    run = subprocess.run(
        command, env={"PYTHONPATH": str(checkout)}, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in ("tasks", "seeds"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_package_version_is_the_one_in_pyproject() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == PACKAGE_VERSION


def test_a_copy_elsewhere_has_the_same_version(copy: Path) -> None:
    assert version_of(copy) == extractor_version()


@pytest.mark.parametrize(
    "file",
    ["tasks/values.py", "tasks/clean/__init__.py", "tasks/extract/__init__.py", "seeds/forms/form_2014.csv"],
)
def test_a_changed_rule_changes_it(copy: Path, file: str) -> None:
    before = version_of(copy)
    with (copy / file).open("a") as opened:
        opened.write("\n")
    assert version_of(copy) != before


@pytest.mark.parametrize("file", ["tasks/fetch/read.py", "tasks/load/batch.py", "seeds/sample/new.txt"])
def test_what_is_no_rule_does_not(copy: Path, file: str) -> None:
    before = version_of(copy)
    with (copy / file).open("a") as opened:
        opened.write("\n")
    assert version_of(copy) == before
