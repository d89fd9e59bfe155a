"""A folder made here and then put into an object store: what exports and releases do whose target is a URL.

One file of the folder is its mark. It leaves the store first and comes last, so that whatever has its mark is
whole, and what a killed upload has left is replaced by the next one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.bucket import Bucket


@contextmanager
def folder_for(url: str, mark: str) -> Iterator[Path]:
    """An empty folder on this machine, whose files are at `url` when the block has ended well."""
    with tempfile.TemporaryDirectory(prefix="gongkai-upload-") as made:
        folder = Path(made) / "files"
        yield folder
        upload(folder, url, mark)


def upload(folder: Path, url: str, mark: str) -> None:
    """Put the folder's files at `url`; what was there before and is not in the folder goes."""
    store = Bucket(url)
    store.remove(mark)
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    for path in sorted(files, key=lambda path: path == mark):
        store.upload(path, files[path])
    for path, _ in list(store.sizes("")):
        if path not in files:
            store.remove(path)
