"""The report's prose cut into sentences, each with its section, its brackets set apart.

A sentence is what the narrative reader looks at: quantities in it explain each other. Bracketed
remarks (2011年为5件) are sentences of their own, so that their year does not colour the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tasks.frozen import frozen
from tasks.values import BlockKind, Document, Section

_END = re.compile(r"[。！？!?\n]")
_BRACKET = re.compile(r"[(（]([^()（）。]{2,160})[)）]")
# What stands in the place of a bracket: neither word nor separator, so rules read across it.
MASK = "\x00"
# A shorter remark is the number of what stands before it: 查阅点（3个）; so is a mere number: 网站（1200条）.
SHORT = 4
_MERE_NUMBER = re.compile(
    r"(?:[共计约]|合计|共计)?[0-9][0-9,，.]{0,12}[万余多]{0,2}[条件份篇次人个名宗起项]次?"
)


@frozen
class Sentence:
    """`text` has brackets masked (same length, so offsets hold); `start` counts in the document.

    `paragraph` numbers the paragraph; `opens` tells whether it is the paragraph's first sentence;
    `in_bracket` marks a remark, which follows the sentence it stands in.
    """

    text: str
    start: int
    paragraph: int
    section: Section | None
    in_bracket: bool = False

    @property
    def concept(self) -> str | None:
        return self.section.concept if self.section else None


def find_sentences(document: Document, sections: Sequence[Section]) -> Iterator[Sentence]:
    """Every sentence of the report's paragraphs and headings, tables left out, in order."""
    starts = [section.heading_start for section in sections]
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.TABLE or block.zone != "body":
            continue
        text = document.text_of(block)
        remarks = [m for m in _BRACKET.finditer(text) if _says_something(m[1])]
        if remarks:
            text = _BRACKET.sub(_masked, text)
        done = 0  # remarks given
        for start, end in _spans(text):
            place = bisect_right(starts, block.start + start) - 1
            section = sections[place] if place >= 0 else None
            yield Sentence(text[start:end], block.start + start, number, section)
            while done < len(remarks) and remarks[done].start() < end:
                m = remarks[done]
                yield Sentence(m[1], block.start + m.start(1), number, section, in_bracket=True)
                done += 1


def _masked(match: re.Match[str]) -> str:
    return MASK * (match.end() - match.start()) if _says_something(match[1]) else match[0]


def _says_something(remark: str) -> bool:
    """A remark with a number is a statement of its own; （件） and （3个） are not set apart."""
    if len(remark) <= SHORT or _MERE_NUMBER.fullmatch(remark.strip()):
        return False
    return any(c.isdigit() for c in remark)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)
