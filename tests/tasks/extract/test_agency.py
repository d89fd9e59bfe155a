import pytest

from tasks.extract.bodies import fullest, is_body, is_place, is_same_body, printed_bodies, self_word
from tests.tasks.extract.mini import html_report, metadata, report

PLAIN = "2013年政府信息公开工作年度报告"


def issuer(text: str) -> tuple[str | None, str | None]:
    page = metadata(text)
    return page.agency, page.agency_basis


@pytest.mark.parametrize(
    ("text", "agency", "basis"),
    [
        (
            report("涡阳县教育局关于2011年度政府信息公开工作情况的报告", "县政府信息公开办："),
            "涡阳县教育局",
            "1 title",
        ),
        (report("汕尾供电公司2012年信息公开年度报告", speaker="公司"), "汕尾供电公司", "1 title"),
        (report("长江水利委员会2019年政府信息公开工作年度报告", speaker="我委"), "长江水利委员会", "1 title"),
        (
            report("上海市虹口区曲阳路街道办事处2010年度政府信息公开年度报告", speaker="街道"),
            "上海市虹口区曲阳路街道办事处",
            "1 title",
        ),
        (
            report(
                "五常市二河乡政府信息公开工作2012年年度报告",
                below=("五常市二河乡人民政府", "2013年1月16日"),
                speaker="我乡",
            ),
            "五常市二河乡人民政府",
            "2 place in title",
        ),
        (
            report(
                "内蒙古自治区2013年政府信息公开工作年度报告",
                below=("内蒙古自治区人民政府办公厅", "2014年3月27日"),
                speaker="全区",
            ),
            "内蒙古自治区人民政府",
            "2 place in title",
        ),
        (
            report("海淀区西三旗街道2018年政府信息公开工作年度报告", speaker="西三旗街道办事处"),
            "西三旗街道办事处",
            "2 place in title",
        ),
        (report(PLAIN, below=("石楼县国土资源局　　2014年3月25日",)), "石楼县国土资源局", "3 signature"),
        (
            report(PLAIN, below=("梁山县环境保护局（盖章）", "2014 年 3 月 1 日")),
            "梁山县环境保护局",
            "3 signature",
        ),
        (
            report(PLAIN, "本报告由昌黎县农业局根据各股室材料汇总编制，现予公布。"),
            "昌黎县农业局",
            "4 sentence",
        ),
        (
            report(PLAIN, "本年报由丰台区人民政府长辛店街道办事处编制，电子版可下载。"),
            "丰台区人民政府长辛店街道办事处",
            "4 sentence",
        ),
        (
            report(PLAIN, "2016年，礼县白河镇深入推进公开工作，白河镇人民政府网站改版。", speaker="我镇"),
            "白河镇人民政府",
            "4 sentence",
        ),
        (report(PLAIN, "现就常熟市民宗委2013年政府信息公开工作情况报告如下。"), "常熟市民宗委", "4 sentence"),
        (
            report(PLAIN, "现发布《桐城市农业农村局2013年政府信息公开工作年度报告》。"),
            "桐城市农业农村局",
            "4 sentence",
        ),
        (report(PLAIN, "现公布2013年胶州市外资办政府信息公开情况。"), "胶州市外资办", "4 sentence"),
        (
            report(
                PLAIN,
                "2013年，在县委、县政府的领导下，市发展改革委聚焦公开。落实《临清市发展和改革委员会公开办法》。",
                speaker="我委",
            ),
            "临清市发展和改革委员会",
            "4 sentence",
        ),
        (report(PLAIN, "本报告由甘肃省地震局办公室编制。"), "甘肃省地震局", "4 sentence"),
        (
            report(PLAIN, "本年报由永春县水利局政务公开工作领导小组办公室牵头编写。"),
            "永春县水利局",
            "4 sentence",
        ),
        (report(PLAIN, "2017年，马街镇通过平山县人民政府网站公开信息。", speaker="我镇"), None, None),
        (report(PLAIN, "现将睢宁县水利局2017政府信息公开工作年度报告如下："), "睢宁县水利局", "4 sentence"),
        (
            report(PLAIN, "结合我局实际编制本报告，并向社会公布永春县人民政府2013年政府信息公开情况。"),
            "永春县人民政府",
            "4 sentence",
        ),
        (
            report(PLAIN, below=("政府信息公开情况统计表", "填报单位（盖章）：平山县卫生局", "2014年2月7日")),
            "平山县卫生局",
            "5 form",
        ),
        (report("发布机构：睢宁县水利局　文号：无", PLAIN), "睢宁县水利局", "6 publisher"),
        (report("2017年，文化和旅游部编制了政府信息公开工作年度报告。", PLAIN), "文化和旅游部", "4 sentence"),
        (report(PLAIN, "如对报告有疑问，请与青神县水务局办公室联系。"), "青神县水务局", "8 contact"),
        (report("青神县水务局机关2013年政府信息公开报告"), "青神县水务局", "1 title"),
        (
            report(PLAIN, "可在两家满族乡网站查阅。两家满族乡村民可来电。", speaker="我乡"),
            "两家满族乡人民政府",
            "9 named in text",
        ),
        (
            report(PLAIN, "由南平市人民政府信息公开工作领导小组办公室汇总编制。", speaker="我市"),
            "南平市人民政府",
            "4 sentence",
        ),
        (
            report("阿里地区2013年政府信息公开工作年度报告", speaker="全地区"),
            "阿里地区行政公署",
            "2 place in title",
        ),
        (report("宁波海关2015年海关政府信息公开年度报告", speaker="我关"), "宁波海关", "1 title"),
        (report("清河二中2013年信息公开工作年度报告", speaker="我校"), "清河二中", "1 title"),
        (
            report("青神县水务局2013年政府信息公开工作年度报告 根据《条例》的规定，编制本报告。"),
            "青神县水务局",
            "1 title",
        ),
        (
            report(PLAIN, "现公开青神县人民政府2013年信息公开情况。", speaker="我县"),
            "青神县人民政府",
            "4 sentence",
        ),
        (
            report(PLAIN, "本报告由青神县公安局丹岩编制，请与青神县公安局丹岩分局联系。"),
            "青神县公安局丹岩分局",
            "4 sentence",
        ),
        (
            report(PLAIN, "截至2013年底，市水务局依托网站发布信息，市水务局网站改版。"),
            "市水务局",
            "4 sentence",
        ),
        (
            report(PLAIN, "青神县水务局（以下简称“水务局”）依据规定，现公布水务局2013年信息公开情况。"),
            "青神县水务局",
            "4 sentence",
        ),
        (
            report(PLAIN, "如有疑问，请与海关总署办公厅政务公开处联系。", speaker="总署"),
            "海关总署",
            "8 contact",
        ),
        (report(PLAIN, "如有疑问，请与丹岩乡党政办联系。", speaker="我乡"), "丹岩乡人民政府", "8 contact"),
        (
            report(PLAIN, "落实青神县水务局信息公开工作安排。", speaker="全体同志"),
            "青神县水务局",
            "9 named in text",
        ),
        (
            report(PLAIN, "丹岩镇村民可在丹岩镇网站查阅。", speaker="我镇"),
            "丹岩镇人民政府",
            "9 named in text",
        ),
        (
            report("清河高新技术产业开发区2013年政府信息公开报告", "高新区共公开信息12条。", speaker="我区"),
            "清河高新技术产业开发区",
            "7 place in title alone",
        ),
        (
            report("发布机构：清河县政务服务局", "丹岩街道2013年政府信息公开报告", speaker="我街道"),
            "丹岩街道",
            "7 place in title alone",
        ),
        (
            report(PLAIN, "如有疑问，请联系：清河县人民政府丹岩街道办事处；电话。", speaker="我街道"),
            "清河县人民政府丹岩街道办事处",
            "8 contact",
        ),
        (
            report(PLAIN, "本报告由丹岩街道编制。", speaker="全体同志"),
            "丹岩街道",
            "12 place in sentence alone",
        ),
        (
            report(
                "市政务公开领导小组办公室：",
                PLAIN,
                "如有疑问，请联系眉山市东坡区大石桥办事处。",
                speaker="我办",
            ),
            "眉山市东坡区大石桥办事处",
            "8 contact",
        ),
        (
            report(PLAIN, "落实《阜城县科学技术局保密审查办法》和《阜城县科学技术局考核制度》，保证了安全。"),
            "阜城县科学技术局",
            "9 named in text",
        ),
    ],
)
def test_each_step_of_the_cascade_finds_the_issuer_and_says_so(text: str, agency: str, basis: str) -> None:
    assert issuer(text) == (agency, basis)


