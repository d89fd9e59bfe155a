"""The contract: every table of the warehouse, its columns, their types and what they mean. One definition,
from which come the DDL with comments, the Arrow schemas and the data dictionary (`warehouse.dictionary`).

To add a column, add a line here (and, for a part of a report, the field of the same name in
`tasks.values`). Nothing else belongs here: no SQL beyond DDL, no rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa  # type: ignore[import-untyped]

from warehouse.columns import Column, boolean, date, double, doubles, integer, long, longs, text, texts, time

SCHEMA_VERSION = 1
"""Raise it when a table changes in a way that an older gongkai would misread."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `columns` in their order; `grain` says what one row is."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that together name a row (kept by the load step; the lake has no constraints)."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def schema(self) -> pa.Schema:
        """The Arrow schema of the table's rows."""
        fields = [pa.field(c.name, c.arrow, nullable=c.nullable) for c in self.columns]
        return pa.schema(fields, metadata={"table": self.name})

    def ddl(self) -> tuple[str, ...]:
        """CREATE TABLE and COMMENT ON statements, to run with the right schema in use."""
        columns = ", ".join(column.ddl() for column in self.columns)
        comments = [f"COMMENT ON COLUMN {self.name}.{c.name} IS {quoted(c.comment)}" for c in self.columns]
        return (
            f"CREATE TABLE IF NOT EXISTS {self.name} ({columns})",
            f"COMMENT ON TABLE {self.name} IS {quoted(self.grain)}",
            *comments,
        )


def quoted(value: str) -> str:
    """`value` as a SQL string."""
    return "'" + value.replace("'", "''") + "'"


DOCUMENT_ID = text("document_id", "First 16 hex digits of sha256 of the canonical uri", key=True)

DOCUMENTS = Table(
    "documents",
    "A page or file seen, in its newest version",
    (
        DOCUMENT_ID,
        text("uri", "Canonical URL, or a local file's path relative to the folder given", nullable=False),
        text("source", "The source or path it came from, as the user gave it"),
        text("parent_id", "The document it is attached to or whose page it shares, or the archive it lay in"),
        integer("report_no", "1; of several reports on one page the second is 2 (uri `…#report-2`)"),
        text("kind", "`report` or `other`", nullable=False),
        text("kind_reason", "The words or the rule that decided the kind"),
        text("media_type", "What the bytes are, as read (text/html, text/plain …)"),
        text("charset", "The charset that the bytes were read with"),
        text("content_sha256", "sha256 of the bytes; their name in the blob store", nullable=False),
        long("bytes", "Size of the content in bytes"),
        time("fetched_at", "When the bytes were fetched or read (UTC)"),
        text("text", "The visible text; every offset of the warehouse counts its characters (code points)"),
        text("extractor_version", "The version of the rules that read it", nullable=False),
        text("run_id", "The run that loaded this version"),
    ),
)

REPORTS = Table(
    "reports",
    "A report: a document that is one",
    (
        DOCUMENT_ID,
        text("uri", "As in `documents`", nullable=False),
        text("title", "The report's title as printed"),
        text("agency", "The body that issued the report, by the fullest name that the page prints for it"),
        text("agency_basis", "The step of the cascade that named the agency"),
        text(
            "agency_id",
            "The body's stable identity over years and renamings; where its region is unknown, on one site",
        ),
        text("region_code", "GB/T 2260 code of the body's region as of the report's year"),
        text("region_basis", "The step of the cascade that found the region"),
        text("province", "Province (省、自治区、直辖市)"),
        text("city", "Prefecture (市、州、盟)"),
        text("county", "County (区、县、旗)"),
        text("agency_level", "`national`, `province`, `prefecture`, `county` or `township`"),
        text("agency_kind", "Kind of body (seeds/agency_kinds.csv)"),
        integer("year", "The year reported on, not the year of publication"),
        text("year_basis", "The step of the cascade that found the year"),
        date("published_on", "Publication date given in the page's frame"),
        date("signed_on", "Date of the signature at the end of the report"),
        text("index_number", "索引号"),
        text("document_number", "发文字号 of the report itself"),
        text("publisher", "发布机构 as the page's frame names it; not always the issuer"),
        text("site_operator", "The site's operator (主办单位)"),
        text("form", "What it carries: `narrative`, `form-2014`, `form-2019`, `form-2021`, `form-local`"),
        integer("fact_count", "Number of the report's rows in `facts`", nullable=False),
        boolean("is_primary", "The one report chosen for its agency and year (see `panel`)", nullable=False),
    ),
)

