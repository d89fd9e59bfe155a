"""The real command line in processes of its own, against one Prefect server for the session."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

GONGKAI = str(Path(sys.executable).with_name("gongkai"))


class Cli:
    """`gongkai` as a user runs it, with the warehouse at `home`."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home = home
        self.environment = {**os.environ, **environment}

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        command = [GONGKAI, *map(str, arguments), "--home", str(self.home)]
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, **output, **options)

    def run(self, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run to the end; whatever happens, nobody shows the user a traceback."""
        process = self.start(*arguments, **options)
        output, errors = process.communicate(timeout=200)
        assert "Traceback" not in output + errors, output + errors
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


@pytest.fixture
def cli(tmp_path: Path, prefect_server: None) -> Iterator[Cli]:
    """The command line with a home of its own and the session's Prefect server."""
    from prefect.settings import PREFECT_API_URL

    yield Cli(tmp_path / "home", {"PREFECT_API_URL": str(PREFECT_API_URL.value())})


@pytest.fixture
def copies(sample: Path, tmp_path: Path) -> Callable[[int], Path]:
    """A folder of so many pages: the sample pages in turn, each with a serial number."""

    def make(number: int) -> Path:
        folder = tmp_path / "pages"
        folder.mkdir()
        originals = sorted(sample.iterdir())
        for serial in range(number):
            original = originals[serial % len(originals)]
            note = f"<p>No. {serial}</p>".encode("ascii")
            (folder / f"{serial:03}-{original.name}").write_bytes(original.read_bytes() + note)
        return folder

    return make
