"""HTML that cannot be broken out of: every child and attribute is escaped unless it is `Html` already.

Nothing about reports here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable


class Html(str):
    """Text that is markup already; made by this module, or a constant."""

    __slots__ = ()


Child = Html | str | None

# What XML and HTML forbid as characters: controls but tab and line feed, surrogates, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RETURNS = re.compile("\r\n?")


def escaped(text: str) -> Html:
    """The text as HTML shows it; characters that HTML forbids become U+FFFD, as browsers would show them."""
    return Html(html.escape(_FORBIDDEN.sub("\ufffd", _RETURNS.sub("\n", text))))


def joined(children: Iterable[Child]) -> Html:
    """The children one after the other; None is left out."""
    return Html("".join(_child(child) for child in children if child is not None))


def element(name: str, *children: Child, **attributes: object) -> Html:
    """`<name …>children</name>`; `class_` is class, `data_f` data-f; None leaves one out, True is bare."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{"" if value is True else escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{written}>{joined(children)}</{name}>")


def link(anchor: str, *children: Child, **attributes: object) -> Html:
    """A jump within the page."""
    return element("a", *children, href=f"#{anchor}", **attributes)


def _child(child: str) -> str:
    return child if isinstance(child, Html) else escaped(child)
