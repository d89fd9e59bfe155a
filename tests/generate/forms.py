"""The statutory forms as grids with real spans, cells filled by a `Printer`."""

from __future__ import annotations

import random

from tests.generate.figures import read_form
from tests.generate.labels import restyle
from tests.generate.model import Cell, Grid, Key
from tests.generate.plan import Plan
from tests.generate.printing import Printer

Figures = dict[Key, float | None]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


class FormMaker:
    """Makes the grids of one page; all labels in one manner."""

    def __init__(self, plan: Plan, figures: Figures, printer: Printer, rng: random.Random) -> None:
        self.plan, self.figures, self.printer, self.rng = plan, figures, printer, rng
        self.manner = rng.randrange(1 << 30)

    def label(self, text: str, rowspan: int = 1, colspan: int = 1, role: str = "label") -> Cell:
        """A label or header cell in the page's manner."""
        return Cell(restyle(text, self.plan, self.rng, self.manner), role, rowspan, colspan)

    def value(self, key: Key, unit: str, colspan: int = 1, yuan: bool = False) -> Cell:
        """A value cell; amounts and changes in their own print."""
        figure = self.figures.get(key)
        if unit == "万元":
            text = self.printer.money(figure, yuan)
        elif key[0].endswith("_change"):
            text = self.printer.change(figure)
        else:
            text = self.printer.count(figure, unit)
        return Cell(text, "value", 1, colspan, key, figure)

    def form_2014(self) -> list[Grid]:
        """统计指标 | 单位 | 统计数; group rows have —— for a unit and nothing to count."""
        head = self.rng.choice(("统计指标", "统 计 指 标", "指标名称"))
        rows = [
            [
                self.label(t, role="head")
                for t in (head, "单位", self.rng.choice(("统计数", "数量", "统计数")))
            ]
        ]
        yuan = self.plan.has("money-yuan-head")
        group_unit = self.rng.choice(("——", "——", "", "/"))
        for row in read_form("form_2014"):
            label = self.label(row["label"])
            if not row["indicator"]:
                rows.append([label, Cell(group_unit, "unit"), Cell("", "blank")])
                continue
            unit = "元" if yuan and row["unit"] == "万元" else row["unit"]
            value = self.value((row["indicator"], None, None), row["unit"], yuan=yuan)
            rows.append([label, Cell(unit, "unit"), value])
        return [Grid("form2014", rows, 1)]

    def table2(self, form: str) -> Grid:
        """Blocks of 第二十条第（N）项, 信息内容 and the items; four columns."""
        rows: list[list[Cell]] = []
        articles: dict[str, dict[str, list[dict[str, str]]]] = {}
        for row in read_form(f"form_{form}_table2"):
            articles.setdefault(row["article"], {}).setdefault(row["item"], []).append(row)
        for article, items in articles.items():
            rows.append([self.label(article, colspan=4, role="head")])
            columns = next(iter(items.values()))
            heads = [self.label("信息内容", role="head")]
            heads += [self.label(self.column_name(c), role="head") for c in columns]
            heads[-1].colspan = 4 - len(columns)
            rows.append(heads)
            for item, cells in items.items():
                name = "行政规范性文件" if item == "规范性文件" and self.rng.random() < 0.4 else item
                line = [self.label(name)]
                yuan = self.plan.has("money-yuan-head")
                line += [self.value((c["indicator"], None, None), c["unit"], yuan=yuan) for c in cells]
                line[-1].colspan = 4 - len(cells)
                rows.append(line)
        return Grid("table2", rows, 0)

    def column_name(self, row: dict[str, str]) -> str:
        """A column's header; the amounts say yuan where the page prints yuan."""
        if row["unit"] != "万元":
            return row["column"]
        if self.plan.has("money-yuan-head"):
            return row["column"].replace("（单位：万元）", "") + self.rng.choice(("（单位：元）", "（元）"))
        return row["column"]

    def head_table3(self) -> list[list[Cell]]:
        """Three header rows over six applicants and the total."""
        first = [self.label(NOTE, 3, 3, "head"), self.label("申请人情况", 1, 7, "head")]
        second = [
            self.label("自然人", 2, 1, "head"),
            self.label("法人或其他组织", 1, 5, "head"),
            self.label("总计", 2, 1, "head"),
        ]
        names = [row["column_path"].partition("/")[2] for row in read_form("table3_columns")[1:-1]]
        return [first, second, [self.label(name, role="head") for name in names]]

    def table3(self, form: str) -> Grid:
        """23 or 25 rows; 三、本年度办理结果 and its groups span rows."""
        body = [
            (row["row_path"].split("/"), row["indicator"]) for row in read_form(f"form_{form}_table3_rows")
        ]
        rows = self.head_table3()
        before: list[str] = []
        for path, indicator in body:
            line: list[Cell] = []
            for depth, part in enumerate(path):
                shared = path[: depth + 1]
                if before[: depth + 1] == shared:
                    continue
                same = [p for p, _ in body if p[: depth + 1] == shared]
                last = depth == len(path) - 1
                line.append(self.label(part, 1 if last else len(same), 3 - depth if last else 1))
            for column in read_form("table3_columns"):
                total = column["applicant"] == "total"
                key = (indicator, None if total else "applicant", None if total else column["applicant"])
                line.append(self.value(key, "件"))
            rows.append(line)
            before = path
        return Grid("table3", rows, 3)

    def table4(self) -> list[Grid]:
        """Fifteen columns under three header rows, or 复议 and 诉讼 in a table each."""
        columns = [(row["column_path"].split("/"), row["indicator"]) for row in read_form("table4_columns")]
        recon = [(p, i) for p, i in columns if p[0] == "行政复议"]
        suits = [(p, i) for p, i in columns if p[0] == "行政诉讼"]
        if self.plan.has("table4-two"):
            first = [
                [self.label("行政复议", 1, 5, "head")],
                [self.label(p[-1], role="head") for p, _ in recon],
                [self.value((i, None, None), "件") for _, i in recon],
            ]
            second = [
                [self.label("行政诉讼", 1, 10, "head")],
                self.suit_heads(),
                [self.label(p[-1], role="head") for p, _ in suits],
                [self.value((i, None, None), "件") for _, i in suits],
            ]
            return [Grid("table4", first, 2), Grid("table4", second, 3)]
        heads = [
            [self.label("行政复议", 1, 5, "head"), self.label("行政诉讼", 1, 10, "head")],
            [*(self.label(p[-1], 2, 1, "head") for p, _ in recon), *self.suit_heads()],
            [self.label(p[-1], role="head") for p, _ in suits],
        ]
        return [Grid("table4", [*heads, [self.value((i, None, None), "件") for _, i in columns]], 3)]

    def suit_heads(self) -> list[Cell]:
        """The two groups of lawsuits."""
        return [self.label("未经复议直接起诉", 1, 5, "head"), self.label("复议后起诉", 1, 5, "head")]
