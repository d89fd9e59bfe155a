"""What an archive may hold at most, and what is said of its members."""

from __future__ import annotations

from dataclasses import dataclass


class ArchiveError(Exception):
    """An archive that cannot be opened, or goes beyond the limits; its words say why."""


class LockedError(ArchiveError):
    """Opening it takes a password."""


class MissingToolError(ArchiveError):
    """What opens such archives is not on this machine."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A county's reports of a year in one archive are some hundred files of 100 MB together."""

    members: int = 5_000
    member_bytes: int = 120_000_000
    total_bytes: int = 600_000_000
    ratio: int = 250  # unpacked to packed bytes: Word's HTML reaches 30, a bitmap of blank paper 100
    ratio_from: int = 5_000_000  # the ratio of what is smaller does not matter
    seconds: int = 60

    def too_dense(self, packed: int, unpacked: int) -> bool:
        return unpacked > self.ratio_from and unpacked > self.ratio * packed


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path there with `/`, and its bytes, or why it has none."""

    path: str
    content: bytes = b""
    fault: str | None = None


def member_path(name: str) -> str | None:
    """A name as a path inside the archive; None for one that leads out of it."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":  # C:
        parts = parts[1:]
    return None if ".." in parts or not parts else "/".join(parts)
