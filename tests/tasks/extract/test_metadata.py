import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.metadata import read_metadata
from tasks.extract.sections import find_sections
from tests.tasks.extract.gold import ALL, accepted, fold, reports
from tests.tasks.extract.mini import html_report, metadata, report
from tests.tasks.extract.reports import document

FIELDS = (
    "agency",
    "year",
    "title",
    "region_code",
    "published_on",
    "signed_on",
    "index_number",
    "document_number",
)
RIGHT = 1.0  # share of the labelled pages on which a field is right; may only rise


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("field", FIELDS)
def test_every_field_equals_the_label(name: str, field: str) -> None:
    labelled = reports(name)
    wrong = [
        (page.gold["page"], value)
        for page in labelled
        if fold(value := getattr(read_metadata(page.document, page.sections), field))
        not in accepted(page.gold, field)
    ]
    assert len(wrong) <= (1 - RIGHT) * len(labelled), wrong


@pytest.mark.parametrize("name", [p for p in ALL if p == "prose" or "pingtan" not in p.values])  # type: ignore[union-attr]
def test_the_publisher_is_the_labelled_one_and_a_mere_source_is_none(name: str) -> None:
    for page in reports(name):
        found = read_metadata(page.document, page.sections).publisher
        assert fold(found) in accepted(page.gold, "publisher"), page.gold["page"]


def test_the_statistical_period_wins_over_the_title() -> None:
    page = metadata(
        report(
            "乌苏市卫生局2013年政府信息公开年度报告",
            "本报告所列数据的统计期限自2012年1月1日起至2012年12月31日止。",
        )
    )
    assert (page.year, page.year_basis) == (2012, "1 period")


def test_a_period_that_ends_after_the_signature_is_not_believed() -> None:
    page = metadata(
        report(
            "乌苏市卫生局2012年政府信息公开年度报告",
            "统计期限自2021年1月1日起至2021年12月31日止。",
            below=("2013年2月18日",),
        )
    )
    assert (page.year, page.year_basis) == (2012, "2 title")


def test_without_a_year_in_the_words_the_signature_tells_it() -> None:
    page = metadata(report("梁山县审计局政府信息公开年度报告", below=("梁山县审计局", "2011年1月18日")))
    assert (page.year, page.year_basis) == (2010, "5 signature")


def test_a_school_year_is_the_year_it_ends_in() -> None:
    page = metadata(report("清河师范学院2014-2015学年信息公开工作年度报告", speaker="学校"))
    assert (page.agency, page.year) == ("清河师范学院", 2015)


def test_a_year_printed_twice_or_in_brackets_below_is_read() -> None:
    assert metadata(report("梁山县环保局2017年年度政府信息公开工作报告")).year == 2017
    page = metadata(report("中牟县人力资源和社会保障局", "政府信息公开年度报告", "（2015年度）"))
    assert (page.agency, page.year) == ("中牟县人力资源和社会保障局", 2015)


def test_the_migration_date_is_published_and_the_date_below_is_signed() -> None:
    page = metadata(
        report(
            "沁阳市审计局2009年度政府信息公开工作报告",
            "发布时间:2019-06-30 来源:沁阳市审计局",
            below=("二○一○年二月一日",),
        )
    )
    assert (page.published_on, page.signed_on) == (dt.date(2019, 6, 30), dt.date(2010, 2, 1))
    assert page.year == 2009


def test_composition_is_not_publication() -> None:
    page = metadata(
        report("成文日期：2019-01-22", "发布日期：2019-01-25", "睢宁县水利局2018年政府信息公开年度报告")
    )
    assert page.published_on == dt.date(2019, 1, 25)


def test_an_unlabelled_date_below_the_title_is_the_publication() -> None:
    page = metadata(
        report("睢宁县水利局2018年政府信息公开年度报告", "2019-02-14 09:26　来源：本网　字体：[大 中 小]")
    )
    assert page.published_on == dt.date(2019, 2, 14)


def test_today_in_the_frame_and_dates_of_related_links_are_no_publication() -> None:
    below = ("睢宁县水利局", "2019年1月9日", "相关文章", "2017年政府信息公开年度报告 2018-02-09")
    page = metadata(
        report("今天是2024年5月6日 星期一", "睢宁县水利局2018年政府信息公开年度报告", below=below)
    )
    assert page.published_on is None


def test_a_month_above_the_text_is_no_signature_date() -> None:
    page = metadata(
        report(
            "清河县民政局2012年政府信息公开工作年度报告",
            "清河县民政局",
            "二〇一三年一月",
            below=("二○一三年一月二十日",),
        )
    )
    assert page.signed_on == dt.date(2013, 1, 20)


