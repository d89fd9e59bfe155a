"""Which blocks are the report and which the frame around it: HEAD, BODY, TAIL.

The report is one stretch of blocks. 1. Strong blocks (prose, form tables, numbered headings) show where it
is. 2. Markup narrows it: what stands outside the smallest element around them is frame. 3. Line features
decide at the edges: words of the frame (seeds/frame_lines.csv), the title above, the signature below.
A report's line taken for frame is lost to every later step, so what is unsure stays BODY.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import seeds
from tasks.clean.compose import Draft
from tasks.clean.labels import is_label, is_value
from tasks.values import Zone

# Prose: no menu line, breadcrumb or button is this long and has the points of a sentence.
PROSE_CHARS = 45
FRAME_LINE_CHARS = 120  # a longer line is prose, whatever words of the frame it holds
LINK_SHARE = 0.6  # from this share of linked characters on a line is navigation
# The body's element holds at least this share of the strong text; the rest may be a sidebar's.
CORE_SHARE = 0.8
FORM_LABELS = 2  # so many labels of a statutory form make a table one
FORM_VALUES = 4  # so many numbers and no word of metadata make it a table of the report
TITLE_REACH = 6  # lines above the first strong block in which the title is looked for
SIGN_REACH = 8  # lines below the body's element in which signature and date are looked for
# Prose behind a footer is no report if it is less than this share of all.
AFTERTHOUGHT_SHARE = 0.15

SENTENCE = re.compile("[。；;！!]|[,，、].{5,200}[,，、]")
HEADING = re.compile(r"^\s{0,4}(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?\s{0,2}[、.．]|第[一二三四五六七八九十]{1,3}[部章节条]|[（(][一二三四五六七八九十]{1,3}[）)])\s{0,2}\S")
TITLE = re.compile(r"(?:报\s{0,8}告|年\s{0,4}报|总\s{0,4}结|情\s{0,4}况|说\s{0,4}明|通\s{0,4}知|函|信息公开工作)(?:[（(].{0,12}[）)])?$")
BODY_NAME = re.compile(r"(?:政府|办公室|局|委员会|委|厅|院|处|中心|街道办事处|办事处|管委会|镇|乡|司|署|队|站|集团|公司|银行|大学|学院|学校|医院|办)$")
DATE = re.compile(r"^[\s〇○Ｏ零一二三四五六七八九十\d]{4,12}年[\s〇○零一二三四五六七八九十\d]{1,6}月[\s〇○零一二三四五六七八九十\d]{0,6}日?$|^\d{4}[-./]\d{1,2}[-./]\d{1,2}$")
ATTACHED = re.compile(r"^附\s{0,4}(?:件|表|录|注)?\s{0,4}\d{0,2}\s{0,2}(?:[:：]|$)|^注\s{0,2}\d{0,2}\s{0,2}[:：.]|^(?:单位负责人|填报单位|填报人|审核人|联\s{0,2}系\s{0,2}(?:人|电话)|抄送|（?此件)")


class Traits(NamedTuple):
    """What a block looks like, as far as zones go."""

    is_strong: bool
    is_head_frame: bool
    is_tail_frame: bool
    chars: int


def zones(text: str, drafts: list[Draft], parents: Sequence[int]) -> list[Zone]:
    """The zone of each block. `parents` is the tree of elements the drafts' containers stand in."""
    traits = [_traits(text, draft) for draft in drafts]
    strong = [i for i, trait in enumerate(traits) if trait.is_strong]
    if not strong:
        return [Zone.BODY] * len(drafts)
    first, last = _core(drafts, traits, strong, parents)
    begin = _begin(text, drafts, traits, first, strong)
    end = _end(text, drafts, traits, last, strong)
    return [Zone.HEAD if i < begin else Zone.BODY if i < end else Zone.TAIL for i in range(len(drafts))]


# ------------------------------------------------------------------ traits


@cache
def _patterns(side: str, match: str) -> re.Pattern[str]:
    rows = seeds.rows("frame_lines.csv")
    parts = [row["pattern"] for row in rows if row["side"] in (side, "both") and row["match"] == match]
    return re.compile("|".join(f"(?:{part})" for part in parts))


def is_frame_line(line: str, side: str) -> bool:
    """Whether a line has the words of the frame at its `side` of the report, `head` or `tail`."""
    return bool(_patterns(side, "start").match(line) or _patterns(side, "within").search(line))


