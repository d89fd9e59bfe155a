"""Statements of absence: which statistics a sentence of none, never or free sets to zero."""

import pytest

from tasks.extract.sections import find_sections
from tasks.extract.sentences import find_sentences
from tasks.extract.statements import find_statements
from tests.tasks.extract.reports import prose

APPLICATIONS = "一、依申请公开政府信息情况"
REMEDIES = "一、行政复议、行政诉讼和申诉情况"
FEES = "一、政府信息公开的收费及减免情况"
OVERVIEW = "一、概述"


def zeroed(*paragraphs: str, heading: str = OVERVIEW) -> set[str]:
    document = prose(*paragraphs, heading=heading)
    sections = find_sections(document)
    found = find_statements(document, sections, find_sentences(document, sections), 2015)
    for fact in found:
        assert fact.value == 0
        assert document.text[fact.evidence_start : fact.evidence_end] == fact.evidence != ""
    return {fact.indicator for fact in found}


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        (REMEDIES, "本年度未发生行政复议、行政诉讼和行政申诉。", {"reconsiderations", "lawsuits", "appeals"}),
        (REMEDIES, "无行政复议，行政诉讼情况。", {"reconsiderations", "lawsuits"}),
        (REMEDIES, "行政复议、行政诉讼均为零。", {"reconsiderations", "lawsuits"}),
        (OVERVIEW, "没有因政府信息公开被举报或投诉。", {"complaints"}),
        (APPLICATIONS, "全年未收到公民、法人和其他组织的政府信息公开申请。", {"applications_received"}),
        (APPLICATIONS, "没有公民向我局提出公开政府信息的申请。", {"applications_received"}),
        (
            APPLICATIONS,
            "没有上年结转的申请，也没有结转下年度办理的申请。",
            {"applications_carried_over", "applications_carried_forward"},
        ),
        (APPLICATIONS, "没有政府信息公开申请或行政复议。", {"applications_received", "reconsiderations"}),
        (REMEDIES, "未发生因政府信息公开申请、答复引起的行政复议。", {"reconsiderations"}),
        (FEES, "提供政府信息一律免费。", {"application_fees"}),
        (FEES, "未收取检索、复制、邮寄等任何费用。", {"application_fees"}),
        (REMEDIES, "无。", {"reconsiderations", "lawsuits", "appeals"}),
    ],
)
def test_a_sentence_of_absence_zeroes_what_it_names(heading: str, sentence: str, expected: set[str]) -> None:
    assert zeroed(sentence, heading=heading) == expected


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        (OVERVIEW, "全年没有发生泄密事件，未发现虚假信息。"),
        (APPLICATIONS, "没有发生超期答复的情况。"),
        (APPLICATIONS, "对未能当场答复的申请，及时转交有关科室。"),
        (OVERVIEW, "向群众免费发放宣传手册。"),
        (FEES, "没有乱收费现象。"),
        (OVERVIEW, "2016年努力实现行政诉讼案件零发生。"),
    ],
)
def test_absence_of_something_else_is_no_statistic(heading: str, sentence: str) -> None:
    assert zeroed(sentence, heading=heading) == set()


def test_a_negation_does_not_reach_into_the_next_statement() -> None:
    assert zeroed("没有收到信息公开申请，受理行政复议2件。", heading=REMEDIES) == {"applications_received"}
