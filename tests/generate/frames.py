"""The site around the article: what several content systems put before and after it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.generate.places import Issuer

LINKS = ("首页", "走进", "新闻中心", "政务公开", "办事服务", "互动交流", "数据开放")


@dataclass(frozen=True, slots=True)
class Frame:
    """HTML before and after the article, the same as text lines, and the head's extra elements."""

    before: str
    after: str
    lines_before: tuple[str, ...]
    lines_after: tuple[str, ...]
    head: str = ""


def draw_frame(kind: str, issuer: Issuer, title: str, published: str, rng: random.Random) -> Frame:
    """A frame of that family of sites."""
    site = f"{issuer.place}人民政府门户网站"
    hits = rng.randint(12, 98000)
    index = f"{rng.randint(10**8, 10**9)}/{published[:4]}-{rng.randint(1, 99999):05d}"
    foot = (
        f"主办：{issuer.place}人民政府办公室",
        f"网站标识码：{rng.randint(10**9, 10**10 - 1)}",
        f"ICP备{rng.randint(10**7, 10**8)}号",
        "网站地图 | 联系我们",
    )
    lines_before = (
        site,
        " | ".join(LINKS),
        "当前位置：首页 > 政务公开 > 政府信息公开年报",
        f"发布日期：{published} 浏览次数：{hits}",
    )
    lines_after = ("【打印本页】 【关闭窗口】", *foot)
    nav = "".join(f'<li><a href="/c{n}/">{name}</a></li>' for n, name in enumerate(LINKS))
    foot_html = "".join(f"<p>{line}</p>" for line in foot)
    crumb = (
        '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a>'
        " &gt; 政府信息公开年报</div>"
    )
    meta = (
        f'<table class="xxgk" width="100%"><tr><td>索引号</td><td>{index}</td>'
        f"<td>发布机构</td><td>{issuer.agency}</td></tr>"
        f"<tr><td>发文日期</td><td>{published}</td><td>文　号</td><td>无</td></tr></table>"
    )
    if kind == "plain":
        return Frame("", "", (), ())
    if kind == "jcms":
        before = f'<div id="header"><ul>{nav}</ul></div>{crumb}{meta}<div id="zoom" class="content">'
        head = (
            f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{published} 10:02">'
        )
        return Frame(
            before,
            f'</div><div class="share">分享到：微信 微博</div><div id="footer">{foot_html}</div>',
            lines_before,
            lines_after,
            head,
        )
    if kind == "gkmlpt":
        before = (
            f'<script>window._CONFIG={{"SID":{rng.randint(1, 999)}}};</script>'
            f'<div class="nav"><ul>{nav}</ul></div>{crumb}<div class="classify"><table>'
            f"<tr><td>索引号：</td><td>{index}</td></tr><tr><td>发布日期：</td>"
            f'<td>{published}</td></tr></table></div><div class="article-content">'
        )
        return Frame(before, f'</div><div class="footer">{foot_html}</div>', lines_before, lines_after)
    if kind == "vsb":
        before = (
            f'<table width="1000" align="center"><tr><td>{site}</td></tr>'
            f"<tr><td><ul>{nav}</ul></td></tr></table>"
            f'<form name="_newscontent_fromname">{crumb}'
            f"<div>发布时间：{published}　点击：[<span>{hits}</span>]</div>"
            '<div id="vsb_content" class="v_news_content">'
        )
        return Frame(
            before,
            f"</div></form><div>上一条：无<br>下一条：无</div><div>{foot_html}</div>",
            lines_before,
            lines_after,
        )
    before = (
        f"<header><h2>{site}</h2><ul>{nav}</ul></header>{crumb}"
        f'<div class="info"><span>发布日期：{published}</span>'
        f"<span>来源：{issuer.agency}</span>"
        f"<span>浏览次数：{hits}</span><span>字体：【大 中 小】</span></div>"
        '<div class="TRS_Editor">'
    )
    return Frame(
        before,
        f'</div><div class="btns">打印 关闭</div><footer>{foot_html}</footer>',
        lines_before,
        lines_after,
    )
