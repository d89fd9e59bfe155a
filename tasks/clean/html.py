"""HTML → `Outline`: what a browser would show, as lines and tables.

Inline tags leave no trace, block tags and <br> end a line, source white space collapses as CSS says.
Not here: which tables are data (`tables`), offsets (`compose`), what belongs to the report (`frame`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.clean.lines import Line, Outline, RawCell, RawTable
from tasks.clean.markup import tame

UNSEEN = frozenset(
    "script style head template noscript noframes noembed iframe object svg title audio video canvas map datalist".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav ol optgroup"
    " option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp".split()
)  # all others, known or not (o:p, st1:date), are inline
BOLD = frozenset(("b", "strong"))
PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext", "textarea"))
FRAME = frozenset(("header", "nav", "footer", "aside", "select", "button", "menu"))
LEVELS = {f"h{n}": n for n in range(1, 7)}
ALIGNS = {"center": "center", "right": "right", "left": "", "justify": "", "middle": "center"}
HTML_SPACE = " \t\n\r\f"
SPACES = re.compile(r"[ \t\n\r\f]+")
NEWLINES = re.compile(r"[ \t\r\f]*[\n\r][ \t\n\r\f]*")
STYLE = re.compile(r"(?:^|[;\s])(display|visibility|font-weight|text-align)\s{0,9}:\s{0,9}([a-z0-9-]{1,20})")
# Characters between which a line break of the source is no space (CSS Text 3, segment breaks).
CJK = re.compile("[\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’…—]")


class Style(NamedTuple):
    """What an element's style attribute says, as far as it matters here; None where it says nothing."""

    is_hidden: bool = False
    is_bold: bool | None = None
    align: str | None = None
    is_block: bool | None = None


class Frame(NamedTuple):
    """An open element and what its text inherits."""

    identity: int
    tag: str
    is_block: bool
    is_hidden: bool
    is_bold: bool
    is_link: bool
    is_pre: bool
    is_frame: bool
    align: str
    level: int | None
    container: int


PLAIN = Style()


class Page(NamedTuple):
    outline: Outline
    title: str | None
    meta: tuple[tuple[str, str], ...]


def read_html(html: str) -> Page:
    """The visible lines and tables of a page, its <title> and its named <meta> elements."""
    tree = LexborHTMLParser(tame(html))
    walk = Walk()
    if tree.body is not None:
        walk.through(tree.body)
    return Page(walk.outline(), _title(tree), _meta(tree))


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.head.css_first("title") if tree.head is not None else None
    return (SPACES.sub(" ", node.text()).strip() or None) if node else None


