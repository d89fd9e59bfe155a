"""What of a page is visible, how it breaks into lines, and what the lines remember of their markup."""

from __future__ import annotations

import pytest

from tasks.clean import clean
from tasks.values import BlockKind
from tests.tasks.clean.pages import PROSE, cleaned, grid, html, lines, tables


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>政府<span>信息</span><font>3</font><font>28</font>条</p>", ["政府信息328条"]),
        ("<p>一<br>二<br/>三</p>", ["一", "二", "三"]),
        ("<div>一<p>二</p>三</div>", ["一", "二", "三"]),
        ("<p>a&amp;b &lt;c&gt; &#20844;&#x5F00;</p>", ["a&b <c> 公开"]),
        ("<p>公开<script>x</script><style>y</style><!--z--><template>t</template></p>", ["公开"]),
        ("<p>甲</p><noscript>无脚本</noscript><iframe>无框架</iframe><p>乙</p>", ["甲", "乙"]),
        ("<p>甲</p><p style='color:red; DISPLAY : none'>藏</p><p hidden>藏</p><p>乙</p>", ["甲", "乙"]),
        ("<div style='display:none'><p>藏<b>藏</b></p><table><tr><td>藏</td></tr></table></div>乙", ["乙"]),
        ("<p>公开o:p<o:p></o:p><st1:chsdate year='2014'>2014年</st1:chsdate></p>", ["公开o:p2014年"]),
        ("<p>--&gt;</p><p>甲</p>", ["-->", "甲"]),
        ("<pre>一、概述\n二、情况</pre>", ["一、概述", "二、情况"]),
        ("<p>公开<del>398</del><ins>402</ins>条，<s>3</s><strike>4</strike>5件</p>", ["公开402条，5件"]),
        (
            "<table><tr><td>件<td><input value='12'><td>60<sup>[1]</sup><td><input value='打印'></table>",
            ["件\t12\t60\t"],
        ),
        ("<p><input value='12'>3<sup>2</sup></p>", ["32"]),
        ("<p>共<span style='text-decoration: line-through;'>71</span>77件</p>", ["共77件"]),
        ("<ul><li>一<li>二</ul><dl><dt>三<dd>四</dl>", ["一", "二", "三", "四"]),
    ],
)
def test_visible_text_and_lines(body: str, expected: list[str]) -> None:
    assert lines(html(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>  主动\n   公开 </p>", "主动公开"),
        ("<p><span>主动</span>\n<span>公开</span></p>", "主动 公开"),
        ("<p><span>主动\n</span><span>公开</span></p>", "主动公开"),
        ("<p>Open\n  data</p>", "Open data"),
        ("<p>2017\n年</p>", "2017 年"),
        ("<p>公开  <b> 信息</b></p>", "公开 信息"),
        ("<p>公开，\n信息</p>", "公开，信息"),
        ("<p>共&nbsp;&nbsp;328&nbsp;条</p>", "共\xa0\xa0328\xa0条"),
        ("<p>文　　号</p>", "文　　号"),
    ],
)
def test_source_white_space_collapses_and_other_spaces_stay(body: str, expected: str) -> None:
    assert lines(html(body)) == [expected]


def test_block_offsets_leave_out_indentation_that_the_text_keeps() -> None:
    document = html("<p>&nbsp;&nbsp;　　一、概述&emsp;</p>")
    assert lines(document) == ["一、概述"]
    assert document.text.startswith("\xa0\xa0　　一、概述")


def test_headings_bold_and_alignment_are_remembered() -> None:
    document = html(
        "<h2>年度<br>报告</h2><p><strong>一、概述</strong></p><p><b>一、</b>概述</p>"
        "<p style='font-weight:bold'>二</p><p><b>&nbsp;</b>三</p><p align=center>四</p>"
        "<p style='TEXT-ALIGN: right'>五</p><center>六</center><p><b style='font-weight:normal'>七</b></p>"
    )
    seen = [(document.text_of(b), b.kind, b.level, b.is_bold, b.align) for b in document.blocks]
    paragraph = BlockKind.PARAGRAPH
    assert seen == [
        ("年度", BlockKind.HEADING, 2, False, None),
        ("报告", BlockKind.HEADING, 2, False, None),
        ("一、概述", paragraph, None, True, None),
        ("一、概述", paragraph, None, False, None),
        ("二", paragraph, None, True, None),
        ("三", paragraph, None, False, None),
        ("四", paragraph, None, False, "center"),
        ("五", paragraph, None, False, "right"),
        ("六", paragraph, None, False, "center"),
        ("七", paragraph, None, False, None),
    ]


def test_title_and_meta_are_outside_the_text() -> None:
    document = cleaned(
        "<html><head><title> 年报 \n 2017 </title><META NAME='PubDate' content='2018-01-20'>"
        "<meta property='og:title' content='题'><meta charset=utf-8></head>"
        "<body><meta name=ContentStart><p>正文</p></body></html>"
    )
    assert document.page_title == "年报 2017"
    assert document.page_meta == (("pubdate", "2018-01-20"), ("og:title", "题"), ("contentstart", ""))
    assert document.text == "正文"


def test_the_content_decides_what_is_html_not_the_name() -> None:
    assert cleaned("<html><body><p>正文</p></body></html>", "report.txt").media_type == "text/html"
    assert cleaned("一、概述\n<正文>见附件", "report.html").media_type == "text/plain"
    assert cleaned("说明\n正文<br>正文", "report.html").media_type == "text/html"
    assert cleaned("说明\n正文<br>正文", "report.txt").media_type == "text/plain"


@pytest.mark.parametrize("tag", ["div", "span", "font", "b", "p", "ul", "o:p", "table><tr><td"])
def test_a_hundred_thousand_nested_tags_neither_crash_nor_hang(tag: str) -> None:
    closing = "".join(f"</{part}>" for part in reversed(tag.split("><")))
    document = html(f"<{tag}>" * 100_000 + "深处" + closing * 100_000)
    assert "深处" in document.text.replace("\n", "")


def test_unclosed_formatting_does_not_multiply() -> None:
    body = "".join(f"<p><font color={n}>第{n}条" for n in range(5000))
    assert len(html(body).blocks) == 5000


def test_fifty_nested_tables_keep_their_text() -> None:
    body = "<table><tr><td>外</td><td>" * 50 + "<table><tr><td>申请数</td><td>1</td></tr></table>"
    document = html(body + "</td></tr></table>" * 50)
    assert [grid(document, block) for block in tables(document)] == [[["申请数", "1"]]]
    assert document.text.count("外") == 50


@pytest.mark.timeout(20)
def test_a_page_of_five_megabytes_takes_seconds() -> None:
    paragraph = f'<p style="text-indent:2em"><span style="font-family:宋体">{PROSE}</span></p>\n'
    row = "<tr><td><p>（一）收到申请数</p></td><td>件</td><td>&nbsp;</td></tr>"
    body = f"<table>{row * 20_000}</table>" + paragraph * (3_000_000 // len(paragraph.encode()))
    document = html(body)
    (table,) = tables(document)
    assert table.table is not None
    assert (table.table.rows, table.table.cols) == (20_000, 3)


def test_cleaning_is_pure() -> None:
    from tests.tasks.clean.pages import page

    given = page(f"<p>{PROSE}</p>")
    assert clean(given) == clean(given)
