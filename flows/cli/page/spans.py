"""The document's text cut where evidence begins or ends, each piece with the facts it is evidence for.

Evidences may lie beside, within and across each other: a piece knows all that cover it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flows.cli.page.markup import Child, Html, element, joined, link


@dataclass(frozen=True, slots=True)
class Span:
    """The words from `start` to `end` are the evidence of fact `number`."""

    start: int
    end: int
    number: int
    is_conflict: bool = False


@dataclass(slots=True)
class MarkedText:
    """A text with its evidences and anchors, to be taken out piece by piece as HTML.

    `anchors`: names to jump to, by the offset at which they stand.
    """

    text: str
    spans: list[Span]
    anchors: dict[int, list[str]] = field(default_factory=dict)
    _cuts: list[int] = field(init=False)
    _covers: list[tuple[Span, ...]] = field(init=False)
    _shared: set[int] = field(init=False)
    _named: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        spans = [span for span in self.spans if 0 <= span.start < span.end <= len(self.text)]
        self._cuts = sorted({0, *(s.start for s in spans), *(s.end for s in spans), *self.anchors})
        self._covers = list(_covers(self._cuts, spans))
        self._shared = {s.number for cover in self._covers if len(cover) > 1 for s in cover}

    def html(self, start: int, end: int) -> Html:
        """The text between two offsets with its evidence marked."""
        return joined(self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> Iterator[Child]:
        at, number = start, bisect_right(self._cuts, start) - 1
        if start == end:  # an empty line or cell may still be jumped to
            yield from self._anchored(start)
        while at < end:
            following = self._cuts[number + 1] if number + 1 < len(self._cuts) else end
            stop = min(following, end)
            if at == self._cuts[number]:
                yield from self._anchored(at)
            yield self._piece(at, stop, self._covers[number])
            at, number = stop, number + 1

    def _anchored(self, at: int) -> Iterator[Html]:
        yield from (element("span", id=name, class_="at") for name in self.anchors.get(at, ()))

    def _piece(self, start: int, end: int, cover: tuple[Span, ...]) -> Child:
        """A piece of evidence links to its fact, the narrowest if several; others follow as small buttons."""
        words = self.text[start:end]
        if not cover:
            return words
        opening = [s for s in cover if s.number not in self._named]
        self._named.update(s.number for s in opening)
        names = [element("span", id=f"e{s.number}", class_="at") for s in opening[1:]]
        closing = [s for s in cover if s.end == end and s.number in self._shared]
        buttons = [link(f"f{s.number}", str(s.number), class_="to") for s in closing]
        narrowest = min(cover, key=lambda s: s.end - s.start)
        mark = element(
            "mark",
            link(f"f{narrowest.number}", words),
            id=f"e{opening[0].number}" if opening else None,
            class_=_looks(cover),
            data_f=" ".join(str(s.number) for s in cover),
        )
        return joined([*names, mark, *buttons])


def _looks(cover: tuple[Span, ...]) -> str | None:
    marks = ["several"] if len(cover) > 1 else []
    if any(span.is_conflict for span in cover):
        marks.append("conflict")
    return " ".join(marks) or None


def _covers(cuts: list[int], spans: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    """For each cut, the spans that cover the piece behind it."""
    opened: dict[int, list[Span]] = {}
    for span in spans:
        opened.setdefault(span.start, []).append(span)
    current: tuple[Span, ...] = ()
    for cut in cuts:
        current = (*(s for s in current if s.end > cut), *opened.get(cut, ()))
        yield current
