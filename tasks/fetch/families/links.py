"""Items and pagers of pages that list by plain links: shared by the families that do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from tasks.fetch.answers import Request
from tasks.fetch.attachments import FILE_SUFFIXES
from tasks.fetch.families.dates import date_in, date_of_address
from tasks.fetch.families.values import Item, Step
from tasks.fetch.markup import Link, Markup
from tasks.fetch.urls import host_of, join, suffix

_NEXT = re.compile(r"^[\s\[<«(]*(?:下一?页|后一?页|下一?頁|next|›|»|>|>>)[\s\]>»)]*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\[?\s*\d{1,3}\s*\]?$|^第?\s*\d{1,3}\s*页$")
_PAGES = frozenset({"", ".html", ".htm", ".shtml", ".jsp", ".php", ".asp", ".aspx", ".jhtml", ".do"})
_DIGITS = re.compile(r"\d+")


def items_of(source: str, base: str) -> tuple[Item, ...]:
    """Every link of the markup that may be an article or a file, each address once, with its longest
    title."""
    found: dict[str, Item] = {}
    markup = Markup(source)
    base = join(base, markup.base) or base if markup.base else base
    for link in markup.links():
        address = join(base, link.href)
        if address is None or address == base or not _may_be_article(address) or not link.text:
            continue
        item = Item(address, _title(link), date_in(link.around) or date_of_address(address))
        known = found.get(address)
        if known is None or len(known.title) < len(item.title):
            found[address] = item
    return tuple(found.values())


def _title(link: Link) -> str:
    """The words of the link; where they are only 查看 or 下载, those around it."""
    return link.around if len(link.text) <= 4 and len(link.around) > len(link.text) + 6 else link.text


def _may_be_article(address: str) -> bool:
    path = urlsplit(address).path
    ending = suffix(address)
    return (ending in _PAGES or ending in FILE_SUFFIXES) and not (path == "/" and "?" not in address)


def further_pages(source: str, base: str, seen: Iterable[str]) -> list[str]:
    """The addresses of a list's other pages: what its pager links to, 下一页 first, never pages seen."""
    markup = Markup(source)
    known = {*seen, base}
    ahead, numbered = [], []
    for link in markup.links():
        address = join(base, link.href)
        if address is None or address in known or host_of(address) != host_of(base):
            continue
        if _NEXT.match(link.text):
            ahead.append(address)
        elif _NUMBER.match(link.text) and _is_sibling(address, base):
            numbered.append(address)
    return list(dict.fromkeys((*ahead, *numbered)))


def _is_sibling(address: str, base: str) -> bool:
    """Two pages of one list: their addresses differ in numbers, or one lies in a folder named as the
    other."""
    one, other = _shape(address), _shape(base)
    return one == other or one.startswith(other) or _stem(base) in _path(address)


def _shape(url: str) -> str:
    path = _DIGITS.sub("", _path(url))
    return re.sub(r"[_-]?(?:/)?\.\w+$", "", path)


def _stem(url: str) -> str:
    """The list's own name without number and ending: `/xxgk/list2.htm` → `/xxgk/list`."""
    path = re.sub(r"\.\w+$", "", _path(url))
    return re.sub(r"[_/]?\d+$", "", path) or path


def _path(url: str) -> str:
    parts = urlsplit(url)
    return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")


def steps_to(addresses: Iterable[str], seen: Iterable[str]) -> Iterator[Step]:
    """Steps to pages by GET that remember which pages the pagers before them have named."""
    addresses = list(addresses)
    remembered = (("seen", "\n".join((*seen, *addresses))),)
    for address in addresses:
        yield Step((Request(address),), remembered)
