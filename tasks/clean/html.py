"""HTML → `Outline`: what a browser would show, as lines and tables.

Inline tags leave no trace, block tags and <br> end a line. One pass over the nodes, no recursion.
Not here: the text of a line (`line_writer`), attributes (`styles`), which tables are data (`tables`), offsets
(`compose`), what belongs to the report (`frame`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.labels import is_value
from tasks.clean.line_writer import LineWriter, Setting
from tasks.clean.lines import Outline, RawCell, RawTable
from tasks.clean.markup import tame
from tasks.clean.spaces import SPACES
from tasks.clean.styles import PLAIN, Style, read_align, read_span, read_style

UNSEEN_TAGS = """script style head template noscript noframes noembed iframe object svg audio video canvas map
    datalist"""
BLOCK_TAGS = """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav
    ol optgroup option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr
    ul xmp"""
UNSEEN = frozenset(UNSEEN_TAGS.split())
BLOCKS = frozenset(BLOCK_TAGS.split())  # all others, known or not (o:p, st1:date), are inline
BOLD = frozenset(("b", "strong"))
PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext", "textarea"))
# Elements around a report, never in it. Not <form>: it wraps whole pages of ASP.NET.
FRAME = frozenset(("header", "nav", "footer", "aside", "select", "menu"))
LEVELS = {f"h{n}": n for n in range(1, 7)}
MARKED = PREFORMATTED | FRAME | {"table", "center", *LEVELS}
MARKED_INLINE = BOLD | {"a", "br", "input", "meta"}
STRUCK = frozenset(("del", "s", "strike"))
TOLD_BY_TEXT = STRUCK | {"sup"}
# Longer struck text is a tag that was never closed.
STRUCK_CHARS = 120
# A raised mark of a note behind a number, which would read as its last digit.
NOTE = re.compile(r"\s*[\[(（［]?注?\d{1,2}[\])）］]?\s*|[*＊]{1,3}")


Attributes = dict[str, str | None]


HIDDEN = Setting(is_hidden=True)


class HtmlPage(NamedTuple):
    outline: Outline
    title: str | None
    meta: tuple[tuple[str, str], ...]


def read_html(html: str) -> HtmlPage:
    """The visible lines and tables of a page, its <title> and its named <meta> elements."""
    tree = LexborHTMLParser(tame(html))
    title, meta = None, []
    for node in tree.head.iter() if tree.head is not None else ():
        if node.tag == "meta":
            meta.extend(_meta(node.attributes))
        elif node.tag == "title" and title is None:
            title = SPACES.sub(" ", node.text()).strip() or None
    walk = Walk()
    if tree.body is not None:
        walk.through(tree.body)
    return HtmlPage(Outline(walk.lines, walk.tables, walk.parents), title, (*meta, *walk.meta))


def _meta(attributes: Attributes) -> list[tuple[str, str]]:
    name = attributes.get("name") or attributes.get("property")
    return [(name.strip().lower(), attributes.get("content") or "")] if name else []


class Walk(LineWriter):
    """The pass over the nodes: opens and closes elements, keeps what text inherits, collects tables."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[RawTable] = []
        self.parents: list[int] = [0]
        self.open_tables: list[RawTable] = []
        self.open_cells: list[RawCell] = []
        self.meta: list[tuple[str, str]] = []
        # Of each open element: its identity, what its text inherits, its container, and the tag it is
        # laid out as ("" if inline).
        self.stack: list[tuple[int, Setting, int, str]] = []

    def through(self, body: LexborNode) -> None:
        stack = self.stack
        stack.append((body.mem_id, Setting(), 0, "body"))
        nodes = iter(body.traverse(include_text=True))
        next(nodes)
        for node in nodes:
            parent = node.parent.mem_id  # type: ignore[union-attr]
            while stack[-1][0] != parent:
                role = stack.pop()[3]
                if role:
                    self.close(role)
            tag = node.tag
            _, setting, container, role = stack[-1]
            if tag == "-text":
                if not setting.is_hidden:
                    text = node.text_content or ""
                    if role and not text.isspace():
                        self.is_mixed = True
                    self.add(text, setting, container)
            elif tag is not None and tag[0] != "-":
                self.open(node, tag, setting, container)
        while stack:
            self.close(stack.pop()[3])

    def open(self, node: LexborNode, tag: str, outer: Setting, container: int) -> None:
        identity = node.mem_id
        if outer.is_hidden or tag in UNSEEN or (tag in TOLD_BY_TEXT and self.is_aside(node, tag)):
            self.stack.append((identity, HIDDEN, container, ""))
            return
        role = tag if tag in BLOCKS else ""
        attributes = node.attributes
        style = PLAIN
        if attributes:
            text = attributes.get("style")
            if text:
                style = read_style(text)
                if style.role is not None and (style.role != "div" or not role):
                    role = style.role
            if style.is_hidden or "hidden" in attributes or (style.is_struck and is_struck(node)):
                self.stack.append((identity, HIDDEN, container, ""))
                return
        if role:
            self.begin_block(role, attributes, container)
            if tag in MARKED or style is not PLAIN or "align" in attributes:
                outer = inherit_block(tag, attributes, style, outer)
            self.stack.append((identity, outer, len(self.parents) - 1, role))
            return
        if self.stack[-1][3]:
            self.cuts.append(len(self.parts))
        if tag in MARKED_INLINE or style is not PLAIN:
            outer = inherit_inline(tag, style, outer)
            if tag == "br":
                self.end(container)
            elif tag == "meta":
                self.meta.extend(_meta(attributes))
            elif tag == "input" and self.open_cells and is_value(value := attributes.get("value") or ""):
                self.add(value, outer, container)  # in a cell; others are prompts and buttons
        self.stack.append((identity, outer, container, ""))

    def is_aside(self, node: LexborNode, tag: str) -> bool:
        """Whether an element is struck out, or marks a note in a cell."""
        if tag in STRUCK:
            return is_struck(node)
        return bool(self.open_cells) and NOTE.fullmatch(node.text()) is not None

    def begin_block(self, role: str, attributes: Attributes, container: int) -> None:
        if self.parts or self.cuts:
            self.flush()
        self.parents.append(container)
        if role == "td" or role == "th":
            self.open_cell(role, attributes)
        elif role == "tr":
            if self.open_tables:
                self.open_tables[-1].rows.append([])
        elif role == "table":
            self.open_table(len(self.parents) - 1)

    def open_table(self, container: int) -> None:
        table = RawTable(len(self.lines), container)
        if self.open_tables:
            self.open_tables[-1].inner.append(table)
        self.tables.append(table)
        self.open_tables.append(table)

    def open_cell(self, role: str, attributes: Attributes) -> None:
        here = len(self.lines)
        rowspan = read_span(attributes["rowspan"]) if "rowspan" in attributes else 1
        colspan = read_span(attributes["colspan"]) if "colspan" in attributes else 1
        cell = RawCell(rowspan, colspan, role == "th", here, here)
        self.open_cells.append(cell)
        if self.open_tables:
            rows = self.open_tables[-1].rows
            if not rows:
                rows.append([])
            rows[-1].append(cell)

    def close(self, role: str) -> None:
        if self.parts or self.cuts:
            self.flush()
        if role == "table":
            self.open_tables.pop().last = len(self.lines)
        elif role == "td" or role == "th":
            self.open_cells.pop().last = len(self.lines)


def is_struck(node: LexborNode) -> bool:
    return len(node.text()) <= STRUCK_CHARS


def inherit_block(tag: str, attributes: Attributes, style: Style, outer: Setting) -> Setting:
    """What the text of a block element inherits: nearly always what its parent's does."""
    align = read_align(tag, attributes, style, outer.align)
    is_bold = outer.is_bold if style.is_bold is None else style.is_bold
    if tag in MARKED or align != outer.align or is_bold != outer.is_bold:
        return Setting(
            False,
            is_bold,
            outer.is_link,
            outer.is_pre or tag in PREFORMATTED,
            outer.is_frame or tag in FRAME,
            align,
            LEVELS.get(tag, outer.level),
        )
    return outer


def inherit_inline(tag: str, style: Style, outer: Setting) -> Setting:
    is_bold = (outer.is_bold or tag in BOLD) if style.is_bold is None else style.is_bold
    is_link = outer.is_link or tag == "a"
    if is_bold == outer.is_bold and is_link == outer.is_link:
        return outer
    return outer._replace(is_bold=is_bold, is_link=is_link)
