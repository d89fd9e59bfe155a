"""Whether a page is an annual report: by its title, its sections, its figures and what speaks against it.

Here: the verdict and the sign that decided. Not here: anything a report says. The signs are data:
seeds/kind_signs.csv. Pages that look like reports and are none: notices on how to write them, blank forms,
sample essays, regulations, guides, lists, encyclopaedia articles, news; the reverse: a notice that wraps a
whole report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import seeds
from tasks.extract.labels import read_labels
from tasks.extract.lines import Line, body_lines, close_up, head_lines
from tasks.extract.passages import is_about
from tasks.extract.titles import Title, body_named, find_title, is_report_title, year_named
from tasks.frozen import frozen
from tasks.seeking import Seeker, seeker
from tasks.values import BlockKind, Document, Section

# Filled cells; a blank form with a stray number has fewer, the smallest statutory table has more.
FORM_MIN = 10
OPENING = 200  # characters of prose in which a summary names its period
PREAMBLE = 600  # characters of prose within which a report says so of itself
WHOLE_FORM_MIN = 30  # filled cells of a form that stands alone, without title and words: half of the smallest
TEXT_MIN = 120  # characters of prose below a report's title; a list or a download page has less
SENTENCE_MIN = 10  # characters of a line with a comma or full stop; shorter are headings, items, signatures
CORE_MIN = 2  # sections of different statutory parts that show a report without a title
WRAPPED_CORE, WRAPPED_FIGURES = 3, 3  # a notice must carry the whole report, not a summary or an outline
FIGURES_MIN = 2
# Sections headed as 国办公开办函〔2019〕60号 and 〔2021〕30号 prescribe; other papers share one or two.
OUTLINE_MIN = 3
CHINESE_MIN = 0.3  # share of a text's letters; an abstract in another language is no report
SAMPLE = 2000  # characters of prose that tell its language
PLACEHOLDERS_MAX = 3
ARTICLES_MIN = 5  # lines that open with 第…条
LISTED_MIN = 4  # lines that are titles of reports
NEWS_MIN = 2
HEADLINE_MIN = 12

_PUNCTUATED = re.compile("[。，,；;]")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CORE = frozenset({"proactive", "applications", "remedies", "consultations", "fees"})


@cache
def _signs(name: str) -> tuple[Seeker, ...]:
    rows = seeds.rows("kind_signs.csv")
    return tuple(seeker(re.compile(row["pattern"], re.MULTILINE)) for row in rows if row["sign"] == name)


def _count(name: str, text: str) -> int:
    return sum(1 for sign in _signs(name) for _ in sign.finditer(text))


@frozen
class _Page:
    """What the verdict looks at, counted when it is looked at."""

    title: Title | None
    headline: str | None  # a title that is none of a report
    lines: list[Line]  # the body's
    prose: str  # the body's sentences
    core: int  # statutory parts with a section of their own
    parts: int  # the same with the overview
    outline: int  # sections headed as the outline of the national notice
    is_cut: bool  # it opens with a section or a sentence: no line above could be a title

    @property
    def speaks_as_one(self) -> bool:
        """It opens by saying what law or period this report is made by."""
        return _count("preamble", self.prose[:PREAMBLE]) > 0

    @property
    def figures(self) -> int:
        return _count("figure", self.prose)

    @property
    def articles(self) -> int:
        """Lines that open with 第…条."""
        return _count("article", "\n" + "\n".join(line.text for line in self.lines))

    @property
    def listed(self) -> int:
        """Lines that are titles of reports."""
        return sum(is_report_title(line.text) for line in self.lines)


def judge(document: Document, sections: Sequence[Section], filled_cells: int) -> tuple[bool, str]:
    """Is it an annual report, and the sign that decided; `filled_cells`: numbers in statutory forms."""
    page = _look(document, sections)
    if reason := _against(page, filled_cells):
        return False, reason
    if page.headline or _count("notice", page.prose[:600]):
        wraps = page.core >= WRAPPED_CORE and page.figures >= WRAPPED_FIGURES
        return (True, "a notice that wraps a report") if wraps else (False, "notice or letter")
    if filled_cells >= FORM_MIN and (page.title or page.core or page.figures):
        return True, "filled form"
    if filled_cells >= WHOLE_FORM_MIN:
        return True, "filled form alone"
    if page.core >= CORE_MIN and page.figures >= FIGURES_MIN:
        return True, "sections and figures"
    if page.speaks_as_one and len(page.prose) >= TEXT_MIN:
        return True, "preamble of a report"
    if page.is_cut and page.parts and page.figures >= FIGURES_MIN and is_about(page.prose):
        return True, "a section and figures, no title"
    if page.outline >= OUTLINE_MIN and len(page.prose) >= TEXT_MIN:
        return True, "the outline of the notice"
    if page.title and len(page.prose) >= TEXT_MIN and _names_report(page.title.text):
        return True, "title and text"
    if page.title and page.figures:
        return True, "title and figures"
    if page.figures >= FIGURES_MIN and _labelled_title(document, sections):
        return True, "title in a table and figures"
    return False, "no sign of a report"


def _look(document: Document, sections: Sequence[Section]) -> _Page:
    until = sections[0].heading_start if sections else len(document.text)
    title = find_title(document, until)
    lines = body_lines(document)
    prose = "\n".join(
        line.text for line in lines if len(line.text) >= SENTENCE_MIN and _PUNCTUATED.search(line.text)
    )
    return _Page(
        title=title if title and title.is_report else None,
        headline=_headline(document, lines, title, until),
        lines=lines,
        prose=prose,
        core=len({section.concept for section in sections} & _CORE),
        parts=len({section.concept for section in sections} & {*_CORE, "overview"}),
        outline=len({s.heading for s in sections if s.level == 1 and _count("outline", s.heading)}),
        is_cut=bool(lines) and (lines[0].start >= until or _PUNCTUATED.search(lines[0].text) is not None),
    )


def _headline(document: Document, lines: list[Line], title: Title | None, until: int) -> str | None:
    """The title of a notice or letter above the text; navigation says 通知 too, but is short."""
    if title and title.is_report:
        return None
    spoken = [
        line for line in head_lines(document) if line.block.kind is BlockKind.HEADING or line.block.align
    ]
    spoken += [line for line in lines if line.start < until][:12]
    joined = [close_up(a.text + b.text) for a, b in pairwise(spoken)]
    for words in ([title.text] if title else []) + [line.text for line in spoken] + joined:
        if HEADLINE_MIN <= len(words) <= 90 and "。" not in words and _count("notice", words):
            return words
    return None


def _chars(pattern: re.Pattern[str], text: str) -> int:
    """How many characters of a text the matches of a pattern hold."""
    return sum(map(len, pattern.findall(text)))


def _against(page: _Page, filled_cells: int) -> str | None:
    """What rules a report out whatever else the page bears."""
    title = page.title.text if page.title else ""
    if _count("sample", title) or _count("placeholder", page.prose) > PLACEHOLDERS_MAX:
        return "sample or blank form"
    if filled_cells < FORM_MIN:
        if _count("nameless_body", f"{title}\n{page.prose[:PREAMBLE]}"):
            return "sample or blank form"
        if _count("other_report", title):
            return "a report of another kind"
        if _count("part_year", f"{title}\n{page.prose[:OPENING]}"):
            return "summary of a part of the year"
    if page.articles >= ARTICLES_MIN:
        return "regulation"
    if len(page.prose) < TEXT_MIN and filled_cells < FORM_MIN and page.listed >= LISTED_MIN:
        return "list of reports"
    if not page.prose and filled_cells < FORM_MIN:
        return "no text"
    words = page.prose[:SAMPLE]
    chinese = _chars(_CHINESE, words)
    if chinese < CHINESE_MIN * len(words) and chinese < CHINESE_MIN * _chars(_LETTERS, words):
        return "not in Chinese"
    may_be_news = page.core < CORE_MIN and filled_cells < FORM_MIN
    has_news_title = _count("news_title", title) and not (page.parts and page.speaks_as_one)
    if may_be_news and (has_news_title or _count("news", page.prose) >= NEWS_MIN):
        return "news about a report"
    if page.title is None and filled_cells < FORM_MIN and _count("instruction", page.prose) > page.figures:
        return "instructions, not figures"
    return None


def _labelled_title(document: Document, sections: Sequence[Section]) -> bool:
    """A report's title with its year beside a label: 标题, 名称, 中文名."""
    until = sections[0].heading_start if sections else len(document.text)
    titles = [item.value for item in read_labels(document, until) if item.field == "title"]
    return any(is_report_title(title) and year_named(title) is not None for title in titles)


def _names_report(title: str) -> bool:
    """A title that names its year or its body; without either it may be an article on reports as such."""
    return year_named(title) is not None or bool(body_named(title))
