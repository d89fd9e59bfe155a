"""A report copied into one line gets its blocks back; long prose does not fall apart."""

from __future__ import annotations

from tasks.values import Zone
from tests.tasks.clean.pages import PROSE, lines, text


def test_a_report_in_one_line_is_split_at_its_headings() -> None:
    parts = [
        "一、引言",
        PROSE * 3,
        "二、主动公开情况",
        PROSE,
        "（一）渠道。" + PROSE,
        "三、依申请公开",
        "无。",
    ]
    document = text(f"首页\n某局2011年政府信息公开年报 {' '.join(parts)}\n打印 关闭")
    assert lines(document, Zone.BODY) == ["某局2011年政府信息公开年报", *parts]
    assert " ".join(parts) in document.text


def test_long_prose_with_numbers_run_in_stays_one_block() -> None:
    prose = f"{PROSE}要做到：一、{PROSE}二、{PROSE}三、{PROSE}" * 2
    assert lines(text(prose)) == [prose]


def test_two_headings_behind_spaces_are_not_enough() -> None:
    line = f"{PROSE * 6} 一、概述 {PROSE} 二、情况 {PROSE}"
    assert lines(text(line)) == [line]
