"""Every indicator of prose in every shape of sentence: the year's number is its fact, other numbers are none.

Here: a table of how each indicator is named, and the shapes officials put such names into. Sentences that fit
no shape stand in prose_cases.txt.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tasks.extract.narrative import read_narrative
from tasks.extract.sections import find_sections
from tasks.extract.sentences import find_sentences
from tests.tasks.extract.reports import prose
from tests.tasks.extract.test_prose_cases import HEADINGS

VALUE, OTHER = 37, 21


class Wording(NamedTuple):
    """How an indicator is named: `verb` and `noun`, with its measure word, in a section of reports on `year`;
    `name` is what it is called without a verb, '' where it never is."""

    indicator: str
    section: str
    year: int
    verb: str
    noun: str
    unit: str
    name: str = ""


WORDINGS = [
    Wording("proactive_total", "P", 2010, "主动公开", "政府信息", "条", "主动公开政府信息"),
    Wording("proactive_total", "Z", 2022, "主动公开", "各类信息", "条"),
    Wording("proactive_normative_documents", "P", 2015, "主动公开", "规范性文件", "件", "主动公开规范性文件"),
    Wording("proactive_gazette", "P", 2012, "在政府公报刊登", "文件", "件", "政府公报公开政府信息"),
    Wording("proactive_website", "P", 2009, "通过政府网站公开", "政府信息", "条", "政府网站公开信息"),
    Wording("proactive_website", "P", 2023, "在门户网站发布", "信息", "条"),
    Wording("proactive_weibo", "P", 2014, "通过政务微博公开", "政府信息", "条", "政务微博公开信息"),
    Wording("proactive_wechat", "P", 2023, "微信公众号发布", "信息", "篇", "政务微信公开信息"),
    Wording("proactive_weibo_wechat", "P", 2015, "通过微博、微信发布", "信息", "条"),
    Wording("proactive_press", "P", 2010, "在报纸上刊登", "信息", "篇", "报刊公开政府信息"),
    Wording("proactive_broadcast", "P", 2013, "通过广播电视公开", "政府信息", "条"),
    Wording("proactive_other_channels", "P", 2016, "在政务公开栏公开", "信息", "条", "其他方式公开信息"),
    Wording("applications_received", "A", 2009, "收到", "政府信息公开申请", "件", "政府信息公开申请"),
    Wording("applications_received", "Q", 2022, "受理", "依申请公开政府信息", "件", "依申请公开"),
    Wording("applications_in_person", "A", 2009, "收到", "当面申请", "件", "当面申请"),
    Wording("applications_fax", "A", 2009, "收到", "传真申请", "件", "传真申请"),
    Wording("applications_online", "A", 2015, "收到", "网上申请", "件", "网络申请"),
    Wording("applications_mail", "A", 2015, "收到", "邮寄申请", "件", "信函申请"),
    Wording("applications_concluded", "A", 2015, "办结", "政府信息公开申请", "件", "申请办结"),
    Wording("applications_answered", "A", 2022, "答复", "政府信息公开申请", "件", "申请答复"),
    Wording("application_fees", "F", 2009, "收取", "检索、复制等成本费用", "万元", "依申请公开收费"),
    Wording("application_fees", "X", 2022, "收取", "信息处理费", "万元"),
    Wording("reconsiderations", "R", 2015, "发生", "涉及政府信息公开的行政复议", "件", "行政复议"),
    Wording("lawsuits", "R", 2009, "发生", "政府信息公开行政诉讼案件", "起", "行政诉讼"),
    Wording("appeals", "R", 2009, "收到", "政府信息公开行政申诉", "件", "行政申诉"),
    Wording("complaints", "R", 2015, "收到", "有关政府信息公开的投诉", "件", "举报投诉"),
    Wording("consultations_total", "C", 2009, "接受", "公众咨询", "人次", "公众咨询"),
    Wording("consultations_phone", "C", 2013, "接听", "咨询电话", "次", "电话咨询"),
    Wording("consultations_in_person", "C", 2013, "接待", "来访咨询", "人次", "现场咨询"),
    Wording("consultations_online", "C", 2013, "答复", "网上咨询", "人次", "网上咨询"),
    Wording("staff_full_time", "S", 2009, "配备", "专职工作人员", "名", "专职人员"),
    Wording("staff_part_time", "S", 2015, "确定", "兼职人员", "人", "兼职人员"),
    Wording("staff_total", "S", 2015, "有", "从事政府信息公开工作人员", "名", "从事政府信息公开工作的人员"),
    Wording("reception_points", "S", 2009, "设立", "政府信息公开申请受理点", "个", "申请受理点"),
    Wording("reading_points", "S", 2015, "设置", "公共查阅室", "处", "政府信息公开查阅点"),
    Wording("disclosure_spending", "D", 2009, "投入", "政府信息公开工作经费", "万元"),
    Wording("web_visits", "P", 2009, "", "政府信息公开专栏访问量", "人次"),
    Wording("press_conferences", "I", 2015, "召开", "新闻发布会", "场", "新闻发布会"),
    Wording("online_interviews", "I", 2022, "开展", "网上在线访谈", "期", "在线访谈"),
    Wording("policy_interpretations", "I", 2015, "发布", "政策解读稿件", "件", "政策解读稿件"),
    Wording("responses_total", "I", 2022, "回应", "公众关注热点或重大舆情", "次", "回应社会关切"),
    Wording("meetings", "T", 2010, "召开", "政务公开专题会议", "次", "政府信息公开工作会议"),
    Wording("trainings", "T", 2016, "举办", "政府信息公开培训班", "期", "政务公开业务培训"),
    Wording("trainees", "M", 2022, "培训", "政府信息公开工作人员", "人次"),
    Wording("licensing_decisions", "N", 2022, "作出", "行政许可处理决定", "件", "行政许可处理决定"),
    Wording("penalty_decisions", "N", 2022, "作出", "行政处罚处理决定", "件", "行政处罚处理决定"),
    Wording("normative_documents_issued", "N", 2022, "制发", "规范性文件", "件", "制发规范性文件"),
    Wording("admin_fee_amount", "N", 2022, "收取", "行政事业性收费", "万元", "行政事业性收费金额"),
    Wording("applications_carried_over", "Q", 2020, "", "上年结转申请", "件"),
    Wording("applications_carried_forward", "Q", 2020, "", "结转下年度继续办理", "件"),
]
# x is the year's number, y another; Y the report's year, P the year before, F the next.
STATED = [
    "{verb}{noun}{x}{unit}。",
    "{Y}年，我局共{verb}{noun}{x}{unit}。",
    "全年累计{verb}{noun}{x}余{unit}。",
    "一年来，全局共 {verb} {noun} {x} {unit}。",
    "截至{Y}年12月31日，本年度共{verb}{noun}{x}{unit}。",
    "{Y}年{verb}{noun}{x}{unit}，比上年增加{y}{unit}，增长8.5%。",
    "{verb}{noun}数量达{x}{unit}，同比增长12%。",
    "一是{verb}{noun}{x}{unit}；二是完善工作制度。",
]
WITH_VERB = [
    "全年共{verb}{x}{unit}{noun}。",
    "{verb}{noun}{x}{unit}（{P}年为{y}{unit}）。",
    "{P}年{verb}{noun}{y}{unit}，{Y}年{verb}{noun}{x}{unit}。",
    "与{P}年相比，{verb}{noun}由{y}{unit}上升到{x}{unit}。",
]
WITHOUT_VERB = [
    "{name}数：{x}{unit}。",
    "{name}数量为{x}{unit}。",
    "{name}由上年的{y}{unit}增加到{x}{unit}。",
]
NOT_OF_THE_YEAR = [
    "{P}年，我局共{verb}{noun}{y}{unit}。",
    "上年同期{verb}{noun}{y}{unit}。",
    "{F}年计划{verb}{noun}{y}{unit}。",
    "明年力争{verb}{noun}{y}{unit}以上。",
    "下一步将{verb}{noun}{y}{unit}。",
    "自2008年以来，累计{verb}{noun}{y}{unit}。",
    "要求各单位每月{verb}{noun}不少于{y}{unit}。",
    "{verb}{noun}比上年增加{y}{unit}。",
    "{verb}{noun}同比减少{y}{unit}。",
]


def stated(wording: Wording, shape: str) -> tuple[str, dict[str, float]]:
    """The sentence and what is read from it."""
    year = wording.year
    sentence = shape.format(**wording._asdict(), x=VALUE, y=OTHER, Y=year, P=year - 1, F=year + 1)
    document = prose(sentence, heading=HEADINGS[wording.section])
    sections = find_sections(document)
    found, _ = read_narrative(document, find_sentences(document, sections), year)
    return sentence, {fact.indicator: fact.value for fact in found}


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda w: f"{w.indicator}-{w.year}")
def test_the_year_s_number_is_read_in_every_shape(wording: Wording) -> None:
    shapes = STATED + (WITH_VERB if wording.verb else []) + (WITHOUT_VERB if wording.name else [])
    wrong = [pair for shape in shapes if (pair := stated(wording, shape))[1] != {wording.indicator: VALUE}]
    assert not wrong


@pytest.mark.parametrize("wording", [w for w in WORDINGS if w.verb], ids=lambda w: f"{w.indicator}-{w.year}")
def test_a_number_of_another_year_is_no_fact(wording: Wording) -> None:
    said = [stated(wording, shape) for shape in NOT_OF_THE_YEAR]
    assert not [(sentence, found) for sentence, found in said if found.keys() - {"proactive_cumulative"}]
