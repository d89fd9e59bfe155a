"""What cannot be cleaned is refused with a reason and a next step."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tasks.clean.readers.web import MAX_BYTES, MAX_TAGS
from tasks.errors import TerminalError
from tests.tasks.clean.pages import cleaned


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w"):
        pass
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"%PDF-1.4\n%\xe2\xe3", "PDF"),
        (zipped(), "ZIP archive without any file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an Office file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (bytes(range(256)) * 20, "NUL"),
        (b"<html><head><title>t</title><script>x()</script></head><body></body></html>", "no visible text"),
        (b"<html><body><p>&nbsp;</p><div style='display:none'>hidden</div></body></html>", "no visible text"),
        (b"<frameset><frame src=a></frameset>", "no visible text"),
        (b"a" * (MAX_BYTES + 1), "more than"),
        (b"<p>" * (MAX_TAGS + 1), "tags"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_refused_and_the_error_says_what_it_is(content: bytes, named: str) -> None:
    with pytest.raises(TerminalError) as refused:
        cleaned(content, "年报 2017.html")
    error = refused.value
    assert (error.uri, error.stage) == ("年报 2017.html", "clean")
    assert named in error.message
    assert error.advice


def test_a_stray_nul_is_not_a_binary_file() -> None:
    text = "一、概述\n" + "我局认真落实信息公开的各项要求。" * 200
    assert "一、概述" in cleaned(text.encode() + b"\x00", "a.txt").text
