"""The crawl of one source: walk its lists, decide by titles, fetch what is due, follow attachments.

A round is a walk from start to end; one that was cut short is gone on with, and what was accepted in it
is not
asked for again. A full round looks at all list pages and asks for everything again, conditionally; one
between
stops at the first list page that holds nothing new.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque
from dataclasses import dataclass, field, replace

from tasks.errors import DocumentError
from tasks.fetch.answers import Answer, Fault, FetchFault, Request
from tasks.fetch.attachments import attachments
from tasks.fetch.bodies import check_page, is_html
from tasks.fetch.book import Book, CrawlState, Seen, attempt_of, now
from tasks.fetch.due import is_due
from tasks.fetch.faults import ADVICE, error_of
from tasks.fetch.files import Skipped
from tasks.fetch.lists import Listed, Lists
from tasks.fetch.policy import Policy
from tasks.fetch.session import Got, Session
from tasks.fetch.sources import WebSource
from tasks.fetch.titles import ACCEPTED, decide
from tasks.fetch.urls import canonical, without_scheme

ROUND_LASTS = dt.timedelta(days=1)  # an older round that was cut short is begun anew
SHRUNK = 0.5  # fewer than this share of the last time's items is no list that lost an item


@dataclass(slots=True)
class CrawlReport:
    """What came of the crawl of a source."""

    source: str
    family: str | None = None
    listed: int = 0
    accepted: int = 0
    rejected: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    floor: str | None = None  # how its lists hold less than they must
    errors: list[DocumentError] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


class SourceCrawl:
    """One round over a source."""

    def __init__(
        self, source: WebSource, session: Session, book: Book, policy: Policy, *, recheck: bool = False
    ) -> None:
        self._source = source
        self._session = session
        self._book = book
        self._policy = policy
        self._last = book.crawl(source.name)
        self._round = self._begin(recheck)
        self._pending: deque[Seen] = deque()
        self._queued: set[str] = set()
        self.report = CrawlReport(source.name)

    def _begin(self, recheck: bool) -> CrawlState:
        last, moment = self._last, now()
        if last is not None and last.finished_at is None and moment - last.started_at < ROUND_LASTS:
            state = replace(last, is_full=last.is_full or recheck, run_id=self._book.run_id)
        else:
            full_at = last.full_at if last else None
            is_old = full_at is None or moment - full_at >= dt.timedelta(days=self._policy.recheck_days)
            state = CrawlState(
                self._source.name,
                "\n".join(self._source.urls),
                started_at=moment,
                family=last.family if last else self._source.family,
                is_full=recheck or is_old,
                full_at=full_at,
                first_items=last.first_items if last else None,
                items=last.items if last else None,
                run_id=self._book.run_id,
            )
        self._book.note(state)
        return state

    async def run(self) -> CrawlReport:
        """Walk, fetch, and note how far it came."""
        fault = await self._walk()
        for page in self._book.pages_of(self._source.name):  # those that no list page of this round named
            if page.role in ("article", "attachment") and page.decision == ACCEPTED:
                self._queue(page)
        workers = [self._work() for _ in range(self._policy.connections)]
        await asyncio.gather(*workers)
        self._finish(fault)
        return self.report

    async def look(self) -> None:
        """Walk the lists only; what they name is in the book, nothing of it is fetched."""
        await self._walk()

    # -------------------------------------------------------------------- lists

    async def _walk(self) -> FetchFault | None:
        """Read the lists; the fault that makes this walk a failure, if any."""
        first_items = items = 0
        fault: FetchFault | None = None
        for url in self._source.urls:
            lists = Lists(self._source, url, self._session, self._book, self._round)
            try:
                async for listed in lists.pages():
                    accepted = self._take(listed)
                    if listed.single is not None:
                        await self._take_single(listed.items[0].url, listed.single)
                    first_items += accepted if listed.is_first else 0
                    items += accepted
            except FetchFault as error:
                fault = error
                self._fail(url, error)
            self.report.family = lists.family or self.report.family
        if fault is None:
            fault = self._too_few(first_items, items)
            if fault is not None:
                self._note_floor(fault)
        if fault is None:
            keep = self._round
            self._round = replace(
                keep,
                family=self.report.family,
                first_items=first_items,
                items=items if keep.is_full else keep.items,
            )
        return fault

    def _take(self, listed: Listed) -> int:
        """Decide on each item of a list page, note it and queue what is accepted; how many were."""
        accepted = 0
        for item in listed.items:
            decision = decide(item.title, listed.title)
            if listed.is_single:
                decision = decision._replace(decision=ACCEPTED, reason="named by its address")
            known = self._twin(item.url)
            if known is not None and known.role != "article":
                continue
            is_accepted = decision.decision == ACCEPTED
            self.report.listed += 1
            self.report.rejected += not is_accepted
            accepted += is_accepted
            page = known or Seen(item.url, self._source.name, "article", decision.decision)
            page = self._book.see(
                replace(
                    page,
                    decision=page.decision if page.decision == "duplicate" else decision.decision,
                    reason=page.reason if page.decision == "duplicate" else decision.reason,
                    title=item.title or page.title,
                    listed_on=item.listed_on or page.listed_on,
                    parent_uri=page.parent_uri,
                )
            )
            if is_accepted:
                self._queue(page)
        self.report.accepted += accepted
        return accepted

    async def _take_single(self, url: str, got: Got) -> None:
        """The address given was a page itself and has been answered."""
        page = self._book.page(url)
        assert page is not None
        self._pending.clear()  # it was queued to be asked for
        check_page(got.answer, url)
        await self._accept(page, got)

    def _twin(self, url: str) -> Seen | None:
        """The page as known by this address, or by the same with the other of http and https."""
        rest = without_scheme(url)
        pages = (
            self._book.page(url),
            *(self._book.page(f"{scheme}://{rest}") for scheme in ("http", "https")),
        )
        return next((page for page in pages if page is not None), None)

    def _too_few(self, first_items: int, items: int) -> FetchFault | None:
        before = self._last
        if items == 0:
            return FetchFault(Fault.LIST_EMPTY, "The list names no annual report.")
        if before and before.first_items and first_items < SHRUNK * before.first_items:
            return FetchFault(
                Fault.LIST_SHRUNK,
                f"The first page names {first_items} reports; last time {before.first_items}.",
            )
        if self._round.is_full and before and before.items and items < SHRUNK * before.items:
            return FetchFault(Fault.LIST_SHRUNK, f"The list names {items} reports; last time {before.items}.")
        if self._round.is_full and items < self._source.floor:
            words = f"The list names {items} reports; at least {self._source.floor} are expected."
            return FetchFault(Fault.LIST_SHRUNK, words)
        return None

    def _note_floor(self, fault: FetchFault) -> None:
        self.report.floor = fault.words
        url = self._source.urls[0]
        page = Seen(canonical(url), self._source.name, "list", ACCEPTED)
        row = attempt_of(page, self._book, now(), "failed", fault=fault.fault.value, error=fault.words)
        self._book.attempt(row)
        self._fail(url, fault)

    # -------------------------------------------------------------------- pages

    def _queue(self, page: Seen) -> None:
        if page.uri in self._queued or page.decision != ACCEPTED:
            return
        if is_due(page, self._round, self._policy):
            self._queued.add(page.uri)
            self._pending.append(page)

    async def _work(self) -> None:
        while self._pending:
            await self._fetch(self._pending.popleft())

    async def _fetch(self, page: Seen) -> None:
        is_known = page.sha256 is not None
        request = Request(
            page.uri,
            etag=page.etag if is_known else None,
            last_modified=page.last_modified if is_known else None,
            referer=self._source.urls[0].partition("#")[0],
        )
        try:
            got = await self._session.fetch(request, page, lambda answer: check_page(answer, page.uri))
        except FetchFault as fault:
            if fault.fault is Fault.ROBOTS and page.uri not in map(canonical, self._source.urls):
                self._forbidden(page, fault)
                return
            if fault.fault not in (Fault.CIRCUIT_OPEN, Fault.ELSEWHERE):
                self._book.see(replace(page, fault=fault.fault.value, status=fault.status, checked_at=now()))
            self._fail(page.uri, fault)
            return
        if got.answer.is_unchanged:
            self._unchanged(page, got, 304)
        else:
            await self._accept(page, got)

    def _forbidden(self, page: Seen, fault: FetchFault) -> None:
        """The site's will is no failure: it is told once, and looked at again without a word."""
        if page.fault != fault.fault.value:
            self._book.see(replace(page, fault=fault.fault.value, status=None, checked_at=now()))
            self.report.skipped.append(Skipped(page.uri, f"{fault.words} {ADVICE[fault.fault]}"))

    def _unchanged(self, page: Seen, got: Got, status: int) -> None:
        self.report.unchanged += 1
        self._book.see(replace(page, fault=None, status=status, checked_at=got.at))
        row = attempt_of(page, self._book, got.at, "unchanged", status=status, duration_s=got.seconds)
        self._book.attempt(row)

    async def _accept(self, page: Seen, got: Got) -> None:
        """Store the bytes; what is in the book afterwards is never asked for twice in a round."""
        answer = got.answer
        final = canonical(answer.url)
        other = self._book.page(final) if final != page.uri else None
        if other is not None and other.sha256 is not None:
            self._book.see(
                replace(
                    page, decision="duplicate", reason=f"leads to {final}", final_url=final, checked_at=got.at
                )
            )
            row = attempt_of(
                page, self._book, got.at, "unchanged", status=answer.status, duration_s=got.seconds
            )
            self._book.attempt(row)
            return
        sha256 = await asyncio.to_thread(self._book.blobs.put, answer.content)
        page = replace(
            page,
            final_url=final if final != page.uri else None,
            media_type=answer.media_type,
            etag=answer.etag,
            last_modified=answer.last_modified,
        )
        if sha256 == page.sha256:
            self._unchanged(page, got, answer.status)
            return
        self._keep(page, got, sha256)

    def _keep(self, page: Seen, got: Got, sha256: str) -> None:
        outcome = "new" if page.sha256 is None else "changed"
        self.report.new += outcome == "new"
        self.report.changed += outcome == "changed"
        content = got.answer.content
        if page.role == "article" and is_html(content):
            self._queue_attachments(page, got.answer)
        at = got.at
        self._book.see(
            replace(
                page,
                sha256=sha256,
                fault=None,
                status=got.answer.status,
                checked_at=at,
                fetched_at=at,
                changed_at=at,
            )
        )
        columns = {"status": got.answer.status, "bytes": len(content), "sha256": sha256}
        self._book.attempt(attempt_of(page, self._book, at, outcome, duration_s=got.seconds, **columns))

    def _queue_attachments(self, page: Seen, answer: Answer) -> None:
        """Note the files before their page: a killed crawl finds both or neither."""
        for file in attachments(answer.content, answer.media_type, canonical(answer.url)):
            known = self._book.page(file.uri)
            if known is None:
                reason = "attached to a page without a report"
                known = Seen(
                    file.uri,
                    page.source,
                    "attachment",
                    ACCEPTED,
                    reason,
                    parent_uri=page.uri,
                    title=file.title,
                )
                known = self._book.see(known)
            self._queue(known)

    # ---------------------------------------------------------------------- end

    def _fail(self, uri: str, fault: FetchFault) -> None:
        self.report.errors.append(error_of(uri, fault))

    def _finish(self, fault: FetchFault | None) -> None:
        """The round is over, unless the host broke down in it or its lists could not be read."""
        moment = now()
        is_floor = fault is not None and fault.fault in (Fault.LIST_EMPTY, Fault.LIST_SHRUNK)
        is_cut = (fault is not None and not is_floor) or self._left_something()
        is_whole = fault is None and self._round.is_full and not is_cut
        self._book.note(
            replace(
                self._round,
                finished_at=None if is_cut else moment,
                full_at=moment if is_whole else self._round.full_at,
                fault=fault.fault.value if fault else None,
                error=fault.words if fault else None,
            )
        )

    def _left_something(self) -> bool:
        """A page was not asked for: its host broke down, or is another worker's."""
        left = (Fault.CIRCUIT_OPEN.value, Fault.ELSEWHERE.value)
        return any(error.message.startswith(left) for error in self.report.errors)
