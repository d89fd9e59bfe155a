"""An empty warehouse for each test that wants one: a copy of one made once, which is faster."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.lake import Warehouse, open_warehouse


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nobody may write to: copy it."""
    home = tmp_path_factory.mktemp("empty") / "home"
    open_warehouse(home).close()
    return home


@pytest.fixture
def home(empty_home: Path, tmp_path: Path) -> Path:
    """An empty warehouse's folder."""
    shutil.copytree(empty_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def warehouse(home: Path) -> Iterator[Warehouse]:
    with open_warehouse(home) as opened:
        yield opened
