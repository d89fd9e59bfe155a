import pytest

from tasks.extract.kind import FORM_MIN, judge
from tasks.extract.sections import find_sections
from tests.tasks.extract.gold import ALL, pages
from tests.tasks.extract.mini import TEXT, html_report, report
from tests.tasks.extract.reports import document

WORDS = "我局重视公开工作，组织学习。" * 9


def verdict(text: str, filled_cells: int = 0) -> tuple[bool, str]:
    page = document(text, "page.html" if text.startswith("<html") else "page.txt")
    return judge(page, find_sections(page), filled_cells)


@pytest.mark.parametrize("name", ALL)
def test_labelled_pages_are_judged_right_by_their_words_alone(name: str) -> None:
    for page in pages(name):
        found, reason = judge(page.document, page.sections, 0)
        assert found == page.gold["is_report"], (page.gold["page"], reason)


@pytest.mark.parametrize(
    "text",
    [
        report("梁山县审计局2011年政府信息公开年度报告"),
        report(below=("临潭县发展和改革委员会", "2014年12月31日")),
        html_report("<h1>清河师范学院2015年信息公开年报</h1>", speaker="学校"),
        "本年报依照《中华人民共和国政府信息公开条例》第二十条，由清涧县粮食局编制。\n" + WORDS,
        "遵照信息公开条例，现向社会公布临泽县沙河镇2016年政府信息公开年度报告。\n" + WORDS,
        "按照县政府信息公开工作的安排，现将我局2014年度有关情况报告如下：\n" + WORDS,
        "一、总体情况\n2020年，我局全面落实条例，全年公开政府信息86条，收到公开申请3件，都已按时答复。\n"
        + WORDS,
        "按照条例，编制并发布临泽县水务局政府信息公开工作2022年度报告。\n" + WORDS,
        "遵照信息公开条例，现将《临泽县水务局2020年度政府信息公开工作报告》予以公布。\n" + WORDS,
        "本年报分为工作概述、主动公开政府信息情况、公开申请办理情况和附表四个部分。\n" + WORDS,
        "现从五个方面就临泽县水务局2016年信息公开工作情况报告如下。\n" + WORDS,
        "根据条例，我局对公开工作进行了总结，编制了2016年度政府信息公开工作年度报告。\n" + WORDS,
        "依据有关要求，现将《临泽县供销社2014年度政府信息公开工作年度报告》予以公布。\n" + WORDS,
        "依照信息公开条例的规定，现公布临泽县民政局政府信息公开工作年度报告。\n" + WORDS,
        "结合我镇实际，党政办编制完成了《沙河镇信息公开2013年度工作报告》，其中的数据均为当年所统计。\n"
        + WORDS,
        "《清涧县粮食局2011年信息公开年度报告》是清涧县粮食局发布的一份报告。\n" + WORDS,
        "中文名 | 临泽县2011年政府信息公开年度报告 |\n---|---|\n全县收到公开申请31件，公开信息812条。\n"
        + WORDS,
        "一、总体情况\n"
        + WORDS
        + "\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。",
        "清河县水利局2014年政府信息公开工作情况\n我局举办记者会三次、记者招待会一次，公开信息56条。\n"
        + WORDS,
        "临泽县水务局发布2016年政府信息公开工作年度报告\n遵照条例，现公布我局2016年政府信息公开工作年度报告。\n一、概述\n"
        + WORDS,
        "临泽县水务局2018年政府信息公开工作年度报告日前发布，报告包括概述等六个部分，全文如下：\n一、概述\n"
        + WORDS,
        "红星乡2012年政府信息公开年度报告\n2012年，我乡认真做好各项公开工作，全年公开信息31条，没有收到公开申请。\n2013年1月5日",
    ],
)
def test_reports_with_and_without_title_sections_and_figures_are_reports(text: str) -> None:
    assert verdict(text)[0]


def test_a_filled_form_below_a_title_is_a_report_and_a_blank_one_is_none() -> None:
    form = "梁山县审计局2015年政府信息公开年度报告\n政府信息公开情况统计表"
    assert verdict(form, FORM_MIN) == (True, "filled form")
    assert not verdict(form, 0)[0]


def test_a_notice_that_wraps_a_report_is_one() -> None:
    lines = [
        "关于印发《辛集市2010年政府信息公开工作年度报告》的通知",
        "各乡镇人民政府，市政府各部门：",
        *TEXT,
    ]
    lines.insert(-2, "三、收费情况\n全年没有收取任何费用。")
    assert verdict("\n".join(lines)) == (True, "a notice that wraps a report")