SECTIONS = Table(
    "sections",
    "A printed heading with the text up to the next heading",
    (
        DOCUMENT_ID,
        integer("seq", "Position of the section in the report, from 0", key=True),
        integer("level", "1 = 一、 2 = （一） 3 = 1、 4 = (1)", nullable=False),
        text("number", "The number as printed, without brackets and point"),
        text("heading", "The heading without its number"),
        text("concept", "What the section is about (seeds/section_concepts.csv)"),
        text("text", "The text under the heading"),
        integer("text_start", "Offset of that text in the document's text"),
        integer("text_end", "End of that text, exclusive"),
        integer("heading_start", "Offset of the heading"),
        integer("heading_end", "End of the heading, exclusive"),
        boolean("is_run_in", "The heading opens a paragraph instead of a line of its own"),
    ),
)

EVIDENCE = (
    text("evidence", "The words that state it, exactly as in the document's text", nullable=False),
    integer("evidence_start", "Offset of the evidence in the document's text", nullable=False),
    integer("evidence_end", "End of the evidence, exclusive", nullable=False),
)
DIMENSION = (
    text("dimension", "null: the indicator itself; else `applicant`, `category`, `channel`, `issuer` …"),
    text("member", "The member of the dimension (natural_person …); null when dimension is"),
)

FACTS = Table(
    "facts",
    "One indicator's value as the report states it for its year",
    (
        DOCUMENT_ID,
        text("indicator", "What is counted (table `indicators`)", nullable=False),
        *DIMENSION,
        double("value", "The value in the indicator's canonical unit", nullable=False),
        text("unit", "That unit", nullable=False),
        boolean("is_approximate", "Printed with 余, 多, 约 or 近"),
        text(
            "origin",
            "`form` (a cell), `narrative` (prose) or `statement` (words that say none)",
            nullable=False,
        ),
        *EVIDENCE,
        integer("section_seq", "The section it stands in (`sections.seq`)"),
        integer("table_no", "For origin `form`: the form's table, from 0"),
        integer("row_no", "For origin `form`: the grid row of the cell, from 0"),
        integer("col_no", "For origin `form`: the grid column of the cell, from 0"),
        double(
            "confidence",
            "1 = certain; less where an alignment or a reading is in doubt. What was recognised in an image "
            "(OCR) is 1 only if a sum of its form, or the form that states the same, confirms it",
        ),
        integer("page", "For paged formats (PDF, OFD, scans): the page it is printed on, from 1"),
    ),
)

FIGURES = Table(
    "figures",
    "A quantity printed in the text, whether it became a fact or not",
    (
        DOCUMENT_ID,
        double("value", "The number, in `unit`", nullable=False),
        text("unit", "The unit as printed"),
        boolean("is_approximate", "Printed with 余, 多, 约 or 近"),
        text("subject", "What the words say is counted"),
        *EVIDENCE,
        integer("section_seq", "The section it stands in (`sections.seq`)"),
        text("indicator", "The indicator when it became a fact, else null"),
        text("scope", "`this_year`, `last_year`, `cumulative`, `plan`, `share` or `other`", nullable=False),
    ),
)

