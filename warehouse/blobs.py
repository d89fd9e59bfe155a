"""The blob store: bytes as fetched, named by their sha256, in blobs/ab/abcdef…

A blob is written to a temporary name in the same file system and renamed when it is whole and on disk, so
that neither a kill, a full disk nor two writers of the same bytes can leave a broken one.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.faults import explained

_NAME = re.compile(r"[0-9a-f]{64}")
DRAFTS = "drafts"


class BlobStore:
    """Content-addressed bytes under `folder`, which is made at the first `put`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Store the bytes and return their sha256; bytes already there cost only a look."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        with explained(self.folder):
            if not target.exists():
                self._write(content, target)
        return sha256

    def _write(self, content: bytes, target: Path) -> None:
        drafts = self.folder / DRAFTS
        drafts.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(exist_ok=True)
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

    def get(self, sha256: str) -> bytes:
        """The bytes; GongkaiError when they are missing or no longer those that were stored."""
        try:
            with explained(self.folder):
                content = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise GongkaiError(
                f"Blob {sha256} is not in {self.folder}.", "Fetch the document again with `gongkai ingest`."
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise GongkaiError(
                f"Blob {self.path(sha256)} is damaged: its bytes have another sha256.",
                "Delete that file and fetch the document again with `gongkai ingest`.",
            )
        return content

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Where the blob is or would be."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"not a sha256: {sha256!r}")
        return self.folder / sha256[:2] / sha256
