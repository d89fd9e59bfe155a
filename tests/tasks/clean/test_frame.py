"""Zones: what is the report, what the page around it. The lines are made up; no site is meant."""

from __future__ import annotations

import pytest

from tasks.values import Zone
from tests.tasks.clean.pages import PROSE, html, lines, text

TITLE = "某县农业局2017年政府信息公开工作年度报告"
REPORT = f"一、概述\n{PROSE}\n二、主动公开情况\n{PROSE}"
FOOTER = "主办单位：某县人民政府\n某ICP备00000001号\n网站标识码：0000000001"


def body_of(page: str) -> list[str]:
    return lines(text(page), Zone.BODY)


@pytest.mark.parametrize(
    "head",
    [
        "首页\n新闻动态\n信息公开",
        "首页 > 信息公开 > 年报\n发布时间：2018-01-20 来源：办公室 阅读：51",
        "某县政府网\n当前位置：首页>年报\n索引号:000/2018-1 文号:无\n发文日期:2018-01-20",
        f"{TITLE}\n发布日期：2018-01-20\n• 字号：\n• |\n• 打印",
        f"{TITLE}\n【字体：大 中 小】 打印 分享到：",
        "政务公开\n-- 公开年报\n[ 关闭窗口 ]",
        "索 引 号：0001\n成文日期：2018-01-20\n文　　号：无\n公开形式：主动公开",
        f"• 索 引 号: 0001\n• 标    题: {TITLE}\n• 有 效 性: 有效\n{TITLE}\n来源:某县政府 时间:2018-01-20",
        f"{TITLE}\n来源:某县农业局\n浏览次数:\n字体: [\n大\n中\n小\n]\n打印",
        f"{TITLE}\n作者:本站原创 | 来源:本站原创 | 时间:2018-01-20 点击数:- 分享到:",
        "当前位置 : 首页 |\n|\n索引号: | 0001 | 公开方式: | 主动公开 |\n发布单位: | 某县农业局 |",
        "• 发文机构:\n\n    县政府网站\n  • 内容概述:\n",
    ],
)
def test_what_stands_above_the_report_is_head(head: str) -> None:
    assert body_of(f"{head}\n{TITLE}\n{PROSE}\n{REPORT}") == [TITLE, PROSE, *REPORT.split("\n")]


@pytest.mark.parametrize(
    "tail",
    [
        FOOTER,
        "【打印】 【关闭】\n上一篇：没有了\n下一篇：某县信息公开指南（2017年版）",
        "打印本页\t关闭窗口\n" + FOOTER,
        "账号+密码登录\n手机+密码登录\n还没有账号?\n立即注册",
        "相关文章\n· 某县农业局2016年政府信息公开工作年度报告 2017-02-09\n" + FOOTER,
        "扫一扫在手机打开当前页\n" + FOOTER + "\n网站联系电话：000-00000000",
        "版权所有 严禁复制 网站管理员信箱\n某ICP备00000001号\n您是第 58211 位来访者",
        "关键字:\n(责任编辑:)\n关于我们| 联系我们| 网站声明",
        "友情链接：某省农业厅 某市农业局",
    ],
)
@pytest.mark.parametrize(
    "signature", ["某县农业局\n2018年1月20日", "某县农业局\n二○一八年一月二十日\n附件：统计表", ""]
)
def test_what_stands_below_the_report_is_tail(tail: str, signature: str) -> None:
    own = [*REPORT.split("\n"), *signature.split()]
    assert body_of(f"{TITLE}\n{REPORT}\n{signature}\n{tail}") == [TITLE, *own]


def test_the_reports_own_contact_is_body_and_the_sites_is_tail() -> None:
    page = f"{TITLE}\n{REPORT}\n单位负责人：甲 填报人：乙\n联系电话：000-1111\n{FOOTER}\n联系电话：000-2222"
    assert body_of(page)[-2:] == ["单位负责人：甲 填报人：乙", "联系电话：000-1111"]


def test_a_title_in_several_lines_is_whole() -> None:
    title = "某县农业局\n2017年政府信息公开工作\n年 度 报 告"
    page = f"首页\n{TITLE}\n发布时间：2018-01-20\n{title}\n{PROSE}\n{REPORT}"
    assert body_of(page)[:3] == title.split("\n")


def test_a_report_without_frame_is_all_body() -> None:
    document = text(f"{REPORT}\n某县农业局\n2018年1月20日")
    assert lines(document, Zone.BODY) == lines(document)


