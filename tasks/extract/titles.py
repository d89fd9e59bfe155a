"""The report's own title as printed: which lines bear it, its year, and the body it names.

Here: recognising, joining and taking apart titles. Not here: headings inside the text (`sections`), who the
issuer finally is (`agency`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from tasks.clean.spaces import BARS
from tasks.extract.bodies import is_body, is_place, itself
from tasks.extract.dates import is_date
from tasks.extract.lines import BLANK, BLANKS, Line, body_lines, close_up, head_lines
from tasks.frozen import frozen
from tasks.values import Block, BlockKind, Document

TITLE_MAX = 70  # characters; the longest body names have about 30, the fixed words 20
JOINED_MAX = 4  # lines a title is broken over at most: two of the body's name, two of the fixed words
TITLE_PARTS = re.compile("[_|]|(?<=[告报])[-—－–]| - ")  # what stands between those of a <title>
META_TITLES = ("articletitle", "title", "og:title")  # names of <meta>
OPENING_LINES = 14  # body lines in which a title may stand; afterwards the text has begun
PARAGRAPH_MIN = 90  # a line this long is text, no title follows

_RULES = BLANK + BARS
_GAPS = re.compile(f"[{BLANK}]+")
_SUBJECT = (
    r"(?:(?:政府|政务|部门|校务|院务|企业|单位)?信息(?:主动)?公开|(?:政务|校务|院务|厂务|党务政务)公开)"
)
_REPORT = r"(?:报\s*告|年\s*报|总\s*结)(?:书|表)?"
_BRACKETED = r"(?:[（(【\[][^（）()【】\[\]]{0,24}[）)】\]])?"
_TITLE = re.compile(rf"{_SUBJECT}.{{0,24}}{_REPORT}{_BRACKETED}$")
_SITUATION = re.compile(rf"{_SUBJECT}.{{0,12}}情况{_BRACKETED}$")
_NO_TITLE = re.compile(
    r"[。；;！!？?>＞|│→»]|报告的?(?:通知|函|公告|要求|格式|说明)|如下|^(?:上|下)一[篇条]|^[·•●]"
)
_MARKED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、.．])"
)
_CN_DIGITS = str.maketrans("〇○ＯOoΟ零０一二三四五六七八九", "00000000123456789")
_YEAR = re.compile(
    r"(?P<range>(?:20)\d\d)\s*[-—–－―~～至到]+\s*(?P<end>20\d\d)\s*(?:学?年)?(?:年?度)?"
    r"|(?<!\d)(?P<year>20[0-4]\d)(?!\d)\s*(?:年年?|学年)?度?"
    r"|(?P<cn>二[〇○ＯOoΟ零０0][〇○ＯOoΟ零０0一二三四][〇○ＯOoΟ零０0一二三四五六七八九])\s*年度?"
)
_YEAR_PRINTED = re.compile(re.sub(r"\(\?P<\w+>", "(?:", rf"[（(]?(?:{_YEAR.pattern})[）)]?"))
_OPENING = re.compile(rf"^关于|公开|{_YEAR.pattern}")
_SUBJECT_AT = re.compile(rf"{_SUBJECT}(?!(?:工作)?(?:办公室|领导小组|中心|处|科|网))")
_LABEL_WITHOUT_COLON = re.compile(
    rf"(?:标[{BLANK}]{{0,8}}题|(?:信息|文件|公文)?名[{BLANK}]{{0,8}}称)[{BLANK}]"
)
_NO_NAME_FOLLOWS = re.compile(r"(?:时间|日期|次数|浏览|点击|阅读|人气|字体|文号|索引号)[：:]$")
_LABELLED = re.compile(r"[^：:，。（(]{2,8}[：:]")  # 信息名称：… is a line of the page's metadata
_YEAR_BELOW = re.compile(r"[(\[](?:20\d\d|二.{3})年?度?[)\]]$")  # of folded text
_CLOSING = re.compile("[告报总结况）)】\\]]")  # 报告 年报 总结 情况 （2015年度）, also letter-spaced
_GLUE = re.compile(r"^(?:关于|公布|发布|[,，、:：\-—_\s的])+|(?:关于|[,，、:：\-—_\s（(的在]|年度|全年)+$")


@frozen
class Title:
    """A printed title: its words on one line, and whether they are those of an annual report."""

    text: str
    start: int
    end: int
    is_report: bool


def is_report_title(text: str) -> bool:
    """Whether these words alone could head an annual report."""
    if "报" not in text and "总" not in text:
        return False
    bare = BLANKS.sub("", text)
    return len(bare) <= TITLE_MAX and bool(_TITLE.search(bare)) and not _NO_TITLE.search(bare)


def year_named(title: str) -> int | None:
    """The year a title names: of a range (学年) the one it ends in."""
    match = _YEAR.search(normalize("NFKC", title))
    if match is None:
        return None
    digits = match["end"] or match["year"] or (match["cn"] or "").translate(_CN_DIGITS)
    return int(digits) if digits.isdigit() else None


def body_named(title: str) -> str:
    """What a report's title names beside its year and fixed words: a body, a place, or nothing."""
    words = BLANKS.sub("", title)
    subject = _SUBJECT_AT.search(words)
    named = words[: subject.start()] if subject else words
    if subject and named.endswith("人民"):  # X县人民政府 + 信息公开, not X县人民 + 政府信息公开
        named += "政府"
    first, *others = (_unglued(part) for part in _YEAR_PRINTED.split(named))
    if is_body(first) and not any(map(is_body, others)):  # X海关2015年海关政府信息
        return itself(first)
    return itself(first + "".join(part for part in others if part != first))


