"""Problems the report admits and measures it announces, item by item.

Here: cutting sections of problems, measures and plans into their items: headings below them, 一是 … 二是 …,
numbered sentences, or clauses. Not here: what makes a section one of these (`sections`). The cues are data:
seeds/finding_cues.csv. An item is the clause as printed, without its mark and closing punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import seeds
from tasks.extract.bodies import is_body
from tasks.extract.dates import is_date
from tasks.extract.lines import BLANK
from tasks.values import BlockKind, Document, Finding, Section

ITEM_MIN, ITEM_MAX = 4, 300  # characters: less is a remnant, more is a paragraph that was not cut
PARAGRAPH_MIN_ITEMS = 2  # outside such sections one clause about a shortcoming is no list of problems

_CN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:[{_CN}]{{1,2}}(?:是|要|、)|第[{_CN}][，,、是]|其[{_CN}][，,、是]"
    rf"|[（(][{_CN}\d]{{1,2}}[）)]|[\u2460-\u2473]|(?:首先|其次|再次|最后)[，,]?)[：:，,{BLANK}]?"
    r"|(?:(?m:^)[ \t\u00a0\u3000]{0,8}|(?<=[：:；;。])[ ]?)\d{1,2}[、.．](?!\d)"
    r"|(?<![\u4e00-\u9fff])另?一方面[，,]?"
)
_END = re.compile(r"[。；;！!\n]")
_ASIDE = re.compile(r"[，,](?=如[^何果]|例如|比如|譬如|(?:20\d\d|明|下一?)年|今后|下一?步)")
_AMONG = re.compile(
    r"存在(?:着|的|一些|以下)?(?P<item>[^。；;：:]{4,150}?)(?:等(?:问题|不足|情况|方面|现象)|的问题)"
)
_LEAD = re.compile(r"^(?:[^：:。；;\n]{0,60}[：:])")
_OPENING = re.compile(
    "(?:[^，,。]{0,8}存在的?|目前)?(?:主要)?(?:问题|不足)(?:主要)?(?:是|有|在于|表现[为在])[：:]?|(?:同时)?[也还仍]?存在着?"
)
_FIRST = re.compile("[^。；;：:]{0,12}(?:问题|不足)一是")
_BUT = re.compile(r"[，,](?:但是?|然而|不过)[，,]?")  # what was achieved stands before it
_SUCH_AS = re.compile(r"(?:问题|不足|差距|困难)[，,](?:比如|例如|如|主要(?:表现)?(?:是|在|为|有))[：:，,]?")
_ANNOUNCES = re.compile(r"(?:存在|还有|仍有)[^，,]{0,16}(?:问题|不足|困难|差距|薄弱环节)$")
_SENTENCE = re.compile(r"[^。！!\n]+[。！!\n]?")

Span = tuple[str, int, int]  # kind, start, end


@cache
def _cue(name: str) -> re.Pattern[str]:
    return next(re.compile(row["pattern"]) for row in seeds.rows("finding_cues.csv") if row["cue"] == name)


def find_findings(document: Document, sections: Sequence[Section]) -> tuple[Finding, ...]:
    """The problems and measures in printed order; `text` is the document's text between its offsets."""
    spans = list(_in_sections(document, sections))
    if not any(kind == "problem" for kind, _, _ in spans):
        spans += _in_prose(document)
    seen: set[int] = set()
    found: list[Finding] = []
    for kind, start, end in sorted(spans, key=lambda span: span[1]):
        words = document.text[start:end]
        if (
            start not in seen
            and ITEM_MIN <= len(words) <= ITEM_MAX
            and not is_body(words)
            and not is_date(words)
        ):
            seen.add(start)
            found.append(Finding(kind, len(found), words, start, end))
    return tuple(found)


def _in_sections(document: Document, sections: Sequence[Section]) -> Iterator[Span]:
    for no, section in enumerate(sections):
        if section.concept not in ("problems", "measures", "problems_measures", "plans"):
            continue
        if _parent_is_item(sections, no):
            continue
        children = _children(sections, no)
        run_in = document.text.find("一是", section.heading_start, section.heading_end)
        if run_in >= 0 and section.concept in ("problems", "problems_measures"):
            yield "problem", *_clause(document.text, run_in + 2, section.heading_end)
        own = list(_in_text(document, section, bool(children)))
        yield from own
        admitted = any(kind == "problem" for kind, _, _ in own)
        for child in children:
            if child.concept == section.concept:
                yield _heading(document, child, _kind_of(section, child, admitted))


def _parent_is_item(sections: Sequence[Section], no: int) -> bool:
    """Below a heading that is an item itself stand its details, and so does the heading's own text."""
    section = sections[no]
    above = next((s for s in reversed(sections[:no]) if s.level < section.level), None)
    return above is not None and above.concept == section.concept


def _children(sections: Sequence[Section], no: int) -> list[Section]:
    """The headings right below a section: those of the next level that occurs in it."""
    below: list[Section] = []
    for section in sections[no + 1 :]:
        if section.level <= sections[no].level:
            break
        below.append(section)
    level = min((section.level for section in below), default=0)
    return [section for section in below if section.level == level]


def _kind_of(section: Section, child: Section, admitted: bool) -> str:
    if section.concept == "problems":
        return "problem"
    if section.concept != "problems_measures" or admitted:
        return "measure"
    return "problem" if _cue("weak").search(child.heading) else "measure"


