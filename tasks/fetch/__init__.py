"""From sources to pages: what there is to read (`discover`) and its bytes (`fetch`).

Here belongs where pages come from; what their bytes mean is `tasks.clean`'s business. A source is
anything that yields `Candidate`s: files (`tasks.fetch.files`), pages whose bytes are in the blob store
(`tasks.fetch.stored`), what lies in an archive (`tasks.fetch.archives`).
"""

from tasks.fetch.archives import Opened, is_archive, may_be_archive, open_archive
from tasks.fetch.files import Discovery, LocalFile, Skipped, discover
from tasks.fetch.read import MAX_PAGE_BYTES, read_file
from tasks.fetch.stored import Stored, read_stored
from tasks.values import Page
from warehouse.blobs import BlobStore

Candidate = LocalFile | Stored
"""A page that can be fetched; all have `uri`, `source`, `media_type` and `document_id`."""


def fetch(candidate: Candidate, blobs: BlobStore) -> Page:
    """The candidate's page. Raises `TransientError` or `TerminalError` of stage `fetch`."""
    if isinstance(candidate, Stored):
        return read_stored(candidate, blobs)
    return read_file(candidate)


__all__ = [
    "MAX_PAGE_BYTES",
    "Candidate",
    "Discovery",
    "LocalFile",
    "Opened",
    "Skipped",
    "Stored",
    "discover",
    "fetch",
    "is_archive",
    "may_be_archive",
    "open_archive",
    "read_file",
    "read_stored",
]
