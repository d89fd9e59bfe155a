# ruff: noqa: E501 - markup reads better in one line
"""Sites as each family publishes them: three list pages, forty reports, notices among them.

`ROBOTS` forbids one folder; every site links into it once. `site(family)` gives the handler, `LISTS` the path of
the first list page.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.site.reports import DECOYS, Report, article, reports
from tests.site.server import Reply, Request, Site

ROBOTS = b"User-agent: *\nDisallow: /private/\n"
FORBIDDEN = "/private/report.html"
FORBIDDEN_TITLE = "清河县信访局2019年政府信息公开工作年度报告"
PER_PAGE = 16
LISTS = {
    "jpage": "/col/col1229/index.html",
    "jpage-post": "/col/col1229/index.html",
    "trs": "/xxgk/nb/index.html",
    "gkmlpt": "/gkmlpt/index",
    "vsb": "/xxgk/list.htm",
    "vsb-folder": "/xxgk/index.htm",
    "vsb-unlinked": "/xxgk/list.htm",
    "vsb-unlinked-from-1": "/xxgk/list.htm",
    "vsb-unlinked-back": "/xxgk/list.htm",
    "jpaas": "/zwgk/nb/index.html",
    "plain": "/nb/index.html",
}

Address = Callable[[Report], str]


class Listed:
    """A family's site: `entries` are title, date and path of everything listed, `pages` what has an address."""

    def __init__(self, address: Address, charset: str = "utf-8", count: int = 40) -> None:
        self.charset = charset
        self.reports = reports(count)
        self.entries = [(r.title, r.date, address(r)) for r in self.reports]
        for number, decoy in enumerate(DECOYS):
            self.entries.insert(number * 5 + 2, (decoy, "2020-02-03", f"/notice/{number}.html"))
        self.entries.insert(9, (FORBIDDEN_TITLE, "2020-01-09", FORBIDDEN))
        self.pages = {address(r): article(r, charset) for r in self.reports}

    def page(self, number: int) -> list[tuple[str, str, str]]:
        """The entries of a list page, from 1 on."""
        return self.entries[(number - 1) * PER_PAGE : number * PER_PAGE]

    @property
    def last(self) -> int:
        return -(-len(self.entries) // PER_PAGE)

    def reply(self, request: Request) -> Reply:
        """Articles, notices, robots.txt; else 404."""
        if request.path == "/robots.txt":
            return Reply(ROBOTS, headers={"Content-Type": "text/plain"})
        if request.path in self.pages:
            return Reply(self.pages[request.path])
        return Reply("<html><title>404</title><body>页面不存在</body></html>".encode(), 404)

    def html(self, body: str, title: str = "政府信息公开年报") -> Reply:
        head = f'<html><head><meta charset="{self.charset}"><title>{title}-清河县</title></head>'
        nav = '<div><a href="/">网站首页</a><a href="/xxgk/zn/">政府信息公开指南</a></div>'
        return Reply(f"{head}<body>{nav}{body}<div>主办：清河县</div></body></html>".encode(self.charset))


def row(entry: tuple[str, str, str]) -> str:
    title, date, path = entry
    short = title if len(title) < 24 else title[:22] + "…"
    return f'<li><a href="{path}" title="{title}" target="_blank">{short}</a><span>{date}</span></li>'


def jpage(proxy: str = "/module/web/jpage/dataproxy.jsp", method: str = "GET") -> Site:
    listed = Listed(
        lambda r: f"/art/{r.date[:4]}/{int(r.date[5:7])}/{int(r.date[8:])}/art_1229_{5000 + r.number}.html"
    )

    def records(start: int, end: int) -> str:
        rows = (f"<record><![CDATA[{row(entry)}]]></record>" for entry in listed.entries[start - 1 : end])
        return f"<recordset>{''.join(rows)}</recordset>"

    def site(request: Request) -> Reply:
        if request.path == LISTS["jpage"]:
            return listed.html(
                '<div id="5511" class="default_pgContainer"></div><script type="text/xml"><datastore>\n<nextgroup>'
                f'<![CDATA[<a href="{proxy}?page=1&appid=1&webid=3&path=/&columnid=1229&unitid=5511'
                f'&webname=%25E6&permissiontype=0"></a>]]></nextgroup>\n{records(1, PER_PAGE)}</datastore></script>'
                f"<script>$('#5511').jpage({{dataAfter:'',totalRecord:{len(listed.entries)},perPage:{PER_PAGE},"
                f"proxyUrl:'{proxy}',openCookies:'0'}});</script>"
            )
        if request.path == proxy:
            asked = {**request.query, **(request.form if request.method == "POST" else {})}
            wanted = {"columnid": "1229", "unitid": "5511", "webid": "3"}
            if request.method != method or any(asked.get(k) != v for k, v in wanted.items()):
                return Reply(b"", 404 if request.method != method else 500)
            xml = f'<?xml version="1.0" encoding="UTF-8"?><datastore><totalrecord>{len(listed.entries)}</totalrecord>'
            body = xml + records(int(asked["startrecord"]), int(asked["endrecord"])) + "</datastore>"
            return Reply(body.encode(), headers={"Content-Type": "text/xml;charset=UTF-8"})
        return listed.reply(request)

    return site


def trs(charset: str = "gb18030") -> Site:
    listed = Listed(
        lambda r: f"/xxgk/nb/{r.date[:4]}{r.date[5:7]}/t{r.date.replace('-', '')}_{9000 + r.number}.html",
        charset,
    )

    def site(request: Request) -> Reply:
        for number in range(1, listed.last + 1):
            name = "index" if number == 1 else f"index_{number - 1}"
            if request.path in (f"/xxgk/nb/{name}.html", "/xxgk/nb/" if number == 1 else ""):
                rows = "".join(
                    row((t, d, path.replace("/xxgk/nb/", "./"))) for t, d, path in listed.page(number)
                )
                call = f'createPageHTML({listed.last}, {number - 1}, "index", "html");'
                return listed.html(f"<ul>{rows}</ul><script>{call}</script>")
        return listed.reply(request)

    return site


def gkmlpt(missing_second: bool = False) -> Site:
    listed = Listed(lambda r: f"/gkmlpt/content/8/{8000 + r.number}/post_{8000000 + r.number}.html")
    tree = [
        {"id": 1, "name": "机构职能", "children": []},
        {
            "id": 5,
            "name": "公开",
            "children": [
                {"id": 77, "name": "政府信息公开年报", "children": []},
                {"id": 78, "name": "公开指南"},
            ],
        },
    ]

    def site(request: Request) -> Reply:
        if request.path == LISTS["gkmlpt"]:
            config = f"window._CONFIG = {{ SID: '755031', SITE_NAME: '清河', TREE: {json.dumps(tree, ensure_ascii=False)} }};"
            return listed.html(f'<div id="app"></div><script>{config}</script>')
        if request.path == "/gkmlpt/api/all/77" and request.query.get("sid") == "755031":
            number = int(request.query.get("page", "1"))
            if number > (1 if missing_second else listed.last):
                return Reply(b"{}", 404)
            articles = [
                {
                    "id": i,
                    "title": t,
                    "url": f"http://{request.headers['host']}{path}",
                    "created_at": d + " 10:00:00",
                }
                for i, (t, d, path) in enumerate(listed.page(number))
            ]
            answer = {"classify": {"id": 77, "post_count": len(listed.entries)}, "articles": articles}
            return Reply(json.dumps(answer).encode(), headers={"Content-Type": "application/json"})
        return listed.reply(request)

    return site


def vsb() -> Site:
    listed = Listed(lambda r: f"/info/1050/{64000 + r.number}.htm")

    def site(request: Request) -> Reply:
        for number in range(1, listed.last + 1):
            if request.path == f"/xxgk/list{number if number > 1 else ''}.htm":
                rows = "".join(row((t, d, ".." + path)) for t, d, path in listed.page(number))
                following = f'<a href="list{number + 1}.htm">下页</a>' if number < listed.last else "下页"
                return listed.html(
                    f"<ul>{rows}</ul><div>{number}/{listed.last} <a href='list.htm'>首页</a>{following}</div>"
                )
        return listed.reply(request)

    return site


def vsb_folder() -> Site:
    """Pages are numbered backwards in a folder named as the list; the first page has the highest number."""
    listed = Listed(lambda r: f"/info/1050/{64000 + r.number}.htm")

    def site(request: Request) -> Reply:
        for number in range(1, listed.last + 1):
            name = "/xxgk/index.htm" if number == 1 else f"/xxgk/index/{listed.last + 1 - number}.htm"
            if request.path == name:
                rows = "".join(row(entry) for entry in listed.page(number))
                after = f"/xxgk/index/{listed.last - number}.htm"
                following = f'<a href="{after}" class="Next">下页</a>' if number < listed.last else ""
                return listed.html(
                    f"<ul>{rows}</ul><div>共{len(listed.entries)}条 {number}/{listed.last} {following}</div>"
                )
        return listed.reply(request)

    return site


def vsb_unlinked(name: Callable[[int, int], str]) -> Site:
    """The pager is made by a script and links to nothing; `name(number, last)` is a further page's address."""
    listed = Listed(lambda r: f"/info/1050/{64000 + r.number}.htm")

    def site(request: Request) -> Reply:
        for number in range(1, listed.last + 1):
            if request.path == ("/xxgk/list.htm" if number == 1 else name(number, listed.last)):
                rows = "".join(row(entry) for entry in listed.page(number))
                pager = f"<div id='pager'>共{len(listed.entries)}条 第{number}/{listed.last}页 首页 下页 尾页</div>"
                return listed.html(f"<ul>{rows}</ul>{pager}<script>vsb_pager('#pager')</script>")
        return listed.reply(request)

    return site


def jpaas() -> Site:
    listed = Listed(lambda r: f"/zwgk/nb/art/{r.date[:4]}/art_{'%032x' % (r.number + 7)}.html")
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def site(request: Request) -> Reply:
        if request.path == LISTS["jpaas"]:
            query = "{'parseType':'bulidstatic','webId':'a1','tplSetId':'b2','pageType':'column','tagId':'列表','editType':'null','pageId':'c3'}"
            return listed.html(
                f'<script url="{unit}" queryData="{query}" type="text/javascript"></script><div id="list"></div>'
            )
        if (
            request.path == unit
            and request.query.get("pageId") == "c3"
            and request.query.get("webId") == "a1"
        ):
            window = json.loads(request.query.get("paramJson") or "{}")
            number = int(window.get("pageNo", 1))
            rows = "".join(row(entry) for entry in listed.page(number))
            pager = f'<div class="pagination" rows="{PER_PAGE}" count="{len(listed.entries)}" pageno="{number}"></div>'
            answer = {"success": True, "data": {"html": f"<ul>{rows}</ul>{pager}"}}
            return Reply(
                json.dumps(answer).encode(), headers={"Content-Type": "application/json;charset=UTF-8"}
            )
        return listed.reply(request)

    return site


def plain() -> Site:
    listed = Listed(lambda r: f"/nb/{r.number}/report.html?id={r.number}")
    listed.pages = {path.partition("?")[0]: page for path, page in listed.pages.items()}

    def site(request: Request) -> Reply:
        number = int(request.query.get("page", "1"))
        if request.path == LISTS["plain"] and 1 <= number <= listed.last:
            entries = listed.page(number)
            rows = "".join(
                row((t, d, path + "&utm_source=list#top" if "?" in path else path)) for t, d, path in entries
            )
            rows += "".join(
                row((t, d, path + "&spm=1.2.3" if "?" in path else path)) for t, d, path in entries[:3]
            )
            pager = "".join(f'<a href="?page={n}">{n}</a>' for n in range(1, listed.last + 1))
            return listed.html(f"<table>{rows}</table><div>{pager}</div>")
        return listed.reply(request)

    return site


FAMILIES: dict[str, Callable[[], Site]] = {
    "jpage": jpage,
    "jpage-post": lambda: jpage("/module/jpage/dataproxy.jsp", "POST"),
    "trs": trs,
    "gkmlpt": gkmlpt,
    "vsb": vsb,
    "vsb-folder": vsb_folder,
    "vsb-unlinked": lambda: vsb_unlinked(lambda number, last: f"/xxgk/list{number}.htm"),
    "vsb-unlinked-from-1": lambda: vsb_unlinked(lambda number, last: f"/xxgk/list{number - 1}.htm"),
    "vsb-unlinked-back": lambda: vsb_unlinked(lambda number, last: f"/xxgk/list/{last - number + 1}.htm"),
    "jpaas": jpaas,
    "plain": plain,
}