def test_labels_and_values_may_stand_in_lines_of_their_own() -> None:
    above = (
        "索 引 号：",
        "QB044-0105-2013-00007",
        "文　　号：",
        "发 布 日 期：",
        "2013-01-30",
        "寻乌县公安局2012年政府信息公开年度报告",
    )
    page = metadata(report(*above))
    assert (page.index_number, page.document_number) == ("QB044-0105-2013-00007", None)
    assert page.published_on == dt.date(2013, 1, 30)


@pytest.mark.parametrize(
    "frame",
    [
        "<ul><li>• 索引号</li><li>wqly/2018-00012</li><li>• 发布机构</li><li>前进区统计局</li><li>• 文号</li>"
        "<li>• 发布日期</li><li>2018-03-28</li></ul>",
        "<ul><li><b>索引号</b><span>wqly/2018-00012</span></li><li><b>发布机构</b><span>前进区统计局</span></li>"
        "<li><b>发布日期</b><span>2018-03-28</span></li></ul>",
        "<p>索引号 wqly/2018-00012　发布机构 前进区统计局</p><p>公开类别 主动公开　发布时间 2018-03-28</p>",
    ],
)
def test_labels_need_no_colon_where_the_value_is_of_their_kind(frame: str) -> None:
    page = metadata(html_report(f"{frame}<h1>前进区统计局2017年政府信息公开年报</h1>"))
    assert (page.index_number, page.document_number) == ("wqly/2018-00012", None)
    assert (page.publisher, page.published_on) == ("前进区统计局", dt.date(2018, 3, 28))


def test_labels_of_one_line_end_each_others_values() -> None:
    above = (
        "索引号 wqs/2022-062 效力属性",
        "发布机构 沙德镇 文  号 沙政发〔2022〕5号",
        "成文日期 2022-01-08 发布日期 2022-09-06",
    )
    page = metadata(
        report(*above, "发布单位:沙德镇 发布人:李某", "沙德镇2021年政府信息公开年报", speaker="我镇")
    )
    assert (page.publisher, page.document_number) == ("沙德镇", "沙政发〔2022〕5号")
    assert page.index_number == "wqs/2022-062"
    assert page.published_on == dt.date(2022, 9, 6)
    piped = metadata(report("索引号 | X-12/2018 | 发布机构 | 沙德镇 |", "沙德镇2021年政府信息公开年报"))
    assert (piped.index_number, piped.publisher) == ("X-12/2018", "沙德镇")


def test_words_that_begin_like_a_label_are_none() -> None:
    page = metadata(report("发布机构建设得到加强", "前进区统计局2017年政府信息公开年报", "发布时间有所提前"))
    assert (page.publisher, page.published_on) == (None, None)


def test_a_signature_may_write_its_date_in_eight_digits() -> None:
    page = metadata(report("沁阳市审计局2009年度政府信息公开报告", below=("沁阳市审计局", "20100201")))
    assert page.signed_on == dt.date(2010, 2, 1)


def test_labels_may_stand_in_cells_with_values_beside_them() -> None:
    table = "<tr><th>索 引 号</th><td>014000348/2018-00012</td><th>文　　号</th><td>None</td></tr>"
    table += "<tr><th>发布机构</th><td>前进区统计局</td><th>发布日期</th><td>2018年3月28日 09:12</td></tr>"
    page = metadata(html_report(f"<table>{table}</table><h1>前进区统计局2017年政府信息公开年报</h1>"))
    assert (page.index_number, page.document_number) == ("014000348/2018-00012", None)
    assert (page.publisher, page.published_on) == ("前进区统计局", dt.date(2018, 3, 28))


def test_labels_may_stand_in_a_row_above_their_values() -> None:
    table = "<tr><td>信息索引号</td><td>文号</td><td>公开日期</td><td>信息提供单位</td></tr>"
    values = ("533300-2013-00017", "前政办发〔2018〕21号", "2018-03-29", "前进区统计局")
    table += "<tr>" + "".join(f"<td>{value}</td>" for value in values) + "</tr>"
    page = metadata(html_report(f"<table>{table}</table><h1>前进区统计局2017年政府信息公开年报</h1>"))
    assert (page.index_number, page.document_number) == ("533300-2013-00017", "前政办发〔2018〕21号")
    assert (page.publisher, page.published_on) == ("前进区统计局", dt.date(2018, 3, 29))


@pytest.mark.parametrize("printed", ["无", "无文号", "None", "null", "", "—", "/", "〔〕号"])
def test_placeholders_are_no_document_number(printed: str) -> None:
    page = metadata(
        report(
            f"索引号：000-1/2018-7 文号：{printed} 发布日期：2018-02-02",
            "寻乌县公安局2017年政府信息公开年度报告",
        )
    )
    assert (page.document_number, page.index_number) == (None, "000-1/2018-7")


