"""Headings of all styles, told apart from numbered sentences, and the text below each.

Here: the marks of numbering, what makes a line a heading, the levels and the concepts. Not here:
titles of the page (`titles`), what the text of a section says.

A line with a mark is a heading by itself when nothing follows it; where text follows in the same
paragraph, the lines of one enumeration decide together (`_settle`): a list of sentences that happens to
have one short first sentence stays a list, and among headings the one written with a comma is still one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

import seeds
from tasks.extract.lines import BLANK, Line, body_lines, close_up
from tasks.extract.titles import is_report_title
from tasks.values import BlockKind, Document, Section

ALONE_MAX = (
    60  # characters; the longest statutory heading (table 4's) has 34, misprints and years come on top
)
RUN_IN_MAX = 42  # a heading that opens a paragraph; the sentence after it is far longer
COMMA_MAX = 30  # a heading closed by a comma, among siblings that are headings
CLOSED_MAX = 26  # a heading closed by 。 with nothing behind it; longer ones are sentences of a list
SPACED_MIN = 20  # text after a blank: shorter is the second half of a letter-spaced heading
UNNUMBERED_MAX = 24
UNNUMBERED_MIN_COUNT = 2  # a single bold line is emphasis, two of them an outline
PLAIN_MIN_COUNT = 3  # without any markup the outline must show itself more often
CONTENTS_MIN = 3  # headings in a row without text, printed again later: a table of contents

_CN = "一二三四五六七八九十"
_MARKS = (
    (1, re.compile(rf"(?P<n>第[{_CN}]{{1,3}}(?:部分|章))[{BLANK}、:：.．]*")),
    (1, re.compile(rf"(?P<n>[{_CN}]{{1,3}})[{BLANK}]*(?:[、.．,，:：]|[{BLANK}](?=[^{BLANK}]))[{BLANK}]*")),
    (2, re.compile(rf"[（(][{BLANK}]*(?P<n>[{_CN}]{{1,3}})[{BLANK}]*[）)][{BLANK}、.．:：]*")),
    (2, re.compile(rf"(?P<n>[\u3220-\u3229])[{BLANK}、.．]*")),
    (3, re.compile(rf"(?P<n>[0-9０-９]{{1,2}})[{BLANK}]*[、.．](?![0-9０-９])[{BLANK}]*")),
    (3, re.compile(rf"(?P<n>[\u2488-\u249b])[{BLANK}、]*")),
    (4, re.compile(rf"[（(][{BLANK}]*(?P<n>[0-9０-９]{{1,2}})[{BLANK}]*[）)][{BLANK}、.．]*")),
    (4, re.compile(rf"(?P<n>[0-9０-９]{{1,2}})[）)][{BLANK}、]*")),
    (4, re.compile(rf"(?P<n>[\u2460-\u2487])[{BLANK}、.．]*")),
)
_MARK_STARTS = frozenset(
    "第（(一二三四五六七八九十0123456789０１２３４５６７８９"
    + "".join(map(chr, range(0x2460, 0x249C)))
    + "".join(map(chr, range(0x3220, 0x322A)))
)
_DEBRIS = re.compile(r"<!--.{0,40}?-->")  # Word's conditional comments, printed as text around a number
_ATTACHMENT = re.compile(
    rf"(?P<n>附[{BLANK}]?[件表][{BLANK}]?[0-9０-９{_CN}]{{0,2}})[{BLANK}]*[:：][{BLANK}]*(?P<text>.{{2,60}})$"
)
_FILE_NAME = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|zip|rar|ofd)\W*$", re.IGNORECASE)
_STOP = re.compile(r"[。：:；;！!？?]")
_OPEN, _CLOSE = "《〈“‘（(〔[【", "》〉”’）)〕]】"
_COMMA = re.compile(r"[，,]")
_SPACED = re.compile(rf"(?P<part>[^{BLANK}，,、]{{2,24}})[{BLANK}]+(?P<rest>[^{BLANK}].*)$")
_QUANTITY = re.compile(
    r"[0-9０-９][余多几]?[万亿]?[余多]?(?:条|件|次|人|份|个|名|元|期|篇|场|项|宗|起|%|％|家|户|部|封|批|台)"
)
_SENTENCE_OPENER = re.compile(r"[我本](?:[局委办市县区镇乡州厅处队站院校省旗盟部会]|街道|单位|机关)")
_CLAUSE = re.compile("根据|按照|依照|为了?|通过|在|对|由|经|因|针对|围绕|结合|截|全年|今年|[0-9０-９]{4}年")
_CELL = re.compile(r"(?:[-—－/\d.,，%％\s]{1,12}|[条件次人份个元篇场项万]{1,2}|人次|单位|统计数|计量单位)$")
_DATE_ONLY = re.compile(
    r"[\d〇○零一二三四五六七八九十０-９\s./-]+年?[\d一二三四五六七八九十０-９\s]*月?.{0,6}$"
)
_LISTED = re.compile(r"《[^》]*》$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be a heading: where its words stand and how sure its form makes it."""

    line_no: int
    level: int
    number: str | None
    start: int  # of the number
    words_start: int
    words_end: int
    text_start: int
    verdict: str  # alone | run_in | comma | sentence


