"""Web pages saved in one file (MHTML: by Chromium, Internet Explorer, Word, Excel) → `Reading`.

The page is the part that the header names, else the first of HTML; where that is a frameset (Excel saves a
workbook so), all parts of HTML in their order. Pictures, styles and scripts are parts that nobody looks at.
"""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import Message

from tasks.clean.readers.reading import Reading, Tick
from tasks.clean.readers.refusals import damaged
from tasks.clean.readers.web import read as read_web
from tasks.kinds import Kind
from tasks.values import Page

MEDIA_TYPE = "multipart/related"
FRAMESET = b"<frameset"
MAX_PARTS = 2_000


def read(page: Page, tick: Tick) -> Reading:
    try:
        message = email.message_from_bytes(page.content.lstrip())
        parts = _html_parts(message)
    except (ValueError, LookupError, RecursionError) as error:
        raise damaged(page.uri, Kind.MHTML.value, error) from error
    if not parts:
        raise damaged(page.uri, Kind.MHTML.value, "it has no part of HTML")
    main = _main(message, parts)
    content = _payload(main)
    if FRAMESET in content.lower():
        content = b"\n".join(_payload(part) for part in parts if part is not main)
    charset = main.get_content_charset() if main.get_param("charset") else None
    media_type = f"text/html; charset={charset}" if charset else "text/html"
    return replace(
        read_web(replace(page, content=content, media_type=media_type), tick), media_type=MEDIA_TYPE
    )


def _html_parts(message: Message) -> list[Message]:
    found = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and not part.is_multipart():
            found.append(part)
    return found


def _main(message: Message, parts: list[Message]) -> Message:
    start = message.get_param("start")
    return next((part for part in parts if start and part.get("Content-ID") == start), parts[0])


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
