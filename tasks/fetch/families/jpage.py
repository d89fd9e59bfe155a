"""Hanweb jcms / jpage: the first items stand in the page, in
`<datastore>…<record><![CDATA[<li>…]]></record>`;
further ones come from `dataproxy.jsp` as XML of the same records.

The page says for how many records it asks at a time (`perPage`) and how many there are (`totalRecord`);
the data
store usually holds several pages' worth. The proxy is asked by GET; by POST, and under its other path, where
that fails.
"""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from tasks.fetch.answers import Request
from tasks.fetch.families.links import items_of
from tasks.fetch.families.scripts import number, parameter
from tasks.fetch.families.values import Item, Listing, ListPage, Step
from tasks.fetch.urls import join, origin

PATHS = ("/module/web/jpage/dataproxy.jsp", "/module/jpage/dataproxy.jsp")
FIELDS = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
)
USUAL = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}
PER_PAGE = 15  # what its themes ship with
LONGEST = 5_000  # records of one list

_RECORD = re.compile(
    r"<record\b[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE
)
_PROXY = re.compile(r"""["'(]([^"'()\s]*jpage/dataproxy\.jsp[^"'()\s]*)""", re.IGNORECASE)
_COLUMN = re.compile(r"/col/?(?:col)?(\d+)/", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(?:<!\[CDATA\[)?\s*(\d+)", re.IGNORECASE)
_SIGNS = ("<datastore", "dataproxy.jsp", "<recordset")


class Jpage:
    name = "jpage"

    def reads(self, page: ListPage) -> bool:
        lower = page.text.lower()
        return any(sign in lower for sign in _SIGNS)

    def read(self, page: ListPage) -> Listing:
        is_first = not page.step.recall("start")
        memory = _memory(page) if is_first else dict(page.step.memory)
        records = _RECORD.findall(page.text)
        items = _items(records, memory["referer"])
        total = _total(page.text) or (int(memory["total"]) if memory.get("total") else None)
        if is_first and not records and not memory.get("unitid"):
            items = items_of(page.text, page.url)  # the theme has written its links as plain markup
        step = _next(page.url, memory, len(records), total)
        return Listing(items, total, (step,) if step and (records or is_first) else ())


def _items(records: list[str], base: str) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for record in records:
        markup = record if "<" in record else html.unescape(record)
        for item in items_of(markup, base):
            found.setdefault(item.url, item)
    return tuple(found.values())


def _memory(page: ListPage) -> dict[str, str]:
    """The parameters that the page would send, the proxy's address and the size of a page."""
    proxy = next(iter(_PROXY.findall(html.unescape(page.text))), "")
    asked = dict(parse_qsl(urlsplit(proxy).query, keep_blank_values=True))
    memory = {name: value for name in FIELDS if (value := _field(page.text, asked, name)) is not None}
    if "columnid" not in memory and (column := _COLUMN.search(urlsplit(page.url).path)):
        memory["columnid"] = column[1]
    if "unitid" not in memory and (unit := re.search(r"""[$(]["'#(]+(\d{3,})["')]+\.jpage""", page.text)):
        memory["unitid"] = unit[1]
    path = urlsplit(join(page.url, proxy) or "").path if proxy else ""
    per_page = number(page.text, "perPage", "perpage", "pagesize") or PER_PAGE
    memory |= {"proxy": path or PATHS[0], "perpage": str(per_page), "start": "1", "referer": page.url}
    total = _total(page.text)
    return memory | ({"total": str(total)} if total else {})


def _field(text: str, asked: dict[str, str], name: str) -> str | None:
    return asked.get(name) or parameter(text, name) or USUAL.get(name)


def _total(text: str) -> int | None:
    found = _TOTAL.search(text)
    return int(found[1]) if found else number(text, "totalRecord", "totalrecord")


def _next(url: str, memory: dict[str, str], received: int, total: int | None) -> Step | None:
    """The step to the records after those received; None at the end, or where the page names no list."""
    start = int(memory["start"]) + received
    if not memory.keys() & {"columnid", "unitid"} or start > min(total or LONGEST, LONGEST):
        return None
    per_page = int(memory["perpage"])
    size = max(per_page, -(-received // per_page) * per_page)  # whole pages, as many as came
    end = start + size - 1
    if total:
        end = min(end, total)
    memory = memory | {"start": str(start)}
    fields = tuple((name, memory[name]) for name in FIELDS if name in memory)
    window = (("startrecord", str(start)), ("endrecord", str(end)), ("perpage", str(per_page)))
    paths = dict.fromkeys((memory["proxy"], *PATHS))
    referer = memory["referer"]
    tries = []
    for path in paths:
        address = f"{origin(url)}{path}"
        tries.append(Request(f"{address}?{urlencode((*window, *fields))}", referer=referer))
        tries.append(Request(f"{address}?{urlencode(window)}", data=fields, referer=referer))
    return Step(tuple(tries), tuple(memory.items()), is_optional=not total)
