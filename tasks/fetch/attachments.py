"""The files a page carries when its report is only an attachment. What the files say is read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

import seeds
from tasks.fetch.markup import Markup, text_of
from tasks.fetch.urls import join, suffix

MOST = 20  # files of one page; more are a library, not a report
MOST_IMAGES = 40  # a scanned report is a picture a page
# A report in the page has over 600 characters outside of links, a note that leads to a file under 300.
REPORT_CHARACTERS = 600
REPORT_WORDS = 2
IMAGE_CHARACTERS = 400  # a page whose report is a picture says little else


@dataclass(frozen=True, slots=True)
class Attachment:
    uri: str
    title: str


def attachments(content: bytes, media_type: str | None, uri: str) -> list[Attachment]:
    """The files that make up the report of the page, none when the page prints it itself."""
    markup = Markup(text_of(content, media_type))
    base = (join(uri, markup.base) if markup.base else None) or uri
    files, images = list(_files(markup, base)), list(_images(markup, base))
    words = markup.text_outside_links()  # takes the links out, so it comes last
    if _is_report(words):
        return []
    if files:
        return _each_once(files, uri)[:MOST]
    return _each_once(images, uri)[:MOST_IMAGES] if len(words) < IMAGE_CHARACTERS else []


def holds_files(markup: Markup, uri: str) -> bool:
    """Whether the page has any file or picture that may be the report."""
    return next(_files(markup, uri), None) is not None or next(_images(markup, uri), None) is not None


def _files(markup: Markup, base: str) -> Iterator[Attachment]:
    for link in markup.links():
        address = join(base, link.href)
        names = (suffix(address or ""), suffix(link.text), suffix(unquote(link.href)))
        if address and (
            any(name in FILE_SUFFIXES for name in names) or _pattern("download").search(link.href)
        ):
            yield Attachment(address, link.text)
    for tag, attribute in (("iframe", "src"), ("embed", "src"), ("object", "data")):
        for href in markup.sources(f"{tag}[{attribute}]", attribute):
            file = _inside_viewer(href)
            address = join(base, file)
            if address and suffix(address) in FILE_SUFFIXES:
                yield Attachment(address, "")


def _inside_viewer(href: str) -> str:
    """The file that a viewer page shows: `/pdfjs/web/viewer.html?file=/a.pdf`."""
    found = re.search(r"[?&](?:file|url|src)=([^&#]+)", href)
    return unquote(found[1]) if found else href


def _images(markup: Markup, base: str) -> Iterator[Attachment]:
    for href in markup.sources("img[src]", "src"):
        address = join(base, href)
        if address and suffix(address) in IMAGE_SUFFIXES and not _pattern("frame_image").search(href):
            yield Attachment(address, "")


def _each_once(files: list[Attachment], page: str) -> list[Attachment]:
    return list({file.uri: file for file in reversed(files) if file.uri != page}.values())[::-1]


def _is_report(words: str) -> bool:
    return len(words) >= REPORT_CHARACTERS and len(set(_pattern("report").findall(words))) >= REPORT_WORDS


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    parts = [row["pattern"] for row in seeds.rows("attachment_signs.csv") if row["kind"] == kind]
    return re.compile("|".join(parts), re.IGNORECASE)


class _Suffixes:
    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __contains__(self, ending: object) -> bool:
        return isinstance(ending, str) and bool(ending) and bool(_pattern(self._kind).fullmatch(ending[1:]))


FILE_SUFFIXES, IMAGE_SUFFIXES = _Suffixes("suffix"), _Suffixes("image")
