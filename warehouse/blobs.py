"""The blob store: bytes as fetched, named by their sha256, in blobs/ab/abcdef…

Only names and checks; how bytes are kept is `warehouse.store`'s business.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.store import DRAFTS, inside, store_at

FOLDER = "blobs"
_NAME = re.compile(r"[0-9a-f]{64}")


class BlobStore:
    """Content-addressed bytes in a folder or at a URL, made at the first `put`."""

    def __init__(self, place: Path | str) -> None:
        self._store = store_at(place)

    def put(self, content: bytes) -> str:
        """Store the bytes and return their sha256; bytes already there cost only a look."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._store.has(_path(sha256)):
            self._store.write(_path(sha256), content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes; GongkaiError when they are missing or no longer those that were stored."""
        try:
            content = self._store.read(_path(sha256))
        except FileNotFoundError as error:
            raise GongkaiError(
                f"Blob {sha256} is not in {self._store.name}.",
                "Fetch the document again with `gongkai ingest`.",
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise GongkaiError(
                f"Blob {self._store.name}/{_path(sha256)} is damaged: its bytes have another sha256.",
                "Delete that file and fetch the document again with `gongkai ingest`.",
            )
        return content

    def start(self, sha256: str, length: int) -> bytes:
        """The first bytes; `FileNotFoundError` when there are none."""
        return self._store.start(_path(sha256), length)

    def has(self, sha256: str) -> bool:
        return self._store.has(_path(sha256))

    def names(self) -> Iterator[str]:
        """The sha256 of every blob."""
        for path, _ in self._store.sizes(""):
            name = path.rpartition("/")[2]
            if not path.startswith(DRAFTS) and _NAME.fullmatch(name):
                yield name


def blobs_at(store: Path | str) -> BlobStore:
    """The blobs of the warehouse whose store is there."""
    return BlobStore(inside(store, FOLDER))


def _path(sha256: str) -> str:
    """Where the blob is or would be."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"not a sha256: {sha256!r}")
    return f"{sha256[:2]}/{sha256}"
