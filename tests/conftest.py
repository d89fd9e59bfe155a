"""What all tests share: the sample pages, ../shared where it is there, and one Prefect server a session."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import seeds
from flows.server import QUIET
from flows.summary import IngestSummary
from tests.generate.page import generate

SHARED = Path(__file__).parents[2] / "shared"

# Before anything imports prefect: silent, and away from the home folder of whoever runs the tests.
_PREFECT_HOME = tempfile.mkdtemp(prefix="gongkai-tests-")
atexit.register(shutil.rmtree, _PREFECT_HOME, ignore_errors=True)
os.environ.update(QUIET, PREFECT_HOME=_PREFECT_HOME, PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="120")
os.environ.pop("PREFECT_API_URL", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that read ../shared say so when it is absent."""
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason="../shared is not here"))


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample pages."""
    return seeds.FOLDER / "sample"


@pytest.fixture
def generated(tmp_path: Path) -> Callable[[int], Path]:
    """A folder of so many generated pages."""

    def make(count: int) -> Path:
        folder = tmp_path / f"{count}-pages"
        folder.mkdir()
        for serial in range(count):
            page = generate(serial)
            (folder / page.name).write_bytes(page.content)
        return folder

    return make


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Prefect's test harness: a real server and database, started once."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    # Without the heartbeat's thread, whose end takes a second in each run.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), prefect_test_harness(120):
        yield


@pytest.fixture
def ingest(prefect_server: None) -> Callable[..., IngestSummary]:
    """Run the flow in this process and give its summary: `ingest(home, path, …)`."""
    from flows.ingest import ingest as flow
    from flows.run import summary_of

    def run(home: Path, *paths: Path | str) -> IngestSummary:
        return summary_of(flow([str(path) for path in paths], str(home), return_state=True))

    return run