def test_a_publisher_that_is_another_body_is_passed_over() -> None:
    text = report(
        "发布机构：定州市人民政府",
        PLAIN,
        "为落实《定州市号头庄乡人民政府公开办法》，编制报告。",
        speaker="我乡",
    )
    assert issuer(text) == ("定州市号头庄乡人民政府", "9 named in text")


def test_the_successor_in_the_footer_is_not_the_issuer() -> None:
    below = ("临潭县发展和改革委员会", "2014年12月31日", "主办单位：临潭县发展和改革局")
    assert issuer(report(below=below, speaker="我委"))[0] == "临潭县发展和改革委员会"


@pytest.mark.parametrize(
    ("title", "signature", "agency"),
    [
        ("县林业局2012年政府信息公开工作年度报告", "会宁县林业局", "会宁县林业局"),
        (
            "莲都区税务局2020年政府信息公开工作年度报告",
            "国家税务总局丽水市莲都区税务局",
            "国家税务总局丽水市莲都区税务局",
        ),
        (
            "庞各庄镇人民政府2022年政府信息公开工作年度报告",
            "北京市大兴区庞各庄镇人民政府",
            "北京市大兴区庞各庄镇人民政府",
        ),
        ("市住建局2019年政府信息公开工作年度报告", "临海市住房和城乡建设局", "临海市住房和城乡建设局"),
    ],
)
def test_the_fullest_printing_of_the_same_body_is_taken(title: str, signature: str, agency: str) -> None:
    assert issuer(report(title, below=(signature, "2021年1月8日")))[0] == agency


