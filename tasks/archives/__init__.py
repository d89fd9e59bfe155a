"""Archives → their members, within limits: ZIP by the standard library, RAR and 7z by libarchive.

`members` is the door. Here: names and bytes of what lies in one archive. Not here: which members are
documents and where their bytes go (`tasks.fetch.archives`). Nothing is ever written under a member's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasks.archives.foreign import foreign_members
from tasks.archives.limits import ArchiveError, Limits, LockedError, Member, MissingToolError
from tasks.archives.zips import zip_members
from tasks.kinds import Kind, kind_of


def members(content: bytes, limits: Limits | None = None) -> Iterator[Member]:
    """The files of an archive in their order. Raises `ArchiveError` for one that cannot be opened, at the
    first member; a single member that cannot be read says so itself (`Member.fault`)."""
    bounds = limits or Limits()
    read = zip_members if kind_of(content) is Kind.ZIP else foreign_members
    for number, member in enumerate(read(content, bounds)):
        if number >= bounds.members:
            raise ArchiveError(f"it has more than {bounds.members:,} members")
        yield member


__all__ = ["ArchiveError", "Limits", "LockedError", "Member", "MissingToolError", "members"]
