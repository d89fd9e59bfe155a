"""OFD: lines, tables over page breaks, places; what is damaged is refused."""

from __future__ import annotations

import pytest

from tasks.errors import TerminalError
from tests.formats.ofd import OfdWriter
from tests.tasks.clean.pages import cleaned, form_2014, grid, tables

PROSE = "2014年，我局认真落实信息公开的各项要求，完善制度，拓宽渠道，主动接受社会监督，取得了一定成效。"


def report() -> OfdWriter:
    writer = OfdWriter()
    writer.paragraph(PROSE * 3)
    writer.table(form_2014(), [110, 20, 30])
    return writer


def test_text_and_a_form_over_page_breaks() -> None:
    writer = report()
    document = cleaned(writer.content(), "report.ofd")
    assert document.media_type == "application/ofd"
    assert document.text_of(document.blocks[0]) == PROSE * 3
    [table] = tables(document)
    assert [row[-1] for row in grid(document, table)] == [row[-1] for row in form_2014()]
    assert table.table is not None
    assert {cell.page for cell in table.table.cells} == set(range(1, len(writer.pages) + 1))


def test_a_damaged_file_is_refused() -> None:
    content = report().content()
    with pytest.raises(TerminalError):
        cleaned(content[: len(content) // 2], "report.ofd")
