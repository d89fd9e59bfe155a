"""The process that unpacks a RAR or 7z archive: `main` is what `tasks.archives.foreign` starts.

Prints one line at its end: `done`, or `locked`, `tool`, `bad` with the reason.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.archives.limits import Limits

MEMORY_BYTES = 2_000_000_000  # the largest dictionary that 7-Zip offers by its menu needs 1.5 GB


def main() -> None:
    folder, limits = Path(sys.argv[1]), Limits(**json.loads(sys.argv[2]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.member_bytes, limits.member_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(_unpack(folder, limits))


def _unpack(folder: Path, limits: Limits) -> str:
    try:
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError):  # the package, or the library that it loads
        return "tool it takes libarchive (Debian: apt-get install libarchive13)"
    archive = folder / "archive"
    packed = archive.stat().st_size
    total = 0
    try:
        with (
            libarchive.file_reader(str(archive), header_codec="gb18030") as entries,
            (folder / "listing").open("w", encoding="utf-8") as listing,
        ):
            for number, entry in enumerate(_files(entries)):
                if number > limits.members:
                    return "done"
                fault, size = _save(entry, folder / str(number), packed, limits)
                total += size
                listing.write(json.dumps({"name": _name(entry), "fault": fault}) + "\n")
                if total > limits.total_bytes or limits.too_dense(packed, total):
                    return f"bad it unpacks to more than {total / 1e6:.0f} MB"
    except libarchive.ArchiveError as error:
        words = error.msg or str(error)
        locked = "encrypt" in words.lower() or "passphrase" in words.lower()
        return f"{'locked' if locked else 'bad'} {words}"
    except MemoryError:
        return "bad it takes more memory than it may"
    return "done"


def _files(entries: Any) -> Iterator[Any]:
    return (entry for entry in entries if entry.isfile)


def _name(entry: Any) -> str:
    name = entry.pathname
    if isinstance(name, bytes):
        return name.decode("gb18030", "backslashreplace")
    return str(name or "").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _save(entry: Any, file: Path, packed: int, limits: Limits) -> tuple[str | None, int]:
    """Write a member; why it has no bytes, and how many it had."""
    import libarchive

    size = 0
    try:
        with file.open("wb") as out:
            for block in entry.get_blocks():
                size += len(block)
                if size > limits.member_bytes or limits.too_dense(packed, size):
                    return f"it unpacks to more than {size / 1e6:.0f} MB", size
                out.write(block)
    except libarchive.ArchiveError as error:
        words = error.msg or str(error)
        if "encrypt" in words.lower() or "passphrase" in words.lower():
            raise
        return f"it cannot be unpacked: {words}", size
    return None, size
