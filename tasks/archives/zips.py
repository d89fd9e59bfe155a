"""ZIP archives by the standard library; names in GBK, as Windows in China writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from tasks.archives.limits import ArchiveError, Limits, LockedError, Member, member_path
from tasks.kinds import ZIP_FAULTS

_UTF8 = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 20


def zip_members(content: bytes, limits: Limits) -> Iterator[Member]:
    """The files of a ZIP in the order of its directory."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except ZIP_FAULTS as error:
        raise ArchiveError(str(error) or type(error).__name__) from error
    with archive:
        infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
        if infos and all(info.flag_bits & _ENCRYPTED for info in infos):
            raise LockedError("all its members are encrypted")
        total = 0
        for info in infos:
            member = _member(archive, info, limits)
            total += len(member.content)
            if total > limits.total_bytes:
                raise ArchiveError(f"it unpacks to more than {limits.total_bytes / 1e6:.0f} MB")
            yield member


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Member:
    name = zip_name(info)
    path = member_path(name)
    if path is None:
        return Member(name, fault="its path leads out of the archive")
    if info.flag_bits & _ENCRYPTED:
        return Member(path, fault="it is encrypted")
    try:
        return _read(archive, info, path, limits)
    except ZIP_FAULTS as error:
        return Member(path, fault=f"it cannot be unpacked: {error}")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, limits: Limits) -> Member:
    """Read piece by piece: the size that the directory claims may be a lie."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while piece := file.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > limits.member_bytes or limits.too_dense(info.compress_size, size):
                return Member(path, fault=f"it unpacks to more than {size / 1e6:.0f} MB")
    return Member(path, b"".join(pieces))


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name: marked as UTF-8, or UTF-8 without the mark (macOS), or GBK (Windows in China)."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")  # how zipfile read it
    except UnicodeEncodeError:
        return info.filename
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return info.filename
