"""Export of the web pages as they came as one WARC file (ISO 28500), for archives and other tools.

Of a page's headers those are given that were kept: Content-Type, ETag, Last-Modified. Local files are
none of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from warehouse.faults import explained
from warehouse.lake import Warehouse

NAME = "pages.warc.gz"
_SOFTWARE = {"software": "gongkai", "format": "WARC File Format 1.0"}
_PAGES = """
    SELECT uri, coalesce(final_url, uri) AS url, sha256, media_type, etag, last_modified, fetched_at
    FROM web_pages
    WHERE sha256 IS NOT NULL AND fetched_at IS NOT NULL AND NOT contains(uri, '#')
    ORDER BY uri
"""


def write_warc(warehouse: Warehouse, folder: Path) -> tuple[Path, int]:
    """Write `folder/pages.warc.gz` with every page in its newest version; the file and their number."""
    file = folder.absolute() / NAME
    draft = file.with_name(f".{NAME}.draft")
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as output:
                count = _write(warehouse, WARCWriter(output, gzip=True))
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    return file, count


def _write(warehouse: Warehouse, writer: Any) -> int:
    writer.write_record(writer.create_warcinfo_record(NAME, _SOFTWARE))
    count = 0
    for page in _pages(warehouse):
        content = warehouse.blobs.get(page["sha256"])
        named = (
            ("Content-Type", page["media_type"]),
            ("ETag", page["etag"]),
            ("Last-Modified", page["last_modified"]),
            ("Content-Length", str(len(content))),
        )
        headers = [(name, value) for name, value in named if value]
        record = writer.create_warc_record(
            page["url"],
            "response",
            payload=io.BytesIO(content),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": page["fetched_at"].strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
        writer.write_record(record)
        count += 1
    return count


def _pages(warehouse: Warehouse) -> Iterator[dict[str, Any]]:
    yield from warehouse.rows(_PAGES)
