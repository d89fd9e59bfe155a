import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.concepts import concept_of
from tasks.extract.sections import find_sections
from tasks.values import Section
from tests.tasks.extract.gold import ALL, fold, pages, reports
from tests.tasks.extract.reports import document

TITLE = "白云区商务局2015年政府信息公开工作年度报告"
FILL = "我局认真落实各项要求，积极推进工作，取得了较好的成效，得到了群众的认可。"


def sections(*lines: str) -> list[Section]:
    return list(find_sections(document("\n".join([TITLE, FILL, *lines, "白云区商务局", "2016年1月20日"]))))


def shape(*lines: str) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.heading) for s in sections(*lines)]


@pytest.mark.parametrize("name", ALL)
def test_level_one_headings_equal_the_labels_on_every_report(name: str) -> None:
    for page in reports(name):
        gold = page.gold.get("sections_level1") or page.gold["sections"]
        wanted = [fold(printed) for printed in gold]
        optional = {fold(printed) for printed in page.gold.get("sections_optional") or []}
        text = page.document.text
        found = [fold(text[s.heading_start : s.heading_end]) for s in page.sections if s.level == 1]
        assert [f for f in found if f in wanted or f not in optional] == wanted, page.gold["page"]


@pytest.mark.shared
def test_headings_of_all_levels_equal_the_labels_on_the_real_reports() -> None:
    for page in reports("real"):
        wanted = [(g["number"], fold(g["heading"]), g["level"], g["run_in"]) for g in page.gold["sections"]]
        found = [(s.number, fold(s.heading), s.level, s.is_run_in) for s in page.sections]
        assert found == wanted, page.gold["page"]


@pytest.mark.parametrize("name", ALL)
def test_offsets_point_at_what_they_say(name: str) -> None:
    for page in pages(name):
        place = 0
        for section in page.sections:
            assert (
                place <= section.heading_start < section.heading_end <= section.text_start <= section.text_end
            )
            assert page.document.text[section.text_start : section.text_end] == section.text
            assert fold(section.heading) in (
                fold(page.document.text[section.heading_start : section.heading_end]) or ""
            )
            place = section.text_end


def test_marks_of_four_levels_in_either_width() -> None:
    assert shape(
        "一、概述", "（一）机构", "1．人员", "（1）专职情况", FILL, "㈡制度", "2、会议", "①例会情况", FILL
    ) == [
        (1, "一", "概述"),
        (2, "一", "机构"),
        (3, "1", "人员"),
        (4, "1", "专职情况"),
        (2, "二", "制度"),
        (3, "2", "会议"),
        (4, "1", "例会情况"),
    ]


def test_a_heading_may_open_its_paragraph() -> None:
    found = sections(
        "一、概述：" + FILL,
        "（一）加强领导。" + FILL,
        "二、主动公开情况　　全年主动公开信息12条，均在网站发布，方便查询。",
    )
    assert [(s.heading, s.is_run_in, s.text[:4]) for s in found] == [
        ("概述", True, "我局认真"),
        ("加强领导", True, "我局认真"),
        ("主动公开情况", True, "全年主动"),
    ]


def test_letter_spaced_headings_are_closed_up_and_keep_their_place() -> None:
    page = document("\n".join([TITLE, FILL, "一、 概　　述", FILL]))
    (section,) = find_sections(page)
    assert section.heading == "概述"
    assert page.text[section.heading_start : section.heading_end].startswith("一、")


def test_enumerated_sentences_are_no_headings() -> None:
    lines = (
        "1、按照上级部署，及时制定了全年工作方案，明确了责任分工和完成时限，确保工作有序推进。",
        "2、积极配合有关部门开展检查，对发现的问题逐条整改，并举一反三完善制度。",
        "3、围绕中心工作。着力加强宣传，引导群众通过网站查询信息，扩大了知晓面。",
    )
    assert shape("一、概述", *lines) == [(1, "一", "概述")]


def test_one_heading_with_a_comma_among_headings_is_cut_at_it() -> None:
    lines = (
        "1、完善制度，落实目标责任制，建立健全各项规章，全面规范公开目录，做到目录内容与站内信息一致，方便公众查阅获取。",
        "2、丰富内容。" + FILL,
        "3、加强培训。" + FILL,
    )
    assert shape("一、改进措施", *lines)[1:] == [
        (3, "1", "完善制度"),
        (3, "2", "丰富内容"),
        (3, "3", "加强培训"),
    ]


def test_short_items_of_a_list_are_no_headings_without_text_below() -> None:
    assert shape("一、概述", "1、设立公开栏。", "2、开通网站。", "3、编印手册。", FILL)[1:] in (
        [],
        [(3, "3", "编印手册")],
    )


