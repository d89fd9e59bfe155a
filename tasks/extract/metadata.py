"""The facts about the report itself: title, issuer, year, dates, numbers, publisher, region.

Here: choosing among the values that the other readers find, each choice with its step. Not here: the reading
(`titles`, `labels`, `signature`, `period`, `agency`, `regions`, `agencies`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.agencies import agency_id, describe_agency
from tasks.extract.agency import Named, find_agency
from tasks.extract.bodies import LEVEL, is_body
from tasks.extract.dates import find_dates, is_date, parse_date
from tasks.extract.labels import Labelled, read_labels
from tasks.extract.lines import BLANK, BLANKS, BULLETS, Line, body_lines, body_start, head_lines, lines_of
from tasks.extract.period import find_year
from tasks.extract.regions import resolve_region
from tasks.extract.signature import find_signature
from tasks.extract.titles import TITLE_PARTS, Title, find_title, is_report_title
from tasks.values import Block, Document, Metadata, Section, Zone

NEAR_TITLE = 4  # lines below the title in which an unlabelled date is the publication's
FRAME_MAX = 120  # characters of a line of the frame
SOURCE_RANK = 5  # of 信息来源 among the labels of the publisher
HINTS_MAX = 12  # short strings handed to the region's resolution

_PUBLISHED_META = (
    "pubdate",
    "publishdate",
    "publishedtime",
    "article:published_time",
    "firstpublishedtime",
    "createdate",
)
_SOURCE_META = ("contentsource", "source", "author", "sitename")
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_NAME_BESIDE = re.compile(r"^[\u4e00-\u9fff]{3,30}|[\u4e00-\u9fff]{3,30}$")
_YEAR_IN_BRACKETS = re.compile(r"[〔\[［﹝]20\d\d")
_OPERATOR_END = re.compile(f"[{BLANK}|•·]")
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)")
_CRUMB = re.compile("[>＞»→/]")
_FRAME_WORD = re.compile("来源|字体|字号|浏览|点击|阅读|访问|作者|编辑|打印|发布|人气|录入")
_BARE_DATE = re.compile(
    rf"[{BULLETS}]?\s?(?:[\u4e00-\u9fff]{{3,30}}\s{{1,4}})?"
    r"20\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?:\s{1,4}\d{1,2}:\d\d(?::\d\d)?)?(?:\s{1,4}[\u4e00-\u9fff]{2,30})?"
)
_TODAY = re.compile("今天|现在|星期|今日|农历|欢迎")
_INDEX = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff\-—_/.〔〕\[\]()（）]{3,59}")
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,16}[〔\[（(【﹝［]\s?(?:19|20)\d\d\s?[〕\]）)】﹞］]\s?第?\s?\d{1,5}\s?号"
    r"|[\u4e00-\u9fff]{1,12}(?:发|函|字|办|政|令|公告|通)?第?\s?\d{1,5}\s?号(?:令)?"
    r"|[\u4e00-\u9fff]{1,12}(?:19|20)\d\d[-—/]\d{1,5}号?"
)
_LABELS_IN = re.compile("机构|机关|文号|索引号|日期")
_OPERATES = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,30}?)[\s•·]*(?:主办|版权所有)")


def read_metadata(document: Document, sections: Sequence[Section]) -> Metadata:
    """Title, issuer, year, dates and numbers of the report, null where the page gives none."""
    until = sections[0].heading_start if sections else _end_of_opening(document)
    labels = read_labels(document, until)
    title = find_title(document, until)
    dated = _bare_date(document, title, until)
    text_from = title.end if title and title.start >= body_start(document) else 0
    signature = find_signature(document, max(text_from, dated.end if dated else 0))
    published_on = _published_on(document, labels, title, until)
    publishers = [i.value for i in _by_rank(labels, "publisher") if i.value and _is_publisher(i)]
    heading = title.text if title else _labelled_title(labels) or _page_title(document)
    agency, agency_basis = find_agency(
        document,
        Named(
            heading,
            signature.body,
            [p.replace(" ", "") for p in publishers],
            _sources(document, labels, dated),
        ),
    )
    year, year_basis = find_year(document, sections, heading, signature.date, published_on)
    metadata = Metadata(
        title=heading,
        agency=agency,
        agency_basis=agency_basis,
        year=year,
        year_basis=year_basis,
        published_on=published_on,
        signed_on=signature.date,
        index_number=_index_number(labels),
        document_number=_document_number(labels, document, until),
        publisher=publishers[0] if publishers else None,
        site_operator=_site_operator(document, labels),
    )
    return _placed(document, metadata, publishers, labels)


def _end_of_opening(document: Document) -> int:
    """Where the text begins on a page without headings: behind the first long paragraph."""
    for line in body_lines(document):
        if len(line.text) > FRAME_MAX:
            return line.start
    return len(document.text)


def _by_rank(labels: Sequence[Labelled], field: str) -> list[Labelled]:
    """The field's values, those of the frame above and the opening first, then by trust in the label."""
    return sorted(
        (i for i in labels if i.field == field), key=lambda i: (i.zone is Zone.TAIL, i.rank, i.start)
    )


