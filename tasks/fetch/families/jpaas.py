"""Hanweb jpaas: a script element names `/…/build/unit` and its parameters (`queryData`); the answer is
JSON whose
`data.html` is a fragment of the list, with `rows` (a page's items) and `count` (all items) on its pager.
"""

from __future__ import annotations

import ast
import html
import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tasks.fetch.answers import Request
from tasks.fetch.families.links import items_of
from tasks.fetch.families.scripts import json_or_none
from tasks.fetch.families.values import Item, Listing, ListPage, Step
from tasks.fetch.urls import join

PATH = "/build/unit"
LONGEST = 300  # pages of a list

_ELEMENT = re.compile(r"<[^<>]*build/unit[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"""["'(]([^"'()\s]*build/unit[^"'()\s]*)""", re.IGNORECASE)
_QUERY = re.compile(r"""querydata\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ATTRIBUTE = r"""(?<![\w-])(?:data-)?{name}\s*=\s*["']?(\d+)"""


class Jpaas:
    name = "jpaas"

    def reads(self, page: ListPage) -> bool:
        return PATH in page.text or _fragment(page.text) is not None

    def read(self, page: ListPage) -> Listing:
        fragment = _fragment(page.text)
        if fragment is None:
            steps = tuple(_first_steps(page))
            return Listing(_links(page.text, page.url), further=steps, is_frame=bool(steps))
        return _of_fragment(page, fragment)


def _fragment(text: str) -> str | None:
    """`data.html` of an answer."""
    answer = json_or_none(text)
    data = answer.get("data") if isinstance(answer, dict) else None
    markup = data.get("html") if isinstance(data, dict) else None
    return markup if isinstance(markup, str) else None


def _links(text: str, url: str) -> tuple[Item, ...]:
    return tuple(item for item in items_of(text, url) if PATH not in item.url)


def _first_steps(page: ListPage) -> list[Step]:
    """Every unit the page would load; only one of them is the list, the others hold no reports."""
    found: dict[str, Step] = {}
    for element in _ELEMENT.findall(page.text):
        plain = html.unescape(element)
        named = _ADDRESS.search(plain)
        address = join(page.url, named[1]) if named else None
        if address:
            query = _QUERY.search(plain if "&quot;" not in element else element.replace("&quot;", "'"))
            asked = _parameters(query[1] or query[2] or "") if query else {}
            asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)) | asked
            step = _step(address.partition("?")[0], asked, 1, page.url)
            found.setdefault(step.url, step)
    if not found:
        for href in _ADDRESS.findall(html.unescape(page.text)):
            if address := join(page.url, href):
                asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
                found.setdefault(address, _step(address.partition("?")[0], asked, 1, page.url))
    return list(found.values())


def _parameters(text: str) -> dict[str, str]:
    """`queryData`: a Python-like or JSON object of strings."""
    for read in (json.loads, ast.literal_eval):
        try:
            value: Any = read(html.unescape(text))
        except (ValueError, SyntaxError):
            continue
        if isinstance(value, dict):
            return {str(key): "null" if part is None else str(part) for key, part in value.items()}
    return {}


def _of_fragment(page: ListPage, fragment: str) -> Listing:
    asked = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    referer = page.step.recall("referer") or page.url
    items = _links(fragment, referer)
    count, rows = _attribute(fragment, "count"), _attribute(fragment, "rows")
    window = json_or_none(asked.get("paramJson", ""))
    number = int(window.get("pageNo", 1)) if isinstance(window, dict) else 1
    rows = rows or (int(window.get("pageSize", 0)) if isinstance(window, dict) else 0) or len(items)
    if not items or number >= LONGEST or (count is not None and number * max(rows, 1) >= count):
        return Listing(items, count)
    step = _step(page.url.partition("?")[0], asked, number + 1, referer, rows)
    return Listing(items, count, (step,))


def _attribute(fragment: str, name: str) -> int | None:
    found = re.search(_ATTRIBUTE.format(name=name), fragment, re.IGNORECASE)
    return int(found[1]) if found else None


def _step(address: str, asked: dict[str, str], number: int, referer: str, rows: int | None = None) -> Step:
    """A page of the unit; the first is asked for as the page itself asks, without a window."""
    if number > 1:
        window: dict[str, object] = {"pageNo": number}
        if rows:
            window["pageSize"] = str(rows)
        known = json_or_none(asked.get("paramJson", ""))
        if isinstance(known, dict):
            window = known | window
        asked = asked | {"paramJson": json.dumps(window, separators=(",", ":"))}
    query = urlencode(asked)
    request = Request(f"{address}?{query}" if query else address, referer=referer)
    return Step((request,), (("referer", referer),), is_optional=number > 1)
