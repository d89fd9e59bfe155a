"""Fetching: bytes as they are, or an error that says whether waiting helps."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
from pathlib import Path

import pytest

from tasks.errors import TerminalError, TransientError
from tasks.fetch import MAX_PAGE_BYTES, LocalFile, read_file


def candidate(path: Path) -> LocalFile:
    return LocalFile(path.name, str(path), str(path.parent), "text/html")


def test_a_page_carries_the_bytes_and_where_they_are_from(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"\xef\xbb\xbf\xff<p>")
    page = read_file(candidate(path))
    assert (page.content, page.uri, page.source) == (b"\xef\xbb\xbf\xff<p>", "a.html", str(tmp_path))
    assert page.content_sha256 == hashlib.sha256(b"\xef\xbb\xbf\xff<p>").hexdigest()
    assert abs(dt.datetime.now(dt.UTC) - page.fetched_at) < dt.timedelta(seconds=10)


def test_a_file_that_disappeared_may_come_back(tmp_path: Path) -> None:
    with pytest.raises(TransientError, match=r"a\.html: fetch: .*is gone.*ingest again"):
        read_file(candidate(tmp_path / "a.html"))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").touch()
    with pytest.raises(TerminalError, match="fetch: The file is empty"):
        read_file(candidate(tmp_path / "a.html"))


def test_a_file_of_500_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(TerminalError, match="has 500 MB; the limit is 120 MB"):
        read_file(candidate(tmp_path / "a.html"))


def test_the_largest_page_allowed_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(MAX_PAGE_BYTES)
    assert len(read_file(candidate(tmp_path / "a.html")).content) == MAX_PAGE_BYTES


def test_a_pipe_in_the_files_place_does_not_hold_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    with pytest.raises(TerminalError, match="not a regular file"):
        read_file(candidate(tmp_path / "a.html"))


def test_a_folder_in_the_files_place_is_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    with pytest.raises(TerminalError, match=r"not a regular file|Is a directory"):
        read_file(candidate(tmp_path / "a.html"))


def test_a_file_that_is_being_written_is_not_taken_half(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"x" * 1_000_000)
    stop = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(TransientError, match="changed while it was read"):
            for _ in range(20_000):  # the writer's thread does not get a turn each time
                read_file(candidate(path))
    finally:
        stop.set()
        writer.join()
