"""Whether a line goes on in the next one: what stands between two lines of one cell or paragraph.

Here: the joint of two lines and the signs of a new beginning. Not here: which lines are neighbours.
"""

from __future__ import annotations

from tasks.clean.paged.rows import TextLine
from tasks.clean.spaces import NUMBER_START, WORD_START, seam

# The room left in a cell, in sizes, that is its padding (Word's is 5.4 pt on each side) and no blank space.
PADDING = 1.6


def joint(before: TextLine, after: TextLine, width: float) -> str:
    """What stands between two lines of a cell of this width: nothing, a blank, or a line break.

    A line is full if the next line's first word would not have fitted behind it.
    """
    size = max(before.size, after.size)
    room = width - (before.right - before.left)
    if room - PADDING * size >= _first_word(after):
        return "\n"
    return seam(before.text, after.text)


def _first_word(line: TextLine) -> float:
    """The width of what could not be broken at the beginning of a line: a character, a number, a word."""
    match = NUMBER_START.match(line.text) or WORD_START.match(line.text)
    length = match.end() if match else 1
    return (line.right - line.left) * length / len(line.text)
