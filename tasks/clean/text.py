"""Plain text (copied from a browser) → blocks. The text stays as it is but for its line ends."""

from __future__ import annotations

from tasks.clean.compose import Composed, Draft
from tasks.clean.limits import MAX_LINES
from tasks.clean.spaces import SPACE
from tasks.clean.wrapped import unwrapped


def read_text(decoded: str) -> Composed:
    """Each line that is not blank is a block, its offsets without the white space around it."""
    text = decoded.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    drafts: list[Draft] = []
    position = 0
    lines = unwrapped(text.split("\n"))
    text = "\n".join(lines)
    for line in lines:
        core = line.lstrip(SPACE)
        if core:
            start = position + len(line) - len(core)
            if len(drafts) == MAX_LINES:  # what follows is not read: one block says how much it is
                drafts.append(Draft(start, len(text.rstrip(SPACE))))
                break
            drafts.append(Draft(start, start + len(core.rstrip(SPACE))))
        position += len(line) + 1
    return Composed(text, drafts)
