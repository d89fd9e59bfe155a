"""One group of documents, from candidates to a part file: what a worker process does.

The steps are called here in their order and nothing is parsed; Prefect is not imported, so that a worker
starts fast and stays small. What fails is told by document, and the rest goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from flows.outcome import STAGES, Failure, Fetched, Job, Outcome
from tasks.clean import clean
from tasks.errors import DocumentError, GongkaiError
from tasks.extract import extract_all
from tasks.fetch import Candidate, Stored, fetch
from tasks.load import Loaded, write_part
from warehouse.blobs import blobs_at

Announce = Callable[[int, str], None]
"""Told before each step: the place of the document in its group, and the stage."""


def read_documents(job: Job, candidates: Sequence[Candidate], announce: Announce) -> Outcome:
    """Fetch, clean and extract the candidates, and write the rows of all that went well as one part.

    Raises `GongkaiError` only for what is no single document's fault: a full disk, a read-only home.
    """
    watch = _Watch(announce)
    pages: list[list[Loaded]] = []
    failures: list[Failure] = []
    for place, candidate in enumerate(candidates):
        watch.place = place
        result = _read(job, candidate, watch)
        if isinstance(result, Failure):
            failures.append(result)
        else:
            pages.append(result)
    part = _write(job, pages, failures, watch)
    fetched = tuple(Fetched(each.uri, each.fetched_at, each.bytes, each.content_sha256) for each, *_ in pages)
    return Outcome(part, fetched, tuple(failures), watch.seconds)


class _Watch:
    """Announces each stage and adds up its seconds."""

    def __init__(self, announce: Announce) -> None:
        self.announce = announce
        self.place = 0
        self.stage = STAGES[0]
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def tick(self) -> None:
        """Announce the stage again: a part of a long document is done, and the clock begins anew."""
        self.announce(self.place, self.stage)

    @contextmanager
    def at(self, stage: str) -> Iterator[None]:
        self.stage = stage
        self.announce(self.place, stage)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start


def _read(job: Job, candidate: Candidate, watch: _Watch) -> list[Loaded] | Failure:
    """The document, with each further report on its page."""
    sha256: str | None = None
    try:
        with watch.at("fetch"):
            blobs = blobs_at(job.store)
            page = fetch(candidate, blobs)
            # What came from the store is there, and was checked against its name.
            sha256 = candidate.sha256 if isinstance(candidate, Stored) else blobs.put(page.content)
        with watch.at("clean"):
            document = clean(page, watch.tick)
        with watch.at("extract"):
            found = list(extract_all(document))
    except DocumentError as error:
        return Failure.of(error, sha256)
    except GongkaiError:
        raise
    except Exception as error:
        return _fault(candidate.uri, watch.stage, error, sha256)
    return [
        Loaded(
            document_id=document.document_id,
            uri=document.uri,
            source=page.source,
            media_type=document.media_type,
            charset=document.charset,
            content_sha256=sha256,
            bytes=len(page.content),
            fetched_at=page.fetched_at,
            text=document.text,
            report=report,
            extractor_version=job.extractor_version,
            run_id=job.run_id,
            parent_id=page.parent_id if number == 1 else page.document_id,
            report_no=number,
        )
        for number, (document, report) in enumerate(found, 1)
    ]


def _fault(uri: str, stage: str, error: Exception, sha256: str | None) -> Failure:
    """A step broke its promise: quarantine the document and say where the fault is."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" ({Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
    message = f"{type(error).__name__}: {error}{place}."
    return Failure(uri, stage, message, "Report this page to the project.", content_sha256=sha256)


def _write(job: Job, pages: list[list[Loaded]], failures: list[Failure], watch: _Watch) -> str | None:
    """Write the part; a page whose rows do not fit becomes a failure and the others go on."""
    while pages:
        try:
            with watch.at("write"):
                return write_part(chain.from_iterable(pages), job.parts)
        except DocumentError as error:
            wrong = next(page for page in pages if any(each.uri == error.uri for each in page))
            failures.append(replace(Failure.of(error, wrong[0].content_sha256), uri=wrong[0].uri))
            pages.remove(wrong)
    return None
