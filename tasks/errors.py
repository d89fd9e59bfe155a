"""Errors of two kinds, told apart by type: transient ones are retried, terminal ones quarantined.

Each says what was wrong, on which document, in which step, and what to do next.
"""

from __future__ import annotations


class GongkaiError(Exception):
    """Something a user can act on: the message says what was wrong, `advice` what to do next."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class DocumentError(GongkaiError):
    """One document failed in one step (`fetch`, `clean`, `extract` or `load`)."""

    def __init__(self, uri: str, stage: str, message: str, advice: str) -> None:
        super().__init__(message, advice)
        self.args = (uri, stage, message, advice)  # what pickle hands to __init__
        self.uri = uri
        self.stage = stage

    def __str__(self) -> str:
        return f"{self.uri}: {self.stage}: {self.message} {self.advice}".strip()


class TransientError(DocumentError):
    """May succeed when tried again: a file being written, a busy disk, a server's 503."""


class TerminalError(DocumentError):
    """Will fail again until somebody changes the document, the code or the machine."""
