"""Which blocks are the report and which the frame around it: HEAD, BODY, TAIL.

The report is one stretch of blocks. 1. Strong blocks (prose, form tables, numbered headings) show where it
is. 2. Markup narrows it: what stands outside the smallest element around them is frame. 3. Line features
decide at the edges: words of the frame, the title above, the signature below. A report's line taken for
frame is lost to every later step, so what is unsure stays BODY.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.compose import Draft
from tasks.clean.traits import Traits, is_closing, is_title, is_title_part, traits_of
from tasks.values import Zone

# The body's element holds at least this share of the strong text; the rest may be a sidebar's.
CORE_SHARE = 0.8
TITLE_REACH = 8  # lines above the first strong block of a text in which the title is looked for
TITLE_LINES = 3  # a title is broken over three lines at most
SIGN_REACH = 8  # lines below the body's element in which signature and date are looked for
# Prose behind a footer of two lines or more is no report if it is less than this share of all.
AFTERTHOUGHT_SHARE = 0.1
FOOTER_LINES = 2


def zones(text: str, drafts: list[Draft], parents: Sequence[int]) -> list[Zone]:
    """The zone of each block. `parents` is the tree of elements the drafts' containers stand in."""
    traits = [traits_of(text, draft) for draft in drafts]
    strong = [i for i, trait in enumerate(traits) if trait.is_strong]
    if not strong:
        return [Zone.BODY] * len(drafts)
    is_structured = len(parents) > 1
    if is_structured:
        first, last, strong = _core(drafts, traits, strong, parents)
    else:
        first, last = 0, len(drafts) - 1
        strong = _without_afterthought(traits, strong)
    begin = _begin(text, drafts, traits, first, strong[0], is_structured)
    end = _end(text, drafts, traits, last, strong[-1])
    return [Zone.HEAD if i < begin else Zone.BODY if i < end else Zone.TAIL for i in range(len(drafts))]


# -------------------------------------------------------------------- core


def _core(
    drafts: list[Draft], traits: list[Traits], strong: list[int], parents: Sequence[int]
) -> tuple[int, int, list[int]]:
    """First and last block of the element that holds nearly all strong text, and the strong blocks that
    are the report's: those in it, forms and headings anywhere, prose that no frame line parts from it."""
    inside = _inside_holder(drafts, traits, strong, parents)
    members = [i for i, draft in enumerate(drafts) if inside[draft.container]]
    first, last = members[0], members[-1]
    kept = [i for i in strong if first <= i <= last or traits[i].is_form]
    for i in reversed([i for i in strong if i < first]):
        if any(trait.head for trait in traits[i:first]):
            break
        kept.append(i)
    for i in (i for i in strong if i > last):
        if any(trait.tail for trait in traits[last:i]):
            break
        kept.append(i)
    return first, last, sorted(set(kept))


def _inside_holder(
    drafts: list[Draft], traits: list[Traits], strong: list[int], parents: Sequence[int]
) -> list[bool]:
    """For each element whether it is the smallest one around the strong text, or inside it."""
    weight = [0] * len(parents)
    for i in strong:
        weight[drafts[i].container] += traits[i].chars
    for element in range(len(parents) - 1, 0, -1):  # children have higher numbers than their parents
        weight[parents[element]] += weight[element]
    wanted = CORE_SHARE * weight[0]
    holder = max(element for element, held in enumerate(weight) if held >= wanted)
    inside = [False] * len(parents)
    inside[holder] = True
    for element in range(holder + 1, len(parents)):
        inside[element] = inside[parents[element]]
    return inside


def _without_afterthought(traits: list[Traits], strong: list[int]) -> list[int]:
    """The strong blocks without a little prose that comes behind the footer (a disclaimer, a teaser)."""
    total = sum(traits[i].chars for i in strong)
    after = 0
    for k in range(len(strong) - 1, 0, -1):
        after += traits[strong[k]].chars
        if traits[strong[k]].is_form or after > AFTERTHOUGHT_SHARE * total:
            break
        if sum(trait.tail for trait in traits[strong[k - 1] : strong[k]]) >= FOOTER_LINES:
            return strong[:k]
    return strong


# ------------------------------------------------------------------- edges


def _begin(
    text: str, drafts: list[Draft], traits: list[Traits], first: int, anchor: int, is_structured: bool
) -> int:
    """The first block of the report: the title above its first strong block, or what stands there."""
    top = anchor
    while top > first and not traits[top - 1].head and (is_structured or anchor - top < TITLE_REACH):
        top -= 1
    lines = [text[draft.start : draft.end] for draft in drafts[top:anchor]]
    for k in range(len(lines) - 1, -1, -1):
        if is_title(lines[k]):
            return top + _title_top(lines, drafts[top:anchor], k)
    return top


def _title_top(lines: list[str], drafts: list[Draft], k: int) -> int:
    """The line where the title begins whose last line is k."""
    for above in range(k - 1, max(-1, k - TITLE_LINES), -1):
        is_same_element = drafts[above].container == drafts[k].container > 0
        if not is_same_element and not is_title_part(lines[above]):
            return above + 1
    return max(0, k - TITLE_LINES + 1)


def _end(text: str, drafts: list[Draft], traits: list[Traits], last: int, anchor: int) -> int:
    """The block behind the report: the first frame line after its last strong block."""
    for i in range(anchor + 1, len(drafts)):
        if traits[i].tail:
            return i
        if i > last and not _closes(text, drafts[i], i - last):
            return i
    return len(drafts)


def _closes(text: str, draft: Draft, distance: int) -> bool:
    if distance > SIGN_REACH:
        return False
    return draft.table is not None or is_closing(text[draft.start : draft.end])
