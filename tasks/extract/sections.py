"""The sections of a report: which lines are headings, and the text below each.

Here: the verdict of a heading's neighbours, headings without numbers, levels and texts. Not here: the form of
one line (`headings`), the concepts (`concepts`), titles of the page (`titles`), what a section's text says.

A line with a mark is a heading by itself when nothing follows it; where text follows in the same paragraph,
the lines of one enumeration decide together (`_settle`): a list of sentences that happens to have one short
first sentence stays a list, and among headings the one written with a comma is still one.
"""

from __future__ import annotations

import re

from tasks.extract.concepts import concept_of
from tasks.extract.headings import MARK_STARTS, Candidate, read_heading
from tasks.extract.lines import BLANK, Line, body_lines, close_up
from tasks.extract.titles import is_report_title
from tasks.values import BlockKind, Document, Section

UNNUMBERED_MAX = 24
UNNUMBERED_MIN_COUNT = 2  # a single bold line is emphasis, two of them an outline
PLAIN_MIN_COUNT = 3  # without any markup the outline must show itself more often
CONTENTS_MIN = 3  # headings in a row without text, printed again later: a table of contents


_DATE_ONLY = re.compile(
    r"[\d〇○零一二三四五六七八九十０-９\s./-]+年?[\d一二三四五六七八九十０-９\s]*月?.{0,6}$"
)


def find_sections(document: Document) -> tuple[Section, ...]:
    """The printed headings in order, each with the text up to the next heading of any level."""
    lines = body_lines(document)
    marked = [c for no, line in enumerate(lines) if (c := read_heading(line, no, _after(lines, no)))]
    kept = _without_contents(_settle(marked), lines)
    kept = sorted([*kept, *_unnumbered(lines, kept)], key=lambda c: c.start)
    return _build(document, kept)


def _after(lines: list[Line], no: int) -> str:
    return lines[no + 1].text if no + 1 < len(lines) else ""


def _settle(marked: list[Candidate]) -> list[Candidate]:
    """Let the members of each enumeration decide together which of them are headings."""
    kept: list[Candidate] = []
    for group in _enumerations(marked):
        sure = [c for c in group if c.verdict in ("alone", "run_in", "closed")]
        headings = 2 * len(sure) > len(group)
        for candidate in group:
            if candidate.verdict == "alone" or (headings and candidate.verdict != "sentence"):
                kept.append(candidate)
    return kept


def _enumerations(marked: list[Candidate]) -> list[list[Candidate]]:
    """Candidates of one level under one heading, in the order they are met."""
    groups: list[list[Candidate]] = []
    open_groups: dict[int, list[Candidate]] = {}
    for candidate in marked:
        for level in [level for level in open_groups if level > candidate.level]:
            del open_groups[level]
        if candidate.level not in open_groups:
            open_groups[candidate.level] = []
            groups.append(open_groups[candidate.level])
        open_groups[candidate.level].append(candidate)
    return groups


def _without_contents(kept: list[Candidate], lines: list[Line]) -> list[Candidate]:
    """Drop a table of contents: headings on neighbouring lines, each printed again further down."""
    kept = sorted(kept, key=lambda c: c.start)
    words = [lines[c.line_no].text[c.words_start - lines[c.line_no].start :] for c in kept]
    folded = [close_up(w).rstrip("0123456789.·… ") for w in words]
    last_at = {text: place for place, text in enumerate(folded)}
    run = 0
    while run < len(kept) and (run == 0 or kept[run].line_no == kept[run - 1].line_no + 1):
        if last_at[folded[run]] == run:
            break
        run += 1
    return kept[run:] if run >= CONTENTS_MIN else kept


def _unnumbered(lines: list[Line], kept: list[Candidate]) -> list[Candidate]:
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
        and text[0] not in MARK_STARTS
        and not _DATE_ONLY.match(text)
        and not is_report_title(text)
        and not is_report_title(text + close_up(_after(lines, no)))
        and lines[no].block.align != "right"
    )


def _plain(line: Line, no: int) -> Candidate:
    return Candidate(no, 1, None, line.start, line.start, line.end, line.end, "alone")


def _build(document: Document, kept: list[Candidate]) -> tuple[Section, ...]:
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
