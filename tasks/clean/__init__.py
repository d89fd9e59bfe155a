"""Page bytes → `Document`: charset, format, visible text, blocks, tables as grids, zones.

The door is `clean`. A format is read by a function that gives `Composed` (text and blocks without
zones); PDF, Word and sheets enter in `_read` as further branches.
"""

from __future__ import annotations

from tasks.clean.charset import decode
from tasks.clean.compose import Composed, Draft, compose
from tasks.clean.flat import find_tables
from tasks.clean.frame import zones
from tasks.clean.html import read_html
from tasks.clean.run_on import split_run_on
from tasks.clean.sniff import binary_kind, is_html
from tasks.clean.soup import find_soup
from tasks.clean.spaced import find_spaced
from tasks.clean.spread import spread_numbers
from tasks.clean.stacked import find_stacked
from tasks.clean.text import read_text
from tasks.errors import TerminalError
from tasks.traditional import simplified
from tasks.values import Block, BlockKind, Document, Page

# The longest real report page known is 0.4 MB; a page of 50 MB is a dump or an attack.
MAX_BYTES = 20_000_000
MAX_TAGS = 800_000  # a form of 10,000 rows has 200,000; each costs two microseconds
CHARSET_PARAMETER = "charset="


def clean(page: Page) -> Document:
    """The page as text and blocks. Raises `TerminalError` for what cannot be read as a page of text."""
    _refuse(page)
    decoded = decode(page.content, _claimed_charset(page.media_type))
    title: str | None = None
    meta: tuple[tuple[str, str], ...] = ()
    parents: list[int] = [0]
    if is_html(decoded.text, page.media_type, page.uri):
        media_type = "text/html"
        _refuse_markup(page.uri, decoded.text)
        html = read_html(decoded.text)
        composed, title, meta, parents = compose(html.outline), html.title, html.meta, html.outline.parents
    else:
        media_type = "text/plain"
        composed = read_text(decoded.text)
    reading = composed._replace(text=simplified(composed.text))  # what the rules match; offsets are the same
    drafts = _with_tables(reading, parents)
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
        media_type=media_type,
        charset=decoded.charset,
        text=composed.text,
        blocks=_blocks(reading, drafts, parents),
        page_title=title,
        page_meta=meta,
        replaced=decoded.replaced,
    )


def _refuse(page: Page) -> None:
    """Raise for bytes that no reader of this step takes."""
    if not page.content.strip():
        raise TerminalError(page.uri, "clean", "The file is empty.", "Fetch it again, or remove it.")
    kind = binary_kind(page.content)
    if kind is not None:
        raise TerminalError(
            page.uri,
            "clean",
            f"The content is {kind}, not a page of text.",
            "Give the report as HTML or plain text.",
        )
    if len(page.content) > MAX_BYTES:
        raise TerminalError(
            page.uri,
            "clean",
            f"The page has {len(page.content):,} bytes; more than {MAX_BYTES:,} are not read.",
            "Save the report alone as a page of its own.",
        )


def _refuse_markup(uri: str, html: str) -> None:
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise TerminalError(
            uri,
            "clean",
            f"The page has {tags:,} tags; more than {MAX_TAGS:,} are not read.",
            "Save the report alone as a page of its own.",
        )


def _claimed_charset(media_type: str | None) -> str | None:
    _, found, charset = (media_type or "").lower().partition(CHARSET_PARAMETER)
    return charset.split(";")[0].strip(" \"'") if found else None


def _blocks(composed: Composed, drafts: list[Draft], parents: list[int]) -> tuple[Block, ...]:
    return tuple(
        Block(_kind(d), d.start, d.end, zone, d.level, d.is_bold, d.align, d.table)
        for d, zone in zip(drafts, zones(composed.text, drafts, parents), strict=True)
    )


def _with_tables(composed: Composed, parents: list[int]) -> list[Draft]:
    """The blocks with the tables and line breaks that markup does not declare, whatever stands for them."""
    text = composed.text
    drafts = find_soup(text, composed.drafts, parents)
    for find in (split_run_on, find_tables, find_spaced, find_stacked, spread_numbers):
        drafts = find(text, drafts)
    return drafts


def _kind(draft: Draft) -> BlockKind:
    if draft.table is not None:
        return BlockKind.TABLE
    return BlockKind.PARAGRAPH if draft.level is None else BlockKind.HEADING


__all__ = ["clean"]
