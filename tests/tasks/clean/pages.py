"""Small pages for the tests of the clean step, and ways to look at what became of them."""

from __future__ import annotations

import datetime as dt

import seeds
from tasks.clean import clean
from tasks.values import Block, Document, Page, Zone

PROSE = "2017年，我局认真落实信息公开的各项要求，完善制度，拓宽渠道，主动接受社会监督，取得了一定成效。"


def page(content: str | bytes, uri: str = "page.html", media_type: str | None = None) -> Page:
    raw = content.encode() if isinstance(content, str) else content
    return Page(uri, "test", raw, media_type, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))


def cleaned(content: str | bytes, uri: str = "page.html") -> Document:
    return clean(page(content, uri))


def html(body: str) -> Document:
    return cleaned(f"<!DOCTYPE html><html><body>{body}</body></html>")


def text(lines: str) -> Document:
    return cleaned(lines, "page.txt")


def lines(document: Document, zone: Zone | None = None) -> list[str]:
    return [document.text_of(b) for b in document.blocks if zone is None or b.zone is zone]


def tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.table is not None]


def grid(document: Document, block: Block) -> list[list[str]]:
    """The cells of a table row by row, each where it begins."""
    assert block.table is not None
    rows: list[list[str]] = [[] for _ in range(block.table.rows)]
    for cell in block.table.cells:
        rows[cell.row].append(document.text_of(cell))
    return rows


def covered(document: Document, block: Block) -> list[list[str | None]]:
    """Every place of the grid with the text of the cell that covers it."""
    assert block.table is not None
    return [[None if cell is None else document.text_of(cell) for cell in row] for row in block.table.grid()]


def form_2014() -> list[list[str]]:
    """The form of 2014 with made-up numbers; group rows have — and a blank."""
    rows = [["统计指标", "单位", "统计数"]]
    for n, row in enumerate(seeds.rows("forms/form_2014.csv")):
        rows.append([row["label"], row["unit"] or "——", str(n * 7 % 23) if row["indicator"] else ""])
    return rows


def table_3(blank_row: int = -1) -> list[list[str]]:
    """Table 3 of 2021 as its rows read without spans: group labels in the first row of a group only."""
    rows = [["申请人情况"], ["自然人", "法人或其他组织", "总计"]]
    rows.append(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"])
    seen: set[str] = set()
    for n, row in enumerate(seeds.rows("forms/form_2021_table3_rows.csv")):
        *groups, leaf = row["row_path"].split("/")
        labels = [group for group in groups if group not in seen] + [leaf]
        seen.update(groups)
        rows.append(labels + ["" if n == blank_row else str(n * 5 % 17 + c) for c in range(7)])
    return rows


def table_4() -> list[list[str]]:
    """Table 4: two levels of header and fifteen numbers."""
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        ["行政复议", "行政诉讼"],
        [*outcomes, "未经复议直接起诉", "复议后起诉"],
        outcomes * 2,
        [str(n) for n in range(15)],
    ]
