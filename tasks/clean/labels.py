"""The words of the statutory forms as a page may print them, for telling a form's lines from prose.

Only for recognising that lines are a form and where its rows begin; which indicator a label means is
the form reader's business.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import seeds

NUMBERING = re.compile(
    r"^(?:其中:?)?(?:[(]?[一二三四五六七八九十\d]{1,3}[)]|[一二三四五六七八九十\d]{1,3}[、.:,])?"
)
APART = re.compile(r"^\s{0,9}(?:[①-⑳]|\d{1,2}\s{1,9}(?=[^\W\d]))")  # a number without point: ① 3 其他
ASIDE = re.compile(r"\([^()]{0,200}\)")
ITEM = re.compile(  # where a numbered label begins behind another
    r"(?<=[\u4e00-\u9fff）)])\s{0,9}(?=(?:[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.．、])\s{0,9}[\u4e00-\u9fff])"
)
# It begins with such a mark: told quickly where none does.
MARK = re.compile(r"[（(][一二三四五六七八九十]|\d[.．、]")
TOKEN = re.compile(r"\S+")
NOT_WORD = re.compile(r"[\W_]+")
YEAR = re.compile(r"(?:19|20)\d\d年?度?(?:数|数据|统计数)?")  # a year as a column's head
HEADER_WORDS = ("统计指标", "指标名称", "单位", "计量单位", "统计数", "信息内容", "申请人情况")
LONGEST_METADATA = 12  # characters of a metadata label, spaced out: 公开责任部门, 文　　　号
LONGEST_LABEL = 90  # characters; the longest label of the forms has 60
LONGEST_HEADER = 12  # characters of a column's head that is known by a word in it: 2017年度, 历年累计
MIN_NUMBERS = 5  # fewer in a line may be one number with spaces in it
MAX_NUMBERS = 40  # more in a line are no row of a form
LONGEST_NUMBERS = 160
LONGEST_VALUE = 40  # characters; a number of 40 digits is none


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A label without width, spaces, numbering, punctuation and what it says in brackets."""
    flat = "".join(unicodedata.normalize("NFKC", APART.sub("", text)).split())
    flat = NUMBERING.sub("", flat)
    bare = NOT_WORD.sub("", ASIDE.sub("", flat))
    return bare or NOT_WORD.sub("", flat)


LEAF, HEAD = 1, 2  # what a row's label does: values follow it, rows follow it; 3 in different forms either


@cache
def row_labels() -> dict[str, int]:
    """Folded label of a row → LEAF, HEAD or both."""
    paths = [[row["label"]] for row in seeds.rows("forms/form_2014.csv")]
    for year in (2019, 2021):
        paths += [row["row_path"].split("/") for row in seeds.rows(f"forms/form_{year}_table3_rows.csv")]
        paths += [[row["item"]] for row in seeds.rows(f"forms/form_{year}_table2.csv")]
    paths += [[row["label"]] for row in seeds.rows("forms/form_local.csv")]
    paths += [[row["label"]] for row in seeds.rows("forms/synonyms.csv") if row["form"] in ("2014", "3")]
    found: dict[str, int] = {}
    for *heads, leaf in paths:
        for label, role in (*((head, HEAD) for head in heads), (leaf, LEAF)):
            found[fold(label)] = found.get(fold(label), 0) | role
    return {label: roles for label, roles in found.items() if len(label) > 1}


@cache
def column_labels() -> dict[str, int]:
    """Folded label of a column → how deep it stands in the header (1 = top)."""
    found: dict[str, int] = {fold(word): 1 for word in HEADER_WORDS}
    for name in ("forms/form_2019_table2.csv", "forms/form_2021_table2.csv"):
        for row in seeds.rows(name):
            found.setdefault(fold(row["column"]), 1)
    for row in seeds.rows("forms/synonyms.csv"):
        if row["form"] == "3c" or (row["form"] == "2" and fold(row["indicator"]) in found):
            found.setdefault(fold(row["label"]), 2 if row["form"] == "3c" else 1)
    for name in ("forms/table3_columns.csv", "forms/table4_columns.csv"):
        for row in seeds.rows(name):
            for depth, part in enumerate(row["column_path"].split("/"), 1):
                found.setdefault(fold(part), depth)
    return found


@cache
def article_labels() -> frozenset[str]:
    """Folded heads of table 2's parts: 第二十条第（一）项 …"""
    names = ("forms/form_2019_table2.csv", "forms/form_2021_table2.csv")
    return frozenset(fold(row["article"]) for name in names for row in seeds.rows(name))


@cache
def _metadata() -> re.Pattern[str]:
    rows = seeds.rows("frame_lines.csv")
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["note"] == "metadata"))


def is_metadata_label(text: str) -> bool:
    """Whether a cell is a label of a page's metadata table: 索引号, 发布机构, 文号 …"""
    return len(text) <= LONGEST_METADATA and _metadata().match(text + "：") is not None


@cache
def units() -> frozenset[str]:
    """Units as they stand alone in a cell."""
    return frozenset(row["unit"] for row in seeds.rows("units.csv"))


@cache
def _value() -> re.Pattern[str]:
    """A number as forms print it, alone in its cell, with its unit or sign; or a mark for "nothing"."""
    unit = "|".join(map(re.escape, sorted(units(), key=len, reverse=True)))
    return re.compile(
        rf"(?:增加|减少|增|减|[-+±－＋−])?\s?\d[\d,.，．\s]{{0,24}}(?:%|{unit})?|[-—–─－/／\\*×无]{{1,4}}"
    )


def is_value(text: str) -> bool:
    return len(text) <= LONGEST_VALUE and _value().fullmatch(text.strip()) is not None


def numbers_in(text: str) -> list[tuple[int, int]]:
    """The numbers of a line that holds nothing else and five or more: all of table 4 in one line."""
    if len(text) > LONGEST_NUMBERS:
        return []
    words = text.split()
    if not MIN_NUMBERS <= len(words) <= MAX_NUMBERS:
        return []
    if not all(map(is_value, reversed(words))) or not any(map(str.isdigit, text)):
        return []
    return [match.span() for match in TOKEN.finditer(text)]


@cache
def _column_roles() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in seeds.rows("forms/column_roles.csv")))


def is_column(text: str) -> bool:
    """Whether a short line is the head of a column: 单位, 统计数, 2017年度, 历年累计, 商业企业."""
    folded = fold(text)
    if folded in column_labels() or YEAR.fullmatch(folded):
        return True
    return 0 < len(folded) <= LONGEST_HEADER and _column_roles().search(folded) is not None


def is_article(text: str) -> bool:
    """Whether a line is the head of a part of table 2: 第二十条第（一）项."""
    return len(text) <= LONGEST_LABEL and fold(text) in article_labels()


def is_label(text: str) -> bool:
    """Whether a line or cell is a label of a statutory form, row or column."""
    if len(text) > LONGEST_LABEL:
        return False
    folded = fold(text)
    if folded in row_labels() or folded in column_labels() or folded in article_labels():
        return True
    return len(parts := labels_in(text)) > 1 and all(map(is_label, parts))


def labels_in(text: str) -> list[str]:
    """The labels of a cell that holds a head and its first item: （五）不予处理 1.信访举报投诉类申请."""
    return ITEM.split(text) if MARK.search(text, 1) else [text]
