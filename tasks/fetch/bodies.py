"""A body that was answered with 200 and is no page all the same: told by its signs (`seeds/body_signs.csv`).

Pages of this kind are short; the words of a sign in a long page are the page's own business.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

import seeds
from tasks.fetch.answers import Answer, Fault, FetchFault
from tasks.fetch.attachments import FILE_SUFFIXES, holds_files
from tasks.fetch.markup import Markup, text_of
from tasks.fetch.urls import suffix
from tasks.kinds import MARKUP_BYTES, has_mark

# The shortest real report page is over 400 characters with its frame; error pages have up to about 300 with
# theirs. Where a script or a title says what the page is, the frame of the site may be around it.
SHORT = 500
SHORT_WITH_FRAME = 1500
START = 4096  # bytes in which a page shows that it is one
SHELL = 40  # less visible text than that is none: a headline at most

_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|script|div|table|p)\b", re.IGNORECASE)
_OFFICE = re.compile(rb"urn:schemas-microsoft-com:office|content=[\"']?(?:Word|Excel)\.", re.IGNORECASE)
_OPENED, _CLOSED = re.compile(r"<html[\s>]", re.IGNORECASE), re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_ENDS_WELL = re.compile(r"(?:</[a-z0-9]+\s*>|-->)\s*\Z", re.IGNORECASE)
_HOMES = frozenset({"/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/404.html", "/404.htm"})


def check_page(answer: Answer, asked: str) -> None:
    """Raise `FetchFault` when the answer to an article's address `asked` is no page to keep."""
    markup = _checked(answer, asked)
    if markup is None:
        return
    if suffix(asked) in FILE_SUFFIXES:
        if _OFFICE.search(answer.content[:START]):
            return  # Word's or Excel's own HTML under the name of a document
        raise _fault(Fault.WRONG_TYPE, "A page came where a file was linked.")
    if len(markup.visible()) < SHELL and not holds_files(Markup(markup.source), answer.url):
        raise _fault(Fault.SHELL, "The page has no text: it is filled by scripts.")


def check_list(answer: Answer, asked: str) -> None:
    """The same for a list page, which may be filled by scripts."""
    _checked(answer, asked)


def _checked(answer: Answer, asked: str) -> Markup | None:
    """The page, if the answer is one of markup and no sign speaks against it."""
    if not answer.content.strip():
        raise _fault(Fault.EMPTY, "The answer is empty.")
    if _went_home(answer.url, asked):
        raise _fault(Fault.SOFT_404, "The address leads to the site's home page.")
    if not is_html(answer.content):
        return None
    source = text_of(answer.content, answer.media_type)
    if _OPENED.search(source) and not _CLOSED.search(source) and not _ENDS_WELL.search(source):
        raise _fault(Fault.TRUNCATED, "The page ends in its middle.")
    markup = Markup(source)
    found = sign_of(markup)
    if found is not None:
        raise _fault(found[0], f"The page is none: {found[1]!r}.")
    return markup


def is_html(content: bytes) -> bool:
    """Whether it is a web page; bytes that look like a tag stand in every tenth file of another format."""
    start = content[:START]
    if has_mark(content[:MARKUP_BYTES]):
        return False
    return bool(_HTML.search(start)) or (b"\0" in content[:200] and bool(_HTML.search(start[::2])))


def sign_of(markup: Markup) -> tuple[Fault, str] | None:
    """What the page is instead of a page, with the words that say so."""
    title, heading = markup.title, markup.heading()
    text = markup.visible()
    if len(text) > SHORT_WITH_FRAME:
        return None
    for sign, where, pattern in _signs():
        is_short = len(text) <= (SHORT_WITH_FRAME if where == "title" else SHORT)
        place = {"title": title, "text": f"{title} {heading} {text}", "source": markup.source}[where]
        if is_short and (found := pattern.search(place)) and _is_sure(sign, where, text):
            return sign, found[0][:80]
    return None


def _is_sure(sign: Fault, where: str, text: str) -> bool:
    """A script that leads elsewhere is in many pages; one with nothing to read beside it is no other page."""
    return where != "source" or sign is Fault.CHALLENGE or len(text) < (SHORT if sign is Fault.LOGIN else 120)


def _went_home(url: str, asked: str) -> bool:
    ended, began = urlsplit(url), urlsplit(asked)
    return ended.path in _HOMES and not ended.query and began.path not in _HOMES


def _fault(fault: Fault, words: str) -> FetchFault:
    return FetchFault(fault, words, status=200)


@cache
def _signs() -> tuple[tuple[Fault, str, re.Pattern[str]], ...]:
    return tuple(
        (Fault(row["sign"]), row["where"], re.compile(row["pattern"], re.IGNORECASE | re.DOTALL))
        for row in seeds.rows("body_signs.csv")
    )