FORM_CELLS = Table(
    "form_cells",
    "A value cell of a statutory form, whatever stands in it",
    (
        DOCUMENT_ID,
        text("form", "The form: `form-2014`, `form-2019`, `form-2021`, `form-local`", nullable=False),
        integer("table_no", "The form's table in the document, from 0", key=True),
        integer("row_no", "Grid row, from 0", key=True),
        integer("col_no", "Grid column, from 0", key=True),
        text("row_path", "Row labels from the outermost in, joined by /"),
        text("col_path", "Column labels from the outermost in, joined by /"),
        text("raw", "The cell as printed"),
        double("value", "Its number in the indicator's unit; null where no number is printed"),
        text(
            "semantic", "`number`, `zero` (facts), `empty`, `not_applicable` or `text` (none)", nullable=False
        ),
        text("indicator", "The indicator that the cell states, if any"),
        *DIMENSION,
        integer("text_start", "Offset of the cell in the document's text"),
        integer("text_end", "End of the cell, exclusive"),
        integer("page", "For paged formats (PDF, OFD, scans): the page it is printed on, from 1"),
        doubles(
            "bbox",
            "Its box on that page: left, top, right, bottom in points (1/72 inch) from the upper left corner",
        ),
    ),
)

FINDINGS = Table(
    "findings",
    "A problem the report admits or a measure it announces",
    (
        DOCUMENT_ID,
        text("kind", "`problem` or `measure`", nullable=False),
        integer("seq", "Position among the report's findings, from 0", key=True),
        text("text", "The words", nullable=False),
        integer("text_start", "Offset in the document's text"),
        integer("text_end", "End, exclusive"),
    ),
)

CONTACTS = Table(
    "contacts",
    "A contact of the office that answers for the report",
    (
        DOCUMENT_ID,
        text("kind", "`phone`, `fax`, `email`, `address`, `postcode` or `url`", nullable=False),
        text("value", "As printed", nullable=False),
        integer("evidence_start", "Offset in the document's text"),
        integer("evidence_end", "End, exclusive"),
    ),
)

CITATIONS = Table(
    "citations",
    "A law or document cited, one row for each time it is printed",
    (
        DOCUMENT_ID,
        text("title", "The title without the outer 《》", nullable=False),
        text("number", "The document number printed behind it"),
        integer("evidence_start", "Offset in the document's text"),
        integer("evidence_end", "End, exclusive"),
    ),
)

CHECKS = Table(
    "checks",
    "A rule applied to a report: what is wrong, and for each audit rule that holds, one row that says so",
    (
        DOCUMENT_ID,
        text("stage", "`extract`: seen while the page was read; `audit`: a rule of `rules`", nullable=False),
        text("rule", "The rule's name (`rules` has those of the audit)", nullable=False),
        text("severity", "`info`, `warning` or `error`", nullable=False),
        boolean("passed", "The report satisfies the rule", nullable=False),
        integer("tested", "Audit: how many comparisons the rule made in this report"),
        text("expected", "What the rule asks for"),
        text("actual", "What was found"),
        text("message", "The finding in words", nullable=False),
        text("message_zh", "The finding in Chinese"),
        text("indicator", "The indicator it is about"),
        *DIMENSION,
        text("expected_document_id", "The other report that the expectation comes from"),
        text("expected_evidence", "The words or cells that the expectation rests on"),
        integer("expected_start", "Their offset in that document's text"),
        integer("expected_end", "Their end, exclusive"),
        text("actual_evidence", "The words or cells that were found"),
        integer("actual_start", "Their offset in the document's text"),
        integer("actual_end", "Their end, exclusive"),
        time("audited_at", "When the audit first found it so (UTC)"),
    ),
)

SKETCHES = Table(
    "sketches",
    "A section's words as a MinHash sketch, by which similar ones are found (warehouse/reuse)",
    (
        DOCUMENT_ID,
        integer("seq", "The section (`sections.seq`)", key=True),
        text("agency_id", "The report's body when the sketch was made"),
        integer("year", "Its year then", nullable=False),
        boolean("is_primary", "Whether it was the body's report of that year then", nullable=False),
        integer("words", "Characters that are compared: of the section's own clauses", nullable=False),
        longs("marks", "The smallest hashes of these clauses"),
        text("rules", "Version of the rules that made it", nullable=False),
    ),
)

