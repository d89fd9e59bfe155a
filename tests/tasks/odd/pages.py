"""Odd pages, made up: reports to be doubled, cut, written in traditional characters; damage done to bytes."""

from __future__ import annotations

import math
import random
import re

import seeds
from tasks.extract import extract
from tasks.values import Document, Report
from tests.tasks.clean.pages import form_2014

SAMPLES = sorted(path for path in (seeds.FOLDER / "sample").iterdir() if path.is_file())
TAG = re.compile(rb"<[^<>]{1,400}>|\n")


def report(body: str = "台山市教育局", year: int = 2015, total: int = 515) -> str:
    """A short narrative report as lines of text."""
    return f"""{body}{year}年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》，现公布本年度报告。数据的统计期限自{year}年1月1日起至{year}年12月31日止。
一、概述
我单位高度重视政府信息公开工作，完善制度，加强领导，取得一定成效，社会各界反映良好。
二、主动公开政府信息情况
全年主动公开政府信息{total}条，其中网站公开401条，微博38条，公开栏等其他方式76条。
三、依申请公开政府信息情况
共收到申请{total + 1}件，其中3件为网上申请，5件为当面申请。
四、行政复议和行政诉讼情况
发生行政复议案件{total + 2}件。
五、存在问题和改进措施
一是公开内容不够全面；二是人员力量不足。下一步将加强培训。
{body}
{year + 1}年1月20日
"""


def html(text: str, below: str = "") -> str:
    title, *lines = text.strip().split("\n")
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><body><h1>{title}</h1>{body}{below}</body></html>"


def table(rows: list[list[str]], cell: str = "<td>") -> str:
    inside = "".join("<tr>" + "".join(f"{cell}{text}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table>{inside}</table>"


def form() -> str:
    return table(form_2014())


def traditional(text: str) -> str:
    """The text as a mirror site prints it: what Big5 lacks is written with the characters it has."""
    pairs = [(row["simplified"], row["traditional"]) for row in seeds.rows("traditional.csv")]
    back = {ord(char): other for char, other in pairs if _is_common(other) and not _is_common(char)}
    return text.translate(back)


def _is_common(char: str) -> bool:
    """Among the characters in frequent use, the first level of Big5."""
    return b"\xa4\x40" <= char.encode("big5", "replace") <= b"\xc6\x7e"


def rules(read: Report) -> set[str]:
    return {check.rule for check in read.checks}


def stated(read: Report) -> dict[str, float]:
    return {fact.indicator: fact.value for fact in read.facts if fact.member is None}


def sound(document: Document) -> Report:
    """The report of a document, whatever it is: nothing without evidence, nothing out of this world."""
    read = extract(document)
    for one in (*read.facts, *read.figures):
        assert one.evidence.strip()
        assert one.evidence == document.text[one.evidence_start : one.evidence_end]
        assert math.isfinite(one.value)
    for section in read.sections:
        assert section.text == document.text[section.text_start : section.text_end]
    for finding in read.findings:
        assert finding.text == document.text[finding.text_start : finding.text_end]
    assert read.metadata.year is None or 2003 <= read.metadata.year <= 2049
    assert read.is_report or not (read.facts or read.figures or read.form_cells)
    assert not any(check.passed for check in read.checks)
    return read


def damaged(chance: random.Random, content: bytes) -> bytes:
    """The bytes after an accident: bits flipped, an end lost, tags dropped, pieces lost or doubled …"""
    return chance.choice((_flipped, _cut, _untagged, _lost, _doubled, _recoded, _littered))(chance, content)


def _flipped(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 60)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(1, len(content))]


def _untagged(chance: random.Random, content: bytes) -> bytes:
    places = [match.span() for match in TAG.finditer(content)]
    for start, end in sorted(chance.sample(places, min(len(places), chance.randrange(1, 40))), reverse=True):
        content = content[:start] + content[end:]
    return content


def _lost(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 4000) :] or b"a"


def _doubled(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    end = start + chance.randrange(1, 4000)
    return content[:end] + content[start:]


def _recoded(chance: random.Random, content: bytes) -> bytes:
    """Read in one charset and written in another, as editors do."""
    charsets = ["utf-8", "gb18030", "utf-16", "big5"]
    return content.decode(chance.choice(charsets), "replace").encode(chance.choice(charsets), "replace")


def _littered(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 300)):
        changed[chance.randrange(len(changed))] = chance.choice(b'\x00\xff\x80<>"=0|\t\n \xa0')
    return bytes(changed)
