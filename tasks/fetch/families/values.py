"""What discovery speaks of: a list page, the items on it, and where to ask for more. No network here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

from tasks.fetch.answers import Request


@dataclass(frozen=True, slots=True)
class Item:
    """What a list names: the canonical address, the title as fully as the list gives it, the date printed."""

    url: str
    title: str
    listed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A list page to be asked for, the first of `tries` that answers; `memory` is what the family needs
    to read it and to go on: numbers and names found on earlier pages."""

    tries: tuple[Request, ...]
    memory: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False  # it may be missing: a guess, or a page that sites of this family often lack

    @property
    def url(self) -> str:
        return self.tries[0].url

    def recall(self, name: str, otherwise: str = "") -> str:
        return dict(self.memory).get(name, otherwise)


@dataclass(frozen=True, slots=True)
class ListPage:
    """An answered list page: where it was (after redirects, with the fragment the user gave) and its text."""

    url: str
    text: str
    step: Step


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page says: its items, how many the whole list announces, the steps to further pages."""

    items: tuple[Item, ...]
    total: int | None = None
    further: tuple[Step, ...] = field(default=())
    is_frame: bool = False  # the items are links around a list that the further steps bring


class Family(Protocol):
    """A kind of site: `reads` says whether a page is one of its lists, `read` what is on it."""

    name: str

    def reads(self, page: ListPage) -> bool: ...

    def read(self, page: ListPage) -> Listing: ...
