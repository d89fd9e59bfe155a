"""Load: Reports → Arrow tables → one warehouse transaction a batch. The door of the load step."""

from tasks.load.batch import BATCH, LoadCounts, load_batch, load_parts
from tasks.load.crawled import crawls_known, pages_known, release, stored_documents, stored_pages, take_in
from tasks.load.known import Known, known_documents
from tasks.load.parts import remove_part, write_part
from tasks.load.quarantine import Failure, failure, quarantine, quarantined
from tasks.load.rows import Loaded
from tasks.load.runs import Fetch, RunEnd, Source, begin_run, finish_run, record_fetches, record_source

__all__ = [
    "BATCH",
    "Failure",
    "Fetch",
    "Known",
    "LoadCounts",
    "Loaded",
    "RunEnd",
    "Source",
    "begin_run",
    "crawls_known",
    "failure",
    "finish_run",
    "known_documents",
    "load_batch",
    "load_parts",
    "pages_known",
    "quarantine",
    "quarantined",
    "record_fetches",
    "record_source",
    "release",
    "remove_part",
    "stored_documents",
    "stored_pages",
    "take_in",
    "write_part",
]