NONE = {
    "a summary of work on other things": (
        "一、总体情况",
        "2020年，我局发布天气预报365条，接受咨询1200人次，办理行政许可申请31件，群众满意度进一步提高。",
        WORDS.replace("公开", "服务"),
    ),
    "an explanation of one": (
        "《沙河镇2022年政府信息公开工作年度报告》已编制完成，为便于群众了解，现就年报有关内容解读如下。",
        "报告包括总体情况、主动公开、依申请公开等六个部分，所列数据的统计期限为2022年1月1日至12月31日。",
        WORDS,
    ),
    "a notice on how to write one": (
        "关于做好2013年度政府信息公开年度报告编制工作的通知",
        "各乡镇人民政府、县直各单位：",
        "根据条例第三十一条规定，现将2013年度政府信息公开年度报告编制工作有关事项通知如下：",
        "一、概述",
        "应写明本单位全年工作的总体情况、制度建设情况、机构人员情况，字数控制在五百字以内。",
        "二、主动公开政府信息情况",
        "应写明全年主动公开政府信息的数量、类别、渠道和重点内容，数字要与统计表一致。",
        "三、依申请公开政府信息情况",
        "没有收到申请的写明未收到申请。请各单位于2014年2月20日前报县政府办公室。",
        "城口县人民政府办公室",
        "2014年1月8日",
    ),
    "a letter on the year's tasks": (
        "关于2014年政府信息公开工作要点落实情况的函",
        "省政府办公厅：",
        "按照有关通知要求，现将我市2014年政府信息公开工作要点落实情况函告如下：",
        "一、工作开展情况",
        "全市主动公开政府信息5300余条，指定图书馆、档案馆为查阅场所，群众查阅方便。",
        "二、下一步打算",
        "我市将继续深化公开内容，加强培训，提高公开水平，推动工作再上台阶。",
    ),
    "a sample": (
        "政府信息公开工作年度报告范文",
        "根据条例规定，现公布××局20××年政府信息公开工作年度报告，供各单位参考使用。",
        "一、主动公开情况",
        "20××年，××局主动公开政府信息××条，其中机构职能类××条，业务工作类××条。",
        "二、依申请公开情况",
        "20××年，××局共收到申请××件，均已按期答复，未发生行政复议和行政诉讼。",
    ),
    "a sample with a body's name left open": (
        "按照条例的要求，编制xx县粮食局政府信息公开年度报告。所列数据的统计期限为当年。",
        "一、概述",
        WORDS,
    ),
    "an evaluation": (
        "2015年全省政府信息公开测评报告",
        "受省政府办公厅委托，课题组根据信息公开条例编制本报告，评测对象为18个厅局。",
        "一、主动公开情况",
        "各厅局全年公开政府信息5300条，收到公开申请312件。",
    ),
    "an article on reports": (
        "政府信息公开工作年度报告",
        "年度报告是行政机关每年第一季度向社会公布的、反映上一年度政府信息公开工作情况的书面材料。",
        "一、主要内容",
        "一般包括主动公开政府信息的情况、依申请公开的情况、收费及减免情况等方面的内容。",
        "二、意义",
        "编制和公布年度报告，有利于总结工作、发现问题、改进工作，有利于保障公众的知情权。",
    ),
    "news about a report": (
        "市政府发布2015年政府信息公开工作年度报告",
        "2016-03-31 来源：晚报",
        "本报讯（记者李某）日前，市政府办公室发布年度报告。报告显示，去年全市主动公开政府信息23456条。",
        "据悉，去年全市共受理政府信息公开申请321件，已全部按时答复，内容主要涉及征地拆迁。",
    ),
    "news that tells how a report was made": (
        "县政府发布2015年政府信息公开工作年度报告",
        "近日，县政府办公室编制完成了《2015年政府信息公开工作年度报告》，报告包括概述、主动公开情况等六个部分。",
        "这份报告回顾了县政府一年来在公开方面所做的事情，也谈到了一些不足，得到了群众的广泛好评和关注。" * 2,
    ),
    "the work of a month": (
        "2011年政府信息公开工作三月份工作情况",
        "2011年3月份，全市新增公开目录312条，收到申请17件，已经全部答复，各单位工作平稳推进。",
        WORDS,
    ),
    "a list of reports": (
        "政府信息公开年报",
        *(f"怀远县{year}年政府信息公开工作年度报告" for year in range(2009, 2016)),
        "上一页 1 2 3 下一页",
    ),
    "a regulation": (
        "景泰县政府信息公开办法",
        *(
            f"第{n}条　行政机关应当遵循公正、公平、便民的原则，及时、准确地公开政府信息。"
            for n in "一二三四五六七"
        ),
    ),
    "a guide": (
        "平遥县政府信息公开指南",
        "为方便公众获取政府信息，县政府办公室编制本指南，每年更新一次，可在网站查阅。",
        "一、主动公开",
        "公开范围包括机构职能、政策文件、规划计划等，公开形式以县政府门户网站为主。",
        "二、依申请公开",
        "办公室为受理机构，负责维护公开的信息，组织编制政府信息公开指南、目录和政府信息公开工作年度报告。",
        "申请人填写申请表，可当面、书面、网上提交，受理机构自收到之日起二十个工作日内答复。",
    ),
}


@pytest.mark.parametrize("what", NONE)
def test_pages_that_look_like_reports_are_none(what: str) -> None:
    found, reason = verdict("\n".join(NONE[what]))
    assert not found and reason


def test_an_empty_page_is_no_report() -> None:
    assert verdict("首页") == (False, "no text")


@pytest.mark.parametrize("worst", ["公开申请复议" * 160_000, "报告 日前" * 200_000, "关于的" * 300_000])
def test_a_megabyte_is_judged_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    page = document(worst)
    with stopwatch(3):
        judge(page, (), 0)


def test_an_abstract_in_another_language_is_no_report() -> None:
    abstract = (
        "The bureau published 1,798 items in 2017, with a completion rate of 81.2% in all matters. " * 3
    )
    assert verdict(f"清河县水利局2017年政府信息公开工作年度报告\n{abstract}") == (False, "not in Chinese")
