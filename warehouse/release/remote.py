"""A release in an object store: made in a folder of this machine, beside what it is compared with, then put
there."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.bucket import Bucket
from warehouse.lake import Warehouse
from warehouse.release.edition import Edition
from warehouse.release.publish import Release, publish
from warehouse.release.shelf import MARK
from warehouse.store import inside, is_remote
from warehouse.upload import upload

COMPARED = ("parquet", "CHANGELOG.md", MARK)
"""What of an earlier release a new one looks at."""


def publish_to(
    warehouse: Warehouse, url: str, edition: Edition, progress: Callable[[str], None] = lambda step: None
) -> Release:
    """As `publish`; the folder of all releases may be in an object store (`s3://…`)."""
    if not is_remote(url):
        return publish(warehouse, Path(url), edition, progress)
    target = inside(url, edition.version)
    store = Bucket(url)
    if store.has(f"{edition.version}/{MARK}"):
        raise GongkaiError(
            f"The release {target} exists; releases are never changed.",
            "Name another version with --version.",
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-release-") as folder:
        shelf = Path(folder)
        progress("the release before")
        _fetch_newest(store, shelf)
        release = publish(warehouse, shelf, edition, progress)
        progress("upload")
        upload(shelf / edition.version, target, MARK)
    return replace(release, folder=target)


def _fetch_newest(store: Bucket, shelf: Path) -> None:
    marks = [path for path, _ in store.sizes("") if path.count("/") == 1 and path.endswith(f"/{MARK}")]
    if not marks:
        return
    newest = max(marks, key=lambda path: str(json.loads(store.read(path))["made_at"])).partition("/")[0]
    for name in COMPARED:
        for path, _ in store.sizes(f"{newest}/{name}"):
            store.download(path, shelf / path)
        if store.has(f"{newest}/{name}"):
            store.download(f"{newest}/{name}", shelf / newest / name)
