import pytest

from tasks.extract.titles import body_named, find_title, is_report_title, year_named
from tests.tasks.extract.mini import html_report, report
from tests.tasks.extract.reports import document


def title(text: str) -> str | None:
    page = document(text, "page.html" if text.startswith("<html") else "page.txt")
    found = find_title(page, page.text.index("一、概述"))
    return found.text if found else None


@pytest.mark.parametrize(
    ("printed", "body", "year"),
    [
        ("高平市2012年政府信息公开工作年度报告", "高平市", 2012),
        ("2013年三门峡市湖滨区民政局政府信息公开工作年度报告", "三门峡市湖滨区民政局", 2013),
        ("涡阳县教育局关于2011年度政府信息公开工作情况的报告", "涡阳县教育局", 2011),
        ("五常市二河乡政府信息公开工作2012年年度报告", "五常市二河乡", 2012),
        ("彭水县普子镇人民政府信息公开年度报告（2012年）", "彭水县普子镇人民政府", 2012),
        ("临海市政务公开办公室二〇一三年信息公开年度报告", "临海市政务公开办公室", 2013),
        ("清河师范学院2014—2015学年信息公开年报", "清河师范学院", 2015),
        ("2014年政府信息公开年度报告", "", 2014),
        ("政府信息公开工作年度报告", "", None),
        ("宁波海关2015年海关政府信息公开年度报告", "宁波海关", 2015),
        ("2013年高平市2013年政府信息公开年度报告", "高平市", 2013),
        ("高平市人民政府机关2013年政府信息公开年度报告", "高平市人民政府", 2013),
    ],
)
def test_titles_are_taken_apart(printed: str, body: str, year: int | None) -> None:
    assert is_report_title(printed)
    assert (body_named(printed), year_named(printed)) == (body, year)


@pytest.mark.parametrize(
    "words",
    [
        "关于做好2016年政府信息公开工作年度报告编写公布工作的通知",
        "政府信息公开指南",
        "首页 > 政务公开 > 2016年政府信息公开年度报告",
        "2016年政府工作报告",
        "上一篇：2016年政府信息公开工作年度报告",
        "本报告根据政府信息公开条例编制，现公布政府信息公开年度报告。",
    ],
)
def test_other_lines_are_no_titles(words: str) -> None:
    assert not is_report_title(words)


def test_a_title_over_three_lines_is_joined() -> None:
    above = "<h1>国家税务总局丽水市莲都区税务局<br>2020年政府信息公开工作<br>年度报告</h1>"
    assert title(html_report(above)) == "国家税务总局丽水市莲都区税务局2020年政府信息公开工作年度报告"
    lines = ("仪征市新集镇", "人民政府", "2015年政府信息公开工作年度报告")
    centred = "".join(f"<p align=center><b>{line}</b></p>" for line in lines)
    assert title(html_report(centred)) == "".join(lines)


def test_the_name_of_the_site_above_is_no_part_of_the_title() -> None:
    above = "<h2>开封市鼓楼区人民政府</h2><h1>鼓楼街道2019年政府信息公开工作年度报告</h1>"
    assert title(html_report(above)) == "鼓楼街道2019年政府信息公开工作年度报告"


def test_the_bars_of_a_layout_are_no_part_of_the_title() -> None:
    page = report("| 青神县水务局2019年政府信息公开工作年度报告 |", "来源： | 时间：2020-01-15 |")
    assert title(page) == "青神县水务局2019年政府信息公开工作年度报告"


def test_the_value_of_a_label_above_is_no_part_of_the_title() -> None:
    lines = ("2015年03月09日 来源:", "朔城区商务局", "2014年政府信息公开年度报告")
    assert title(report(*lines)) == "2014年政府信息公开年度报告"


def test_the_columns_name_and_related_links_do_not_replace_the_title() -> None:
    above = "<ul><li>政府信息公开年报</li></ul><div>当前位置：首页 &gt; 年报</div>"
    above += "<h1>怀远县2015年政府信息公开工作年度报告</h1>"
    below = "<p>2016年3月1日</p><ul><li>怀远县2014年政府信息公开工作年度报告</li></ul>"
    assert title(html_report(above, below)) == "怀远县2015年政府信息公开工作年度报告"


def test_letter_spacing_is_closed_up() -> None:
    assert (
        title(report("怀远县2015年政府信息公开", "工 作 年 度 报 告"))
        == "怀远县2015年政府信息公开工作年度报告"
    )


def test_a_page_that_prints_no_title_has_none_whatever_its_head_says() -> None:
    page = html_report("<div>首页</div>", head="<title>怀远县2015年政府信息公开工作年度报告</title>")
    assert title(page) is None


def test_a_title_may_be_followed_by_text_in_its_line() -> None:
    assert (
        title("高平市2012年 政府信息公开年度报告 根据条例，编制本报告。\n一、概述\n…")
        == "高平市2012年政府信息公开年度报告"
    )
    assert title("高平市2012年政府信息公开年度报告 二维码\n一、概述\n…") == "高平市2012年政府信息公开年度报告"
    assert title("高平市信息公开年度报告 要有这八类内容\n一、概述\n…") is None
    assert title("《高平市2012年信息公开年度报告 .doc》由会员分享\n一、概述\n…") is None


def test_the_label_of_a_date_or_a_count_above_is_not_the_bodys() -> None:
    lines = ("浏览次数：", "高平市水利局", "2012年政府信息公开年度报告", "一、概述")
    assert title("\n".join(lines)) == "高平市水利局2012年政府信息公开年度报告"


def test_the_label_of_a_title_is_no_part_of_it() -> None:
    lines = (
        "标      题 高平市2012年政府信息公开年度报告",
        "高平市",
        "2012年政府信息公开年度报告",
        "一、概述",
    )
    assert title("\n".join(lines)) == "高平市2012年政府信息公开年度报告"
