"""Odd pages through clean and extract: no crash, no hang, no invented fact, a check for what is wrong."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import DocumentError
from tasks.extract import extract, extract_all
from tasks.values import Document
from tests.tasks.clean.pages import cleaned, table_3, table_4
from tests.tasks.odd.pages import (
    SAMPLES,
    damaged,
    form,
    html,
    report,
    rules,
    sound,
    stated,
    table,
    traditional,
)

FIGURES = {
    "proactive_total": 515,
    "proactive_website": 401,
    "proactive_weibo": 38,
    "proactive_other_channels": 76,
    "applications_received": 516,
    "applications_online": 3,
    "applications_in_person": 5,
    "reconsiderations": 517,
}
MEGABYTES = 5_000_000
SECONDS = 10  # the aim is two (bench); what explodes takes minutes, and the machine may be slow and shared


def text(content: str) -> Document:
    return cleaned(content, "page.txt")


# ------------------------------------------------------------- a sound report


@pytest.mark.parametrize("document", [text(report()), cleaned(html(report()))], ids=["text", "html"])
def test_a_sound_report_has_no_checks(document: Document) -> None:
    read = sound(document)
    assert (stated(read), rules(read)) == (FIGURES, set())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_sample_pages_have_no_checks_of_the_document(path: object) -> None:
    read = sound(cleaned(path.read_bytes(), path.name))  # type: ignore[attr-defined]
    assert {rule for rule in rules(read) if not rule.startswith("form_")} == set()


# --------------------------------------------------------- two reports in one page


@pytest.mark.parametrize("other", [("台山市教育局", 2016), ("台山市财政局", 2015)], ids=["year", "body"])
@pytest.mark.parametrize("as_html", [False, True], ids=["text", "html"])
def test_of_two_reports_each_is_read_and_the_first_names_the_second(
    other: tuple[str, int], as_html: bool
) -> None:
    both = report() + report(*other, total=900)
    page = cleaned(html(both)) if as_html else text(both)
    read = sound(page)
    assert stated(read) == FIGURES
    assert rules(read) == {"two_reports"}
    assert [c.actual for c in read.checks] == [f"{other[0]}{other[1]}年政府信息公开工作年度报告"]
    assert read.metadata.signed_on is not None and read.metadata.signed_on.year == 2016
    assert len(read.findings) == 3

    (whole, first), (rest, second) = extract_all(page)
    assert (whole, first) == (page, read)
    assert second == sound(rest)
    assert (rest.uri, rules(second)) == (f"{page.uri}#report-2", set())
    assert (second.metadata.agency, second.metadata.year) == other
    assert stated(second) == FIGURES | {
        "proactive_total": 900, "applications_received": 901, "reconsiderations": 902,
    }  # fmt: skip


def test_of_twenty_reports_each_is_read() -> None:
    bodies = [f"台山市{name}局" for name in ("教育", "财政", "民政", "司法", "卫生")]
    asked = [(body, year, 100 + year) for year in range(2012, 2016) for body in bodies]
    read = [report for _, report in extract_all(text("".join(report(*one) for one in asked)))]
    assert [(r.metadata.agency, r.metadata.year, stated(r)["proactive_total"]) for r in read] == asked


def test_what_the_first_report_does_not_say_is_not_taken_from_the_second() -> None:
    short = report().partition("三、")[0]
    read = sound(text(short + report("台山市财政局", 2016, 900) + "三、依申请公开\n收到申请7件。"))
    assert "applications_received" not in stated(read)
    assert "two_reports" in rules(read)


def test_the_form_of_the_second_report_is_not_the_first_ones() -> None:
    page = cleaned(html(report() + report("台山市财政局", 2016, 900), form()))
    first, second = (sound(document) for document, _ in extract_all(page))
    assert not first.form_cells
    assert (first.form, second.form) == ("narrative", "form-2014")
    assert {fact.confidence for fact in second.facts} == {1.0}


def test_a_title_that_is_printed_again_begins_no_second_report() -> None:
    title = report().partition("\n")[0]
    read = sound(text(report().replace("一、概述", f"{title}\n一、概述")))
    assert (stated(read), rules(read)) == (FIGURES, set())


def test_titles_of_other_reports_below_are_links() -> None:
    links = "".join(
        f"<p><a href=a>台山市教育局{year}年政府信息公开工作年度报告</a></p>" for year in (2013, 2014)
    )
    read = sound(cleaned(html(report(), links)))
    assert (stated(read), rules(read)) == (FIGURES, set())


def test_a_form_among_the_page_frame_is_no_form_of_the_report() -> None:
    page = html(report(), '<div class="nav"><a href=a>首页</a> <a href=b>网站地图</a></div>')
    rows = [["站内统计", "数值"], ["网站公开信息", "7"], ["受理申请数", "8"], ["举报投诉数", "9"]]
    read = sound(
        cleaned(page.replace("</body>", "<p>主办：某市</p><p>版权所有</p>" + table(rows) + "</body>"))
    )
    assert stated(read) == FIGURES


# ------------------------------------------------------------------- cut pages


@pytest.mark.parametrize("end", ["，其中网", "，微博3", "共收到", "401条，", "共收到申请", "发生行政"])
def test_a_report_cut_in_a_sentence_is_flagged_and_keeps_what_it_says(end: str) -> None:
    whole = report()
    read = sound(text(whole[: whole.index(end) + len(end)]))
    assert rules(read) == {"cut_report"}
    assert stated(read).items() <= FIGURES.items()


@pytest.mark.parametrize("rows", [12, 30, 50])
def test_a_form_cut_before_its_last_rows_is_flagged(rows: int) -> None:
    whole = html(report().partition("台山市教育局\n2016")[0], form())
    end = [place for place, char in enumerate(whole) if whole.startswith("</tr>", place)][rows]
    assert "cut_report" in rules(sound(cleaned(whole[:end])))


def test_no_cut_of_a_report_invents_a_figure() -> None:
    whole = html(report())
    for end in range(300, len(whole), 7):
        read = sound(cleaned(whole[:end]))
        assert stated(read).items() <= FIGURES.items(), whole[end - 20 : end]


# ----------------------------------------------------------- what the page lacks


def test_a_report_of_nobody() -> None:
    read = sound(text(report("").replace("我单位", "各级")))
    assert (read.metadata.agency, rules(read), stated(read)) == (None, {"unknown_issuer"}, FIGURES)


def test_a_report_of_no_year() -> None:
    lines = [line for line in report().split("\n") if "201" not in line]
    read = sound(text("\n".join(["台山市教育局政府信息公开工作年度报告", *lines])))
    assert (read.metadata.year, rules(read)) == (None, {"unknown_year"})


def test_a_year_that_title_and_text_contradict() -> None:
    read = sound(text(report().replace("局2015年", "局2014年")))
    assert (read.metadata.year, rules(read)) == (2015, {"year_contradicted"})


def test_a_place_of_which_there_are_several() -> None:
    read = sound(text(report("鼓楼区教育局")))
    assert (read.metadata.region_code, rules(read)) == (None, {"ambiguous_region"})
    message = read.checks[0].message
    assert all(province in message for province in ("江苏省", "福建省", "河南省"))


def test_words_without_figures() -> None:
    words = "我局高度重视政府信息公开工作，完善制度，加强领导，取得了一定的成效，受到社会各界的好评。"
    read = sound(text(f"台山市教育局2015年政府信息公开工作年度报告\n{words * 6}"))
    assert (read.facts, rules(read)) == ((), {"no_figures"})


def test_headings_without_text_are_no_report() -> None:
    heads = [line for line in report().split("\n") if line[1:2] == "、" or line.endswith("年度报告")]
    read = sound(text("\n".join(heads)))
    assert (read.is_report, read.kind_reason) == (False, "no text")


@pytest.mark.parametrize(
    "above",
    [
        "<h1>台山市教育局2015年政府信息公开工作年度报告</h1>",
        "<h2>政府信息公开情况统计表</h2><p>（2015年度）</p><p>填报单位：台山市教育局</p>",
    ],
    ids=["title", "head of the form"],
)
def test_a_form_without_words(above: str) -> None:
    read = sound(cleaned(f"<html><body>{above}{form()}</body></html>"))
    assert (read.is_report, read.form, len(read.form_cells)) == (True, "form-2014", 72)
    assert (read.metadata.agency, read.metadata.year) == ("台山市教育局", 2015)
    assert not read.figures


def test_a_form_of_nobody() -> None:
    read = sound(cleaned(f"<html><body>{table(table_3())}{table(table_4())}</body></html>"))
    assert read.is_report
    assert rules(read) >= {"unknown_issuer", "unknown_year"}


def test_bytes_that_are_no_characters_are_counted() -> None:
    content = report().encode().replace("取得".encode(), b"\xff\xfe\xff")
    read = sound(cleaned(content, "page.txt"))
    assert "replaced_bytes" in rules(read)


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize("digits", [16, 20, 40, 400])
def test_a_number_too_long_is_no_figure(digits: int) -> None:
    read = sound(text(report().replace("515条", "5" * digits + "条")))
    assert stated(read).items() <= FIGURES.items()
    assert "proactive_total" not in stated(read)
    assert rules(read) == {"long_number"}


def test_groups_of_three_without_end_are_no_figure() -> None:
    read = sound(text(report().replace("515条", "1" + ",234" * 200 + "条")))
    assert "proactive_total" not in stated(read)


def test_a_number_too_long_in_a_cell_is_none() -> None:
    rows = [["统计指标", "单位", "统计数"], ["主动公开政府信息数", "条", "5" * 40], ["收到申请数", "件", "8"]]
    read = sound(
        cleaned(html(report(), table([*rows, ["行政复议数量", "件", "2"], ["行政诉讼数量", "件", "1"]])))
    )
    assert all(fact.value < 1e15 for fact in read.facts)


# ------------------------------------------------------- traditional characters


@pytest.mark.parametrize("as_html", [False, True], ids=["text", "html"])
def test_a_report_in_traditional_characters_says_the_same_in_its_own(as_html: bool) -> None:
    content = traditional(report())
    assert "公開" in content and "公开" not in content
    read = sound(cleaned(html(content)) if as_html else text(content))
    assert (stated(read), rules(read)) == (FIGURES, set())
    assert read.metadata.agency == "台山市教育局"
    assert read.metadata.title == content.partition("\n")[0]
    assert {fact.evidence for fact in read.facts} > {"全年主動公開政府信息515條", "微博38條"}
    assert [section.heading for section in read.sections][1] == "主動公開政府信息情況"
    assert read.findings[0].text == "公開內容不夠全面"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_page_says_the_same_in_traditional_characters(path: object) -> None:
    raw = path.read_bytes()  # type: ignore[attr-defined]
    content = raw.decode("gb18030" if ".gbk." in path.name else "utf-8")  # type: ignore[attr-defined]
    plain, mirrored = (cleaned(c.encode(), path.name) for c in (content, traditional(content)))  # type: ignore[attr-defined]
    assert mirrored.blocks == plain.blocks
    read, other = sound(plain), sound(mirrored)
    places = [
        [(f.indicator, f.member, f.value, f.evidence_start, f.confidence) for f in one.facts]
        for one in (read, other)
    ]
    assert places[0] == places[1]
    assert (other.metadata.agency, other.metadata.year) == (read.metadata.agency, read.metadata.year)
    assert all(cell.raw in mirrored.text for cell in other.form_cells)


def test_a_report_in_both_kinds_of_characters() -> None:
    lines = report().split("\n")
    mixed = "\n".join(traditional(line) if no % 2 else line for no, line in enumerate(lines))
    assert stated(sound(text(mixed))) == FIGURES


def test_big5_is_read_too() -> None:
    read = sound(cleaned(traditional(report()).encode("big5", "replace"), "page.txt"))
    assert stated(read) == FIGURES


# ---------------------------------------------------------------- size and depth

PROSE = "共收到申请516件，其中3件为网上申请，5件为当面申请。"
DEEP = "<table><tr><td>主动公开</td><td>" * 50 + form() + "</td></tr></table>" * 50


@pytest.mark.parametrize(
    "below",
    [
        table([["指标", "单位", "数值"], *([f"第{no}项", "条", str(no)] for no in range(10_000))]),
        table([["主动公开政府信息数", "条", "7"]] * 10_000),
        form() * 100,
        form().replace("<td>", "<td rowspan=1000000 colspan=1000000>"),
        DEEP,
        "<table><tr><td>" * 5_000,
    ],
    ids=["rows", "same rows", "forms", "spans", "nested", "unclosed"],
)
def test_a_table_out_of_measure(below: str) -> None:
    started = time.process_time()
    read = sound(cleaned(html(report(), below)))
    assert time.process_time() - started < SECONDS
    assert {f.indicator: f.value for f in read.facts if f.origin == "narrative"} == FIGURES


UNITS = [
    *("《某条例》（国发〔2015〕12号）、", "未收到行政复议、行政诉讼申请，", "、3", "5"),
    *(PROSE, PROSE + "\n", "主动公开", " ", "（（3", "一是公开不够；", "2015年1月1日至"),
    *("二、主动公开政府信息情况\n（一）依申请公开\n1、", "公开\n", "3 5\n"),
]
FAST = 4  # of them are tried whenever the tests run
FIVE = [*UNITS[:FAST], *(pytest.param(unit, marks=pytest.mark.slow) for unit in UNITS[FAST:])]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", FIVE)
def test_a_page_of_five_megabytes(unit: str) -> None:
    content = report().replace("四、行政", unit * (MEGABYTES // len(unit.encode())) + "\n四、行政")
    started = time.process_time()
    document = text(content)
    middle = time.process_time()
    read = extract(document)
    assert middle - started < SECONDS
    assert time.process_time() - middle < SECONDS
    assert "too_long" in rules(read) or not read.is_report


def test_the_rest_of_a_page_too_long_is_not_read_and_said_to_be() -> None:
    read = sound(text(report().replace("四、行政", "公开政府信息。\n" * 40_000 + "四、行政")))
    assert stated(read) == {k: v for k, v in FIGURES.items() if k != "reconsiderations"}
    assert rules(read) == {"too_long"}


def test_too_many_figures_are_said_to_be() -> None:
    read = sound(text(report().replace("四、行政", PROSE * 3_000 + "\n四、行政")))
    assert "too_many_figures" in rules(read)


# ------------------------------------------------------------------- accidents


def accidents(count: int, seed: int) -> dict[str, int]:
    """What became of damaged sample pages; raises what no document may raise."""
    counts = {"report": 0, "other": 0, "refused": 0}
    for number in range(seed, seed + count):
        chance = random.Random(number)
        path = chance.choice(SAMPLES)
        content = damaged(chance, path.read_bytes())
        if chance.random() < 0.3:
            content = damaged(chance, content)
        try:
            read = sound(cleaned(content, path.name))
        except DocumentError:
            counts["refused"] += 1
        else:
            counts["report" if read.is_report else "other"] += 1
    return counts


def test_damaged_pages_are_read_or_refused() -> None:
    assert accidents(300, 0)["report"] > 150


@pytest.mark.slow
def test_three_thousand_damaged_pages_are_read_or_refused() -> None:
    counts = accidents(3_000, 10_000)
    print(counts)
    assert counts["report"] > 1_500


LINES = [
    line
    for path in SAMPLES
    for line in path.read_bytes().decode("gb18030" if ".gbk." in path.name else "utf-8").split("\n")
    if line.strip()
] + report().split("\n")
FRAGMENT = st.one_of(
    st.sampled_from(LINES),
    st.builds(lambda line, at: line[: at % (len(line) + 1)], st.sampled_from(LINES), st.integers(0, 400)),
    st.text(max_size=30),
    st.sampled_from(
        [form(), "<table><tr><td>", "</td><td>3", "</table>", "<p>", "</div>", "|", "\t", "515条", "无"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENT, max_size=40), st.sampled_from(["\n", "", "<br>", "</p><p>"]), st.booleans())
def test_any_mixture_of_fragments_is_sound(parts: list[str], glue: str, as_html: bool) -> None:
    content = glue.join(["台山市教育局2015年政府信息公开工作年度报告", *parts])
    try:
        document = cleaned(content.encode("utf-8", "surrogatepass"), "page.html" if as_html else "page.txt")
    except DocumentError:
        return
    sound(document)
