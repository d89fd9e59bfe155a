"""Pages of a fixed layout (PDF, OFD, scans) → text and blocks, from nothing but what stands where.

A reader of such a format gives `Sheet`s: characters and ruled lines with their places. What is common to all
of them is here: lines of text, running heads, ruled and unruled tables, paragraphs, joins over page breaks.
The door is `compose_sheets`. Not here: bytes of any format (`tasks.clean.readers`).
"""

from tasks.clean.paged.compose import compose_sheets
from tasks.clean.paged.sheet import Glyph, Rule, Sheet

__all__ = ["Glyph", "Rule", "Sheet", "compose_sheets"]