def test_a_number_with_figures_is_a_sentence() -> None:
    assert shape("一、主动公开情况", "（一）全年主动公开信息120条。" + FILL) == [(1, "一", "主动公开情况")]


def test_jumps_repeats_and_misprints_are_kept_as_printed() -> None:
    lines = ("一、概述", FILL, "三、行政法复议情况", FILL, "三、咨询情况", FILL)
    assert [(number, heading) for _, number, heading in shape(*lines)] == [
        ("一", "概述"),
        ("三", "行政法复议情况"),
        ("三", "咨询情况"),
    ]


def test_a_table_of_contents_is_passed_over() -> None:
    outline = ("一、概述", "二、主动公开情况", "三、依申请公开情况")
    body = [line for heading in outline for line in (heading, FILL)]
    found = sections(*outline, *body)
    assert [s.heading for s in found] == ["概述", "主动公开情况", "依申请公开情况"]
    assert all(s.text.startswith(FILL) for s in found)


def test_rows_of_a_form_are_no_headings() -> None:
    rows = [
        "政府信息公开情况统计表",
        "统计指标 | 单位 | 统计数",
        "一、主动公开情况 | —— |",
        "（一）主动公开政府信息数 | 条 | 12",
    ]
    rows += ["二、回应解读情况 | —— |", "三、依申请公开情况 | —— |", "（一）收到申请数 | 件 | 0"]
    assert shape("一、概述", FILL, *rows) == [(1, "一", "概述")]


def test_attachments_are_headings_and_links_to_files_are_not() -> None:
    assert shape("一、概述", FILL, "附件1：政府信息公开情况统计表")[1:] == [
        (1, "附件1", "政府信息公开情况统计表")
    ]
    assert shape("一、概述", FILL, "附件：2015年统计表.xls")[1:] == []


def test_bold_lines_without_numbers_are_headings_when_there_are_several() -> None:
    words = ("基本情况", "主动公开情况", "依申请公开情况")
    html = "".join(f"<p><b>{w}</b></p><p>{FILL}</p>" for w in words)
    page = document(
        f"<html><body><h1>{TITLE}</h1><p>{FILL}</p>{html}<p align=right>白云区商务局</p></body></html>",
        "a.html",
    )
    assert [(s.level, s.number, s.heading) for s in find_sections(page)] == [(1, None, w) for w in words]


def test_plain_lines_of_a_known_outline_are_headings() -> None:
    words = ("基本情况", "主动公开情况", "依申请公开情况", "存在的问题及改进措施")
    assert [s.heading for s in sections(*(line for w in words for line in (w, FILL)))] == list(words)


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("概述", "overview"),
        ("主动公开政府信息情况", "proactive"),
        ("依申请公开办理情况", "applications"),
        ("收到和处理政府信息公开申请情况", "applications"),
        ("因政府信息公开申请行政复议、提起行政诉讼的情况", "remedies"),
        ("依申请公开收费情况", "fees"),
        ("对公民、法人和其他组织的收费情况", "fees"),
        ("诉讼（行政复议）有关的费用支出", "spending"),
        ("政策解读和回应关切情况", "interpretation"),
        ("2014年政府信息公开重点工作完成情况", "key_areas"),
        ("存在的主要问题及改进情况", "problems_measures"),
        ("2015年政务公开工作重点", "plans"),
        ("需要说明的事项与附表", "other_matters"),
        ("政府信息公开情况统计表", "form"),
        ("咨询处理情况", "consultations"),
        ("工作人员情况", "staff"),
    ],
)
def test_headings_name_their_concept(heading: str, concept: str) -> None:
    assert concept_of(heading) == concept


def test_a_heading_without_a_concept_takes_its_parents_and_measures_stay_measures() -> None:
    found = sections(
        "一、主动公开情况", "（一）高平新闻", FILL, "二、存在问题和改进措施", "（一）加强宣传培训", FILL
    )
    assert [s.concept for s in found] == ["proactive", "proactive", "problems_measures", "problems_measures"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="一二三（）()1２、.．。：；①附件概述我局公开 　\t条", max_size=24), max_size=14)
)
def test_offsets_hold_on_any_lines(lines: list[str]) -> None:
    page = document("\n".join([TITLE, FILL, *lines, FILL]))
    for section in find_sections(page):
        assert page.text[section.text_start : section.text_end] == section.text
        assert section.heading_start < section.heading_end <= section.text_start


@pytest.mark.parametrize(
    "worst",
    ["一、" * 300_000, "一、概述\n" * 60_000, "（一）主动公开。我\n" * 30_000, "1、" + "，" * 900_000],
)
def test_a_page_of_marks_is_read_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    page = document(worst)
    with stopwatch(4):
        find_sections(page)
