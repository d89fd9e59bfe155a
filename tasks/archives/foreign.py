"""RAR and 7z archives by libarchive, in a process of its own.

libarchive is a C library that parses what strangers wrote: the process has limits of memory, processor time
and file size, and its end is no end of ours. It leaves members as numbered files in a folder and a line of
JSON for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tasks.archives.limits import ArchiveError, Limits, LockedError, Member, MissingToolError, member_path

_START = "from tasks.archives.unpacking import main; main()"
ARCHIVE, LISTING = "archive", "listing"


def foreign_members(content: bytes, limits: Limits) -> Iterator[Member]:
    """The files of a RAR or 7z archive."""
    with tempfile.TemporaryDirectory(prefix="gongkai-archive-") as name:
        folder = Path(name)
        (folder / ARCHIVE).write_bytes(content)
        failure = _unpack(folder, limits)
        listing = folder / LISTING
        lines = listing.read_text("utf-8").splitlines() if listing.exists() else []
        for number, line in enumerate(lines):
            yield _member(folder / str(number), json.loads(line))
    if failure:
        raise failure


def _member(file: Path, entry: dict[str, str | None]) -> Member:
    name, fault = entry["name"] or "", entry["fault"]
    path = member_path(name)
    if path is None:
        return Member(name, fault="its path leads out of the archive")
    return Member(path, fault=fault) if fault else Member(path, file.read_bytes())


def _unpack(folder: Path, limits: Limits) -> ArchiveError | None:
    """Run the process; what it could not do."""
    command = [sys.executable, "-P", "-c", _START, str(folder), json.dumps(asdict(limits))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=limits.seconds,
        )
    except subprocess.TimeoutExpired:
        return ArchiveError(f"it takes more than {limits.seconds} s to unpack")
    words = done.stdout.strip().splitlines()
    kind, _, message = words[-1].partition(" ") if words else ("crash", "", f"code {done.returncode}")
    if kind == "done":
        return None
    kinds = {"locked": LockedError, "tool": MissingToolError}
    return kinds.get(kind, ArchiveError)(message or "the unpacking process died over it")
