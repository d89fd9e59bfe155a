"""Plain text (copied from a browser) → blocks. The text stays as it is but for the line ends."""

from __future__ import annotations

from tasks.clean.compose import SPACE, Composed, Draft
from tasks.clean.limits import MAX_LINES


def read_text(decoded: str) -> Composed:
    """Each line that is not blank is a block, its offsets without the white space around it."""
    text = decoded.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    drafts: list[Draft] = []
    position = 0
    for line in text.split("\n"):
        core = line.lstrip(SPACE)
        if core:
            start = position + len(line) - len(core)
            if len(drafts) == MAX_LINES:  # what follows is not read: one block says how much it is
                drafts.append(Draft(start, len(text.rstrip(SPACE))))
                break
            drafts.append(Draft(start, start + len(core.rstrip(SPACE))))
        position += len(line) + 1
    return Composed(text, drafts)