def _unglued(words: str) -> str:
    previous = ""
    while previous != words:
        previous, words = words, _GLUE.sub("", words)
    return words


_recent: list[tuple[Document, int, Title | None]] = []


def find_title(document: Document, until: int) -> Title | None:
    """The title printed above offset `until` (the first section), or None when the page prints none.

    Kept for the document in hand: two readers of one page ask for it.
    """
    if not _recent or _recent[0][0] is not document or _recent[0][1] != until:
        _recent[:] = [(document, until, _find_title(document, until))]
    return _recent[0][2]


def _find_title(document: Document, until: int) -> Title | None:
    lines = _opening(document, until)
    known = _known_titles(document)
    best: tuple[tuple[int, ...], Title] | None = None
    for last in range(len(lines)):
        if not _closes(lines[last].text, known):
            continue
        for first in range(last, max(-1, last - JOINED_MAX), -1):
            if any(not _belong(lines, first, upto) for upto in range(first + 1, last + 1)):
                continue
            joined = _join(lines[first : last + 1])
            rank = _rank(joined, lines[first : last + 1], known) if len(joined) <= TITLE_MAX else None
            if rank is not None and (best is None or rank >= best[0]):
                title = Title(joined, lines[first].start, lines[last].end, _is_title(joined))
                best = (rank, title)
    return best[1] if best else None


def _closes(text: str, known: frozenset[str]) -> bool:
    """Whether a title can end with this line."""
    if _CLOSING.search(text):
        return True
    folded = fold(text) if known else ""
    return any(title.endswith(folded) for title in known)


def _opening(document: Document, until: int) -> list[Line]:
    """The lines in which a title may stand: the frame's and the first of the body."""
    body: list[Line] = []
    for line in body_lines(document)[:OPENING_LINES]:
        title = _run_in(line)
        if title:
            body.append(title)
        if line.start >= until or len(line.text) >= PARAGRAPH_MIN:
            break
        if not title:
            body.append(line)
    lines = [line for line in head_lines(document) if line.start < until]
    opening = sorted([*lines, *body], key=lambda line: line.start)
    return [_without_rules(line) for line in opening if not _LABEL_WITHOUT_COLON.match(line.text)]


