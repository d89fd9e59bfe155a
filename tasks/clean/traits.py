"""What a block looks like: prose, heading, form table, frame line, title, signature.

The words are data: seeds/frame_lines.csv (the frame's), frame_own_lines.csv (the report's). Where a block
stands is not looked at here but in `frame`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import seeds
from tasks.clean.compose import Draft
from tasks.clean.labels import is_label, is_metadata_label, is_value
from tasks.seeking import Seeker, seeker

# Prose: no menu line, breadcrumb or button is this long and has the points of a sentence.
PROSE_CHARS = 45
FRAME_LINE_CHARS = 120  # a longer line is prose, whatever words of the frame it holds
LINK_SHARE = 0.6  # from this share of linked characters on a line is navigation
FORM_LABELS = 2  # so many labels of a statutory form make a table one
FORM_VALUES = 4  # so many numbers beside words, none of metadata, make it a table of the report
WORD_CHARS = 4  # a calendar's words are shorter
CELLS_SEEN = 60  # a table shows what it is in its first cells
BULLETS = "•·●◆■▪▶-— \t\xa0\u3000"  # what lists of metadata and links begin with in a text
TITLE_CHARS = 60
SIGNATURE_CHARS = 30
REMEMBERED = 8192  # short lines

SENTENCE = re.compile(r"[。；;！!]|[,，、].{5,200}[,，、]")
ENDING = "(?:[（(].{0,16}[）)])?$"  # what may stand behind a title or a name: （2019年度）


class Traits(NamedTuple):
    """What a block looks like, as far as zones go.

    `is_strong`: it can only be the report's (or a sidebar's prose); `is_form`: a table of a statutory or
    local form, or a numbered heading, which no sidebar has; `head` and `tail`: it looks like frame above,
    below the report.
    """

    chars: int
    is_strong: bool = False
    is_form: bool = False
    head: bool = False
    tail: bool = False


def traits_of(text: str, draft: Draft) -> Traits:
    chars = draft.end - draft.start
    if draft.table is not None:
        return _table_traits(text, draft, chars)
    line = text[draft.start : draft.end]
    if draft.is_frame or (draft.link_share >= LINK_SHARE and not _own("attached").match(line)):
        return Traits(chars, head=True, tail=True)
    if chars <= FRAME_LINE_CHARS:
        return _short_line_traits(line)
    return _text_traits(line)


@lru_cache(maxsize=REMEMBERED)
def _short_line_traits(line: str) -> Traits:
    """Remembered: the pages of a site have the same frame, and all reports the same headings."""
    head = is_frame_line(line, "head")
    tail = is_frame_line(line, "tail") and not _own("attached").match(line)
    return Traits(len(line), head=head, tail=tail) if head or tail else _text_traits(line)


def _text_traits(line: str) -> Traits:
    is_heading = _own("heading").match(line) is not None
    is_prose = len(line) >= PROSE_CHARS and SENTENCE.search(line) is not None
    return Traits(len(line), is_prose or is_heading, is_heading)


def _table_traits(text: str, draft: Draft, chars: int) -> Traits:
    """A form's table is strong; one of metadata is frame above the report, a menu on both sides of it."""
    labels = values = frame = words = 0
    for cell in draft.table.cells[:CELLS_SEEN] if draft.table is not None else ():
        word = text[cell.start : cell.end]
        if not word:
            continue
        if is_value(word):
            values += 1
        elif is_label(word):
            labels += 1
            if labels >= FORM_LABELS:
                return Traits(chars, is_strong=True, is_form=True)
        elif is_metadata_label(word):
            frame += 1
        elif len(word) >= WORD_CHARS:
            words += 1
    is_menu = draft.is_frame or draft.link_share >= LINK_SHARE
    if values >= FORM_VALUES and words >= FORM_LABELS and not frame and not is_menu:
        return Traits(chars, is_strong=True, is_form=True)
    return Traits(chars, head=frame > 0 or is_menu, tail=is_menu)


@cache
def _patterns(side: str, match: str) -> re.Pattern[str]:
    rows = seeds.rows("frame_lines.csv")
    parts = [row["pattern"] for row in rows if row["side"] in (side, "both") and row["match"] == match]
    return re.compile("|".join(f"(?:{part})" for part in parts))


@cache
def _within(side: str) -> Seeker:
    return seeker(_patterns(side, "within"))


def is_frame_line(line: str, side: str) -> bool:
    """Whether a line has the words of the frame at its `side` of the report, `head` or `tail`."""
    line = line.lstrip(BULLETS) or line
    return bool(_patterns(side, "start").match(line) or _within(side).search(line))


@cache
def _own(kind: str) -> re.Pattern[str]:
    """The pattern of one kind of the report's own lines."""
    rows = [row for row in seeds.rows("frame_own_lines.csv") if row["kind"] == kind]
    ends = ENDING if rows[0]["match"] == "end" else ""
    return re.compile(f"(?:{'|'.join(row['pattern'] for row in rows)}){ends}")


def is_title(line: str) -> bool:
    """The last line of a title, or all of it."""
    return len(line) <= TITLE_CHARS and _own("title").search(line) is not None


def is_title_part(line: str) -> bool:
    """A line that may be above the last one of a title: XX市人民政府 / 2013年政府信息公开 / …"""
    if len(line) > TITLE_CHARS or is_title(line):
        return False
    return _own("title_part").search(line) is not None or _own("body").search(line) is not None


def is_closing(line: str) -> bool:
    """A line that closes a report: signature, date, attachment, the form's contacts."""
    if _own("closing").match(line) or _own("attached").match(line):
        return True
    return len(line) <= SIGNATURE_CHARS and _own("body").search(line) is not None