def _heading(document: Document, section: Section, kind: str) -> Span:
    printed = document.text[section.heading_start : section.heading_end]
    start = (
        section.heading_end - len(section.heading)
        if printed.endswith(section.heading)
        else section.heading_start
    )
    return kind, start, section.heading_end


def _prose_end(document: Document, section: Section) -> int:
    """Where the section's paragraphs end: at a table, and before a signature."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and section.text_start <= block.start < section.text_end:
            return block.start
    return section.text_end


def _in_text(document: Document, section: Section, has_children: bool) -> Iterator[Span]:
    """Items in the section's own text; before headings it is an introduction and only problems count."""
    start, end = section.text_start, _prose_end(document, section)
    turn = _turn(document.text, start, end) if section.concept == "problems_measures" else None
    if section.concept in ("problems", "problems_measures"):
        yield from _items(document.text, start, turn or end, "problem")
    if has_children:
        return
    if section.concept in ("measures", "plans"):
        yield from _items(document.text, start, end, "measure")
    elif turn:
        yield from _items(document.text, turn, end, "measure")


def _turn(text: str, start: int, end: int) -> int | None:
    """Where the text turns from problems to measures."""
    admitted = _cue("problem").search(text, start, end)
    marks = [mark.start() for mark in _MARK.finditer(text, start, end)]
    earliest = admitted.end() if admitted else start
    for cue in _cue("measure").finditer(text, earliest, end):
        sentence = text[cue.start() : (_END.search(text, cue.end(), end) or cue).start()]
        if admitted or marks or not _cue("weak").search(sentence):
            return cue.start() + 1 if cue.group()[0] in "。；;\n，," else cue.start()
    return None


def _items(text: str, start: int, end: int, kind: str) -> Iterator[Span]:
    marks = list(_MARK.finditer(text, start, end))
    if marks:
        for no, mark in enumerate(marks):
            limit = marks[no + 1].start() if no + 1 < len(marks) else end
            yield kind, *_clause(text, mark.end(), limit)
        return
    among = _AMONG.search(text, start, end) if kind == "problem" else None
    if among and _listed(among):
        opening = max(text.rfind("。", start, among.start()) + 1, start)
        yield from _clauses(text, opening, among.start(), kind)
        yield kind, among.start("item"), among.end("item")
        return
    for sentence in _SENTENCE.finditer(text, start, end):
        yield from _clauses(text, sentence.start(), sentence.end(), kind)


def _clause(text: str, start: int, limit: int) -> tuple[int, int]:
    """From behind a mark to the end of its first sentence, examples and next year's plans left out."""
    if first := _FIRST.match(text, start, limit):
        start = first.end()
    stop = _END.search(text, start, limit)
    end = stop.start() if stop else limit
    if aside := _ASIDE.search(text, start + ITEM_MIN, end):
        end = aside.start()
    return _trim(text, start, end)


def _clauses(text: str, start: int, end: int, kind: str) -> Iterator[Span]:
    """The clauses of a sentence without marks; for problems those that name a shortcoming."""
    listed = kind == "measure"
    if lead := _LEAD.match(text[start:end]):
        listed = listed or _cue("problem").search(lead.group()) is not None
        start += lead.end()
    while start < end:
        stop = _END.search(text, start, end)
        until = stop.start() if stop else end
        left, right = _trim(text, start, until)
        if kind == "problem":
            left = _behind_praise(text, left, right)
        if opening := _OPENING.match(text, left, right):
            left = opening.end()
        if right > left and (listed or _names_shortcoming(text[left:right])):
            yield kind, left, right
        start = until + 1


def _behind_praise(text: str, start: int, end: int) -> int:
    """Where a clause comes to its shortcoming: behind …取得成效，但; behind …一些不足，如."""
    for turn in (_BUT, _SUCH_AS):
        found = turn.search(text, start, end)
        if found and _cue("weak").search(text, found.end(), end):
            start = found.end()
    return start


def _listed(among: re.Match[str]) -> bool:
    """Whether 存在…等问题 lists shortcomings; 存在不容忽视的问题 announces them."""
    return not among.group().endswith("的问题") or _names_shortcoming(among["item"])


def _names_shortcoming(clause: str) -> bool:
    announced = _ANNOUNCES.search(clause)
    return _cue("weak").search(clause, 0, announced.start() if announced else len(clause)) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in BLANK + "：:，,":
        start += 1
    while end > start and text[end - 1] in BLANK + "，,、。；;":
        end -= 1
    return start, end


def _in_prose(document: Document) -> Iterator[Span]:
    """A paragraph of problems without a heading of its own: shortcomings announced, then listed."""
    for block in document.body():
        if block.kind is BlockKind.TABLE:
            continue
        cue = _cue("problem").search(document.text, block.start, block.end)
        if cue is None:
            continue
        marks = list(_MARK.finditer(document.text, cue.end(), block.end))
        if len(marks) >= PARAGRAPH_MIN_ITEMS and marks[0].start() - cue.end() <= ITEM_MAX:
            items = list(_items(document.text, marks[0].start(), block.end, "problem"))
            if any(_cue("weak").search(document.text, start, end) for _, start, end in items):
                yield from items
                return