REPEATS = Table(
    "repeats",
    "A section's words found again in another report; the view `reuse` shows them",
    (
        DOCUMENT_ID,
        integer("seq", "The section (`sections.seq`)", key=True),
        text(
            "against",
            "`previous_year`: the body's report of the year before; `other_body`: of that year or the same",
            key=True,
        ),
        integer("place", "1 for the most similar section of another body, up to 3", key=True),
        text("other_document_id", "The other report", nullable=False),
        integer("other_seq", "The section there that has most of the words; null: none has any"),
        integer("words", "Characters compared: of the section's own clauses", nullable=False),
        integer("shared", "Characters among them in clauses that stand in the other, too", nullable=False),
        double("share", "`shared` of `words`, 0 to 1", nullable=False),
    ),
)

FETCHES = Table(
    "fetches",
    "One attempt to fetch a document",
    (
        text("document_id", "The document", nullable=False),
        text("uri", "What was asked for", nullable=False),
        text("source", "The source whose crawl asked; null for files"),
        time("at", "When (UTC)", nullable=False),
        integer("status", "HTTP status; null for files and broken connections"),
        text("outcome", "`new`, `changed`, `unchanged` or `failed`", nullable=False),
        long("bytes", "Size of the content"),
        text("sha256", "sha256 of the content"),
        double("duration_s", "Seconds it took"),
        text("fault", "What went wrong, by name: `timeout`, `robots`, `challenge` …"),
        text("error", "What went wrong, in words"),
        text("run_id", "The run", nullable=False),
    ),
)

QUARANTINE = Table(
    "quarantine",
    "A document that failed and is waiting for other bytes, another version or a hand",
    (
        DOCUMENT_ID,
        text("uri", "Canonical URL or relative path", nullable=False),
        text("source", "The source or path it came from"),
        text("content_sha256", "sha256 of the bytes that failed; null when they could not be read"),
        text("extractor_version", "The version of the rules that failed"),
        text("stage", "`fetch`, `clean`, `extract` or `load`", nullable=False),
        text("error", "What went wrong", nullable=False),
        text("advice", "What to do next"),
        boolean("is_transient", "May succeed when tried again without any change", nullable=False),
        integer("attempts", "Attempts so far, over all runs", nullable=False),
        time("first_failed_at", "First failure (UTC)", nullable=False),
        time("last_failed_at", "Last failure (UTC)", nullable=False),
        text("run_id", "The run of the last failure"),
    ),
)

INDICATORS = Table(
    "indicators",
    "An indicator: something that reports count",
    (
        text("indicator", "Its code", key=True),
        text("label_zh", "Label in Chinese, as the form prints it", nullable=False),
        text("label_en", "Label in English"),
        text("unit", "Canonical unit of its values", nullable=False),
        text("harmonised", "The concept under which `panel` compares it across forms", nullable=False),
        text("forms", "Forms that carry it, separated by blanks"),
        text("relation", "`sum:X` or `part:X`: counts towards, or is among, indicator X"),
        text(
            "parts",
            "Indicators that add up to it where no form prints it; `panel` sums them if all are stated",
        ),
        integer("comparable_from", "First year that its concept can be compared from, over all forms"),
        integer("comparable_to", "Last year of a form that asks for the concept; null while one does"),
        text("notes", "What to know when comparing"),
    ),
)

REGIONS = Table(
    "regions",
    "A unit of GB/T 2260 in the years in which it had this code, name and parent",
    (
        text("region_code", "Six-digit code", key=True),
        text("name", "Full name", nullable=False),
        text("level", "`province`, `prefecture` or `county`"),
        text("parent_code", "Code of the unit above"),
        integer("valid_from", "First year of validity", key=True),
        integer("valid_to", "Last year of validity; null while in force"),
        text("successor_code", "Today's code where the unit was renamed, recoded or merged"),
    ),
)