def _is_publisher(item: Labelled) -> bool:
    """信息来源 names the publisher only when it names a body; it may name a newspaper or a place."""
    return item.rank < SOURCE_RANK or is_body(item.value)


def _labelled_title(labels: Sequence[Labelled]) -> str | None:
    return next((i.value for i in _by_rank(labels, "title") if is_report_title(i.value)), None)


def _page_title(document: Document) -> str | None:
    """The `<title>` of a page that prints none: a form alone."""
    parts = TITLE_PARTS.split(document.page_title or "")
    return next((part.strip(BLANK) for part in parts if is_report_title(part)), None)


def _published_on(
    document: Document, labels: Sequence[Labelled], title: Title | None, until: int
) -> dt.date | None:
    """Labelled date, else a date in the frame's line under the title, else the page's meta element."""
    for item in _by_rank(labels, "published_on"):
        if date := parse_date(item.value):
            return date
    for line in _below_title(document, title, until):
        dates = find_dates(line.text)
        if (
            dates
            and not _TODAY.search(line.text)
            and (_FRAME_WORD.search(line.text) or _only_time(line.text))
        ):
            return dates[0][0]
    if bare := _bare_date(document, title, until):
        return find_dates(bare.text)[0][0]
    for name, content in document.page_meta:
        if name in _PUBLISHED_META and (date := parse_date(content)):
            return date
    return None


def _sources(document: Document, labels: Sequence[Labelled], dated: Line | None) -> Iterator[str]:
    """Bodies that the page gives as its source, in its frame, its meta elements or its `<title>`."""
    yield from (item.value for item in labels if item.field == "source")
    yield from (content.strip() for name, content in document.page_meta if name in _SOURCE_META)
    yield from _NAME_BESIDE.findall(dated.text if dated else "")
    yield from TITLE_PARTS.split(document.page_title or "")
    for line in head_lines(document):
        if len(crumbs := _CRUMB.split(line.text)) > 2:
            yield from (crumb.strip(BLANK) for crumb in crumbs)


def _bare_date(document: Document, title: Title | None, until: int) -> Line | None:
    """The line close below the title that holds only a date in digits, perhaps with time and body; without
    title, of the last above the text."""
    first = title.end if title else 0
    lines = [line for line in [*head_lines(document), *body_lines(document)] if first <= line.start < until]
    lines.sort(key=lambda line: line.start)
    near = lines[:NEAR_TITLE] if title else lines[-NEAR_TITLE:]
    return next((line for line in near if _BARE_DATE.fullmatch(line.text)), None)


