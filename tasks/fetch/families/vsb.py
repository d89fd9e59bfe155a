"""VSB webber (博达) and its like: `list.htm`, then `list1.htm` or `index/2.htm`; articles
`/info/1050/64208.htm`.

Its pager links to the neighbouring pages; where a page only says 1/3, the further addresses follow its
naming.
On most of these sites the numbers run backwards (page 2 of 9 is `index/8.htm`), so links go before guesses.
"""

from __future__ import annotations

import re

from tasks.fetch.answers import Request
from tasks.fetch.families.links import further_pages, items_of, steps_to
from tasks.fetch.families.values import Listing, ListPage, Step
from tasks.fetch.markup import Markup
from tasks.fetch.urls import join

_ARTICLE = re.compile(r"info/\d+/\d+\.htm", re.IGNORECASE)
_LIST = re.compile(r"/list\d*\.(?:htm|psp)$|_vsb_|/system/resource/js/|vsbscreen|webber", re.IGNORECASE)
# What a reader sees of a pager on the first page: 1/9 among its words, 共9页; or the button of its script.
_OF_PAGES = re.compile(
    r"(?:条|第|页)\D{0,6}(?<![\d/.-])1\s*页?\s*/\s*(?:共\s*)?(\d{1,3})(?![\d/.-])"
    r"|(?<![\d/.-])1\s*/\s*(\d{1,3})(?![\d/.-])\s*(?:页|首页|上页|下页|转到)|共\s*(\d{1,3})\s*页"
)
_BUTTON = re.compile(r"gotopage_fun\(\s*(\d{1,3})\s*,")
_STEM = re.compile(r"^(.*/)([a-zA-Z_-]+?)(\d*)\.(html?|psp)$")
_LONGEST = 200  # pages of one list; what says more is no pager


class Vsb:
    name = "vsb"

    def reads(self, page: ListPage) -> bool:
        return bool(_ARTICLE.search(page.text) or _LIST.search(page.url) or _LIST.search(page.text))

    def read(self, page: ListPage) -> Listing:
        seen = [*page.step.recall("seen").split("\n"), page.url]
        further = list(steps_to(further_pages(page.text, page.url, seen), seen))
        if not further and not page.step.recall("seen"):
            further = _guesses(page, seen)
        return Listing(items_of(page.text, page.url), further=tuple(further))


def _guesses(page: ListPage, seen: list[str]) -> list[Step]:
    named = _STEM.match(page.url)
    pages = _pages(page.text)
    if not named or not 1 < pages <= _LONGEST:
        return []
    folder, stem, _, ending = named.groups()
    remembered = (("seen", "\n".join(seen)),)
    steps = []
    for number in range(2, pages + 1):
        names = [
            f"{folder}{stem}{number}.{ending}",
            f"{folder}{stem}/{pages - number + 1}.{ending}",
            f"{folder}{stem}/{number}.{ending}",
        ]
        if number == pages:  # lists that count from list1.htm on end one earlier
            names.append(f"{folder}{stem}1.{ending}")
        tries = tuple(Request(address) for name in names if (address := join(page.url, name)))
        steps.append(Step(tries, remembered, is_optional=True))
    return steps


def _pages(source: str) -> int:
    """How many pages the first one says that there are."""
    found = _OF_PAGES.search(Markup(source).visible()) or _BUTTON.search(source)
    return int(next(filter(None, found.groups()))) if found else 1