RULES = Table(
    "rules",
    "A rule of the audit (warehouse/audit/RULE.sql)",
    (
        text("rule", "Its name, as in `checks`", key=True),
        text(
            "category",
            "`arithmetic`, `consistency`, `timeliness`, `completeness`, `plausibility` or `duplication`",
            nullable=False,
        ),
        text("severity", "`info`, `warning` or `error`; a single finding may be milder", nullable=False),
        text("asks_zh", "What it asks for, in Chinese", nullable=False),
        text("asks_en", "What it asks for", nullable=False),
        text("basis", "The law, the notice or the form that it rests on", nullable=False),
    ),
)

DEADLINES = Table(
    "deadlines",
    "Until when a report is to be published, by the year it reports on and the body",
    (
        integer("year_from", "First year reported on", key=True),
        integer("year_to", "Last year reported on; null while in force"),
        text("body", "`government`, `department` or `township`", key=True),
        integer("month", "Month of the next year", nullable=False),
        integer("day", "Its last day for publishing", nullable=False),
        text("severity", "How much a later report is at fault: `warning` or `error`", nullable=False),
        text("law", "Law and article", nullable=False),
        text("notes", "How the article is read"),
    ),
)

AGENCIES = Table(
    "agencies",
    "A body that reported",
    (
        text("agency_id", "Its stable identity", key=True),
        text("name", "The name in its newest report", nullable=False),
        texts("names", "All names its reports print"),
        text("region_code", "Region in its newest report"),
        text("agency_level", "Level in its newest report"),
        text("agency_kind", "Kind in its newest report"),
        integer("first_year", "First year reported on"),
        integer("last_year", "Last year reported on"),
        integer("reports", "Number of its reports", nullable=False),
    ),
)

SOURCES = Table(
    "sources",
    "A place that pages come from",
    (
        text("source", "Its name, or the path given on the command line", key=True),
        text("kind", "`folder`, `file`, `glob` or a site family"),
        text("address", "Where it is"),
        time("added_at", "When it was first used (UTC)"),
    ),
)

WEB_PAGES = Table(
    "web_pages",
    "A page that a crawl met: as listed, as decided on, as last answered",
    (
        text("uri", "Canonical URL; of a form, with its fields behind #", key=True),
        text("source", "The source whose crawl met it first", nullable=False),
        text("role", "`list`, `article`, `attachment` or `robots`", nullable=False),
        text("decision", "`accepted`, `rejected` by its title, or `duplicate`", nullable=False),
        text("reason", "The rule that decided (seeds/report_titles.csv), or the page it duplicates"),
        text("parent_uri", "The page that an attachment belongs to"),
        text("title", "The title that the list gives it"),
        date("listed_on", "The date that the list gives it"),
        text("final_url", "Where redirects led"),
        text("media_type", "Content-Type"),
        text("etag", "ETag, for conditional requests"),
        text("last_modified", "Last-Modified, for conditional requests"),
        text("sha256", "sha256 of the bytes last accepted; their name in the blob store"),
        integer("status", "HTTP status of the last look"),
        text("fault", "Why the last look brought nothing; null when it did"),
        time("first_seen_at", "First met (UTC)"),
        time("checked_at", "Last asked for (UTC)"),
        time("fetched_at", "When the bytes came (UTC)"),
        time("changed_at", "When the bytes last differed (UTC)"),
        text("run_id", "The run that wrote this state"),
    ),
)

