"""Pages read from the blob store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tasks.errors import TerminalError
from tasks.fetch import Stored, fetch
from tasks.values import document_id
from warehouse.blobs import BlobStore

WHEN = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)


def stored(sha256: str) -> Stored:
    return Stored("https://a.example/b.pdf", sha256, "a", "application/pdf", WHEN, "https://a.example/b.html")


def test_a_stored_page_is_what_was_stored_with_its_parent(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path)
    page = fetch(stored(blobs.put(b"%PDF")), blobs)
    assert (page.content, page.media_type, page.fetched_at) == (b"%PDF", "application/pdf", WHEN)
    assert page.document_id == document_id("https://a.example/b.pdf")
    assert page.parent_id == document_id("https://a.example/b.html")


def test_a_missing_or_damaged_blob_is_told_with_the_document(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path)
    with pytest.raises(TerminalError, match=r"is not in") as missing:
        fetch(stored("0" * 64), blobs)
    assert missing.value.uri == "https://a.example/b.pdf"
    sha256 = blobs.put(b"%PDF")
    (tmp_path / sha256[:2] / sha256).write_bytes(b"%PDX")
    with pytest.raises(TerminalError, match="damaged"):
        fetch(stored(sha256), blobs)
