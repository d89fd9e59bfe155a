"""The folder in which releases stand side by side, each in a folder named by its version.

`release.json` inside marks a folder as a release and tells when it was made. No release is ever changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import GongkaiError

MARK = "release.json"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A release found on disk."""

    folder: Path
    version: str
    made_at: str


def releases(folder: Path) -> list[Shelved]:
    """The releases in `folder`, oldest first."""
    found = [_read(mark) for mark in folder.glob(f"*/{MARK}") if not mark.parent.name.startswith(".")]
    return sorted(found, key=lambda release: release.made_at)


def newest_release(folder: Path) -> Path:
    """`folder` itself if it is a release, else the newest release in it; GongkaiError if there is none."""
    if (folder / MARK).is_file():
        return folder
    found = releases(folder)
    if not found:
        raise GongkaiError(
            f"There is no release in {folder}.", "Make one with `gongkai publish DIR`, then name that folder."
        )
    return found[-1].folder


def _read(mark: Path) -> Shelved:
    try:
        said = json.loads(mark.read_text("utf-8"))
        return Shelved(mark.parent, str(said["version"]), str(said["made_at"]))
    except (ValueError, KeyError, TypeError) as error:
        raise GongkaiError(
            f"{mark} is damaged: {error}.", "Move that folder away, or delete it, and publish again."
        ) from error
