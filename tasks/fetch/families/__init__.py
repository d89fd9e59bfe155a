"""Discovery: from a list page to the items it names, a module a family of sites behind one interface.

`family_of` tells the family from the page itself. Which items are reports is `tasks.fetch.titles`' business.
"""

from __future__ import annotations

from tasks.fetch.families.gkmlpt import Gkmlpt
from tasks.fetch.families.jpaas import Jpaas
from tasks.fetch.families.jpage import Jpage
from tasks.fetch.families.plain import Plain
from tasks.fetch.families.trs import Trs
from tasks.fetch.families.values import Family, Item, Listing, ListPage, Step
from tasks.fetch.families.vsb import Vsb

FAMILIES: tuple[Family, ...] = (Gkmlpt(), Jpaas(), Jpage(), Trs(), Vsb(), Plain())
"""In the order in which they are tried: the surer their signs, the earlier."""


def family_of(page: ListPage) -> Family:
    """The first family that knows the page; every page of links is at least a plain list."""
    return next(family for family in FAMILIES if family.reads(page))


__all__ = ["FAMILIES", "Family", "Item", "ListPage", "Listing", "Step", "family_of"]