def test_the_pages_own_number_is_read_and_a_cited_one_is_not() -> None:
    title = "武宁县人民政府2014年政府信息公开工作年度报告"
    cited = "按照《关于做好年度报告工作的通知》（赣府厅字〔2014〕9号）要求，编制本报告。"
    assert metadata(report("武府办字〔2015〕18号", title)).document_number == "武府办字〔2015〕18号"
    assert (
        metadata(report("发文字号：武府办字 〔2015〕 18 号", title)).document_number == "武府办字〔2015〕18号"
    )
    assert metadata(report(title, cited)).document_number is None


def test_the_site_operator_is_kept_apart_from_the_issuer() -> None:
    below = ("临潭县发展和改革委员会", "2014年12月31日", "主办单位：临潭县发展和改革局", "陇ICP备00000000号")
    page = metadata(report(below=below, speaker="我委"))
    assert (page.agency, page.site_operator) == ("临潭县发展和改革委员会", "临潭县发展和改革局")
    assert page.title is None


def test_an_operator_named_before_the_word_is_read_too() -> None:
    page = metadata(
        report(
            "蒙自市2017年政府信息公开工作年度报告",
            below=("2018年3月2日", "蒙自市人民政府主办　蒙自市人民政府办公室承办"),
        )
    )
    assert page.site_operator == "蒙自市人民政府"


def test_the_region_and_kind_of_the_issuer_are_filled_in() -> None:
    page = metadata(report("三门峡市湖滨区民政局2013年政府信息公开工作年度报告"))
    assert (page.region_code, page.city, page.county) == ("411202", "三门峡市", "湖滨区")
    assert page.agency_level == "county" and page.agency_kind and page.agency_id


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(alphabet="索引号文：: 2013年1月日-〔〕发布机构局政府信息公开报告\t无", max_size=40),
        max_size=12,
    )
)
def test_any_lines_are_read_without_error(lines: list[str]) -> None:
    page = document("\n".join([*lines, "一", "乙"]))
    found = read_metadata(page, find_sections(page))
    assert found.year is None or 2000 < found.year < 2100


def test_an_empty_page_has_no_metadata() -> None:
    page = document("无")
    found = read_metadata(page, ())
    assert (found.title, found.agency, found.year, found.signed_on) == (None, None, None, None)


@pytest.mark.parametrize(
    "worst",
    ["发布日期：" * 200_000, "市区县" * 300_000, "2013年政府信息公开年度报告\n" * 50_000, "由" * 1_000_000],
)
def test_a_megabyte_of_labels_places_and_titles_is_read_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    page = document(worst)
    with stopwatch(4):
        read_metadata(page, ())


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("所列数据的统计期限自2014年1月1日起至2015年1月1日止。", 2014),
        ("本报告所列数据截止日期为2014年12月31日。", 2014),
        ("统计数据的期限自201411日起至20141231日止。", 2014),
        ("截至2014年底，公开工作运行正常。", 2014),
    ],
)
def test_the_end_of_the_period_tells_the_year(sentence: str, year: int) -> None:
    assert metadata(report("清河县水利局政府信息公开年度报告", sentence)).year == year


@pytest.mark.parametrize(
    "line",
    [
        "2018-03-15",
        "2018/3/15 09:30",
        "2018-03-15 09:30:11 清河县水利局",
        "清河县水利局 2018-03-15",
        "清河水利 2018-03-15 18:20 河北",
    ],
)
def test_a_date_in_digits_alone_below_the_title_is_the_publication(line: str) -> None:
    page = metadata(report("清河县水利局2017年政府信息公开年度报告", line))
    assert (page.published_on, page.signed_on) == (dt.date(2018, 3, 15), None)


def test_a_date_alone_above_the_text_is_the_publication_where_no_title_is_printed() -> None:
    head = "<title>清河县水利局2017年政府信息公开年报</title>"
    page = html_report("<div>清河县水利局</div><div>2018-03-15</div>", head=head)
    assert metadata(page).published_on == dt.date(2018, 3, 15)


def test_a_date_in_words_alone_below_the_title_is_the_signature() -> None:
    page = metadata(report("清河县水利局2017年政府信息公开年度报告", "（2018年3月15日）"))
    assert (page.published_on, page.signed_on) == (None, dt.date(2018, 3, 15))


def test_a_label_without_colon_gives_the_title_where_nothing_else_does() -> None:
    page = metadata(report("标      题 高平市2012年政府信息公开年度报告", speaker="我市"))
    assert (page.title, page.agency) == ("高平市2012年政府信息公开年度报告", "高平市人民政府")


def test_the_line_of_source_and_date_may_stand_above_the_title() -> None:
    page = metadata(
        report(
            "高平市2012年政府信息公开年度报告",
            "门户网站 www.example.cn   2013年04月06日   来源：高平市政府网站",
            "高平市2012年政府信息公开年度报告",
        )
    )
    assert page.published_on == dt.date(2013, 4, 6)