def _meta(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    found = []
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        if name:
            found.append((name.strip().lower(), attributes.get("content") or ""))
    return tuple(found)


class Walk:
    """One pass over the nodes in document order, without recursion; collects lines and tables."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[RawTable] = []
        self.parents: list[int] = [0]
        self.frames: list[Frame] = []
        self.styles: dict[str, Style] = {}
        self.open_tables: list[RawTable] = []
        self.open_cells: list[RawCell] = []
        self._clear()

    def _clear(self) -> None:
        self.parts: list[str] = []
        self.pending = ""  # white space seen and not yet written: "", " " or "\n"
        self.all_bold = True
        self.linked = 0
        self.first: Frame | None = None

    def outline(self) -> Outline:
        return Outline(self.lines, self.tables, self.parents)

    def through(self, body: LexborNode) -> None:
        root = Frame(body.mem_id, "body", True, False, False, False, False, False, "", None, 0)
        frames = self.frames
        frames.append(root)
        nodes = iter(body.traverse(include_text=True))
        next(nodes)
        for node in nodes:
            parent = node.parent.mem_id  # type: ignore[union-attr]
            while frames[-1].identity != parent:
                self.close(frames.pop())
            tag = node.tag
            if tag == "-text":
                top = frames[-1]
                if not top.is_hidden:
                    self.add(node.text_content or "", top)
            elif tag is not None and tag[0] != "-":
                self.open(node, tag, frames[-1])
        while frames:
            self.close(frames.pop())

    # ------------------------------------------------------------ elements

    def open(self, node: LexborNode, tag: str, outer: Frame) -> None:
        if outer.is_hidden or tag in UNSEEN:
            self.frames.append(outer._replace(identity=node.mem_id, tag="", is_block=False, is_hidden=True))
            return
        attributes = node.attributes
        style = self.style(attributes["style"]) if attributes.get("style") else PLAIN
        if style.is_hidden or "hidden" in attributes:
            self.frames.append(outer._replace(identity=node.mem_id, tag="", is_block=False, is_hidden=True))
            return
        is_block = tag in BLOCKS if style.is_block is None else style.is_block
        container = outer.container
        if is_block:
            if tag == "br":
                self.line_break()
            else:
                self.flush()
                self.parents.append(container)
                container = len(self.parents) - 1
                self.open_table_part(tag, attributes, outer)
        bold = style.is_bold
        if bold is None:
            bold = outer.is_bold or tag in BOLD
        self.frames.append(
            Frame(
                node.mem_id,
                tag,
                is_block,
                False,
                bold,
                outer.is_link or tag == "a",
                outer.is_pre or tag in PREFORMATTED,
                outer.is_frame or tag in FRAME,
                self.align(tag, attributes, style, outer),
                LEVELS.get(tag, outer.level),
                container,
            )
        )

    def close(self, frame: Frame) -> None:
        if not frame.is_block or frame.tag == "br":
            return
        self.flush()
        tag = frame.tag
        if tag == "table":
            self.open_tables.pop().last = len(self.lines)
        elif tag in ("td", "th") and self.open_cells:
            self.open_cells.pop().last = len(self.lines)

    def open_table_part(self, tag: str, attributes: dict[str, str | None], outer: Frame) -> None:
        if tag == "table":
            if self.open_tables:
                self.open_tables[-1].has_tables = True
            table = RawTable(len(self.lines), len(self.parents) - 1)
            self.tables.append(table)
            self.open_tables.append(table)
        elif not self.open_tables:
            return
        elif tag == "tr":
            self.open_tables[-1].rows.append([])
        elif tag in ("td", "th"):
            here = len(self.lines)
            cell = RawCell(
                _span(attributes.get("rowspan")), _span(attributes.get("colspan")), tag == "th", here, here
            )
            rows = self.open_tables[-1].rows
            if rows:
                rows[-1].append(cell)
            self.open_cells.append(cell)

    def align(self, tag: str, attributes: dict[str, str | None], style: Style, outer: Frame) -> str:
        if style.align is not None:
            return style.align
        if tag == "center":
            return "center"
        if tag == "table":  # its align places the table, and its cells do not inherit from around it
            return ""
        claimed = attributes.get("align")
        if claimed:
            return ALIGNS.get(claimed.strip().lower(), outer.align)
        return outer.align

    def style(self, text: str) -> Style:
        known = self.styles.get(text)
        if known is None:
            known = self.styles[text] = read_style(text)
        return known

    # ---------------------------------------------------------------- text

    def add(self, text: str, frame: Frame) -> None:
        if frame.is_pre:
            self.add_preformatted(text, frame)
            return
        core = text.strip(HTML_SPACE)
        if not core:
            if text and self.pending != "\n":
                self.pending = "\n" if "\n" in text else " "
            return
        if len(core) != len(text) and text[0] in HTML_SPACE:
            lead = text[: len(text) - len(text.lstrip(HTML_SPACE))]
            self.pending = "\n" if "\n" in lead or self.pending == "\n" else " "
        if "\n" in core or "  " in core or "\t" in core or "\r" in core:
            core = collapse(core)
        if self.pending:
            if self.parts and not (self.pending == "\n" and CJK.match(self.parts[-1][-1]) and CJK.match(core)):
                self.parts.append(" ")
            self.pending = ""
        self.write(core, frame)
        if text[-1] in HTML_SPACE:
            self.pending = "\n" if "\n" in text[len(text.rstrip(HTML_SPACE)) :] else " "

    def write(self, core: str, frame: Frame) -> None:
        self.parts.append(core)
        if not frame.is_bold and self.all_bold and core.strip():
            self.all_bold = False
        if frame.is_link:
            self.linked += len(core)
        if self.first is None:
            self.first = frame

    def add_preformatted(self, text: str, frame: Frame) -> None:
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self.line_break()
            if line:
                self.write(line, frame)

    def line_break(self) -> None:
        """A <br>: ends the line; on an empty line it leaves a blank one."""
        if self.parts:
            self.flush()
        else:
            self.lines.append(Line("", self.frames[-1].container))
            self._clear()

    def flush(self) -> None:
        """End the current line, if anything stands in it."""
        if self.parts:
            text = "".join(self.parts)
            frame = self.first or self.frames[-1]
            self.lines.append(
                Line(
                    text,
                    frame.container,
                    frame.level,
                    self.all_bold and not text.isspace(),
                    frame.align or None,
                    self.linked,
                    frame.is_frame,
                )
            )
        if self.parts or self.pending:
            self._clear()


def collapse(text: str) -> str:
    """Runs of source white space to one space; to none where a line break stood between CJK characters."""

    def joint(run: re.Match[str]) -> str:
        before, after = text[run.start() - 1], text[run.end() : run.end() + 1]
        return "" if CJK.match(before) and after and CJK.match(after) else " "

    if "\n" in text or "\r" in text:
        text = NEWLINES.sub(joint, text)
    return SPACES.sub(" ", text)


def read_style(text: str) -> Style:
    is_hidden, bold, align, block = False, None, None, None
    for name, value in STYLE.findall(text.lower()):
        if name == "display":
            is_hidden = value == "none"
            block = False if value in ("inline", "inline-block") else True if value == "block" else block
        elif name == "visibility":
            is_hidden = is_hidden or value == "hidden"
        elif name == "font-weight":
            bold = value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600)
        else:
            align = ALIGNS.get(value, "")
    return Style(is_hidden, bold, align, block)


def _span(value: str | None) -> int:
    digits = re.match(r"\s{0,9}(\d{1,9})", value) if value else None
    return int(digits[1]) if digits else 1
