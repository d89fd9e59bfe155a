"""Discovery in the file system: folders, files and globs named by the user become candidates.

The suffix is a first sieve only: a file with another one, or with none, is a candidate when its first bytes
are a document's. What a file really is, is told when it is read. What is left out is told with its reason,
never dropped in silence (hidden files and folders excepted).
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import GongkaiError
from tasks.kinds import opens_like_document
from tasks.values import document_id

# The formats that `tasks.clean` reads and the archives that hold them, by suffix in lower case.
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".xls": "application/vnd.ms-excel",
    ".et": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".zip": "application/zip",
    ".rar": "application/vnd.rar",
    ".7z": "application/x-7z-compressed",
}
UNKNOWN = "application/octet-stream"
START_BYTES = 8192  # so many show what a file without a known suffix is
READABLE = "Readable are web pages, text, PDF, OFD, Word, Excel and WPS files, images, and archives of these."
# Beside a web page that a browser saved: its pictures, styles and scripts.
SAVED_PARTS = ("_files", ".files", "_file", ".file")

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that can be read as a page: its canonical uri, where it lies, what its name claims it to be."""

    uri: str
    path: str
    source: str  # the PATH the user gave
    media_type: str

    @property
    def document_id(self) -> str:
        return document_id(self.uri)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was seen and left out, with the reason."""

    uri: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the sources hold, each part in the order of its uri."""

    candidates: tuple[LocalFile, ...]
    skipped: tuple[Skipped, ...]


def discover(paths: list[str]) -> Discovery:
    """The pages under the folders, files and globs in `paths`.

    A uri is the path relative to the folder given (or to a glob's fixed part), a single file's is its
    name. Raises `GongkaiError` when a path does not exist, holds no page, names a format that cannot be
    read, or when two files claim the same uri.
    """
    candidates: dict[str, LocalFile] = {}
    skipped: dict[str, Skipped] = {}
    for given in paths:
        found = list(_look(given))
        for item in found:
            if isinstance(item, LocalFile):
                _claim(candidates, item)
            else:
                skipped[item.uri] = item
        if not any(isinstance(item, LocalFile) for item in found):
            seen = f" ({len(found)} other files there)" if found else ""
            raise GongkaiError(f"No pages in {given!r}{seen}.", f"Give a folder, file or glob. {READABLE}")
    return Discovery(
        tuple(candidates[uri] for uri in sorted(candidates)),
        tuple(skipped[uri] for uri in sorted(skipped)),
    )


def _look(given: str) -> Iterator[LocalFile | Skipped]:
    if Path(given).is_dir():
        yield from _walk(given, given, given)
    elif os.path.lexists(given):
        yield _named_file(given)
    elif _MAGIC & set(given):
        yield from _match(given)
    else:
        raise GongkaiError(f"There is no {given!r}.", "Check the path; quote it if it holds spaces.")


def _named_file(given: str) -> LocalFile:
    """A file the user named: one that cannot be read as a page is an error, not left out."""
    item = _judge(given, str(Path(given).parent), given)
    if isinstance(item, Skipped):
        raise GongkaiError(f"{given!r} cannot be ingested: {item.reason}.", READABLE)
    return item


def _match(pattern: str) -> Iterator[LocalFile | Skipped]:
    """The files and folders a glob matches; uris are relative to its part without wildcards."""
    parts = Path(pattern).parts
    fixed = next(index for index, part in enumerate(parts) if _MAGIC & set(part))
    base = str(Path(*parts[:fixed]))
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - `**` and absolute patterns
        if Path(match).is_dir():
            if "**" not in parts:  # which already matches what lies in the folders
                yield from _walk(match, base, pattern)
        else:
            yield _judge(match, base, pattern)


def _walk(folder: str, base: str, given: str) -> Iterator[LocalFile | Skipped]:
    """All files under `folder`; every real folder is entered once, so links cannot make a loop."""
    entered: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            place = Path(here).stat()
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            if here == folder:
                raise GongkaiError(
                    f"The folder {given!r} cannot be listed: {error.strerror}.", "Check its permissions."
                ) from error
            yield Skipped(_uri(here, base), f"folder cannot be listed: {error.strerror}")
            continue
        if (place.st_dev, place.st_ino) in entered:
            continue
        entered.add((place.st_dev, place.st_ino))
        names = {entry.name.lower() for entry in entries}
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                if _is_of_saved_page(entry.name, names):
                    yield Skipped(_uri(entry.path, base), "parts of a saved web page")
                else:
                    pending.append(entry.path)
            else:
                yield _judge(entry.path, base, given)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, a share that is away: `_judge` says what is wrong
        return False


def _is_of_saved_page(folder: str, names: set[str]) -> bool:
    """Whether a folder belongs to the page beside it: `年报.html` and `年报_files`."""
    page = next((folder.removesuffix(end) for end in SAVED_PARTS if folder.endswith(end)), None)
    return page is not None and bool({f"{page}.html".lower(), f"{page}.htm".lower()} & names)


def _judge(path: str, base: str, given: str) -> LocalFile | Skipped:
    uri = _uri(path, base)
    try:
        if not Path(path).is_file():
            return Skipped(uri, "broken link" if Path(path).is_symlink() else "not a regular file")
    except OSError as error:
        return Skipped(uri, f"cannot be looked at: {error.strerror}")
    suffix = Path(path).suffix
    media_type = MEDIA_TYPES.get(suffix.lower())
    if media_type is None and not _opens_like_document(path):
        return Skipped(uri, f"format {suffix or 'without suffix'} is not read")
    return LocalFile(uri, path, given, media_type or UNKNOWN)


def _opens_like_document(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return opens_like_document(file.read(START_BYTES))
    except OSError:
        return False


def _uri(path: str, base: str) -> str:
    """The path relative to `base`, as printable Unicode: bytes that are no UTF-8 (GBK names out of
    foreign archives) are written `\\xb9\\xab`, since neither Arrow nor a terminal can carry them."""
    relative = Path(os.path.relpath(path, base)).as_posix()
    return relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _claim(candidates: dict[str, LocalFile], item: LocalFile) -> None:
    """Enter a candidate under its uri; the same file twice is one, two files are an error."""
    other = candidates.setdefault(item.uri, item)
    if other.path != item.path and not Path(other.path).samefile(item.path):
        raise GongkaiError(
            f"{other.path!r} and {item.path!r} would both be the document {item.uri!r}.",
            "Give their common parent folder instead, or ingest them into two homes.",
        )
