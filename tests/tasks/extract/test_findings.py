import csv
from pathlib import Path

import pytest

import seeds
from tasks.extract.findings import find_findings
from tasks.extract.sections import find_sections
from tests.tasks.extract.gold import ALL, reports
from tests.tasks.extract.reports import document

TITLE = "梁山县审计局2011年政府信息公开年度报告"
FILL = "我局认真落实各项要求，积极推进工作，取得了较好的成效。"


def findings(*lines: str) -> dict[str, list[str]]:
    page = document("\n".join([TITLE, FILL, "一、概述", FILL, *lines, "梁山县审计局", "2012年1月5日"]))
    found = find_findings(page, find_sections(page))
    return {kind: [f.text for f in found if f.kind == kind] for kind in ("problem", "measure")}


@pytest.mark.shared
def test_problems_and_measures_equal_the_labels_on_the_real_reports() -> None:
    for page in reports("real"):
        found = find_findings(page.document, page.sections)
        assert [f.text for f in found if f.kind == "problem"] == page.gold["problems"], page.gold["page"]
        assert [f.text for f in found if f.kind == "measure"] == page.gold["measures"], page.gold["page"]


@pytest.mark.parametrize("name", ALL)
def test_items_stand_in_the_text_in_order_and_do_not_overlap(name: str) -> None:
    for page in reports(name):
        place = 0
        for seq, finding in enumerate(find_findings(page.document, page.sections)):
            assert (finding.seq, finding.text) == (
                seq,
                page.document.text[finding.text_start : finding.text_end],
            )
            assert place <= finding.text_start < finding.text_end
            place = finding.text_end


def test_marked_items_lose_their_mark_example_and_plan() -> None:
    text = "存在的问题：一是意识不强，如更新不及时；二是人员不足，2016年争取增加。三是形式单一。"
    text += "改进措施：一是加强学习；二是充实人员。"
    assert findings("二、存在问题和改进措施", text) == {
        "problem": ["意识不强", "人员不足", "形式单一"],
        "measure": ["加强学习", "充实人员"],
    }


def test_headings_below_are_items_and_their_texts_are_not() -> None:
    lines = ("二、存在的问题", "（一）信息数量不多。" + FILL, "（二）人员流动频繁。" + FILL)
    lines += ("三、下一步打算", "（一）加强领导。一是完善制度；二是开展检查。", "（二）加强培训。" + FILL)
    assert findings(*lines) == {
        "problem": ["信息数量不多", "人员流动频繁"],
        "measure": ["加强领导", "加强培训"],
    }


def test_clauses_without_marks_are_cut_at_semicolons() -> None:
    text = "存在的主要问题：查询入口较深；解释不够。2016年，我局将开通微信；组织开放日活动。"
    assert findings("二、存在问题和改进措施", text) == {
        "problem": ["查询入口较深", "解释不够"],
        "measure": ["2016年，我局将开通微信", "组织开放日活动"],
    }


def test_problems_without_a_heading_of_their_own_are_found() -> None:
    text = "工作虽有进展，但还存在一些不足，主要表现在：一是手段不够新；二是队伍素质有待提高。"
    assert findings("（一）机制建设", FILL, text)["problem"] == ["手段不够新", "队伍素质有待提高"]


def test_a_signature_is_no_measure_and_good_work_no_problem() -> None:
    assert findings("二、下一步打算", "今后将加强学习。") == {"problem": [], "measure": ["今后将加强学习"]}
    assert findings("二、主要做法", "一是加强领导；二是健全制度。") == {"problem": [], "measure": []}


@pytest.mark.parametrize(
    "worst", ["一是" * 400_000, "问题不足" * 200_000, "\n" * 1_000_000, "1、不足。" * 150_000]
)
def test_a_megabyte_of_marks_is_read_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    page = document(f"{TITLE}\n一、存在的问题和改进措施\n{worst}\n完")
    sections = find_sections(page)
    with stopwatch(4):
        find_findings(page, sections)


@pytest.mark.parametrize(
    "name",
    [
        "section_concepts.csv",
        "metadata_labels.csv",
        "body_endings.csv",
        "kind_signs.csv",
        "document_words.csv",
        "contact_labels.csv",
        "finding_cues.csv",
    ],
)
def test_no_row_of_the_rules_is_cut_by_an_unquoted_comma(name: str) -> None:
    with (Path(seeds.__file__).parent / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("text", "problems", "measures"),
    [
        (
            "一方面，工作机制还要进一步完善；另一方面，宣传力度不够。",
            ["工作机制还要进一步完善", "宣传力度不够"],
            [],
        ),
        ("存在的问题有：1.时效性有待加强；2.平台建设有待完善。", ["时效性有待加强", "平台建设有待完善"], []),
        (
            "我局取得了一定成绩，但与公众的需求还存在差距，更新需要加强。",
            ["与公众的需求还存在差距，更新需要加强"],
            [],
        ),
        ("我局还存在一些不足，如更新不够及时、内容有待充实。", ["更新不够及时、内容有待充实"], []),
        ("2011年主要存在公开信息深度不够的问题。", ["公开信息深度不够"], []),
        ("存在的主要问题是内容不够全面，下一步打算扩大范围。", ["内容不够全面"], ["下一步打算扩大范围"]),
        (
            "主要问题为：个别单位认识不足，存在主动性不够、更新不及时等问题。",
            ["个别单位认识不足", "主动性不够、更新不及时"],
            [],
        ),
        ("今年还存在一些不容忽视的问题。", [], []),
    ],
)
def test_shortcomings_are_told_from_praise_and_announcements(
    text: str, problems: list[str], measures: list[str]
) -> None:
    assert findings("二、存在的主要问题及改进措施", text) == {"problem": problems, "measure": measures}


def test_a_first_item_may_stand_in_the_heading_itself() -> None:
    lines = (
        "二、存在的主要问题及改进情况",
        "（一）存在的主要问题一是重视程度有待提高；",
        "二是内容有待深化。",
    )
    assert findings(*lines)["problem"] == ["重视程度有待提高", "内容有待深化"]