def test_short_lines_without_any_sign_are_body() -> None:
    document = text("本年无申请\n无收费\n无复议")
    assert lines(document, Zone.BODY) == lines(document)


def test_an_attached_form_behind_the_signature_is_body() -> None:
    form = "统计指标\t单位\t统计数\n收到申请数\t件\t3\n行政复议数量\t件\t0"
    page = f"{TITLE}\n{REPORT}\n某县农业局\n2018年1月20日\n附件：统计表\n{form}\n打印 关闭\n{FOOTER}"
    document = text(page)
    assert lines(document, Zone.TAIL)[0] == "打印 关闭"
    assert [block.zone for block in document.blocks if block.table] == [Zone.BODY]


def test_a_disclaimer_behind_the_footer_is_tail() -> None:
    disclaimer = "本网站所载信息仅供参考，浏览者依据其中内容作出的任何决定，本网站概不承担由此产生的责任。"
    page = f"{TITLE}\n{REPORT}\n{PROSE * 8}\n{FOOTER}\n{disclaimer}"
    assert lines(text(page), Zone.TAIL) == [*FOOTER.split("\n"), disclaimer]


def article(body: str, after: str = "") -> str:
    menu = "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(8))
    return (
        f"<div class=a><ul>{menu}</ul></div><div class=b><div class=c>公开目录<p>部门之窗</p></div>"
        f"<div class=d><h1>{TITLE}</h1><div>发布日期：2018-01-20<i>来源：本网</i></div>{body}</div></div>"
        f"{after}<div class=e>某县农业局地图<br>某ICP备00000001号</div>"
    )


def paragraphs(page: str) -> str:
    return "".join(f"<p>{line}</p>" for line in page.split("\n"))


def test_markup_parts_the_report_from_what_has_no_words_of_a_frame() -> None:
    document = html(
        article(f"<div class=x>{paragraphs(REPORT)}<p align=right>某县农业局</p></div>", "<p>窗口单位</p>")
    )
    assert lines(document, Zone.BODY) == [*REPORT.split("\n"), "某县农业局"]
    assert "部门之窗" in lines(document, Zone.HEAD)
    assert lines(document, Zone.TAIL)[0] == "窗口单位"


def test_signature_and_form_outside_the_reports_element_are_body() -> None:
    rows = ("收到申请数</td><td>件</td><td>3", "行政复议数量</td><td>件</td><td>0")
    form = f"<table><tr><td>{'</td></tr><tr><td>'.join(rows)}</td></tr></table>"
    document = html(
        article(
            f"<div class=x>{paragraphs(REPORT)}</div>"
            "<div class=y>某县农业局</div><div class=y>2018年1月20日</div>"
            f"<div class=z>{form}</div>"
        )
    )
    assert lines(document, Zone.BODY)[-3:-1] == ["某县农业局", "2018年1月20日"]
    assert [block.zone for block in document.blocks if block.table] == [Zone.BODY]


def test_a_sidebars_prose_is_not_the_report() -> None:
    aside = f"<aside><h3>头条</h3><p>{PROSE}</p></aside>"
    document = html(aside + article(f"<div class=x>{paragraphs(REPORT)}</div>", aside))
    assert lines(document, Zone.BODY) == REPORT.split("\n")


def test_a_report_in_one_cell_with_line_breaks() -> None:
    body = "<br>".join(f"&nbsp;&nbsp;{line}" for line in [*REPORT.split("\n"), "某县农业局", "2018年1月20日"])
    document = html(
        "<table><tr><td><a href=/>首页</a>|<a href=/1>公开</a></td></tr><tr><td>位置：年报</td></tr>"
        f"<tr><td align=center>{TITLE}</td></tr><tr><td>日期：2018-01-20</td></tr><tr><td>{body}</td></tr>"
        "<tr><td>【<a>打印</a>】【<a>关闭</a>】</td></tr></table>"
    )
    assert lines(document, Zone.BODY) == [*REPORT.split("\n"), "某县农业局", "2018年1月20日"]
    assert lines(document, Zone.TAIL) == ["【打印】【关闭】"]


def test_nothing_visible_is_lost_whatever_its_zone() -> None:
    document = html(article(f"<div class=x>{paragraphs(REPORT)}</div>"))
    assert "".join(lines(document)) == "".join(document.text.split("\n"))