def find_sections(document: Document) -> tuple[Section, ...]:
    """The printed headings in order, each with the text up to the next heading of any level."""
    lines = body_lines(document)
    marked = [c for no, line in enumerate(lines) if (c := _read(line, no, _after(lines, no)))]
    kept = _without_contents(_settle(marked), lines)
    kept = sorted([*kept, *_unnumbered(lines, kept)], key=lambda c: c.start)
    return _build(document, kept)


def _after(lines: list[Line], no: int) -> str:
    return lines[no + 1].text if no + 1 < len(lines) else ""


def _read(line: Line, no: int, following: str) -> _Candidate | None:
    """A numbered line as a candidate, or None when it bears no mark."""
    text = line.text
    if text[0] == "附" and (match := _ATTACHMENT.match(text)):
        return _attachment(line, no, match)
    offset = 0
    if text[0] == "<" and (debris := _DEBRIS.match(text)):
        offset = debris.end()
    if offset >= len(text) or text[offset] not in _MARK_STARTS:
        return None
    for level, mark in _MARKS:
        if match := mark.match(text, offset):
            end = match.end()
            if debris := _DEBRIS.match(text, end):
                end = debris.end()
            number = normalize("NFKC", match["n"]).strip("().")
            return _judge(line, no, level, number, end, following)
    return None


def _level_of(text: str) -> int | None:
    """The level of a line's mark, None without one."""
    if not text or text[0] not in _MARK_STARTS:
        return None
    return next((level for level, mark in _MARKS if mark.match(text)), None)


def _attachment(line: Line, no: int, match: re.Match[str]) -> _Candidate | None:
    words = match["text"]
    if _FILE_NAME.search(words) or _STOP.search(words):
        return None
    start = line.start + match.start("text")
    number = normalize("NFKC", close_up(match["n"]).replace(" ", ""))
    return _Candidate(no, 1, number, line.start, start, line.end, line.end, "alone")


def _judge(line: Line, no: int, level: int, number: str, words_at: int, following: str) -> _Candidate | None:
    """Tell a heading from a numbered sentence by what stands behind the number."""
    rest = line.text[words_at:]
    if not rest or _CELL.match(following):  # a row of a form whose cells stand one a line
        return None
    start, words = line.start, line.start + words_at

    def candidate(length: int, text_at: int, verdict: str) -> _Candidate:
        return _Candidate(no, level, number, start, words, words + length, words + text_at, verdict)

    stop = _first_stop(rest)
    if stop is None:
        if spaced := _spaced(rest):
            return candidate(spaced[0], spaced[1], "run_in")
        return candidate(len(rest), len(rest), "alone" if _reads_as_heading(rest, ALONE_MAX) else "sentence")
    if rest[stop] in "。：:" and _reads_as_heading(rest[:stop], RUN_IN_MAX):
        below = rest[stop + 1 :].lstrip(BLANK)
        if below:
            return candidate(stop, len(rest) - len(below), "run_in")
        if stop <= CLOSED_MAX and _level_of(following) != level:  # else one short sentence of a list
            return candidate(stop, len(rest), "closed")
    if spaced := _spaced(rest):
        return candidate(spaced[0], spaced[1], "run_in")
    comma = _COMMA.search(rest)
    before = rest[: comma.start()] if comma else ""
    if comma and rest[stop] == "。" and _reads_as_heading(before, COMMA_MAX) and not _CLAUSE.match(before):
        return candidate(comma.start(), comma.end(), "comma")
    return candidate(0, 0, "sentence")


def _first_stop(text: str) -> int | None:
    """The first mark that closes a heading, outside brackets and quotes."""
    if not _STOP.search(text):
        return None
    depth = 0
    for place, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in "。：:；;！!？?":
            return place
        if place > 4 * ALONE_MAX:
            return place
    return None


def _spaced(text: str) -> tuple[int, int] | None:
    """A heading divided from its text by blanks alone: where it ends and where the text starts."""
    match = _SPACED.match(text)
    if match and len(match["rest"]) >= SPACED_MIN and _reads_as_heading(match["part"], RUN_IN_MAX):
        return match.end("part"), match.start("rest")
    return None


def _reads_as_heading(words: str, longest: int) -> bool:
    if not 2 <= len(words) <= longest or _LISTED.match(words) or words[-1] in "，,、；;":
        return False
    return not _QUANTITY.search(words) and not _SENTENCE_OPENER.match(words)


def _settle(marked: list[_Candidate]) -> list[_Candidate]:
    """Let the members of each enumeration decide together which of them are headings."""
    kept: list[_Candidate] = []
    for group in _enumerations(marked):
        sure = [c for c in group if c.verdict in ("alone", "run_in", "closed")]
        headings = 2 * len(sure) > len(group)
        for candidate in group:
            if candidate.verdict == "alone" or (headings and candidate.verdict != "sentence"):
                kept.append(candidate)
    return kept


