"""Documents for the extraction tests, made from text or HTML by the real clean step."""

import datetime as dt

from tasks.clean import clean
from tasks.values import Document, Page

READ_AT = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def document(content: str | bytes, name: str = "page.txt") -> Document:
    """A page's document; text by default, HTML when `name` says so."""
    data = content.encode() if isinstance(content, str) else content
    return clean(Page(name, "test", data, None, READ_AT))


def prose(*paragraphs: str, heading: str = "一、主动公开政府信息情况") -> Document:
    """A short report of 2015 with one section that holds the paragraphs."""
    lines = [
        "某市某局2015年政府信息公开工作年度报告",
        "根据《中华人民共和国政府信息公开条例》，现公布本年度报告。",
    ]
    return document("\n".join([*lines, heading, *paragraphs, "某市某局", "2016年1月20日"]))
