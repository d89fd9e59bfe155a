"""The flow `publish`: a versioned data release of the warehouse, for a schedule.

The command line makes the same release without Prefect, as it does exports. Deployment:
`flows.publish.publish`.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.edition import edition_of
from flows.settings import load_settings
from tasks.errors import GongkaiError
from warehouse.lake import open_warehouse
from warehouse.release import publish as make_release

SUMMARY_KEY = "publish-summary"


@flow(name="publish", description="Make a versioned data release of the warehouse.", persist_result=False)
def publish(folder: str, version: str | None = None, home: str | None = None) -> State[str]:
    """Make the release FOLDER/VERSION, names and contacts masked.

    Args:
        folder: the folder of all releases; the changelog compares with the newest one there.
        version: the release's version; today's date by default.
        home: the warehouse's folder; by default the setting `home`: $GONGKAI_HOME or ./data.
    """
    try:
        source = (Path(home) if home else load_settings().home).absolute()
        edition = edition_of(version, is_masked=True)
        logger = get_run_logger()
        with open_warehouse(source, read_only=True) as warehouse:
            release = make_release(warehouse, Path(folder), edition, logger.info)
    except GongkaiError as error:
        return Failed(message=str(error), data=error)
    create_markdown_artifact(
        (release.folder / "CHANGELOG.md").read_text("utf-8"), key=SUMMARY_KEY, description=str(release.folder)
    )
    message = f"{release.folder}: {release.bytes / 1e6:.1f} MB in {release.seconds:.0f} s"
    return Completed(message=message, data=str(release.folder))
