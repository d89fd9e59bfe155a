"""What a crawl knows and what it learns: pages seen before, and a journal of what happens.

Each fact is in the journal (a file of JSON lines) before the crawl goes on, so that a killed crawl loses
none;
`tasks.load.crawled` takes the journal into the warehouse in batches. Values and a file, no requests.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tasks.errors import GongkaiError
from tasks.fetch.stored import Stored
from tasks.values import document_id
from warehouse.blobs import BlobStore
from warehouse.faults import explained


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that a crawl met: the columns of `web_pages`."""

    uri: str
    source: str
    role: str  # list | article | attachment | robots
    decision: str  # accepted | rejected | duplicate
    reason: str | None = None
    parent_uri: str | None = None
    title: str | None = None
    listed_on: dt.date | None = None
    final_url: str | None = None
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None  # of the bytes last accepted
    status: int | None = None
    fault: str | None = None  # of the last look
    first_seen_at: dt.datetime | None = None
    checked_at: dt.datetime | None = None
    fetched_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    run_id: str | None = None

    def stored(self) -> Stored | None:
        """The page as a candidate for reading, if its bytes are there."""
        if self.sha256 is None or self.fetched_at is None or self.decision != "accepted":
            return None
        return Stored(self.uri, self.sha256, self.source, self.media_type, self.fetched_at, self.parent_uri)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to fetch: the columns of `fetches`."""

    document_id: str
    uri: str
    at: dt.datetime
    outcome: str  # new | changed | unchanged | failed
    run_id: str
    source: str | None = None
    status: int | None = None
    bytes: int | None = None
    sha256: str | None = None
    duration_s: float | None = None
    fault: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlState:
    """How far the crawl of a source is: the columns of `crawls`. Counts are those of the last look."""

    source: str
    address: str
    started_at: dt.datetime  # of the round under way or finished last
    family: str | None = None
    is_full: bool = True
    finished_at: dt.datetime | None = None  # null while the round is under way
    full_at: dt.datetime | None = None  # when everything was last looked at
    first_items: int | None = None  # links on the first list page
    items: int | None = None  # reports listed, at the last full look
    fault: str | None = None
    error: str | None = None
    run_id: str | None = None


Row = Seen | Attempt | CrawlState
_KINDS: dict[str, type[Seen] | type[Attempt] | type[CrawlState]] = {
    "web_pages": Seen,
    "fetches": Attempt,
    "crawls": CrawlState,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class Book:
    """Pages and sources known, by uri and name; whatever is noted goes into the journal first."""

    def __init__(
        self,
        journal: Path,
        blobs: BlobStore,
        run_id: str,
        pages: Iterable[Seen],
        crawls: Iterable[CrawlState],
    ) -> None:
        self.blobs = blobs
        self.run_id = run_id
        self._journal = journal
        self._pages = {page.uri: page for page in pages}
        self._crawls = {crawl.source: crawl for crawl in crawls}
        self._by_source: dict[str, dict[str, None]] = {}
        for page in self._pages.values():
            self._by_source.setdefault(page.source, {})[page.uri] = None
        self.lines = 0  # written since the journal was last taken in
        with explained(journal):
            journal.parent.mkdir(parents=True, exist_ok=True)
            self._file = journal.open("a", encoding="utf-8")

    def page(self, uri: str) -> Seen | None:
        return self._pages.get(uri)

    def pages_of(self, source: str) -> list[Seen]:
        """The source's pages in the order in which they were met."""
        return [self._pages[uri] for uri in self._by_source.get(source, ())]

    def crawl(self, source: str) -> CrawlState | None:
        return self._crawls.get(source)

    def see(self, page: Seen) -> Seen:
        """Note a page as it is known now; the time of its first sight is kept."""
        known = self._pages.get(page.uri)
        first = known.first_seen_at if known else now()
        page = replace(page, first_seen_at=first, run_id=known.run_id if known else None)
        if page != known:
            page = replace(page, run_id=self.run_id)
            self._pages[page.uri] = page
            self._by_source.setdefault(page.source, {})[page.uri] = None
            self._write(page)
        return page

    def attempt(self, attempt: Attempt) -> None:
        self._write(attempt)

    def note(self, crawl: CrawlState) -> None:
        self._crawls[crawl.source] = crawl
        self._write(crawl)

    def _write(self, row: Row) -> None:
        with explained(self._journal):
            self._file.write(_line(row))
            self._file.flush()
        self.lines += 1

    def emptied(self) -> None:
        """The journal is in the warehouse: begin anew."""
        with explained(self._journal):
            self._file.truncate(0)
        self.lines = 0

    def close(self) -> None:
        self._file.close()


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def attempt_of(page: Seen | str, book: Book, at: dt.datetime, outcome: str, **columns: Any) -> Attempt:
    """The row of an attempt at a page; its id is the page's."""
    uri, source = (page.uri, page.source) if isinstance(page, Seen) else (page, None)
    return Attempt(document_id(uri), uri, at, outcome, book.run_id, source, **columns)


def write_rows(file: Path, rows: Iterable[Row]) -> None:
    """Rows as a journal that `read_journal` reads."""
    with explained(file), file.open("w", encoding="utf-8") as journal:
        journal.writelines(_line(row) for row in rows)


def read_journal(journal: Path) -> Iterator[Row]:
    """The rows of a journal; a line that a kill cut short is left out, it is the last."""
    try:
        lines = journal.read_text("utf-8").split("\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise GongkaiError(f"{journal} cannot be read: {error.strerror}.", "Check the disk.") from error
    for line in lines[:-1]:
        [(name, values)] = json.loads(line).items()
        yield _KINDS[name](**{key: _parsed(key, value) for key, value in values.items()})


def _line(row: Row) -> str:
    values = {name: getattr(row, name) for name in row.__slots__}  # flat: asdict would copy each deeply
    return json.dumps({_NAMES[type(row)]: values}, ensure_ascii=True, default=_time) + "\n"


def _time(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")


def _parsed(key: str, value: Any) -> Any:
    if value is None:
        return None
    if key.endswith("_at") or key == "at":
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if key == "listed_on" else value
