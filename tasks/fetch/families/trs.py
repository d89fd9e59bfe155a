"""TRS WCM: static pages `index.html`, `index_1.html` …; the count stands in `createPageHTML(total, current,
"index", "html")`, counted from 0. Some sites put the id of the pager's element first, or a number of
records last.
"""

from __future__ import annotations

import re

from tasks.fetch.answers import Request
from tasks.fetch.families.links import items_of
from tasks.fetch.families.values import Listing, ListPage, Step
from tasks.fetch.urls import join

_CALL = re.compile(r"createPage(?:HTML|Html)\s*\(([^)]{3,200})\)")
_DECLARED = re.compile(r"function\s+\Z")
_ARGUMENT = re.compile(r"""["']([^"']*)["']|(-?\d+)""")
_COUNT = re.compile(r"var\s+countPage\s*=\s*(\d+)")
_CURRENT = re.compile(r"var\s+currentPage\s*=\s*(\d+)")
_ARTICLE = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?")
_LONGEST = 500


class Trs:
    name = "trs"

    def reads(self, page: ListPage) -> bool:
        return _pager(page.text) is not None or bool(_ARTICLE.search(page.text))

    def read(self, page: ListPage) -> Listing:
        items = items_of(page.text, page.url)
        pager = _pager(page.text)
        if pager is None:
            return Listing(items)
        total, current, name, ending = pager
        if current + 1 >= min(total, _LONGEST):
            return Listing(items)
        address = join(page.url, f"{name}_{current + 1}.{ending}")
        return Listing(items, further=(Step((Request(address),)),) if address else ())


def _pager(source: str) -> tuple[int, int, str, str] | None:
    """How many pages, which this is (from 0), and how they are named."""
    for call in _CALL.finditer(source):
        if _DECLARED.search(source, 0, call.start()) or "/*" in call[1]:
            continue
        arguments = _ARGUMENT.findall(call[1])
        numbers = [int(number) for _, number in arguments if number]
        words = [word for word, number in arguments if not number]
        at = next((i for i, (_, number) in enumerate(arguments) if number), None)
        if at is not None and len(numbers) >= 2:
            words = [word for word, number in arguments[at:] if not number]  # those after the counts
            name, ending = (*words, "index", "html")[:2] if len(words) != 1 else (words[0], "html")
            return numbers[0], numbers[1], name or "index", (ending or "html").lstrip(".")
    count = _COUNT.search(source)
    if count is None:
        return None
    current = _CURRENT.search(source)
    return int(count[1]), int(current[1]) if current else 0, "index", "html"