def test_a_name_takes_the_places_printed_before_it_anywhere() -> None:
    page = html_report("<h1>区财政局2016年政府信息公开工作年度报告</h1><p>一年来，天桥区财政局积极工作。</p>")
    assert issuer(page)[0] == "天桥区财政局"
    assert fullest("苏仙区人民政府", "由郴州市苏仙区人民政府编制") == "郴州市苏仙区人民政府"
    assert fullest("湖南省郴州市财政局", "湖南省郴州市湖南省郴州市财政局") == "湖南省郴州市财政局"
    assert fullest("高平市人民政府", "现公布高平市人民政府报告") == "高平市人民政府"


def test_places_and_bodies_are_told_apart() -> None:
    assert is_body("张店区商务局") and is_body("国家税务总局丽水市莲都区税务局") and is_body("清河师范学院")
    assert is_place("湖南镇") and is_place("平潭综合实验区") and not is_place("张店区商务局")
    assert not any(
        map(is_body, ("人民政府", "我市政府信息公开网站", "政府信息公开年报", "一年来我局的工作局"))
    )


def test_abbreviations_are_the_same_body_and_neighbours_are_not() -> None:
    assert is_same_body("市住建局", "临海市住房和城乡建设局")
    assert is_same_body("崇文区市政管委", "北京市崇文区市政管理委员会")
    assert not is_same_body("市财政局", "郴州市苏仙区财政局")
    assert not is_same_body("高平市人民政府", "高平市人民政府办公厅")


