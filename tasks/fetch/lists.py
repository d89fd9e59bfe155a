"""Walking a list from page to page: asks for list pages, has the family read them, yields what they name."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tasks.fetch.answers import Answer, Fault, FetchFault, Request
from tasks.fetch.bodies import check_list, is_html
from tasks.fetch.book import Book, CrawlState, Seen, attempt_of
from tasks.fetch.families import Family, Item, Listing, ListPage, Step, family_of
from tasks.fetch.markup import Markup, text_of
from tasks.fetch.session import Got, Session
from tasks.fetch.sources import WebSource
from tasks.fetch.titles import is_of_a_year
from tasks.fetch.urls import canonical

LONGEST = 1_000  # list pages of one list

SKIPPED = frozenset({Fault.STATUS, Fault.EMPTY, Fault.SOFT_404, Fault.WRONG_TYPE, Fault.ROBOTS})
"""Faults after which the next of a step's addresses is tried."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list page read: its items, and its title. `is_single`: it is no list but a page itself."""

    items: tuple[Item, ...]
    title: str
    is_first: bool
    single: Got | None = None  # the answer, where it has come already
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A list page's text, fresh or from the store, and where it was; `got` when it is no list but a page."""

    url: str
    text: str
    got: Got | None = None


class Lists:
    """One list of a source; `family` is known after its first page."""

    def __init__(self, source: WebSource, url: str, session: Session, book: Book, state: CrawlState) -> None:
        self._source = source
        self._url = url
        self._session = session
        self._book = book
        self._round = state
        self._family: Family | None = None

    @property
    def family(self) -> str | None:
        return self._family.name if self._family else None

    async def pages(self) -> AsyncIterator[Listed]:
        """The list's pages, as many as the round needs. Raises `FetchFault` when one cannot be had."""
        known = self._book.page(canonical(self._url))
        if known is not None and known.role == "article":
            yield self._single(known.title or "", None)
            return
        steps = deque([Step((Request(self._url),))])
        walked = {steps[0].url}
        title, is_first = "", True
        while steps and len(walked) <= LONGEST:
            step = steps.popleft()
            page = await self._ask(step)
            if page is None:
                continue
            if is_first and len(walked) == 1:
                title = _title(page.text)
                if page.got is not None:
                    yield self._single(title, page.got)
                    return
            listing = self._read(page, step)
            has_news = listing.is_frame or self._round.is_full or self._has_news(listing)
            if listing.items:
                yield Listed(listing.items, title, is_first and not listing.is_frame)
                is_first = is_first and listing.is_frame
            for further in listing.further if has_news else ():
                if further.url not in walked:
                    walked.add(further.url)
                    steps.append(further)

    def _single(self, title: str, got: Got | None) -> Listed:
        item = Item(canonical(self._url), title)
        return Listed((item,), title, True, got, is_single=True)

    def _read(self, page: _Read, step: Step) -> Listing:
        as_read = ListPage(page.url, page.text, step)
        self._family = self._family or family_of(as_read)
        return self._family.read(as_read)

    def _has_news(self, listing: Listing) -> bool:
        if not listing.items:
            return True
        return any(self._is_new(self._book.page(item.url)) for item in listing.items)

    def _is_new(self, page: Seen | None) -> bool:
        """Not met before this round, which may have been cut short and gone on with."""
        return page is None or page.first_seen_at is None or page.first_seen_at >= self._round.started_at

    async def _ask(self, step: Step) -> _Read | None:
        """The first address of the step that answers with a page; None where it may be missing and is."""
        missed: FetchFault | None = None
        for request in step.tries:
            try:
                return await self._get(request)
            except FetchFault as fault:
                if fault.fault not in SKIPPED:
                    raise
                missed = missed or fault
        if step.is_optional or missed is None:
            return None
        raise missed

    async def _get(self, request: Request) -> _Read:
        uri = _identity(request)
        known = self._book.page(uri) or Seen(uri, self._source.name, "list", "accepted")
        if known.sha256 and known.checked_at and known.checked_at >= self._round.started_at:
            return self._stored(known, request)  # read earlier in this round
        if request.data is None and known.sha256:
            request = replace(request, etag=known.etag, last_modified=known.last_modified)
        got = await self._session.fetch(request, known, lambda answer: check_list(answer, request.url))
        return await self._note(known, request, got)

    async def _note(self, known: Seen, request: Request, got: Got) -> _Read:
        answer = got.answer
        if answer.is_unchanged:
            self._book.see(replace(known, status=304, fault=None, checked_at=got.at))
            columns = {"status": 304, "duration_s": got.seconds}
            self._book.attempt(attempt_of(known, self._book, got.at, "unchanged", **columns))
            return self._stored(known, request)
        text = text_of(answer.content, answer.media_type)
        if self._source.is_address and request.url == self._url and _is_article(text):
            return _Read(answer.url, text, got)
        await self._keep(known, got, answer)
        return _Read(_with_fragment(answer.url, request.url), text)

    async def _keep(self, known: Seen, got: Got, answer: Answer) -> None:
        sha256 = await asyncio.to_thread(self._book.blobs.put, answer.content)
        outcome = "new" if known.sha256 is None else "unchanged" if sha256 == known.sha256 else "changed"
        self._book.see(
            replace(
                known,
                final_url=answer.url,
                media_type=answer.media_type,
                etag=answer.etag,
                last_modified=answer.last_modified,
                sha256=sha256,
                status=answer.status,
                fault=None,
                checked_at=got.at,
                fetched_at=got.at,
                changed_at=known.changed_at if outcome == "unchanged" else got.at,
            )
        )
        columns = {"status": answer.status, "bytes": len(answer.content), "sha256": sha256}
        row = attempt_of(known, self._book, got.at, outcome, duration_s=got.seconds, **columns)
        self._book.attempt(row)

    def _stored(self, known: Seen, request: Request) -> _Read:
        assert known.sha256 is not None
        text = text_of(self._book.blobs.get(known.sha256), known.media_type)
        return _Read(_with_fragment(known.final_url or request.url, request.url), text)


def _identity(request: Request) -> str:
    """A list page's uri; a form's fields are part of it."""
    fields = "&".join(f"{name}={value}" for name, value in request.data or ())
    uri = canonical(request.url)
    return f"{uri}#{fields}" if fields else uri


def _with_fragment(url: str, given: str) -> str:
    """The address answered, with the fragment that the user gave: it may name a category."""
    fragment = urlsplit(given).fragment
    return f"{url.partition('#')[0]}#{fragment}" if fragment else url


def _title(source: str) -> str:
    markup = Markup(source)
    return f"{markup.title} {markup.heading()}"


def _is_article(source: str) -> bool:
    """Whether a page given by its address is a report (or a file) rather than a list of reports."""
    if not is_html(source[:4096].encode()):
        return source.lstrip()[:1] not in ("{", "[", "<")
    markup = Markup(source)
    return any(is_of_a_year(title) for title in (markup.title, markup.heading()) if title)
