"""Archives as sources: members become candidates with a uri inside the archive and the archive as parent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tasks.fetch import Opened, open_archive
from tasks.fetch.stored import read_stored
from tasks.fetch.unpacked import Unpacked
from tasks.values import Page
from tests.tasks.archives.made import Members, rarred, seven_zipped, zipped, zipped_with_password
from warehouse.blobs import BlobStore

PAGE = "一、概述".encode()


def opened(content: bytes, folder: Path) -> Opened:
    page = Page("2019.zip", "given", content, None, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    return open_archive(page, BlobStore(folder))


def nested(depth: int) -> bytes:
    content = zipped({"a.txt": PAGE})
    for _ in range(depth):
        content = zipped({"i.zip": content})
    return content


def test_members_are_documents_whose_parent_is_the_archive(tmp_path: Path) -> None:
    for pack in (zipped, seven_zipped, rarred):
        found = opened(pack({"县/年报.txt": PAGE, "b.html": b"<p>x"}), tmp_path)
        assert [(d.uri, d.parent_uri, d.media_type) for d in found.documents] == [
            ("2019.zip!/县/年报.txt", "2019.zip", "text/plain"),
            ("2019.zip!/b.html", "2019.zip", "text/html"),
        ]
        page = read_stored(found.documents[0], BlobStore(tmp_path))
        assert (page.content, page.parent_uri) == (PAGE, "2019.zip")


def test_what_is_no_document_is_left_out_with_the_reason(tmp_path: Path) -> None:
    files: Members = {
        "a.txt": PAGE,
        "code.py": b"x",
        "empty.txt": b"",
        "../out.txt": b"x",
        "__MACOSX/a.txt": b"x",
        "sub/Thumbs.db": b"x",
        "report": b"%PDF-1.4",
    }
    found = opened(zipped(files), tmp_path)
    assert [d.uri for d in found.documents] == ["2019.zip!/a.txt", "2019.zip!/report"]
    assert {(s.uri, s.reason) for s in found.skipped} == {
        ("2019.zip!/code.py", "format .py is not read"),
        ("2019.zip!/empty.txt", "it is empty"),
        ("2019.zip!/../out.txt", "its path leads out of the archive"),
    }


def test_archives_in_archives_are_opened_to_a_depth(tmp_path: Path) -> None:
    found = opened(nested(2), tmp_path)
    assert found.documents[-1].uri == "2019.zip!/i.zip!/i.zip!/a.txt"
    assert found.documents[-1].parent_uri == "2019.zip!/i.zip!/i.zip"
    assert "archives are opened 3 deep" in [s.reason for s in opened(nested(3), tmp_path).skipped]


def test_a_locked_or_broken_archive_is_told_and_never_raises(tmp_path: Path) -> None:
    for content in (zipped_with_password({"a.txt": PAGE}), zipped({"a.txt": PAGE})[:40]):
        found = opened(content, tmp_path)
        assert not found.documents
        assert [s.uri for s in found.skipped] == ["2019.zip"]


def test_an_archive_is_unpacked_once_wherever_it_lies(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path / "blobs")
    content = zipped({"a.txt": PAGE, "in.zip": zipped({"b.txt": PAGE + b"2"}), "code.py": b"x"})
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    page = Page("http://a.example/2019.zip", "a", content, None, moment, parent_uri="http://a.example/1.html")
    first = Unpacked(tmp_path / "unpacked", blobs).open(page)
    assert first == open_archive(page, blobs) and len(first.documents) == 3 and len(first.skipped) == 1

    elsewhere = replace(page, uri="x/other.zip", source="x")
    [note] = (tmp_path / "unpacked").glob("*/*.json")
    written = note.stat().st_ino
    assert Unpacked(tmp_path / "unpacked", blobs).open(elsewhere) == open_archive(elsewhere, blobs)
    assert note.stat().st_ino == written, "not unpacked again"


def test_what_is_remembered_of_an_archive_is_no_use_without_its_blobs(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path / "blobs")
    unpacked = Unpacked(tmp_path / "unpacked", blobs)
    page = Page("1.zip", "a", zipped({"a.txt": PAGE}), None, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    [document] = unpacked.open(page).documents
    (tmp_path / "blobs" / document.sha256[:2] / document.sha256).unlink()
    assert unpacked.open(page).documents == (document,) and blobs.has(document.sha256)


def test_an_archive_that_could_not_be_opened_is_tried_again(tmp_path: Path) -> None:
    unpacked = Unpacked(tmp_path / "unpacked", BlobStore(tmp_path / "blobs"))
    content = zipped_with_password({"a.txt": PAGE})
    page = Page("1.zip", "a", content, None, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    assert len(unpacked.open(page).skipped) == 1 and not (tmp_path / "unpacked").exists()
