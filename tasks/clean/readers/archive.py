"""An archive as a document: the list of what lies in it. Its members are documents of their own (`fetch`)."""

from __future__ import annotations

from tasks.archives import ArchiveError, LockedError, MissingToolError, members
from tasks.clean.lines import Line, Outline
from tasks.clean.readers.reading import Reading, Tick, reading_of
from tasks.clean.readers.refusals import damaged, locked, refused
from tasks.kinds import Kind, kind_of
from tasks.values import Page

MEDIA_TYPES = {
    Kind.ZIP: "application/zip",
    Kind.RAR: "application/vnd.rar",
    Kind.SEVEN_ZIP: "application/x-7z-compressed",
}


def read(page: Page, tick: Tick) -> Reading:
    kind = kind_of(page.content)
    try:
        paths = [member.path for member in members(page.content)]
    except LockedError as error:
        raise locked(page.uri, kind.value) from error
    except MissingToolError as error:
        raise refused(
            page.uri, f"It is {kind.value}; {error}.", "Install that, then ingest again."
        ) from error
    except ArchiveError as error:
        raise damaged(page.uri, kind.value, error) from error
    if not paths:
        raise refused(page.uri, f"It is {kind.value} without any file in it.", "Leave it out.")
    return reading_of(MEDIA_TYPES[kind], Outline([Line(path) for path in paths], [], [0]))