def _enumerations(marked: list[_Candidate]) -> list[list[_Candidate]]:
    """Candidates of one level under one heading, in the order they are met."""
    groups: list[list[_Candidate]] = []
    open_groups: dict[int, list[_Candidate]] = {}
    for candidate in marked:
        for level in [level for level in open_groups if level > candidate.level]:
            del open_groups[level]
        if candidate.level not in open_groups:
            open_groups[candidate.level] = []
            groups.append(open_groups[candidate.level])
        open_groups[candidate.level].append(candidate)
    return groups


def _without_contents(kept: list[_Candidate], lines: list[Line]) -> list[_Candidate]:
    """Drop a table of contents: headings on neighbouring lines, each printed again further down."""
    kept = sorted(kept, key=lambda c: c.start)
    words = [lines[c.line_no].text[c.words_start - lines[c.line_no].start :] for c in kept]
    folded = [close_up(w).rstrip("0123456789.·… ") for w in words]
    run = 0
    while run < len(kept) and (run == 0 or kept[run].line_no == kept[run - 1].line_no + 1):
        if folded[run] not in folded[run + 1 :]:
            break
        run += 1
    return kept[run:] if run >= CONTENTS_MIN else kept


def _unnumbered(lines: list[Line], kept: list[_Candidate]) -> list[_Candidate]:
    """Headings without a number: set bold or as h-elements, or plain lines of a known outline."""
    first = min((c.start for c in kept if c.level == 1), default=None)
    taken = {c.line_no for c in kept}
    short = [no for no, line in enumerate(lines) if no not in taken and _can_be_unnumbered(lines, no)]
    marked = [no for no in short if lines[no].block.is_bold or lines[no].block.kind is BlockKind.HEADING]
    if first is not None:
        marked = [no for no in marked if lines[no].start < first and concept_of(lines[no].text)]
        return [_plain(lines[no], no) for no in marked]
    if len(marked) >= UNNUMBERED_MIN_COUNT:
        return [_plain(lines[no], no) for no in marked]
    known = [no for no in short if concept_of(lines[no].text) and len(_after(lines, no)) > UNNUMBERED_MAX]
    return [_plain(lines[no], no) for no in known] if len(known) >= PLAIN_MIN_COUNT else []


def _can_be_unnumbered(lines: list[Line], no: int) -> bool:
    text = close_up(lines[no].text)
    return (
        2 <= len(text) <= UNNUMBERED_MAX
        and not re.search(
            r"[。；，,;：:|>]|统计表|^附[件表]|^[（(【\[]|办公室$|[局委厅]$|政府$|委员会$", text
        )
        and text[0] not in _MARK_STARTS
        and not _DATE_ONLY.match(text)
        and not is_report_title(text)
        and not is_report_title(text + close_up(_after(lines, no)))
        and lines[no].block.align != "right"
    )


def _plain(line: Line, no: int) -> _Candidate:
    return _Candidate(no, 1, None, line.start, line.start, line.end, line.end, "alone")


def _build(document: Document, kept: list[_Candidate]) -> tuple[Section, ...]:
    """Sections with their texts; a heading without a concept of its own takes its parent's."""
    end_of_body = max((b.end for b in document.body()), default=0)
    sections: list[Section] = []
    parents: dict[int, str | None] = {}
    for seq, candidate in enumerate(kept):
        following = kept[seq + 1].start if seq + 1 < len(kept) else end_of_body
        parents = {level: c for level, c in parents.items() if level < candidate.level}
        above = parents[max(parents)] if parents else None
        heading = close_up(document.text[candidate.words_start : candidate.words_end])
        concept = concept_of(heading, above)
        parents[candidate.level] = concept
        start, end = _trim(document.text, candidate.text_start, max(candidate.text_start, following))
        sections.append(
            Section(
                seq=seq,
                level=candidate.level,
                number=candidate.number,
                heading=heading,
                concept=concept,
                text=document.text[start:end],
                text_start=start,
                text_end=end,
                heading_start=candidate.start,
                heading_end=candidate.words_end,
                is_run_in=candidate.verdict in ("run_in", "comma"),
            )
        )
    return tuple(sections)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return start, end


@cache
def _concepts() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = seeds.rows("section_concepts.csv")
    return tuple((row["concept"], int(row["rank"]), re.compile(row["pattern"])) for row in rows)


VAGUE = 3  # the rank of words any heading may hold (工作情况); they name a concept at the top level only
CLOSING = frozenset({"problems", "measures", "problems_measures", "plans"})


@lru_cache(maxsize=2048)
def concept_of(heading: str, above: str | None = None) -> str | None:
    """The concept a heading names: the lowest rank wins, then the word that stands first, else the parent's.

    Below a section of problems or measures the items are not sections on their subjects.
    """
    words = re.sub(rf"[{BLANK}]", "", heading)
    best: tuple[int, int] | None = None
    concept = above
    for name, rank, pattern in _concepts():
        if (above in CLOSING and name not in CLOSING) or (above and rank == VAGUE):
            continue
        match = pattern.search(words)
        if match and (best is None or (rank, match.start()) < best):
            best, concept = (rank, match.start()), name
    return concept
