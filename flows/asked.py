"""What a run was asked for: which of its arguments are files, which are sites."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tasks.fetch.sources import ALL, WebSource, chosen, load_sources
from tasks.fetch.urls import is_url


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments as given, and what they mean."""

    paths: list[str]
    files: list[str]
    sources: list[WebSource]


def sort_out(paths: list[str], home: Path) -> Asked:
    """Addresses and names of sources are sites; what exists on disk, or is neither, is a path.

    Raises `GongkaiError` for a damaged file of sources; a path that does not exist is discovery's to tell.
    """
    known: set[str] | None = None
    files: list[str] = []
    sites: list[str] = []
    for path in paths:
        if is_url(path):
            sites.append(path)
        elif os.path.lexists(path):
            files.append(path)
        else:
            known = {*load_sources(home), ALL} if known is None else known
            (sites if path in known else files).append(path)
    return Asked(paths, files, chosen(sites, home))
