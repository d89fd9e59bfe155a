"""What an element's attributes say about its text: hidden, bold, aligned, laid out as a table.

Only inline styles and plain attributes: style sheets are not fetched, and a class hides in one page what
it shows in the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

ALIGNS = {"center": "center", "middle": "center", "right": "right", "left": "", "justify": "", "start": ""}
# display values that make any element a part of a table, or take it out of the line
ROLES = {"table": "table", "table-row": "tr", "table-cell": "td"} | dict.fromkeys(
    ("block", "flex", "grid"), "div"
)
INLINE = frozenset(("inline", "inline-block", "inline-flex"))
SEMIBOLD = 600  # font-weight from which a browser shows bold
DECLARATION = re.compile(
    r"(?:^|[;\s])(display|visibility|font-weight|text-align|text-decoration)(?:-line)?\s{0,9}:\s{0,9}([a-z0-9-]{1,20})"
)


class Style(NamedTuple):
    """What a style attribute says, as far as it matters here; None where it says nothing.

    `role` is the tag the element is laid out as: table, tr, td, div, or "" for inline.
    """

    is_hidden: bool = False
    is_bold: bool | None = None
    align: str | None = None
    role: str | None = None
    is_struck: bool = False


PLAIN = Style()


@lru_cache(maxsize=2048)
def read_style(text: str) -> Style:
    is_hidden, bold, align, role, is_struck = False, None, None, None, False
    for name, value in DECLARATION.findall(text.lower()):
        if name == "display":
            is_hidden = value == "none"
            role = "" if value in INLINE else ROLES.get(value)
        elif name == "visibility":
            is_hidden = is_hidden or value in ("hidden", "collapse")
        elif name == "font-weight":
            bold = int(value) >= SEMIBOLD if value.isdigit() else value in ("bold", "bolder")
        elif name == "text-decoration":
            is_struck = value == "line-through"
        else:
            align = ALIGNS.get(value, align)
    return Style(is_hidden, bold, align, role, is_struck)


def read_align(tag: str, attributes: dict[str, str | None], style: Style, inherited: str) -> str:
    """`center`, `right` or "" for the text of a block element."""
    if style.align is not None:
        return style.align
    if tag == "center":
        return "center"
    if tag == "table":  # its align places the table itself; its cells do not inherit from around it
        return ""
    claimed = attributes.get("align")
    return ALIGNS.get(claimed.strip().lower(), inherited) if claimed else inherited


def read_span(value: str | None) -> int:
    """A rowspan or colspan as a browser reads it: leading digits, 1 if there are none."""
    digits = re.match(r"\s{0,9}(\d{1,9})", value) if value else None
    return int(digits[1]) if digits else 1
