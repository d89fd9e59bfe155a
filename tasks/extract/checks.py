"""What could not be read in a document, or reads as wrong: rows for `checks` made while extracting.

Here: what the page itself shows: a second report, a cut end, no issuer, a year that is contradicted.
Not here: sums and comparisons between reports (audit rules, over the warehouse), what a form's cells say
against each other (`forms`). Every row tells of something wrong; a sound report has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import seeds
from tasks.extract.bodies import is_body
from tasks.extract.bounds import Bounded
from tasks.extract.dates import find_dates
from tasks.extract.lines import Line, body_lines
from tasks.extract.narrative import MAX_FIGURES
from tasks.extract.numbers import DIGITS_MAX, units
from tasks.extract.place_names import is_central
from tasks.extract.regions import namesakes
from tasks.extract.titles import is_report_title, year_named
from tasks.values import Block, BlockKind, Check, Document, Report

INFO, WARNING, ERROR = "info", "warning", "error"
NAMED_MAX = 5  # things named in one message
QUOTED_MAX = 24  # characters of a line quoted
# A line with marks inside, or this long, that ends without one is cut off; others are signatures, headings.
CUT_MIN, SENTENCE_MIN = 12, 40
FORM_MIN = 3  # cells; fewer are a remark on the form, not a part of it
OFTEN_EMPTY = ("other_matters",)  # 其他需要报告的事项: a report may end with this heading
BELOW_MAX = 80  # characters below a form's last cell: more is the text that goes on
STATUTORY = ("form-2019", "form-2021")
TABLE_4 = 15  # cells of the last statutory table
LAST_ROWS = 9  # rows of the two groups that end the form of 2014

_SAID = re.compile("[。．.！!？?；;）)无未没]")
_NUMBER = re.compile("[0-9０-９]")
_MARK = re.compile("[，。；,;]")
_OPEN_END = re.compile("[，,、：:（(《“和及与的\ufffd]$")
_CLOSED_END = re.compile("[。．.！!？?；;…”’\"')）】》〉\\]〕>|｜]$")
_CONTACT = re.compile("电话|传真|地址|邮编|邮箱|网址|联系|附[件表]|[：:@]|www|http|gov")
_UNIT = "|".join(re.escape(name) for name in sorted(units(), key=len, reverse=True))
_LONG = re.compile(rf"[0-9０-９](?<![0-9０-９]{{2}})[0-9０-９]{{{DIGITS_MAX},}}+(?=[万亿]?(?:{_UNIT}))")


def check_document(bounded: Bounded, report: Report) -> tuple[Check, ...]:
    """The rows on a report and the document it was read from."""
    found: list[Check] = []
    for rule, severity, look in _RULES:
        for message, expected, actual in look(bounded, report):
            found.append(Check(rule, severity, False, expected, actual, message))
    return tuple(found)


Seen = Iterator[tuple[str, str | None, str | None]]  # message, expected, actual


def _two_reports(bounded: Bounded, report: Report) -> Seen:
    if bounded.second:
        message = f"Another report begins on the page, a document of its own: {bounded.second}"
        yield message, report.metadata.title, bounded.second


def _too_long(bounded: Bounded, report: Report) -> Seen:
    if unread := bounded.document.unread:
        message = f"The page is longer than any report; the last {unread:,} characters were not read."
        yield message, "0", str(unread)


def _too_many_figures(bounded: Bounded, report: Report) -> Seen:
    if len(report.figures) >= MAX_FIGURES:
        message = f"More than {MAX_FIGURES:,} figures stand in the text; those behind were not read."
        yield message, None, str(len(report.figures))


def _long_number(bounded: Bounded, report: Report) -> Seen:
    text = bounded.document.text
    body = bounded.document.body()
    longer = [m.group() for block in body for m in _LONG.finditer(text, block.start, block.end)]
    if longer:
        named = "；".join(number[:QUOTED_MAX] for number in longer[:NAMED_MAX])
        message = f"{len(longer)} number(s) of more than {DIGITS_MAX} digits are no statistics: {named}"
        yield message, None, str(len(longer))


def _replaced_bytes(bounded: Bounded, report: Report) -> Seen:
    if replaced := bounded.document.replaced:
        charset = bounded.document.charset
        yield f"{replaced} byte(s) are no characters of {charset}; words are missing.", "0", str(replaced)


def _cut_report(bounded: Bounded, report: Report) -> Seen:
    """The page ends within a sentence, or within a form."""
    document = bounded.document
    last = max(document.body(), key=lambda block: block.end, default=None)
    if last is None or bounded.second or document.unread:
        return
    lines = [line for line in body_lines(document) if line.block is last]
    if (label := _cut_form(document, report, last)) is not None:
        yield f"The page ends in the middle of a form, behind {label}", None, label
    elif lines and _is_cut(lines[-1]):
        words = lines[-1].text[-QUOTED_MAX:]
        yield f"The text ends in the middle of a sentence: …{words}", None, words
    elif lines and (heading := _empty_end(report)):
        yield f"The page ends with a heading and no text: {heading}", None, heading


def _is_cut(line: Line) -> bool:
    text = line.text
    if _OPEN_END.search(text):
        return True
    if _CLOSED_END.search(text) or _CONTACT.search(text) or len(text) < CUT_MIN:
        return False
    if len(text) < SENTENCE_MIN and not _MARK.search(text):
        return False
    return not is_report_title(text) and not find_dates(text[-QUOTED_MAX:])


def _empty_end(report: Report) -> str | None:
    """The last heading, when it is one of an outline with no text, or only its first words, below."""
    last = report.sections[-1] if report.sections else None
    if last is None or last.number is None or last.level != 1 or last.concept in OFTEN_EMPTY:
        return None
    if len(last.text) >= CUT_MIN:
        return None
    is_said = _SAID.search(last.text) or is_body(last.text) or find_dates(last.text)
    return None if is_said else last.heading


def _cut_form(document: Document, report: Report, last: Block) -> str | None:
    """The last label of a form that ends the page without its last rows."""
    if not report.form_cells:
        words = document.text_of(last).strip() if last.kind is BlockKind.TABLE else ""
        return words.rpartition("\n")[2][-QUOTED_MAX:] if words and not _NUMBER.search(words) else None
    cell = max(report.form_cells, key=lambda cell: cell.text_end)
    below = document.text[cell.text_end : last.end]
    if len(below) > BELOW_MAX or find_dates(below) or _is_whole(report):
        return None
    return cell.row_path.rsplit("/", 1)[-1] or cell.col_path.rsplit("/", 1)[-1]


def _is_whole(report: Report) -> bool:
    """Whether the form has its last rows: table 4, or the groups that end the form of 2014."""
    if report.form == "form-2014":
        rows = {cell.indicator for cell in report.form_cells}
        return len(report.form_cells) < FORM_MIN or bool(rows & _last_of_2014())
    return report.form not in STATUTORY or sum(c.table_no == 4 for c in report.form_cells) >= TABLE_4


@cache
def _last_of_2014() -> frozenset[str]:
    rows = [row["indicator"] for row in seeds.rows("forms/form_2014.csv") if row["indicator"]]
    return frozenset(rows[-LAST_ROWS:])


def _unknown_issuer(bounded: Bounded, report: Report) -> Seen:
    if report.metadata.agency is None:
        yield "No body is named as the report's issuer (发布机关).", None, None


def _unknown_year(bounded: Bounded, report: Report) -> Seen:
    if report.metadata.year is None:
        yield "The page does not say which year (年度) it reports on.", None, None


def _year_contradicted(bounded: Bounded, report: Report) -> Seen:
    year, title = report.metadata.year, report.metadata.title
    named = year_named(title) if title else None
    if year is not None and named is not None and named != year:
        yield f"The title says {named}, the text {year}: {title}", str(named), str(year)


def _ambiguous_region(bounded: Bounded, report: Report) -> Seen:
    units = _namesakes(report)
    if len(units) > 1:
        named = "、".join(units[:NAMED_MAX])
        message = f"{report.metadata.agency} may be of several places, and no parent is named: {named}"
        yield message, None, named


def _unknown_region(bounded: Bounded, report: Report) -> Seen:
    agency, code = report.metadata.agency, report.metadata.region_code
    if agency and code is None and not is_central(agency) and len(_namesakes(report)) < 2:
        yield f"No region (行政区划) is known for {agency}.", None, None


def _namesakes(report: Report) -> list[str]:
    metadata = report.metadata
    if metadata.agency is None or metadata.region_code is not None or is_central(metadata.agency):
        return []
    return namesakes(metadata.agency, metadata.year)


def _no_figures(bounded: Bounded, report: Report) -> Seen:
    if not report.facts:
        yield "The report states no figure that is known.", None, "0"


Look = Callable[[Bounded, Report], Seen]
_RULES: tuple[tuple[str, str, Look], ...] = (
    ("two_reports", INFO, _two_reports),
    ("too_long", ERROR, _too_long),
    ("too_many_figures", ERROR, _too_many_figures),
    ("long_number", WARNING, _long_number),
    ("replaced_bytes", WARNING, _replaced_bytes),
    ("cut_report", WARNING, _cut_report),
    ("unknown_issuer", WARNING, _unknown_issuer),
    ("unknown_year", WARNING, _unknown_year),
    ("year_contradicted", WARNING, _year_contradicted),
    ("ambiguous_region", WARNING, _ambiguous_region),
    ("unknown_region", INFO, _unknown_region),
    ("no_figures", WARNING, _no_figures),
)
