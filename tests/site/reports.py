# ruff: noqa: E501 - markup reads better in one line
"""Constructed reports and what stands beside them in a list: titles that are about reports and are none."""

from __future__ import annotations

from dataclasses import dataclass

BODIES = ("清河县人民政府", "清河县财政局", "清河县教育局", "柳林镇人民政府", "清河县生态环境局")
DECOYS = (
    "关于做好2019年度政府信息公开工作年度报告编制工作的通知",
    "清河县2020年政务公开工作要点",
    "一图读懂清河县2019年政府信息公开工作年度报告",
    "清河县2020年财政预算公开",
    "清河县2018年法治政府建设工作报告",
    "关于报送2018年政府信息公开年报的通知",
    "政府信息公开指南",
    "全县政府信息公开工作培训会召开",
)


@dataclass(frozen=True)
class Report:
    """`number` is its place in the list, newest first."""

    number: int
    title: str
    date: str
    text: str


def reports(count: int = 40, bodies: tuple[str, ...] = BODIES) -> list[Report]:
    made = []
    for number in range(count):
        body = bodies[number % len(bodies)]
        year = 2023 - number // len(bodies)
        title = f"{body}{year}年政府信息公开工作年度报告"
        made.append(Report(number, title, f"{year + 1}-01-{1 + number % 28:02}", text(body, year, number)))
    return made


def text(body: str, year: int, number: int) -> str:
    """A short report with figures of its own, in paragraphs."""
    return "".join(
        f"<p>{line}</p>"
        for line in (
            f"根据《中华人民共和国政府信息公开条例》，现公布{body}{year}年政府信息公开工作年度报告。",
            "一、主动公开政府信息情况",
            f"{year}年，本机关主动公开政府信息{number + 101}条，其中网站公开{number + 57}条，公众号公开44条。",
            "二、依申请公开政府信息情况",
            f"全年共收到政府信息公开申请{number + 3}件，均已按期答复，其中予以公开{number + 1}件，不予公开2件。",
            "三、政府信息公开收费及减免情况",
            "全年未收取任何费用。",
            "四、因政府信息公开申请行政复议、提起行政诉讼情况",
            "全年没有因政府信息公开引起的行政复议和行政诉讼。",
            "五、存在的主要问题和改进措施",
            "公开的内容还不够全面，栏目更新有时不及时。下一年将加强培训，完善制度，提高公开质量。" * 4,
        )
    )


def article(report: Report, charset: str = "utf-8") -> bytes:
    """The report's page with a frame around it."""
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{report.title}</title></head><body>'
        '<div class="nav"><a href="/">首页</a> <a href="/xxgk/">信息公开</a></div>'
        f'<h1>{report.title}</h1><div class="info">发布日期：{report.date}</div>'
        f'<div class="content">{report.text}</div>'
        '<div class="foot">清河县人民政府主办</div></body></html>'
    )
    return page.encode(charset)
