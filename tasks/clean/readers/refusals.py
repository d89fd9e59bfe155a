"""The errors of readers: what cannot be read, why, and what to do next."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from tasks.errors import TerminalError


def refused(uri: str, message: str, advice: str) -> TerminalError:
    return TerminalError(uri, "clean", message, advice)


def damaged(uri: str, what: str, cause: object) -> TerminalError:
    """`what` is the format (`Kind.value`), `cause` the words of the library that gave up."""
    return refused(
        uri,
        f"It is {what} that cannot be read: {str(cause).rstrip('.')}.",
        "Fetch it again; open it to see if it is whole.",
    )


def locked(uri: str, what: str) -> TerminalError:
    """Opening it takes a password."""
    return refused(uri, f"It is {what} locked by a password.", "Save it without the password.")


def missing_extra(uri: str, what: str, extra: str) -> TerminalError:
    """The reader of this format is an extra that is not installed."""
    return refused(
        uri,
        f"It is {what}; its reader is not installed.",
        f"Run: pip install 'gongkai[{extra}]', then ingest again.",
    )


def missing_program(uri: str, what: str, program: str, package: str) -> TerminalError:
    """The reader of this format needs a program of the system that is not there."""
    return refused(
        uri,
        f"It is {what}; reading it needs {program}.",
        f"Install it (Debian: apt-get install {package}), then ingest again.",
    )


def installed_ocr() -> ModuleType | None:
    """The reader of images, None without the extra that brings what it imports."""
    try:
        return import_module("tasks.clean.readers.ocr")
    except ModuleNotFoundError:
        return None
