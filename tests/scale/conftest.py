"""What the tests beyond one machine share: pages to read, and what two warehouses have in common."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import Dask, dask_cluster

GONGKAI = str(Path(sys.executable).with_name("gongkai"))


@pytest.fixture
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A Dask scheduler and two workers."""
    with dask_cluster(tmp_path_factory.mktemp("dask"), 2) as cluster:
        yield cluster


def start(*arguments: str | Path, **settings: str) -> subprocess.Popen[str]:
    """The command line in a process of its own, with these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return subprocess.Popen(
        [GONGKAI, *map(str, arguments)],
        env={**kept, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def gongkai(*arguments: str | Path, **settings: str) -> str:
    """What the command prints; it must succeed."""
    process = start(*arguments, **settings)
    said, wrong = process.communicate(timeout=500)
    assert process.returncode == 0, said + wrong
    return said
