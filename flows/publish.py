"""The flow `publish`: a versioned data release of the warehouse, for a schedule.

The command line makes the same release without Prefect, as it does exports.
"""

from __future__ import annotations

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.edition import edition_of
from flows.home import home_of
from flows.markdown import code
from flows.naming import name_run
from flows.settings import load_settings
from flows.telling import unless_unreachable
from tasks.errors import GongkaiError
from warehouse.lake import open_warehouse
from warehouse.place import as_url
from warehouse.release import Release, publish_to
from warehouse.store import is_remote, store_at

SUMMARY_KEY = "publish-summary"


@flow(
    name="publish",
    description="Make a versioned data release of the warehouse, names and contacts masked.",
    persist_result=False,
)
def publish(folder: str | None = None, version: str | None = None, home: str | None = None) -> State[str]:
    """Make the release FOLDER/VERSION.

    Args:
        folder: The folder of all releases; the changelog compares with the newest one there. Empty: the
            setting `release.folder`.
        version: The release's name, as 2026.1; a version that exists is never changed. Empty: today's date.
        home: The warehouse's folder. Empty: the setting `home`.
    """
    edition = edition_of(version or None, is_masked=True)
    name_run(f"publish {edition.version}")
    try:
        shelf = as_url(folder or load_settings().release.folder)
        with open_warehouse(home_of(home), read_only=True) as warehouse:
            release = publish_to(warehouse, shelf, edition, get_run_logger().info)
    except GongkaiError as error:
        return Failed(message=str(error), data=error)
    tell_release(release)
    message = f"{release.folder}: {release.bytes / 1e6:.1f} MB in {release.seconds:.0f} s"
    return Completed(message=message, data=str(release.folder))


def tell_release(release: Release) -> None:
    """Where the release is, how to look at it, and its changelog, as the run's artifact."""
    changelog = store_at(release.folder).read("CHANGELOG.md").decode()
    look = f"In {code(str(release.folder))}"
    if not is_remote(release.folder):
        look += f"; to look at it: {code(f'gongkai serve {release.folder}')}"
    with unless_unreachable("show the release"):
        create_markdown_artifact(
            f"{look}\n\n{changelog}", key=SUMMARY_KEY, description=f"Release {release.version}"
        )