def _traits(text: str, draft: Draft) -> Traits:
    chars = draft.end - draft.start
    if draft.table is not None:
        return _table_traits(text, draft)
    line = text[draft.start : draft.end]
    if draft.link_share >= LINK_SHARE and not ATTACHED.match(line):
        return Traits(False, True, True, chars)
    head = tail = False
    if chars <= FRAME_LINE_CHARS:
        head = is_frame_line(line, "head")
        tail = is_frame_line(line, "tail")
    prose = chars >= PROSE_CHARS and SENTENCE.search(line) is not None
    strong = not head and not tail and not draft.is_frame and (prose or HEADING.match(line) is not None)
    return Traits(strong, head or draft.is_frame, tail or draft.is_frame, chars)


def _table_traits(text: str, draft: Draft) -> Traits:
    """A table is strong if it has a form's labels; one of metadata is frame above the report."""
    assert draft.table is not None
    chars = draft.end - draft.start
    labels = values = frame = 0
    for cell in draft.table.cells[:60]:
        word = text[cell.start : cell.end]
        if not word:
            continue
        if is_value(word):
            values += 1
        elif is_label(word):
            labels += 1
            if labels >= FORM_LABELS:
                return Traits(True, False, False, chars)
        elif len(word) < FRAME_LINE_CHARS and is_frame_line(word + "：", "head"):
            frame += 1
    strong = values >= FORM_VALUES and not frame
    is_frame = not strong and (frame > 0 or draft.link_share >= LINK_SHARE)
    return Traits(strong, is_frame, is_frame and draft.link_share >= LINK_SHARE, chars)


# -------------------------------------------------------------------- core


def _core(
    drafts: list[Draft], traits: list[Traits], strong: list[int], parents: Sequence[int]
) -> tuple[int, int]:
    """First and last block inside the element that holds nearly all strong text."""
    if len(parents) < 2:
        return 0, len(drafts) - 1
    inside = _smallest_holder(drafts, traits, strong, parents)
    members = [i for i, draft in enumerate(drafts) if inside[draft.container]]
    return min(members[0], strong[0]), max(members[-1], strong[-1])


def _smallest_holder(
    drafts: list[Draft], traits: list[Traits], strong: list[int], parents: Sequence[int]
) -> list[bool]:
    """For each element whether it is the smallest one around the strong text, or inside it."""
    weight = [0] * len(parents)
    for i in strong:
        weight[drafts[i].container] += traits[i].chars
    for element in range(len(parents) - 1, 0, -1):  # children have higher numbers than their parents
        weight[parents[element]] += weight[element]
    wanted = CORE_SHARE * weight[0]
    holder = max(element for element in range(len(parents)) if weight[element] >= wanted)
    inside = [False] * len(parents)
    inside[holder] = True
    for element in range(holder + 1, len(parents)):
        inside[element] = inside[parents[element]]
    return inside


# ------------------------------------------------------------------- edges


def _begin(text: str, drafts: list[Draft], traits: list[Traits], first: int, strong: list[int]) -> int:
    """The first block of the report: the title directly above its first strong block, or that block."""
    anchor = strong[0]
    top = anchor
    while top > first and not traits[top - 1].is_head_frame and anchor - top < TITLE_REACH:
        top -= 1
    lines = [text[draft.start : draft.end] for draft in drafts[top:anchor]]
    titles = [k for k, line in enumerate(lines) if TITLE.search(line) and len(line) < 60]
    if titles:
        k = titles[0]
        return top + (k - 1 if k and BODY_NAME.search(lines[k - 1]) else k)
    return top if first == top or traits[top - 1].is_head_frame else anchor


def _end(text: str, drafts: list[Draft], traits: list[Traits], last: int, strong: list[int]) -> int:
    """The block behind the report: the first frame line after its last strong block."""
    anchor = _last_anchor(traits, strong)
    for i in range(anchor + 1, len(drafts)):
        if traits[i].is_tail_frame:
            return i
        if i > last and not _closes(text, drafts[i], i - last):
            return i
    return len(drafts)


def _last_anchor(traits: list[Traits], strong: list[int]) -> int:
    """The last strong block, without prose that comes behind the footer."""
    total = sum(traits[i].chars for i in strong)
    after = 0
    for here, above in zip(reversed(strong), [*reversed(strong[:-1]), strong[0]], strict=True):
        after += traits[here].chars
        if after > AFTERTHOUGHT_SHARE * total or not any(t.is_tail_frame for t in traits[above:here]):
            return here
    return strong[-1]


def _closes(text: str, draft: Draft, distance: int) -> bool:
    """A line that closes a report: signature, date, attachment, the form's contacts."""
    if distance > SIGN_REACH:
        return False
    line = text[draft.start : draft.end]
    return bool(
        draft.table is not None
        or DATE.match(line)
        or ATTACHED.match(line)
        or (draft.end - draft.start <= 30 and BODY_NAME.search(line))
    )
