"""The wheel alone, in a fresh environment: it ingests the sample pages and uses no file of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.version import extractor_version

ROOT = Path(__file__).parents[2]


def call(*command: str | Path, folder: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PREFECT"))}
    run = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_wheel_installs_and_ingests_without_the_checkout(tmp_path: Path) -> None:
    wheels, fresh, work = tmp_path / "wheels", tmp_path / "fresh", tmp_path / "work"
    work.mkdir()
    call(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, ROOT, folder=work)
    [wheel] = wheels.iterdir()
    call(sys.executable, "-m", "venv", fresh, folder=work)
    constraints = ROOT / "constraints.txt"
    call(fresh / "bin/pip", "install", "--quiet", "-c", constraints, wheel, folder=work)

    home = str(work / "user")
    code = "import seeds; print(seeds.FOLDER / 'sample')"
    sample = call(fresh / "bin/python", "-P", "-c", code, folder=work).strip()
    assert sample.startswith(str(fresh))
    told = call(fresh / "bin/gongkai", "ingest", sample, folder=work, HOME=home)
    assert "8 documents: 8 new, 0 changed, 0 unchanged, 0 failed" in told
    query = "SELECT DISTINCT extractor_version FROM documents"
    assert extractor_version() in call(fresh / "bin/gongkai", "sql", query, folder=work, HOME=home)

    code = (
        "import sys, flows.ingest, flows.documents, flows.cli;"
        "print(*(m.__file__ for m in list(sys.modules.values()) if getattr(m, '__file__', None)), sep='\\n')"
    )
    files = call(fresh / "bin/python", "-P", "-c", code, folder=work, HOME=home).splitlines()
    assert [file for file in files if file.startswith(str(ROOT))] == []
