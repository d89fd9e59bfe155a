"""A plain list: links whose words say what they are, further pages by the links of a pager. The last
resort."""

from __future__ import annotations

from tasks.fetch.families.links import further_pages, items_of, steps_to
from tasks.fetch.families.values import Listing, ListPage


class Plain:
    name = "plain"

    def reads(self, page: ListPage) -> bool:
        return True

    def read(self, page: ListPage) -> Listing:
        seen = [*page.step.recall("seen").split("\n"), page.url]
        further = further_pages(page.text, page.url, seen)
        return Listing(items_of(page.text, page.url), further=tuple(steps_to(further, seen)))
