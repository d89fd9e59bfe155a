"""What a Word document says of a paragraph by its styles and itself: heading level, bold, alignment, list."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from tasks.clean.readers.word_names import VAL, W, number_in, switch_in, value_in
from tasks.clean.readers.xml import Element

HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-6])$", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"toc ?\d$|toc heading$|目录 ?\d$", re.IGNORECASE)
BODY_LEVEL = 9  # the outline level of what is no heading
MAX_LEVEL = 6
MAX_BASES = 20  # styles based on each other; Word itself allows eleven
ALIGNED = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Traits:
    """What is said of a paragraph or run; None: nothing. `numbering` is the list and the level in it."""

    level: int | None = None
    is_bold: bool | None = None
    align: str | None = None
    is_hidden: bool | None = None
    list_id: str | None = None
    list_level: int | None = None
    is_contents: bool | None = None  # a line of the table of contents

    def over(self, base: Traits) -> Traits:
        """These, and what they leave open from `base`."""
        ours = (getattr(self, field.name) for field in fields(self))
        theirs = (getattr(base, field.name) for field in fields(base))
        return Traits(*(b if a is None else a for a, b in zip(ours, theirs, strict=True)))


NOTHING = Traits()


def paragraph_traits(properties: Element | None) -> Traits:
    """What a `pPr` says itself."""
    if properties is None or not len(properties):
        return NOTHING
    numbering = properties.find(W + "numPr")
    align = value_in(properties, "jc")
    return Traits(
        level=_level(number_in(properties, "outlineLvl")),
        align=None if align is None else ALIGNED.get(align, ""),
        list_id=value_in(numbering, "numId"),
        list_level=number_in(numbering, "ilvl"),
    )


def _level(outline: int | None) -> int | None:
    """Word's outline level (0 the highest, 9 none) as a heading level; 0 for explicitly none."""
    if outline is None:
        return None
    return 0 if outline >= BODY_LEVEL else min(outline + 1, MAX_LEVEL)


def run_traits(properties: Element | None) -> Traits:
    """What an `rPr` says itself."""
    if properties is None or not len(properties):
        return NOTHING
    return Traits(is_bold=switch_in(properties, "b"), is_hidden=switch_in(properties, "vanish"))


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {}
        self._default = None
        for element in () if root is None else root.iter(W + "style"):
            name = element.get(W + "styleId")
            self._elements[name] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = name
        self._known: dict[str | None, Traits] = {None: NOTHING}

    def traits(self, style: str | None, *, is_paragraph: bool = True) -> Traits:
        """What the style says, with what it is based on; `None` is the default style."""
        name = style if style in self._elements else self._default if is_paragraph else None
        if name not in self._known:
            self._known[name] = self._resolve(name, MAX_BASES)
        return self._known[name]

    def _resolve(self, name: str | None, depth: int) -> Traits:
        element = self._elements.get(name)
        if element is None or depth == 0:
            return NOTHING
        own = paragraph_traits(element.find(W + "pPr")).over(run_traits(element.find(W + "rPr")))
        named = element.find(W + "name")
        own = own.over(_by_name("" if named is None else named.get(VAL, "")))
        return own.over(self._resolve(value_in(element, "basedOn"), depth - 1))


def _by_name(name: str) -> Traits:
    heading = HEADING_NAME.match(name.strip())
    if heading:
        return Traits(level=int(heading[1]))
    return Traits(is_contents=True) if CONTENTS_NAME.match(name.strip()) else NOTHING
