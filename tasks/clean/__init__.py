"""Page bytes → `Document`: charset, format, visible text, blocks, tables as grids, zones.

The door is `clean`. A format is read in `tasks.clean.readers`; what follows is the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.compose import Composed, Draft
from tasks.clean.flat import find_tables
from tasks.clean.frame import zones
from tasks.clean.limits import within_limits
from tasks.clean.lined import find_lined
from tasks.clean.places import with_places
from tasks.clean.readers import Tick, no_tick, read
from tasks.clean.run_on import split_run_on
from tasks.clean.soup import find_soup
from tasks.clean.spaced import find_spaced
from tasks.clean.spread import spread_numbers
from tasks.clean.stacked import find_stacked
from tasks.errors import TerminalError
from tasks.traditional import simplified
from tasks.values import Block, BlockKind, Document, Page


def clean(page: Page, tick: Tick = no_tick) -> Document:
    """The page as text and blocks. Raises `TerminalError` for what cannot be read as a report.

    `tick` is called whenever a part of a long document is done (a page of a scan).
    """
    source = read(page, tick)
    composed = source.composed
    reading = composed._replace(text=simplified(composed.text))  # what the rules match; offsets are the same
    drafts, unread = within_limits(reading.text, reading.drafts)
    drafts = with_places(_with_tables(reading.text, drafts, source.parents), composed.places)
    if not drafts:
        raise TerminalError(
            page.uri,
            "clean",
            "The page has no visible text.",
            "Look at it in a browser; it may need scripts or a login.",
        )
    return Document(
        document_id=page.document_id,
        uri=page.uri,
        media_type=source.media_type,
        charset=source.charset,
        text=composed.text,
        blocks=_blocks(reading, drafts, source.parents),
        page_title=source.title,
        page_meta=source.meta,
        replaced=source.replaced,
        unread=unread,
        places=composed.places,
    )


def _blocks(composed: Composed, drafts: list[Draft], parents: Sequence[int]) -> tuple[Block, ...]:
    return tuple(
        Block(_kind(d), d.start, d.end, zone, d.level, d.is_bold, d.align, d.table)
        for d, zone in zip(drafts, zones(composed.text, drafts, parents), strict=True)
    )


def _with_tables(text: str, drafts: list[Draft], parents: Sequence[int]) -> list[Draft]:
    """The blocks with the tables and line breaks that markup does not declare, whatever stands for them."""
    drafts = find_soup(text, drafts, parents)
    for find in (find_tables, find_lined, split_run_on, find_spaced, find_stacked, spread_numbers):
        drafts = find(text, drafts)
    return drafts


def _kind(draft: Draft) -> BlockKind:
    if draft.table is not None:
        return BlockKind.TABLE
    return BlockKind.PARAGRAPH if draft.level is None else BlockKind.HEADING


__all__ = ["clean"]
