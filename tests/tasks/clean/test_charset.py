"""Bytes to text: the cascade, and that a page's own claim does no harm."""

from __future__ import annotations

import codecs

import pytest

from tasks.clean.charset import decode
from tests.tasks.clean.pages import PROSE, cleaned

CLAIMS = (
    "",
    '<meta charset="utf-8">',
    '<meta charset="gb2312">',
    '<meta http-equiv=x content="text/html; charset=big5">',
)


def markup(claim: str, prose: str = PROSE) -> str:
    return f"<html><head>{claim}<title>年报</title></head><body><p>{prose}</p></body></html>"


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_wrong_or_missing_meta_does_not_matter(claim: str, charset: str) -> None:
    document = cleaned(markup(claim).encode(charset))
    assert PROSE in document.text
    assert (document.charset, document.replaced) == (charset, 0)


@pytest.mark.parametrize("claim", CLAIMS)
def test_characters_outside_gb2312_are_read(claim: str) -> None:
    prose = PROSE + "镕堃喆㐂䶮，朱镕基。"
    assert prose in cleaned(markup(claim, prose).encode("gb18030")).text


def test_traditional_big5_is_read() -> None:
    prose = "本機關依政府資訊公開法主動公開下列資訊，並受理人民申請提供政府資訊，全年共受理十二件，均已答覆。"
    decoded = decode(f"<p>{prose}</p>".encode("big5"))
    assert (prose in decoded.text, decoded.charset) == (True, "big5hkscs")


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, charset: str) -> None:
    document = cleaned(mark + f"一、概述\n{PROSE}".encode(charset), "report.txt")
    assert (document.text, document.charset) == (f"一、概述\n{PROSE}", charset)


def test_a_broken_byte_in_utf8_costs_one_character() -> None:
    raw = markup("", PROSE * 3).encode()
    middle = raw.index("落实".encode())
    document = cleaned(raw[:middle] + b"\xff" + raw[middle:])
    assert (document.charset, document.replaced) == ("utf-8", 1)
    assert document.text.count("完善制度") == 3


def test_a_page_cut_inside_a_character_is_still_utf8() -> None:
    document = cleaned((PROSE * 3).encode()[:-1], "cut.txt")
    assert document.charset == "utf-8"
    assert document.text.startswith(PROSE)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_broken_byte_in_gbk_is_counted(claim: str) -> None:
    raw = markup(claim, PROSE * 3).encode("gb18030")
    middle = raw.index("落实".encode("gb18030"))
    document = cleaned(raw[:middle] + b"\xff\xff" + raw[middle:])
    assert document.charset == "gb18030"
    assert document.replaced > 0
    assert document.text.count("完善制度") == 3


def test_ascii_is_utf8() -> None:
    assert decode(b"<p>GET 200</p>").charset == "utf-8"


@pytest.mark.parametrize("text", ["<td>年度报告</td>", "年报", "一、概述", "<p>无</p>", "2017年3月1日"])
def test_a_few_chinese_bytes_are_enough(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, "gb18030", 0)
    assert decode(text.encode()) == (text, "utf-8", 0)


def test_a_claimed_header_charset_helps_only_where_detection_is_silent() -> None:
    assert decode(PROSE.encode("gbk"), "big5").text == PROSE
