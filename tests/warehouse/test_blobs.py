from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tasks.errors import GongkaiError
from warehouse.blobs import BlobStore
from warehouse.store import DRAFTS


def test_bytes_come_back_under_their_sha256(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    content = bytes(range(256)) * 100
    name = store.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert (tmp_path / "blobs" / name[:2] / name).read_bytes() == content
    assert store.get(name) == content
    assert store.has(name)
    assert not store.has("0" * 64)


def test_storing_the_same_bytes_again_does_not_touch_the_file(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    name = store.put(b"page")
    path = tmp_path / name[:2] / name
    os.utime(path, (1, 1))
    store.put(b"page")
    assert path.stat().st_mtime == 1


def test_a_damaged_or_missing_blob_is_named_with_the_next_step(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    name = store.put(b"page")
    (tmp_path / name[:2] / name).write_bytes(b"pag")
    with pytest.raises(GongkaiError, match=r"damaged.*etch"):
        store.get(name)
    with pytest.raises(GongkaiError, match="not in"):
        store.get("0" * 64)


def test_a_name_that_is_no_sha256_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sha256"):
        BlobStore(tmp_path).get("../../etc/passwd")


def test_many_writers_of_the_same_bytes_leave_one_blob_and_no_drafts(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    content = os.urandom(200_000)
    threads = [threading.Thread(target=store.put, args=(content,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get(hashlib.sha256(content).hexdigest()) == content
    assert list((tmp_path / DRAFTS).iterdir()) == []


def test_a_killed_writer_leaves_no_broken_blob(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from warehouse.blobs import BlobStore\n"
        "store = BlobStore(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "while True: store.put(os.urandom(300_000))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    store = BlobStore(tmp_path)
    blobs = [path for path in tmp_path.glob("??/*") if path.is_file()]
    assert blobs
    for path in blobs:
        store.get(path.name)
