"""`Document` → `Report`: who reported, for which year, what, with the words each figure came from.

The doors are `extract`, and `extract_all` for a page that may carry several reports. The parts are pure
functions on values; the rules they read are data in seeds/.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tasks.extract.bounds import first_report, rest_of
from tasks.extract.checks import check_document
from tasks.extract.citations import find_citations
from tasks.extract.contacts import find_contacts
from tasks.extract.findings import find_findings
from tasks.extract.forms import read_forms
from tasks.extract.kind import judge
from tasks.extract.metadata import read_metadata
from tasks.extract.narrative import read_narrative
from tasks.extract.printed import as_printed, reading_copy
from tasks.extract.recognised import located
from tasks.extract.sections import find_sections
from tasks.extract.sentences import find_sentences
from tasks.extract.statements import find_statements
from tasks.values import Document, Report

NARRATIVE = "narrative"


def extract_all(document: Document) -> Iterator[tuple[Document, Report]]:
    """The document with its report, then each further report that the page carries, as a document of its own
    whose uri has the fragment `#report-2`, `#report-3` …"""
    report = extract(document)
    yield document, report
    page, number = document.uri, 1
    while report.next_start is not None:
        number += 1
        document = rest_of(document, report.next_start, f"{page}#report-{number}")
        report = extract(document)
        yield document, report


def extract(document: Document) -> Report:
    """Everything one document says, of several reports the first; only metadata when it is none."""
    reading = reading_copy(document)
    report = _read(reading)
    return report if reading is document else as_printed(report, reading, document)


def _read(document: Document) -> Report:
    sections = find_sections(document)
    bounded = first_report(document, sections)
    document = bounded.document
    if bounded.second is not None:
        sections = find_sections(document)
    metadata = read_metadata(document, sections)
    forms = read_forms(replace(document, blocks=tuple(document.body())), metadata.year)
    is_report, reason = judge(document, sections, forms.filled)
    if not is_report:
        return Report(document.document_id, False, reason, None, metadata)
    sentences = list(find_sentences(document, sections))
    narrative, figures = read_narrative(document, sentences, metadata.year)
    statements = find_statements(document, sections, sentences, metadata.year)
    stated = {fact.indicator for fact in narrative if fact.member is None}
    report = Report(
        document_id=document.document_id,
        is_report=True,
        kind_reason=reason,
        form=forms.form or NARRATIVE,
        metadata=metadata,
        sections=sections,
        facts=located(
            document, (*forms.facts, *narrative, *(f for f in statements if f.indicator not in stated))
        ),
        figures=tuple(figures),
        form_cells=forms.cells,
        findings=find_findings(document, sections),
        contacts=find_contacts(document),
        citations=find_citations(document),
        next_start=bounded.next_start,
    )
    return replace(report, checks=(*check_document(bounded, report), *forms.checks))
