"""Just enough of a page's markup to find one's way: its title, its visible text, its links. No report is
read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.charset import decode

_BLANKS = re.compile(r"[\s\u3000\xa0]+")
_UNSEEN = ("script", "style", "noscript", "template")
_CHARSET = "charset="


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where to, what it says (its title attribute when the words are cut short), the words
    around it."""

    href: str
    text: str
    around: str = ""


def text_of(content: bytes, media_type: str | None) -> str:
    """The bytes as text, whatever charset they claim."""
    _, found, claim = (media_type or "").lower().partition(_CHARSET)
    return decode(content, claim.split(";")[0].strip(" \"'") if found else None).text


class Markup:
    """A parsed page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._tree = LexborHTMLParser(source)

    @property
    def title(self) -> str:
        node = self._tree.css_first("title")
        return squeezed(node.text()) if node is not None else ""

    @property
    def base(self) -> str | None:
        """The address that relative links start from, if the page names one."""
        node = self._tree.css_first("base[href]")
        return node.attributes.get("href") if node is not None else None

    def heading(self) -> str:
        for selector in ("h1", "h2", "h3"):
            node = self._tree.css_first(selector)
            if node is not None and (words := squeezed(node.text())):
                return words
        return ""

    def visible(self) -> str:
        """The text a reader sees, blanks squeezed. Takes scripts and styles out of the tree."""
        self._tree.strip_tags(list(_UNSEEN))
        body = self._tree.body
        return squeezed(body.text(separator=" ")) if body is not None else ""

    def links(self, selector: str = "a[href]") -> Iterator[Link]:
        for node in self._tree.css(selector):
            href = (node.attributes.get("href") or "").strip()
            if href and not href.startswith("#"):
                yield Link(href, _words(node), _around(node))

    def sources(self, selector: str, attribute: str) -> Iterator[str]:
        """The attribute's values at the elements that the selector names."""
        for node in self._tree.css(selector):
            if value := (node.attributes.get(attribute) or "").strip():
                yield value

    def has(self, selector: str) -> bool:
        return self._tree.css_first(selector) is not None

    def text_outside_links(self) -> str:
        """The visible text without what links and buttons say: the report, if there is one."""
        self._tree.strip_tags([*_UNSEEN, "a", "button", "select"], recursive=True)
        body = self._tree.body
        return squeezed(body.text(separator=" ")) if body is not None else ""


def squeezed(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _words(node: LexborNode) -> str:
    shown = squeezed(node.text())
    title = squeezed(node.attributes.get("title") or "")
    if not shown:
        image = node.css_first("img[alt]")
        shown = squeezed(image.attributes.get("alt") or "") if image is not None else ""
    cut = shown.rstrip(".…· ")
    return title if not shown or len(title) > len(cut) else shown


def _around(node: LexborNode) -> str:
    """The text of the row that the link stands in: where a list prints its dates."""
    row: LexborNode | None = node
    for _ in range(4):
        row = row.parent if row is not None else None
        if row is None or row.tag in ("body", "ul", "table", "tbody"):
            break
        if row.tag in ("li", "tr", "dd", "dl", "p") or (
            row.tag == "div" and row.text().strip() != node.text().strip()
        ):
            return squeezed(row.text(separator=" "))[:300]
    return ""