def _below_title(document: Document, title: Title | None, until: int) -> Iterator[Line]:
    """Short lines of the frame that may bear the publication's date: those below the title, then others."""
    frame = [line for line in head_lines(document) if len(line.text) <= FRAME_MAX]
    opening = [line for line in body_lines(document) if line.start < until and len(line.text) <= FRAME_MAX]
    if title:
        after = [
            line for line in sorted([*frame, *opening], key=lambda i: i.start) if line.start >= title.end
        ]
        yield from (line for line in after[:NEAR_TITLE] if _FRAME_WORD.search(line.text) or line in frame)
    yield from (line for line in (*frame, *opening) if _FRAME_WORD.search(line.text))


def _only_time(text: str) -> bool:
    """A date with nothing but a time of day behind it."""
    return is_date(_TIME.sub("", text))


def _index_number(labels: Sequence[Labelled]) -> str | None:
    for item in _by_rank(labels, "index_number"):
        value = BLANKS.split(item.value)[0]
        if _DIGIT.search(value) and _INDEX.fullmatch(value) and item.zone is not Zone.TAIL:
            return value
    return None


def _document_number(labels: Sequence[Labelled], document: Document, until: int) -> str | None:
    """The page's own number: labelled, or alone in a line above the text; placeholders are none."""
    for item in _by_rank(labels, "document_number"):
        if item.zone is not Zone.TAIL and (match := _DOCUMENT_NUMBER.fullmatch(_tight(item.value))):
            return match.group()
    for line in [*head_lines(document), *body_lines(document)]:
        if line.start >= until or len(line.text) > FRAME_MAX:
            continue
        bare = _tight(line.text)
        if _LABELS_IN.search(bare):
            continue
        if _YEAR_IN_BRACKETS.search(bare) and (match := _DOCUMENT_NUMBER.fullmatch(bare)):
            return match.group()
    return None


def _tight(text: str) -> str:
    return BLANKS.sub("", text)


def _site_operator(document: Document, labels: Sequence[Labelled]) -> str | None:
    """The body that runs the site, by the footer."""
    tail = [item for item in labels if item.field == "site_operator" and item.zone is not Zone.BODY]
    for item in sorted(tail, key=lambda i: i.rank):
        name = _OPERATOR_END.split(item.value)[0]
        if is_body(name):
            return name
    footer = [block for block in document.blocks if block.zone is Zone.TAIL]
    for line in reversed(lines_of(document, footer)):
        match = _OPERATES.search(line.text) if len(line.text) <= FRAME_MAX else None
        if match and is_body(match["name"]):
            return match["name"]
    return None


def _placed(
    document: Document, metadata: Metadata, publishers: Sequence[str], labels: Sequence[Labelled]
) -> Metadata:
    """With the region of the issuer as of the year, its kind and its stable id."""
    names = [name for name in (metadata.agency, metadata.title) if name]
    hints = _hints(document, metadata, publishers)
    region = resolve_region(names, metadata.year, hints)
    kind = describe_agency(metadata.agency, region) if metadata.agency else None
    host = _HOST.match(document.uri)
    return replace(
        metadata,
        agency_id=agency_id(metadata.agency, region, host[1] if host else "") if metadata.agency else None,
        agency_level=kind.level if kind else None,
        agency_kind=kind.kind if kind else None,
        region_code=region.code if region else None,
        region_basis=region.basis if region else None,
        province=region.province if region else None,
        city=region.city if region else None,
        county=region.county if region else None,
    )


def _hints(document: Document, metadata: Metadata, publishers: Sequence[str]) -> list[str]:
    """Short strings about where the page is from, best first: what decides between 鼓楼区 and 鼓楼区."""
    frame: list[Block] = [b for b in document.blocks if b.zone is not Zone.BODY]
    near = [
        line.text for line in lines_of(document, frame) if len(line.text) <= 40 and LEVEL.search(line.text)
    ]
    return [
        hint
        for hint in (*publishers, metadata.site_operator, metadata.index_number, document.page_title, *near)
        if hint
    ][: HINTS_MAX + len(publishers)]
