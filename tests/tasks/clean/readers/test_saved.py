"""Saved web pages and RTF: what other programs write around a report."""

from __future__ import annotations

import quopri

import pytest

from tests.tasks.clean.pages import cleaned, covered, lines, tables

HTML = (
    "<html><body><p>一、概述</p><table><tr><td>甲</td><td>1</td></tr>"
    "<tr><td>乙</td><td>2</td></tr></table></body></html>"
)


def mhtml(charset: str, *parts: tuple[str, bytes]) -> bytes:
    out = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
    out += b'Content-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n'
    for kind, content in parts:
        claim = f"Content-Type: {kind}" + (f'; charset="{charset}"' if charset else "")
        out += f"--x\r\n{claim}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        out += quopri.encodestring(content) + b"\r\n"
    return out + b"--x--\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "gbk", ""])
def test_a_page_saved_in_one_file_is_read_as_the_page(charset: str) -> None:
    content = mhtml(charset, ("text/html", HTML.encode(charset or "utf-8")), ("text/css", b"p {color: red}"))
    document = cleaned(content, "年报.mht")
    assert document.media_type == "multipart/related"
    assert lines(document) == ["一、概述", "甲\t1\n乙\t2"]


def test_the_sheets_of_a_workbook_saved_as_a_page_are_read_in_order() -> None:
    frames = b"<html><frameset><frame src=1><frame src=2></frameset></html>"
    sheets = [("text/html", f"<html><body><p>{n}、表</p></body></html>".encode()) for n in "一二"]
    assert lines(cleaned(mhtml("utf-8", ("text/html", frames), *sheets), "a.mht")) == ["一、表", "二、表"]


def test_rtf_is_read_with_its_tables_and_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    gbk = "".join(f"\\'{byte:02x}" for byte in "一、概述".encode("gbk"))
    row = r"\trowd\cellx1000\cellx2000 \intbl %s\cell %s\cell\row"
    content = rf"{{\rtf1\ansi\ansicpg936 {gbk}\par {row % (chr(92) + 'u30002?', 1)} {row % ('b', 2)}}}"
    document = cleaned(content, "a.doc")
    assert document.media_type == "application/rtf"
    assert lines(document)[0] == "一、概述"
    assert [row[:2] for row in covered(document, tables(document)[0])] == [["甲", "1"], ["b", "2"]]
