"""Archives → the documents in them, as candidates whose bytes are in the blob store.

For archives found in folders and for attachments of pages alike. A member's uri is the archive's, `!/` and
its path there; the archive is its parent. What is left out is told with its reason, as in discovery.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from tasks.archives import ArchiveError, Limits, Member, members
from tasks.fetch.files import MEDIA_TYPES, START_BYTES, UNKNOWN, Skipped
from tasks.fetch.stored import Stored
from tasks.kinds import ARCHIVES, kind_of, opens_like_document
from tasks.values import Page
from warehouse.blobs import BlobStore

SEPARATOR = "!/"
NOT_WHOLE = "not opened to its end"
"""How the reason begins why the rest of an archive is left out."""

MAX_DEPTH = 3  # an archive in an archive in an archive
MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
# What systems put into archives by themselves.
LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies in an archive, those in it opened too: documents to read (an inner archive is one), the rest
    with the reason why it is left out."""

    documents: tuple[Stored, ...]
    skipped: tuple[Skipped, ...]


def is_archive(content: bytes) -> bool:
    """Whether these bytes are an archive that `open_archive` takes (a DOCX is none)."""
    return kind_of(content) in ARCHIVES


def may_be_archive(start: bytes) -> bool:
    """Whether a file that begins so is an archive or a format made of one: worth reading for `is_archive`."""
    return start.startswith(MARKS)


def open_archive(archive: Page, blobs: BlobStore, limits: Limits | None = None) -> Opened:
    """The documents in an archive; their bytes go into `blobs`.

    Never raises for what lies in it: an archive that is locked, damaged or beyond the limits gives what could
    be read before, and is told among the skipped; read as a document, it becomes an error with its reason.
    """
    bounds = limits or Limits()
    documents: list[Stored] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for item in _inside(archive, blobs, bounds, 1):
        if item.uri in seen:
            skipped.append(Skipped(item.uri, "the archive has another member of this name"))
            continue
        seen.add(item.uri)
        if isinstance(item, Stored):
            documents.append(item)
        else:
            skipped.append(item)
    return Opened(tuple(documents), tuple(skipped))


def _inside(archive: Page, blobs: BlobStore, limits: Limits, depth: int) -> Iterator[Stored | Skipped]:
    used = 0
    try:
        for member in members(archive.content, limits):
            if LITTER & set(PurePosixPath(member.path).parts):
                continue
            used += len(member.content)
            yield from _judge(
                archive, member, blobs, replace(limits, total_bytes=limits.total_bytes - used), depth
            )
    except ArchiveError as error:
        yield Skipped(archive.uri, f"{NOT_WHOLE}: {error}")


def _judge(
    archive: Page, member: Member, blobs: BlobStore, limits: Limits, depth: int
) -> Iterator[Stored | Skipped]:
    uri = archive.uri + SEPARATOR + printable(member.path)
    if reason := _left_out(member):
        yield Skipped(uri, reason)
        return
    holds_more = is_archive(member.content)
    if holds_more and depth == MAX_DEPTH:
        yield Skipped(uri, f"archives are opened {MAX_DEPTH} deep")
        return
    media_type = MEDIA_TYPES.get(PurePosixPath(member.path).suffix.lower(), UNKNOWN)
    sha256 = blobs.put(member.content)
    yield Stored(uri, sha256, archive.source, media_type, archive.fetched_at, archive.uri)
    if not holds_more:
        return
    inner = replace(archive, uri=uri, content=member.content, media_type=media_type, parent_uri=archive.uri)
    yield from _inside(inner, blobs, limits, depth + 1)


def _left_out(member: Member) -> str | None:
    """Why a member is no document to read, if it is none."""
    if member.fault:
        return member.fault
    if not member.content:
        return "it is empty"
    path = PurePosixPath(member.path)
    if path.suffix.lower() not in MEDIA_TYPES and not opens_like_document(member.content[:START_BYTES]):
        return f"format {path.suffix or 'without suffix'} is not read"
    return None


def printable(path: str) -> str:
    """A member's path as the uri writes it: lone surrogates, which nothing can store, as escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
