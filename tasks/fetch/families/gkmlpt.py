"""Guangdong's gkmlpt: the page embeds `window._CONFIG` with SID and a TREE of categories; items come as JSON
from `/gkmlpt/api/all/{category}?page=N&sid=SID`, a hundred a page. Pages after the first may be 404.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tasks.fetch.answers import Request
from tasks.fetch.families.dates import date_of
from tasks.fetch.families.scripts import data_after, json_or_none, parameter
from tasks.fetch.families.values import Item, Listing, ListPage, Step
from tasks.fetch.markup import squeezed
from tasks.fetch.urls import join

ANNUAL = re.compile(r"年度?报告?$|年度报告|年报")
LONGEST = 100  # pages of a category

_CONFIG = re.compile(r"_CONFIG\b")
_API = re.compile(r"^(.*/gkmlpt)/api/all/(\d+)", re.IGNORECASE)
_NODE = re.compile(
    r"""["']?id["']?\s*:\s*["']?(\d+)["']?[^{}]*?["']?name["']?\s*:\s*["']([^"']*)["']"""
    r"""|["']?name["']?\s*:\s*["']([^"']*)["'][^{}]*?["']?id["']?\s*:\s*["']?(\d+)"""
)
_DATES = ("display_publish_time", "publish_time", "first_publish_time", "date", "created_at", "create_time")


class Gkmlpt:
    name = "gkmlpt"

    def reads(self, page: ListPage) -> bool:
        if _CONFIG.search(page.text) and re.search(r"""["']?SID["']?\s*[:=]""", page.text):
            return True
        data = json_or_none(page.text)
        return isinstance(data, dict) and isinstance(data.get("articles"), list)

    def read(self, page: ListPage) -> Listing:
        data = json_or_none(page.text)
        if isinstance(data, dict) and "articles" in data:
            return _articles(page, data)
        base = _base(page.url)
        sid = parameter(page.text, "SID") or "0"
        steps = tuple(_step(base, category, 1, sid, page.url) for category in _categories(page))
        return Listing((), further=steps)


def _base(url: str) -> str:
    """The address up to and with `/gkmlpt`."""
    parts = urlsplit(url)
    before, _, _ = parts.path.partition("/gkmlpt")
    return f"{parts.scheme}://{parts.netloc}{before if '/gkmlpt' in parts.path else ''}/gkmlpt"


def _categories(page: ListPage) -> list[str]:
    """The category the address names (`…/index#1234`), else those of annual reports, else all."""
    named = re.fullmatch(r"/?(\d+)", urlsplit(page.url).fragment)
    if named:
        return [named[1]]
    tree = data_after(page.text, "TREE")
    nodes = list(_nodes(tree)) if tree is not None else _loose_nodes(page.text)
    annual = [category for category, name in nodes if ANNUAL.search(name)]
    return annual or ["0"]


def _nodes(tree: Any) -> Iterator[tuple[str, str]]:
    """Categories with their names, parents before children."""
    for node in tree if isinstance(tree, list) else [tree]:
        if isinstance(node, dict):
            if "id" in node:
                yield str(node["id"]), str(node.get("name") or node.get("title") or "")
            for value in node.values():
                if isinstance(value, list | dict):
                    yield from _nodes(value)


def _loose_nodes(text: str) -> list[tuple[str, str]]:
    """The same from a TREE that is JavaScript rather than JSON."""
    return [(m[1] or m[4], m[2] or m[3]) for m in _NODE.finditer(text)]


def _articles(page: ListPage, data: dict[str, Any]) -> Listing:
    articles = [each for each in data["articles"] if isinstance(each, dict)]
    items = tuple(item for each in articles if (item := _item(each, page.url)))
    classify = data.get("classify")
    total = _whole(classify.get("post_count")) if isinstance(classify, dict) else None
    total = total if total is not None else _whole(data.get("total"))
    received = int(page.step.recall("received", "0")) + len(articles)
    named = _API.match(page.url)
    number = int(page.step.recall("page") or parameter(urlsplit(page.url).query, "page") or 1)
    if not articles or not named or number >= LONGEST or (total is not None and received >= total):
        return Listing(items, total)
    sid = page.step.recall("sid") or parameter(urlsplit(page.url).query, "sid") or "0"
    step = _step(named[1], named[2], number + 1, sid, page.step.recall("referer") or page.url, received)
    return Listing(items, total, (step,))


def _item(article: dict[str, Any], base: str) -> Item | None:
    href = str(article.get("url") or article.get("post_url") or "")
    if not href and (number := _whole(article.get("id"))):
        href = f"{_base(base)}/content/{number // 1_000_000}/{number // 1_000}/post_{number}.html"
    address = join(base, href) if href else None
    date = next((found for key in _DATES if (found := date_of(article.get(key)))), None)
    return Item(address, squeezed(str(article.get("title") or "")), date) if address else None


def _step(base: str, category: str, page: int, sid: str, referer: str, received: int = 0) -> Step:
    request = Request(f"{base}/api/all/{category}?page={page}&sid={sid}", referer=referer)
    memory = (("page", str(page)), ("sid", sid), ("referer", referer), ("received", str(received)))
    return Step((request,), memory, is_optional=page > 1)


def _whole(value: object) -> int | None:
    return int(str(value)) if value is not None and str(value).isdigit() else None
