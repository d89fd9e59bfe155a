"""What lies in an archive, remembered by the archive's hash: one of thousands of files is unpacked once, not
in every run that meets it.

A note is a file `folder/ab/abcdef….json` of names and hashes; the bytes are in the blob store. Notes can be
deleted at any time. One that other rules wrote, or whose blobs are gone, is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path

from tasks.fetch import archives, files
from tasks.fetch.archives import NOT_WHOLE, Opened, open_archive
from tasks.fetch.files import Skipped
from tasks.fetch.stored import Stored
from tasks.values import Page
from tasks.version import extractor_version
from warehouse.blobs import BlobStore
from warehouse.faults import explained


class Unpacked:
    """The notes in `folder` on archives whose members are in `blobs`."""

    def __init__(self, folder: Path, blobs: BlobStore) -> None:
        self._folder = folder
        self._blobs = blobs

    def open(self, archive: Page) -> Opened:
        """What lies in the archive, unpacked now unless it was before."""
        sha256 = hashlib.sha256(archive.content).hexdigest()
        found = self.recall(sha256, archive)
        if found is None:
            found = open_archive(archive, self._blobs)
            if not any(each.reason.startswith(NOT_WHOLE) for each in found.skipped):
                self._note(sha256, archive.uri, found)  # else a library may be missing today only
        return found

    def recall(self, sha256: str, archive: Page | Stored) -> Opened | None:
        """What lay in the archive of that hash, as members of this one; None when it is not known."""
        try:
            note = json.loads(self._path(sha256).read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:  # cut short by a full disk
            return None
        if note["rules"] != _rules() or not all(self._blobs.has(blob) for _, blob, _, _ in note["documents"]):
            return None
        documents = (
            Stored(archive.uri + name, blob, archive.source, kind, archive.fetched_at, archive.uri + parent)
            for name, blob, kind, parent in note["documents"]
        )
        skipped = (Skipped(archive.uri + name, reason) for name, reason in note["skipped"])
        return Opened(tuple(documents), tuple(skipped))

    def _note(self, sha256: str, uri: str, found: Opened) -> None:
        """Names are kept without the archive's own: the same archive may lie in several places."""
        start = len(uri)
        documents = [
            (each.uri[start:], each.sha256, each.media_type, (each.parent_uri or uri)[start:])
            for each in found.documents
        ]
        skipped = [(each.uri[start:], each.reason) for each in found.skipped]
        note = json.dumps({"rules": _rules(), "documents": documents, "skipped": skipped})
        path = self._path(sha256)
        with explained(self._folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(note)
            Path(draft).replace(path)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.json"


@cache
def _rules() -> str:
    """The version of the rules that say what lies in an archive."""
    code = b"".join(Path(module.__file__ or "").read_bytes() for module in (archives, files))
    return f"{extractor_version()}+{hashlib.sha256(code).hexdigest()[:12]}"
