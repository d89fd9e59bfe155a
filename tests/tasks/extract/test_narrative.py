"""Figures in prose: what becomes a fact of the year, and what does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.narrative import read_narrative
from tasks.extract.sections import find_sections
from tasks.extract.sentences import Sentence, find_sentences
from tasks.values import Document
from tests.tasks.extract.reports import prose

PROACTIVE = "一、主动公开政府信息情况"
APPLICATIONS = "一、依申请公开政府信息情况"
REMEDIES = "一、行政复议和行政诉讼情况"
OVERVIEW = "一、概述"


def sentences(document: Document) -> list[Sentence]:
    return list(find_sentences(document, find_sections(document)))


def facts(*paragraphs: str, heading: str = PROACTIVE, year: int = 2015) -> dict[str, float]:
    document = prose(*paragraphs, heading=heading)
    found, _ = read_narrative(document, sentences(document), year)
    for fact in found:
        assert document.text[fact.evidence_start : fact.evidence_end] == fact.evidence
    return {
        fact.indicator if not fact.member else f"{fact.indicator}/{fact.member}": fact.value for fact in found
    }


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        (
            PROACTIVE,
            "全年主动公开政府信息515条，其中网站公开401条，微博38条，公开栏等其他方式76条。",
            {
                "proactive_total": 515,
                "proactive_website": 401,
                "proactive_weibo": 38,
                "proactive_other_channels": 76,
            },
        ),
        (PROACTIVE, "通过微博、微信公开信息120条。", {"proactive_weibo_wechat": 120}),
        (PROACTIVE, "通过门户网站、微信等渠道主动公开政府信息1.2万余条。", {"proactive_total": 12000}),
        (
            APPLICATIONS,
            "共收到申请8件，其中3件为网上申请，5件为当面申请。",
            {"applications_received": 8, "applications_online": 3, "applications_in_person": 5},
        ),
        (
            APPLICATIONS,
            "受理政府信息公开申请5件，当面、传真申请均为0件。",
            {"applications_received": 5, "applications_in_person": 0, "applications_fax": 0},
        ),
        (
            APPLICATIONS,
            "收到申请9件，同意公开、不予公开、信息不存在分别为4、2和3件。",
            {"applications_received": 9, "answers_granted": 4, "answers_denied": 2, "answers_nonexistent": 3},
        ),
        (
            REMEDIES,
            "发生行政复议案件3件，维持2件，纠正1件；行政诉讼1件。",
            {
                "reconsiderations": 3,
                "reconsiderations_upheld": 2,
                "reconsiderations_corrected": 1,
                "lawsuits": 1,
            },
        ),
        (
            OVERVIEW,
            "我局明确1名专职人员、两名兼职人员负责政府信息公开工作，召开专题会议三次。",
            {"staff_full_time": 1, "staff_part_time": 2, "meetings": 3},
        ),
        (APPLICATIONS, "依申请公开收取复印费320元。", {"application_fees": 0.032}),
    ],
)
def test_a_figure_of_the_year_becomes_a_fact(heading: str, sentence: str, expected: dict[str, float]) -> None:
    assert facts(sentence, heading=heading) == expected


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        (PROACTIVE, "2014年主动公开政府信息402条。"),
        (PROACTIVE, "比上年增加113条。"),
        (PROACTIVE, "2016年力争主动公开政府信息600条。"),
        (PROACTIVE, "其中，机构职能类12条，政策法规类30条。"),
        (PROACTIVE, "发放防汛宣传单3000份，开展送法下乡12次。"),
        (PROACTIVE, "开通微信公众号3个，粉丝2.3万人。"),
        (OVERVIEW, "组织新型农民培训12期，培训农民860人次。"),
        (OVERVIEW, "12345热线受理群众诉求5231件。"),
        (APPLICATIONS, "在15个工作日内予以答复。"),
        (APPLICATIONS, "予以公开和部分公开共6件。"),
        (REMEDIES, "受理消费者投诉86件。"),
    ],
)
def test_other_numbers_are_figures_only(heading: str, sentence: str) -> None:
    assert facts(sentence, heading=heading) == {}


def test_cumulative_totals_are_told_from_the_year_s() -> None:
    assert facts("截至2015年底，累计主动公开政府信息3,120条，其中2015年主动公开政府信息615条。") == {
        "proactive_cumulative": 3120,
        "proactive_total": 615,
    }
    assert facts("全年累计公开政府信息615条。") == {"proactive_total": 615}


def test_a_remark_in_brackets_keeps_its_year_to_itself() -> None:
    assert facts("主动公开政府信息（2014年为402条）515条。") == {"proactive_total": 515}


def test_outcomes_have_the_codes_of_their_generation() -> None:
    sentence = "收到申请3件，予以公开2件，部分公开1件。"
    assert facts(sentence, heading=APPLICATIONS) == {
        "applications_received": 3,
        "answers_granted": 2,
        "answers_partially_granted": 1,
    }
    assert facts(sentence, heading=APPLICATIONS, year=2021) == {
        "applications_received": 3,
        "outcome_granted": 2,
        "outcome_partially_granted": 1,
    }


def test_every_quantity_is_a_figure_with_its_scope() -> None:
    document = prose("主动公开政府信息515条，增长23%，比上年多20条，2016年争取达到600条。")
    _, figures = read_narrative(document, sentences(document), 2015)
    assert [(f.value, f.unit, f.indicator, f.scope) for f in figures] == [
        (515, "条", "proactive_total", "this_year"),
        (23, "%", None, "share"),
        (20, "条", None, "change"),
        (600, "条", None, "plan"),
    ]


def test_a_repeated_figure_is_no_second_fact() -> None:
    document = prose("主动公开政府信息515条。", "如上所述，全年主动公开政府信息515条。")
    found, figures = read_narrative(document, sentences(document), 2015)
    assert [(f.indicator, f.value) for f in found] == [("proactive_total", 515)]
    assert [f.indicator for f in figures] == ["proactive_total", None]


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="主动公开政府信息申请收到网站微信其中为条件次人3210,，。；、（）() 2014年\n", max_size=200
    )
)
def test_evidence_is_always_the_text_it_points_at(text: str) -> None:
    document = prose(text)
    found, figures = read_narrative(document, sentences(document), 2015)
    for part in (*found, *figures):
        assert document.text[part.evidence_start : part.evidence_end] == part.evidence != ""


@pytest.mark.parametrize("unit", ["主动公开政府信息1条，", "申请1件、", "（1件", "累计", "政府信息公开申请"])
def test_a_sentence_of_a_megabyte_is_read_in_time(unit: str, stopwatch) -> None:
    document = prose(unit * (1_000_000 // len(unit)))
    cut = sentences(document)
    with stopwatch(seconds=5):
        read_narrative(document, cut, 2015)
