"""What of the warehouse is published: tables, columns, and which columns hold words of the pages.

A table that the contract gains is published once it is named here; a text column that it gains is masked.
"""

from __future__ import annotations

from dataclasses import replace

from warehouse import contract
from warehouse.contract import TABLES, VIEWS, Table

PUBLISHED = (
    *("documents", "reports", "sections", "facts", "figures", "form_cells", "findings", "citations"),
    *("checks", "indicators", "regions", "agencies", "rules", "deadlines"),
)
"""Tables that a release holds, beside all views."""

KEPT_BACK = {
    "contacts": "direct contacts",
    "sketches": "what is behind the view `reuse`",
    "repeats": "what is behind the view `reuse`",
    "fetches": "log of this installation",
    "quarantine": "log of this installation",
    "sources": "log of this installation",
    "runs": "log of this installation",
    "web_pages": "log of this installation",
    "crawls": "log of this installation",
}
"""Tables that a release leaves out, and why. `contacts` is in an unmasked one."""

COLUMNS_KEPT_BACK = {
    # `sections.text` has the same words without the page's frame, and the same offsets.
    "documents": ("source", "text", "run_id"),
}

CODES = frozenset(
    [
        "document_id",
        "uri",
        "source",
        "parent_id",
        "kind",
        "media_type",
        "charset",
        "content_sha256",
        "extractor_version",
        "run_id",
        "agency",
        "agency_basis",
        "agency_id",
        "region_code",
        "region_basis",
        "province",
        "city",
        "county",
        "agency_level",
        "agency_kind",
        "year_basis",
        "index_number",
        "document_number",
        "publisher",
        "site_operator",
        "form",
        "number",
        "concept",
        "indicator",
        "dimension",
        "member",
        "unit",
        "origin",
        "scope",
        "semantic",
        "rule",
        "severity",
        "label_zh",
        "label_en",
        "harmonised",
        "forms",
        "relation",
        "parts",
        "notes",
        "name",
        "names",
        "level",
        "parent_code",
        "successor_code",
        "stage",
        "expected_document_id",
        "category",
        "asks_zh",
        "asks_en",
        "basis",
        "body",
        "law",
        "against",
        "other_document_id",
        "other_agency",
    ]
)
"""Text columns of codes, places and bodies. Every other text repeats words of a page and is masked."""

IDENTITY: dict[str, tuple[str, ...]] = {
    "facts": ("document_id", "indicator", "dimension", "member", "origin", "evidence_start", "evidence_end"),
    "figures": ("document_id", "evidence_start", "evidence_end", "unit"),
    "citations": ("document_id", "title", "evidence_start"),
    "checks": ("document_id", "stage", "rule", "indicator", "dimension", "member", "message"),
    "contacts": ("document_id", "kind", "value", "evidence_start"),
}
"""By what a row is known again in the next release, where the contract's key does not name a single row."""

PASSING = frozenset({"fetched_at", "extractor_version", "audited_at"})
"""Columns that differ from run to run though nothing was learnt: a changelog looks past them."""


def published(*, is_masked: bool = True) -> tuple[Table, ...]:
    """The tables and views of a release, without the columns that are kept back."""
    tables = [t for t in TABLES if t.name in PUBLISHED or (t is contract.CONTACTS and not is_masked)]
    return tuple(_visible(table) for table in (*tables, *VIEWS))


def prose(table: Table) -> tuple[str, ...]:
    """The columns that repeat words of a page."""
    texts = (c.name for c in table.columns if c.type == "VARCHAR" and c.name not in CODES)
    return tuple(texts) if "document_id" in table.names else ()


def identity(table: Table) -> tuple[str, ...]:
    """The columns that name a row."""
    return IDENTITY.get(table.name, table.key)


def _visible(table: Table) -> Table:
    hidden = COLUMNS_KEPT_BACK.get(table.name, ())
    return replace(table, columns=tuple(c for c in table.columns if c.name not in hidden))