def _without_rules(line: Line) -> Line:
    """Without the bars that a table of the layout left at the line's ends, or a heading's 《》."""
    bare = line.text.strip(_RULES)
    if bare[:1] == "《" and bare.find("》") == len(bare) - 1 and _is_set_off(line.block):
        bare = bare[1:-1]
    if not bare or len(bare) == len(line.text):
        return line
    start = line.start + line.text.index(bare)
    return Line(bare, start, start + len(bare), line.block)


def _is_set_off(block: Block) -> bool:
    return block.kind is BlockKind.HEADING or block.align is not None


def _run_in(line: Line) -> Line | None:
    """The title that a line of text begins with, before a blank: `X局2019年…年度报告 根据《…`."""
    for gap in _GAPS.finditer(line.text, 0, TITLE_MAX + JOINED_MAX):
        words = line.text[: gap.start()]
        if is_report_title(words) and year_named(words) is not None and words[0] not in "《1“":
            return (
                None
                if is_date(line.text[gap.end() :])
                else Line(words, line.start, line.start + len(words), line.block)
            )
    return None


def _known_titles(document: Document) -> frozenset[str]:
    """Titles the page names outside its text; they help to choose, they are not printed."""
    named = [value for name, value in document.page_meta if name in META_TITLES]
    if document.page_title:
        named += [document.page_title, *TITLE_PARTS.split(document.page_title)]
    return frozenset(folded for value in named if len(folded := fold(value)) >= 8)


def fold(text: str) -> str:
    """Text without regard to width and blanks, to compare printings."""
    return BLANKS.sub("", normalize("NFKC", text))


def _join(lines: Sequence[Line]) -> str:
    return close_up("".join(close_up(line.text) for line in lines))


def _is_title(text: str) -> bool:
    if is_report_title(text):
        return True
    bare = BLANKS.sub("", text)
    return bool(_SITUATION.search(bare)) and year_named(bare) is not None and not _NO_TITLE.search(bare)


def _is_whole(named: str) -> bool:
    return is_body(named) or is_place(named)


def _belong(lines: list[Line], first: int, last: int) -> bool:
    """Whether neighbouring lines can be one title: of one block, or set alike, and none a title alone."""
    upper, lower = lines[last - 1], lines[last]
    if upper.block is lower.block:
        return True
    if _LABELLED.match(lower.text):
        return False
    if is_report_title(upper.text) and _YEAR_BELOW.match(fold(lower.text)):
        return upper.block.zone is lower.block.zone
    if _setting(upper) != _setting(lower) or upper.text[-1] in "：:。；" or is_report_title(upper.text):
        return False
    if first and lines[first - 1].text[-1] in "：:" and not _NO_NAME_FOLLOWS.search(lines[first - 1].text):
        return False  # the value of a label above
    if not _opens(_join(lines[first:last])):
        return False
    return upper.block.zone is lower.block.zone or any(_setting(upper))


def _opens(text: str) -> bool:
    """Whether a title can begin so: with a body or a place, or with a part of its fixed words."""
    bare = fold(text)
    return _OPENING.search(bare) is not None or is_body(itself(bare)) or is_place(bare)


def _setting(line: Line) -> tuple[int, bool, str]:
    """How a line is set: its heading level, bold, centred; all false for plain text."""
    return line.block.level or 0, line.block.is_bold, line.block.align or ""


def _rank(joined: str, lines: Sequence[Line], known: frozenset[str]) -> tuple[int, ...] | None:
    """How well these lines serve as the title; None when they are none at all."""
    if _MARKED.match(joined) or _LABELLED.match(joined):
        return None
    is_known = fold(joined) in known
    is_title = _is_title(joined)
    if not is_title and not (is_known and len(joined) >= 8):
        return None
    has_year = year_named(joined) is not None
    marked = any(line.block.kind is BlockKind.HEADING or line.block.align == "center" for line in lines)
    return (is_title and has_year, is_known, is_title, _is_whole(body_named(joined)), marked, -len(lines))
