"""No rule's time explodes: each regular expression on a megabyte of its worst, whole pages of bad lines."""

from __future__ import annotations

import re
import time

import pytest

from tasks.clean import charset, labels, markup, sniff, spaced, spaces, stacked, styles, traits
from tasks.clean.labels import _metadata
from tasks.clean.traits import _own, _patterns
from tests.tasks.clean.pages import cleaned

MEGABYTE = 1_000_000
LINE = 118  # just below what is looked at as a line of the frame
SECONDS = 10

TEXTS = [
    "，a",
    "(",
    "（（",
    "<",
    "<a",
    "<a ",
    " ",
    "\n",
    " \n\t",
    "charset= ",
    "display : ",
    "; text-align",
    "1",
    "1, ",
]
TEXTS += [
    "一",
    "二〇",
    "第",
    "首页",
    "ICP",
    "建议使用",
    "版 权 ",
    "打 印 ",
    "您是",
    "信息公开",
    "索 引",
    "-",
    "２０",
]
PATTERNS = [
    value
    for module in (labels, markup, sniff, spaced, spaces, stacked, styles, traits)
    for value in vars(module).values()
    if isinstance(value, re.Pattern)
]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("pattern", {p.pattern: p for p in PATTERNS}.values(), ids=lambda p: p.pattern[:24])
def test_a_pattern_on_a_megabyte(pattern: re.Pattern[str]) -> None:
    worst = max(_seconds(pattern, unit * (MEGABYTE // 4 // len(unit))) for unit in TEXTS)
    assert worst < SECONDS / 4


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    pattern.search(text)
    pattern.sub("", text)
    return time.process_time() - started


def test_byte_patterns_on_a_megabyte() -> None:
    started = time.process_time()
    for unit in (b"charset= ", b"\x81", b"\xff", b"\x81@"):
        for pattern in (charset.META_CHARSET, charset.DOUBLE_BYTES):
            pattern.search(unit * (MEGABYTE // len(unit)))
    assert time.process_time() - started < SECONDS


def test_frame_patterns_take_microseconds_a_line() -> None:
    patterns = [_patterns(side, match) for side in ("head", "tail") for match in ("start", "within")]
    patterns += [_own(kind) for kind in ("heading", "title", "title_part", "body", "closing", "attached")]
    patterns.append(_metadata())
    lines = [(unit * LINE)[:LINE] for unit in TEXTS]
    started = time.process_time()
    for line in lines:
        for pattern in patterns:
            pattern.match(line)
            pattern.search(line)
    assert (time.process_time() - started) / len(lines) < 0.05


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["，a", "（（", "首页", "建议使用", "a | b | ", "a\t", "1 ", "版 权 "])
@pytest.mark.parametrize("ending", ["", "\n"], ids=["one line", "lines"])
def test_a_text_of_bad_lines(unit: str, ending: str) -> None:
    line = (unit * LINE)[:LINE] + ending
    started = time.process_time()
    cleaned(line * (MEGABYTE // 2 // len(line.encode())), "a.txt")
    assert time.process_time() - started < SECONDS


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("uri", "content"),
    [
        ("a.txt", "件\n" * 60_000 + "收到申请数 件 3\n"),
        ("a.txt", "收到申请数 件 3\n件\n" * 20_000),
        ("a.txt", "首页 | 公开\n\n" * 20_000),
        ("a.html", "<div><div><div>甲</div><div>1</div></div></div>" * 12_000),
        ("a.html", f"<div>{'<div><span>甲</span><span>1</span></div>' * 3}</div>" * 8_000),
        ("a.html", "".join(f"<p><font color={n}>第{n}条" for n in range(990))),
    ],
    ids=["lines", "rows between lines", "menus", "boxes", "spans", "unclosed fonts"],
)
def test_time_grows_with_the_page_and_not_with_its_square(uri: str, content: str) -> None:
    started = time.process_time()
    cleaned(content, uri)
    assert time.process_time() - started < SECONDS