CRAWLS = Table(
    "crawls",
    "How far the crawl of a source is",
    (
        text("source", "The source", key=True),
        text("address", "Its list pages", nullable=False),
        text("family", "The family of its site"),
        time("started_at", "Start of the round under way, or of the last one (UTC)", nullable=False),
        boolean("is_full", "Whether that round looks at everything again"),
        time("finished_at", "Its end (UTC); null while it is under way or was cut short"),
        time("full_at", "When everything was last looked at (UTC)"),
        integer("first_items", "Reports on the first list page, the last time it was right"),
        integer("items", "Reports listed in all, at the last full round that was right"),
        text("fault", "Why the last round failed: `list-empty`, `list-shrunk` …"),
        text("error", "The same in words"),
        text("run_id", "The run that wrote this state"),
    ),
)

RUNS = Table(
    "runs",
    "One run of a flow",
    (
        text("run_id", "The run", key=True),
        text("flow", "The flow's name", nullable=False),
        time("started_at", "Start (UTC)", nullable=False),
        time("finished_at", "End (UTC); null while running and when interrupted"),
        text("state", "`running`, `completed`, `failed` or `interrupted`", nullable=False),
        text("source", "What was ingested, as the user gave it"),
        text("parameters", "Parameters as JSON"),
        text("extractor_version", "The version of the rules"),
        integer("discovered", "Documents found"),
        integer("new", "Documents not seen before"),
        integer("changed", "Documents with other bytes or read by older rules"),
        integer("unchanged", "Documents skipped because nothing changed"),
        integer("failed", "Documents that failed"),
        integer("reports", "Reports loaded"),
        integer("facts", "Facts loaded"),
        integer("pid", "Process id"),
        text("host", "Machine"),
        text("message", "How it ended, in words"),
    ),
)

HEADLINE = Table(
    "headline",
    "The best value of a report's indicator: form before narrative before statement",
    (
        DOCUMENT_ID,
        text("agency", "As in `reports`"),
        text("agency_id", "As in `reports`"),
        integer("year", "As in `reports`"),
        text("region_code", "As in `reports`"),
        text("title", "As in `reports`"),
        text("indicator", "The indicator", key=True),
        text("label_zh", "Its label in Chinese"),
        double("value", "The best value: by origin, then the highest confidence, then the first in the text"),
        text("unit", "Its unit"),
        boolean("is_approximate", "Printed with 余, 多, 约 or 近"),
        text("origin", "Where the value was read: `form`, `narrative` or `statement`"),
        text("evidence", "The words that state it"),
        integer("evidence_start", "Their offset in the document's text"),
        integer("evidence_end", "Their end, exclusive"),
        double("confidence", "1 = certain"),
        boolean("has_conflict", "Another origin states a different value (approximate ones: by over 10 %)"),
        doubles("other_values", "All different values that the report states for the indicator, ascending"),
    ),
)

PANEL = Table(
    "panel",
    "Body × year × concept: values of primary reports, comparable across the forms",
    (
        text("agency_id", "The body", key=True),
        text("agency", "Its name in that report"),
        text("region_code", "Its region as of that year"),
        integer("year", "The year reported on", key=True),
        text("indicator", "The concept: `indicators.harmonised`", key=True),
        double("value", "The best value: form before narrative before statement"),
        text("unit", "Its unit"),
        text("origin", "Where it was read: `form`, `narrative`, `statement`; `sum`: added up from its parts"),
        text("form", "The form that the report carries"),
        text("document_id", "The report"),
    ),
)

RATES = Table(
    "rates",
    "Body × year: shares and rates of primary reports (macros of the same names)",
    (
        text("agency_id", "The body", key=True),
        text("agency", "Its name in that report"),
        text("region_code", "Its region as of that year"),
        integer("year", "The year reported on", key=True),
        text("form", "The form that the report carries"),
        text("document_id", "The report"),
        double("received", "Applications received"),
        double("outcomes", "Applications answered or otherwise concluded"),
        double("granted_share", "Granted in full or in part, among outcomes"),
        double("denied_share", "Denied, among outcomes"),
        double("online_share", "Made online, among those received (stated until 2018)"),
        double("reconsideration_rate", "Reconsiderations for each outcome"),
        double("litigation_rate", "Lawsuits for each outcome"),
        double("reconsiderations_corrected_share", "Those that corrected the body, among those decided"),
        double("lawsuits_corrected_share", "Lawsuits that corrected it, among those decided"),
    ),
)

