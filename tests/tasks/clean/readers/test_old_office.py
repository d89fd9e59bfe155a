"""Binary Word and Excel files: a small form saved by LibreOffice (`files/`), and what is done to such files.

The form: a title, a heading, a sentence, a table with merged cells, a heading.
"""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import olefile
import pytest

from tasks.errors import TerminalError
from tasks.kinds import Kind, kind_of
from tests.tasks.clean.pages import cleaned, covered, lines, tables

FILES = Path(__file__).with_name("files")
TABLE = [["指标", "申请人", "申请人"], ["指标", "自然人", "法人"], ["新收", "3", "0"]]


def patched(name: str, stream: str, at: int, value: bytes) -> bytes:
    """The file with some bytes of a stream replaced."""
    file = BytesIO((FILES / name).read_bytes())
    with olefile.OleFileIO(file, write_mode=True) as ole:
        content = bytearray(ole.openstream(stream).read())
        content[at : at + len(value)] = value
        ole.write_stream(stream, bytes(content))
    return file.getvalue()


@pytest.mark.parametrize("name", ["form.doc", "form.xls"])
def test_the_form_is_read_with_its_lines_and_spans(name: str) -> None:
    document = cleaned((FILES / name).read_bytes(), "表.wps")
    found = lines(document)
    assert found[0] == "XX县2016年政府信息公开工作年度报告"
    assert found[1] == "一、概述"
    assert found[-1] == "二、存在的问题"
    assert covered(document, tables(document)[0]) == TABLE


def test_a_document_whose_sections_contradict_themselves_is_read_without_them() -> None:
    content = patched("form.doc", "WordDocument", 154 + 8 * 6, struct.pack("<II", 0, 999))
    document = cleaned(content, "a.doc")
    assert covered(document, tables(document)[0]) == TABLE


def test_a_document_with_a_password_says_so() -> None:
    flags = olefile.OleFileIO(FILES / "form.doc").openstream("WordDocument").read()[10:12]
    locked = struct.pack("<H", struct.unpack("<H", flags)[0] | 0x100)
    with pytest.raises(TerminalError, match="locked by a password") as error:
        cleaned(patched("form.doc", "WordDocument", 10, locked), "a.doc")
    assert "without the password" in error.value.advice


def test_a_workbook_over_which_the_library_stumbles_is_refused() -> None:
    content = bytearray((FILES / "form.xls").read_bytes())
    content[3278] = 0xFF  # an offset that leads out of the file: calamine panics
    with pytest.raises(TerminalError, match="cannot be read"):
        cleaned(bytes(content), "a.xls")


def test_nothing_reads_it_and_the_error_says_why_and_what_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    content = (FILES / "form.doc").read_bytes()
    assert kind_of(content) is Kind.DOC
    with pytest.raises(TerminalError, match=r"cannot be read: .*LibreOffice may"):
        cleaned(patched("form.doc", "WordDocument", 0, b"\x00" * 64), "a.doc")


def test_rtf_without_libreoffice_keeps_lines_and_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    document = cleaned((FILES / "form.rtf").read_bytes(), "a.doc")
    assert lines(document)[0] == "XX县2016年政府信息公开工作年度报告"
    assert [row[:3] for row in covered(document, tables(document)[0])][-1] == ["新收", "3", "0"]
