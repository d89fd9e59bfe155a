"""Sheets saved as text: CSV as Excel, WPS and LibreOffice write it, and prose that only looks like it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.tasks.clean.pages import cleaned, grid, lines, tables

TITLE = "XX县2016年政府信息公开情况统计表"
SENTENCE = "2016年，我局认真落实各项要求，\n完善了制度。"
ROWS = [
    [TITLE, "", ""],
    [SENTENCE, "", ""],
    ["指标", "单位", "数量"],
    ["主动公开", "条", "1,204"],
    ["其中：网站", "条", "0"],
]


def saved(separator: str, rows: list[list[str]] = ROWS) -> str:
    file = StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_saved_as_text_is_read_as_the_sheet(separator: str, charset: str) -> None:
    document = cleaned(saved(separator).encode(charset), "report.csv")
    assert document.media_type == "text/csv"
    [table] = tables(document)
    assert grid(document, table) == ROWS[2:]
    assert lines(document)[0] == TITLE


@pytest.mark.parametrize(
    "text",
    [
        "2016年,共12条\n其中网站9条,微信3条\n收到申请4件,答复4件\n无复议,无诉讼\n",
        "2016年,全县公开信息12条,其中文件3件\n网站9条,微信2条,其他1条\n共收到申请4件,答复4件\n无复议,无诉讼\n",
        "一,二,三\n四,五,六\n七,八,九\n十,百,千\n",
        "指标,单位,数量\n主动公开,条,1204\n",
    ],
    ids=["a comma in each line", "prose with commas", "no number", "two lines"],
)
def test_other_text_with_commas_stays_lines(text: str) -> None:
    document = cleaned(text.encode(), "report.txt")
    assert document.media_type == "text/plain"
    assert lines(document)[0] == text.partition("\n")[0]
