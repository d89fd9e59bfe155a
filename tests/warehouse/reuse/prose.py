"""Reports that are prose only: sections of made-up sentences that no two of them share unless told to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tasks.load import Loaded
from tasks.values import Metadata, Report, Section, document_id
from tests.warehouse.made import made_report

SIGNS = (
    "春夏秋冬山川湖海田林草木花鸟虫鱼风雨雷电云雪霜露日月星辰金银铜铁红黄蓝绿东西南北高低远近深浅宽窄轻重快慢"
)
HEADINGS = (
    ("总体情况", "overview"),
    ("主动公开", "proactive"),
    ("存在的主要问题及改进情况", "problems_measures"),
)


def sentences(seed: object, count: int = 10) -> list[str]:
    """`count` sentences of two clauses each, which nobody else writes."""
    dice = random.Random(str(seed))
    return ["，".join("".join(dice.choices(SIGNS, k=12)) for _ in range(2)) + "。" for _ in range(count)]


def prose_report(
    number: int, texts: Sequence[str], *, agency_id: str, year: int, agency: str = "甲县教育局"
) -> Loaded:
    """A report with these texts as its sections."""
    base = made_report(number, agency=agency, agency_id=agency_id, year=year, form="narrative")
    sections, text = [], f"第{number}号报告\n"
    for seq, words in enumerate(texts):
        heading, concept = HEADINGS[seq % len(HEADINGS)]
        text += heading + "\n"
        start = len(text)
        text += words + "\n"
        sections.append(
            Section(seq, 1, "一", heading, concept, words, start, start + len(words), start - 1, start)
        )
    identity = document_id(base.uri)
    metadata = Metadata(title="报告", agency=agency, agency_id=agency_id, year=year)
    report = Report(identity, True, "title", "narrative", metadata, sections=tuple(sections))
    return replace(base, text=text, report=report)