COMPLIANCE = Table(
    "compliance",
    "Primary report: timeliness, completeness and arithmetic as the audit found them",
    (
        text("agency_id", "The body", key=True),
        text("agency", "Its name in that report"),
        text("region_code", "Its region as of that year"),
        text("agency_level", "As in `reports`"),
        text("agency_kind", "As in `reports`"),
        integer("year", "The year reported on", key=True),
        text("form", "The form that the report carries"),
        date("dated_on", "Publication date, else signature date"),
        boolean("is_on_time", "Published within the statutory deadline; null where the dates do not tell"),
        integer("days_late", "Days behind the deadline; 0 on time, null where the dates do not tell"),
        integer("sections_missing", "Parts that the law asks for and the report lacks"),
        integer("sections_empty", "Parts that are empty or say only that there is none"),
        integer("cells_blank", "Blank cells of its statutory form"),
        boolean("has_form_of_year", "It uses the form in force for its year (since 2019)"),
        integer("sums_tested", "Sums that the audit added up again"),
        integer("sums_broken", "Errors among them"),
        integer("contradictions", "Errors of text against form, and of this year's report against the last"),
        boolean("has_duplicate", "Another report of the same body and year, or of the same words, is there"),
        text("document_id", "The report"),
    ),
)

REUSE = Table(
    "reuse",
    "A section that stood before: in the body's report of the year before, or with another body",
    (
        DOCUMENT_ID,
        text("agency_id", "The body"),
        text("agency", "Its name in that report"),
        text("region_code", "Its region as of that year"),
        integer("year", "The year reported on"),
        integer("seq", "The section (`sections.seq`)", key=True),
        text("heading", "Its heading"),
        text("concept", "What it is about"),
        text("against", "`previous_year` (all sections of 40 and more characters) or `other_body`", key=True),
        integer("place", "1 for the most similar section of another body, up to 3", key=True),
        double("share", "Of its words, those in clauses that stand in the other, 0 to 1; figures set aside"),
        boolean("is_repeated", "At least half of its words"),
        integer("words", "Characters compared: without tables, titles, numbers, prescribed sentences"),
        integer("shared", "Characters among them that stand in the other"),
        text("other_document_id", "The other report"),
        text("other_agency", "Its body"),
        integer("other_year", "Its year"),
        integer("other_seq", "The section there with most of the words; null: none has any"),
        text("other_heading", "Its heading"),
    ),
)

PART_TABLES = (SECTIONS, FACTS, FIGURES, FORM_CELLS, FINDINGS, CONTACTS, CITATIONS, CHECKS)
"""A report's parts: the field of `Report` of the same name, one row a value."""

DOCUMENT_TABLES = (DOCUMENTS, REPORTS, *PART_TABLES)
"""What leaves and enters together when a document is loaded."""

DERIVED_TABLES = (SKETCHES, REPEATS)
"""Made from the documents' rows later; they leave with the document."""

REFERENCE_TABLES = (INDICATORS, REGIONS, DEADLINES, RULES)
"""Loaded from seeds/ and the audit's rules whenever they change there."""

TABLES = (
    *DOCUMENT_TABLES,
    *DERIVED_TABLES,
    FETCHES,
    QUARANTINE,
    *REFERENCE_TABLES,
    AGENCIES,
    SOURCES,
    WEB_PAGES,
    CRAWLS,
    RUNS,
)

VIEWS = (HEADLINE, PANEL, RATES, COMPLIANCE, REUSE)
"""Each is defined by warehouse/views/NAME.sql; a later one may read an earlier."""


def table(name: str) -> Table:
    """The table or view called `name`; KeyError when the contract has none."""
    return {each.name: each for each in (*TABLES, *VIEWS)}[name]
