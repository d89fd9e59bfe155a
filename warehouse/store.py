"""Where bytes lie: a folder, or a prefix of a bucket in an object store (`s3://bucket/prefix`).

A store holds whole files by their path below it: written whole or not at all, read whole. Folders are the
default and need nothing; `warehouse.bucket` is the rest. What the files mean is not known here.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from tasks.errors import GongkaiError
from warehouse.faults import explained

REMOTE = "s3://"
DRAFTS = "drafts"


class StoreDown(GongkaiError):
    """The store does not answer or lets nobody in: no single document's fault."""


class Store(Protocol):
    """Files by path. Raises `FileNotFoundError` for a missing one, `GongkaiError` when the store fails."""

    name: str  # for people

    def read(self, path: str) -> bytes: ...

    def start(self, path: str, length: int) -> bytes:
        """The first bytes of a file, or all of it if it is shorter."""

    def write(self, path: str, content: bytes) -> None: ...

    def has(self, path: str) -> bool: ...

    def sizes(self, under: str, ending: str = "") -> Iterator[tuple[str, int]]:
        """Path and bytes of every file below `under` whose name ends so."""

    def remove(self, under: str) -> None:
        """Remove a file, or all files below a path; what is not there is no error."""


def is_remote(place: Path | str) -> bool:
    return str(place).startswith(REMOTE)


def inside(place: Path | str, name: str) -> str:
    """The place `name` inside another, as a path or URL."""
    return f"{str(place).rstrip('/')}/{name}"


def store_at(place: Path | str) -> Store:
    """The store at a folder (made at the first write) or URL."""
    if is_remote(place):
        from warehouse.bucket import Bucket

        return Bucket(str(place))
    return Folder(Path(place))


class Folder:
    """A store in a folder of the file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = str(folder)

    def read(self, path: str) -> bytes:
        with explained(self.folder):
            return (self.folder / path).read_bytes()

    def start(self, path: str, length: int) -> bytes:
        with explained(self.folder), (self.folder / path).open("rb") as file:
            return file.read(length)

    def write(self, path: str, content: bytes) -> None:
        """To a temporary name in the same file system, renamed when it is whole and on disk: neither a kill,
        a full disk nor two writers of the same bytes can leave a broken file."""
        target, drafts = self.folder / path, self.folder / DRAFTS
        with explained(self.folder):
            drafts.mkdir(parents=True, exist_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=drafts)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(target)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def has(self, path: str) -> bool:
        return (self.folder / path).is_file()

    def sizes(self, under: str, ending: str = "") -> Iterator[tuple[str, int]]:
        for file in sorted((self.folder / under).rglob(f"*{ending}")):
            if file.is_file():
                yield str(file.relative_to(self.folder)), file.stat().st_size

    def remove(self, under: str) -> None:
        target = self.folder / under
        if target.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        else:
            target.unlink(missing_ok=True)
