"""HTML and plain text → `Reading`: the charset told, then whichever of the two it is."""

from __future__ import annotations

from dataclasses import replace

from tasks.clean.charset import decode
from tasks.clean.compose import compose
from tasks.clean.html import read_html
from tasks.clean.lines import Outline
from tasks.clean.readers.reading import Reading, Tick, reading_of
from tasks.clean.readers.refusals import refused
from tasks.clean.readers.separated import saved_sheet
from tasks.clean.readers.sheet_layout import lay_out
from tasks.clean.sniff import is_html
from tasks.clean.text import read_text
from tasks.values import Page

# The longest real report page known is 0.4 MB; a page of 50 MB is a dump or an attack.
MAX_BYTES = 20_000_000
MAX_TAGS = 800_000  # a form of 10,000 rows has 200,000; each costs two microseconds
CHARSET_PARAMETER = "charset="


def read(page: Page, tick: Tick) -> Reading:
    if len(page.content) > MAX_BYTES:
        raise refused(
            page.uri,
            f"The page has {len(page.content):,} bytes; more than {MAX_BYTES:,} are not read.",
            "Save the report alone as a page of its own.",
        )
    decoded = decode(page.content, _claimed_charset(page.media_type))
    if not is_html(decoded.text, page.media_type, page.uri):
        if (sheet := saved_sheet(decoded.text)) is not None:
            outline = Outline([], [], [0])
            lay_out(sheet, outline)
            return replace(
                reading_of("text/csv", outline), charset=decoded.charset, replaced=decoded.replaced
            )
        composed = read_text(decoded.text)
        return Reading("text/plain", composed, charset=decoded.charset, replaced=decoded.replaced)
    _refuse_markup(page.uri, decoded.text)
    html = read_html(decoded.text)
    return Reading(
        "text/html",
        compose(html.outline),
        tuple(html.outline.parents),
        decoded.charset,
        html.title,
        html.meta,
        decoded.replaced,
    )


def _refuse_markup(uri: str, html: str) -> None:
    if len(html) > MAX_TAGS and (tags := html.count("<")) > MAX_TAGS:
        raise refused(
            uri,
            f"The page has {tags:,} tags; more than {MAX_TAGS:,} are not read.",
            "Save the report alone as a page of its own.",
        )


def _claimed_charset(media_type: str | None) -> str | None:
    _, found, charset = (media_type or "").lower().partition(CHARSET_PARAMETER)
    return charset.split(";")[0].strip(" \"'") if found else None
