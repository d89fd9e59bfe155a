"""A page as a reader of a paged format hands it on: characters and ruled lines, each with its place.

All measures are points (1/72 inch) from the upper left corner of the page as it is seen; y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

HORIZONTAL, DOWNWARDS, UPWARDS = 0, 90, 270
"""How the text runs, in degrees clockwise. What stands on its head is turned by the reader."""


class Glyph(NamedTuple):
    """A character, or a word that a reader can not part (OCR).

    `size` is the font's in points; `run` names the stroke of text it was drawn with: what is drawn together
    belongs together even where it runs over a line; `confidence` is 1 unless it was recognised.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool = False
    angle: int = HORIZONTAL
    run: int = 0
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class Rule(NamedTuple):
    """A ruled line, horizontal or vertical: a box without thickness."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Sheet:
    """A page: `number` counts from 1 as the file's viewer does."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def hull(boxes: list[Box]) -> Box:
    """The smallest box around all."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