def test_bodies_call_themselves_by_their_last_word() -> None:
    assert [self_word(name) for name in ("商务局", "经济和信息化委员会", "湖南镇人民政府")] == [
        "局",
        "委",
        "镇",
    ]


def test_bodies_with_their_place_are_found_in_running_text() -> None:
    text = "根据《临海市教育局保密制度》，由台州市临海市司法局和有关单位报送。"
    assert [(name, text[at : at + len(name)]) for name, at in printed_bodies(text)] == [
        ("临海市教育局", "临海市教育局"),
        ("台州市临海市司法局", "台州市临海市司法局"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "2013年度本局信息公开情况如下，特向社会公布2013年度本局报告。",
        "2013年，街道党工委高度重视。",
        "如有疑问，请与党政综合办公室联系。",
        "对外公开政府信息，由局长任组长、副局长任副组长，办公室具体负责政府信息发布。",
        "2013年，市政府新闻办共召开发布会3次。",
        "丹岩镇和石门镇的村民可在丹岩镇、石门镇查阅。",
    ],
)
def test_what_names_no_issuer_is_not_taken_for_one(sentence: str) -> None:
    assert issuer(report(PLAIN, sentence, speaker="我镇")) == (None, None)


def test_the_name_from_before_a_reform_is_no_short_form() -> None:
    assert not is_same_body("清河县卫生局", "清河县卫生健康局")
    assert is_same_body("清河县环保局", "清河县环境保护局")
    page = metadata(report("发布机构：清河县卫生健康局", "清河县卫生局2009年政府信息公开工作年度报告"))
    assert page.agency == "清河县卫生局"


def test_words_before_a_level_are_no_part_of_a_name() -> None:
    told = "去年正式推出市教育局公众号。现将正式推出市教育局2013年信息公开情况公布。"
    assert issuer(report(PLAIN, told))[0] == "市教育局"


CRUMB = "<div>当前位置：首页 > {} > 年报</div>"


@pytest.mark.parametrize(
    ("head", "above", "speaker", "agency"),
    [
        ('<meta name="ContentSource" content="涡阳县教育局">', "", "我局", "涡阳县教育局"),
        ("<title>年报-涡阳县教育局</title>", "", "我局", "涡阳县教育局"),
        ("<title>年报_涡阳县人民政府</title>", "", "我县", "涡阳县人民政府"),
        ("<title>年报_涡阳县人民政府</title>", "", "我局", None),
        ("<title>年报_涡阳县人民政府</title>", "", "全县", None),
        ('<meta name="ContentSource" content="县教育局">', CRUMB.format("县水利局"), "我局", None),
        ("", CRUMB.format("涡阳县教育局 > 涡阳县水利局"), "我局", None),
    ],
)
def test_the_source_of_a_page_is_the_issuer_where_it_is_of_the_speakers_kind_and_one(
    head: str, above: str, speaker: str, agency: str | None
) -> None:
    page = metadata(html_report(f"{above}<h1>{PLAIN}</h1>", speaker=speaker, head=head))
    assert page.agency == agency


def test_two_bodies_named_equally_often_leave_the_issuer_open() -> None:
    assert issuer(report(PLAIN, "参加涡阳县教育局和涡阳县水利局的培训。")) == (None, None)


def test_the_place_that_publishes_is_the_issuer_where_the_report_tells_of_it() -> None:
    told = "2013年，高炉镇的公开工作取得进展。"
    assert issuer(report("发布机构：高炉镇", PLAIN, told, speaker="我旗")) == (
        "高炉镇人民政府",
        "13 place of publisher alone",
    )
    assert issuer(report("发布机构：高炉镇", PLAIN, speaker="我旗")) == (None, None)
