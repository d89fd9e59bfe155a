"""Archives for the tests, made here: ZIP by the standard library, 7z by libarchive, RAR by our own hand (the
program that writes them is not free)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

Members = dict[str, bytes]


def zipped(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def zipped_by_windows(members: Members) -> bytes:
    """Names in GBK without a mark, as the shell of Windows in China writes them."""
    content = zipped({f"{n:04d}.x": data for n, data in enumerate(members.values())}, zipfile.ZIP_STORED)
    for n, name in enumerate(members):
        raw = name.encode("gbk")
        assert len(raw) == 6, "a name of six bytes takes the placeholder's place"
        content = content.replace(f"{n:04d}.x".encode(), raw)
    return content


def zipped_with_password(members: Members) -> bytes:
    """The mark of encryption set on each member; what follows is no use without the password."""
    content = bytearray(zipped(members))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def seven_zipped(members: Members) -> bytes:
    import libarchive

    blocks: list[bytes] = []

    def keep(data: bytes) -> int:
        blocks.append(bytes(data))
        return len(data)

    writer: Any = libarchive.custom_writer(keep, "7zip")
    with writer as archive:
        for name, content in members.items():
            archive.add_file_from_memory(name, len(content), content)
    return b"".join(blocks)


def rarred(members: Members) -> bytes:
    """RAR 5 with stored members."""
    out = b"Rar!\x1a\x07\x01\x00" + _block(b"\x01\x00\x00")
    for name, content in members.items():
        raw = name.encode()
        head = b"\x02\x02" + _vint(len(content)) + b"\x04" + _vint(len(content)) + _vint(0o100644)
        head += struct.pack("<I", zlib.crc32(content)) + b"\x00\x01" + _vint(len(raw)) + raw
        out += _block(head) + content
    return out + _block(b"\x05\x00\x00")


def _block(body: bytes) -> bytes:
    sized = _vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


def _vint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])
