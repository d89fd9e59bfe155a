"""The names of WordprocessingML: one namespace for its dialects (transitional, strict, Word 2003's)."""

from __future__ import annotations

from tasks.clean.readers.xml import Element, parse_xml

_NAMESPACE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DIALECTS = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.microsoft.com/office/word/2003/wordml",
)
W = "{" + _NAMESPACE.decode() + "}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL = W + "val"
_FALSE = frozenset({"0", "false", "off", "none"})


def parse_word(content: bytes) -> Element:
    """A part's root, whatever dialect it is in."""
    for dialect in _DIALECTS:
        content = content.replace(dialect, _NAMESPACE)
    return parse_xml(content)


def value_in(element: Element | None, name: str) -> str | None:
    """The `val` of the child `name`, "" where the child has none; None without such a child."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(VAL, "")


def switch_in(element: Element | None, name: str) -> bool | None:
    """Whether the property `name` is switched on or off; None where nothing is said."""
    value = value_in(element, name)
    return None if value is None else value.lower() not in _FALSE


def number_in(element: Element | None, name: str) -> int | None:
    return as_number(value_in(element, name))


def as_number(value: str | None) -> int | None:
    try:
        return int(float(value)) if value else None
    except (ValueError, OverflowError):
        return None
