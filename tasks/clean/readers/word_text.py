"""The runs of a Word paragraph → its text, what all of it has in common, and the text boxes and
pictures that hang on it.

Deleted text of tracked changes, field codes, hidden text and ruby readings are no text; inserted text is.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasks.clean.readers.word_names import MC, W, value_in
from tasks.clean.readers.word_styles import Styles, run_traits
from tasks.clean.readers.xml import Element

BREAK = "\n"
CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": BREAK,
    W + "cr": BREAK,
    W + "noBreakHyphen": "-",
}
PRIVATE = 0xF000  # symbol fonts' characters stand this much higher
# Never text of the document as it stands.
DROPPED = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sectPr", "rt", "proofErr"),
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"),
    )
)
BOX = W + "txbxContent"
DRAWN = frozenset({W + "drawing", W + "pict", W + "object", MC + "AlternateContent"})
RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
PICTURED = frozenset(space + name for space in RELATIONS for name in ("embed", "id"))
NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})


class ParagraphText:
    """The text of one paragraph, gathered run by run."""

    def __init__(self, styles: Styles, is_bold: bool) -> None:
        self._styles = styles
        self._is_bold = is_bold  # unless a run says otherwise
        self._pieces: list[str] = []
        self._plain = self._bold = False
        self.boxes: list[Element] = []
        self.pictures: list[str] = []  # the names of their relations
        self.notes: list[Element] = []  # references to footnotes and endnotes

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def is_bold(self) -> bool:
        """All visible text is bold."""
        return self._bold and not self._plain

    def gather(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in DRAWN:
                self._drawn(child)
            elif tag not in DROPPED and isinstance(tag, str):
                self.gather(child)  # links, insertions, smart tags, content controls, fields

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        own = run_traits(properties)
        if properties is not None and (style := value_in(properties, "rStyle")):
            own = own.over(self._styles.traits(style, is_paragraph=False))
        if own.is_hidden:
            return
        is_bold = self._is_bold if own.is_bold is None else own.is_bold
        for node in run:
            self._node(node, is_bold)

    def _node(self, node: Element, is_bold: bool) -> None:
        tag = node.tag
        if tag == W + "t":
            self._write(node.text or "", is_bold)
        elif tag in CHARACTERS:
            self._pieces.append(CHARACTERS[tag])
        elif tag == W + "sym":
            self._write(symbol(node.get(W + "char", "")), is_bold)
        elif tag in DRAWN:
            self._drawn(node)
        elif tag in NOTES:
            self.notes.append(node)
        elif tag == W + "ruby":
            base = node.find(W + "rubyBase")
            if base is not None:
                self.gather(base)

    def _drawn(self, element: Element) -> None:
        self.boxes.extend(boxes_in(element))
        self.pictures.extend(pictures_in(element))

    def _write(self, text: str, is_bold: bool) -> None:
        self._pieces.append(text)
        if text and not text.isspace():
            self._bold, self._plain = self._bold or is_bold, self._plain or not is_bold


def boxes_in(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing, the outermost only. What stands there twice, for new and for old programs,
    is taken once."""
    if element.tag == BOX:
        yield element
        return
    if element.tag == MC + "AlternateContent":
        for version in element:
            found = list(boxes_in(version))
            if found:
                yield from found
                return
        return
    for child in element:
        yield from boxes_in(child)


def pictures_in(element: Element) -> Iterator[str]:
    """The relations of the pictures in a drawing (a:blip, v:imagedata), those in its text boxes left out."""
    if element.tag == BOX:
        return
    if isinstance(element.tag, str) and element.tag.endswith(("}blip", "}imagedata")):
        yield from (value for name, value in element.attrib.items() if name in PICTURED)
    for child in element:
        yield from pictures_in(child)


def symbol(code: str) -> str:
    """A character of a symbol font, if it is one that all fonts have."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    number -= PRIVATE if PRIVATE <= number < PRIVATE + 0x100 else 0
    return chr(number) if 0x20 <= number < 0xD800 else ""
