"""Pages whose bytes are in the blob store already: crawled before, taken out of an archive, read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tasks.errors import GongkaiError, TerminalError
from tasks.values import Page, document_id
from warehouse.blobs import BlobStore
from warehouse.store import StoreDown


@dataclass(frozen=True, slots=True)
class Stored:
    """A page to be read from the blob store: `sha256` names its bytes, the rest is as in `Page`."""

    uri: str
    sha256: str
    source: str
    media_type: str | None
    fetched_at: dt.datetime
    parent_uri: str | None = None

    @property
    def document_id(self) -> str:
        return document_id(self.uri)


def read_stored(stored: Stored, blobs: BlobStore) -> Page:
    """The page. Raises `TerminalError` of stage `fetch` when its bytes are missing or damaged."""
    try:
        content = blobs.get(stored.sha256)
    except StoreDown:
        raise  # no fault of this page
    except GongkaiError as error:
        raise TerminalError(stored.uri, "fetch", error.message, error.advice) from error
    return Page(
        stored.uri, stored.source, content, stored.media_type, stored.fetched_at, parent_uri=stored.parent_uri
    )
