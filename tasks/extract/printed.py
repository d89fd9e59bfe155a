"""A page in traditional characters: read in simplified ones, reported in its own.

Here: the reading copy of a document, and a report's words put back as the page prints them. What names a
thing beyond this page (agency, region, unit, concept, a form's rows) stays in simplified characters, so that
one query finds both mirrors of a site. Not here: the characters (`tasks.traditional`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from tasks.extract.lines import close_up
from tasks.traditional import simplified
from tasks.values import Citation, Contact, Document, Fact, Figure, Finding, FormCell, Report, Section

Evident = TypeVar("Evident", Fact, Figure)


def reading_copy(document: Document) -> Document:
    """The document in simplified characters, offsets unchanged; itself where no other character stands."""
    text = simplified(document.text)
    if text is document.text:
        return document
    return replace(
        document,
        text=text,
        page_title=simplified(document.page_title) if document.page_title else None,
        page_meta=tuple((name, simplified(content)) for name, content in document.page_meta),
    )


def as_printed(report: Report, reading: Document, document: Document) -> Report:
    """The report on `reading` with its words as `document` prints them."""
    words = _Words(reading.text, document.text)
    title = report.metadata.title
    return replace(
        report,
        metadata=replace(report.metadata, title=title and words.of(title, 0, len(document.text))),
        sections=tuple(map(words.section, report.sections)),
        facts=tuple(map(words.evidence, report.facts)),
        figures=tuple(map(words.evidence, report.figures)),
        form_cells=tuple(map(words.cell, report.form_cells)),
        findings=tuple(map(words.finding, report.findings)),
        contacts=tuple(map(words.contact, report.contacts)),
        citations=tuple(map(words.citation, report.citations)),
    )


class _Words:
    """Both texts, place for place."""

    def __init__(self, read: str, printed: str) -> None:
        self.read, self.printed = read, printed

    def of(self, value: str, start: int, end: int) -> str:
        """What is printed where `value` was read between the offsets; itself if it was put together."""
        at = self.read.find(value, start, end)
        return value if at < 0 else self.printed[at : at + len(value)]

    def evidence(self, one: Evident) -> Evident:
        return replace(one, evidence=self.printed[one.evidence_start : one.evidence_end])

    def section(self, one: Section) -> Section:
        heading = close_up(self.printed[one.heading_start : one.heading_end])
        text = self.printed[one.text_start : one.text_end]
        return replace(one, heading=heading[-len(one.heading) :] if one.heading else "", text=text)

    def cell(self, one: FormCell) -> FormCell:
        return replace(one, raw=self.of(one.raw, one.text_start, one.text_end))

    def finding(self, one: Finding) -> Finding:
        return replace(one, text=self.printed[one.text_start : one.text_end])

    def contact(self, one: Contact) -> Contact:
        return replace(one, value=self.of(one.value, one.evidence_start, one.evidence_end))

    def citation(self, one: Citation) -> Citation:
        title = self.of(one.title, one.evidence_start, one.evidence_end)
        number = one.number and self.of(one.number, one.evidence_start, one.evidence_end)
        return replace(one, title=title, number=number)
