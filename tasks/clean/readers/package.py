"""A ZIP that is one document (DOCX, WPS's too): its parts by name, each within bounds."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tasks.kinds import ZIP_FAULTS

# A report's text has 1 MB of XML at most; its pictures are never read.
MAX_PART_BYTES = 100_000_000


class Package:
    """The parts of a package. Names are matched without regard to case, as Office does."""

    def __init__(self, content: bytes) -> None:
        """Raises one of `ZIP_FAULTS`."""
        self._archive = zipfile.ZipFile(BytesIO(content))
        self._names = {_plain(info.filename): info for info in self._archive.infolist()}

    def part(self, name: str) -> bytes | None:
        """A part's bytes; None when the package has none of this name, or not in one piece.

        Raises one of `ZIP_FAULTS` for a part that cannot be unpacked or is too large.
        """
        info = self._names.get(_plain(name))
        if info is None:
            return None
        with self._archive.open(info) as file:
            content = file.read(MAX_PART_BYTES + 1)
        if len(content) > MAX_PART_BYTES:
            raise ValueError(f"its part {name} has more than {MAX_PART_BYTES / 1e6:.0f} MB")
        return content


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


__all__ = ["ZIP_FAULTS", "Package"]
