"""The printed labels of the forms, folded so that wrapping, width, numbering and brackets do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import seeds

# Two labels of the same row differ by a misprint or a cut end; below this they are different rows.
SIMILAR = 0.8
# Folded labels kept: the forms have a few hundred, other tables come and go.
REMEMBERED = 8192

_BRACKETS = re.compile(r"[(〔\[][^()〔\]]{0,60}[)〕\]]")
_NUMBERING = re.compile(
    r"^(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）][、.]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.:])"
)
_NOISE = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")
_TAIL = re.compile(r"(?:总(?:件|条|次|人)?数量?|数量|(?:件|条|次|人)?数)$")


@lru_cache(maxsize=REMEMBERED)
def fold(label: str) -> str:
    """（一）主动公开政府信息数（不同渠道…计1条） → 主动公开政府信息."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
    text = _NUMBERING.sub("", text)
    text = _NUMBERING.sub("", text.removeprefix("其中").lstrip(":,、"))
    text = _BRACKETS.sub("", text)
    text = _NOISE.sub("", text)
    return _TAIL.sub("", text) or text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form in seeds/forms: `order` as printed in the form, `path` from the top group down."""

    table: str  # 2014 | 2 | 3 | local
    order: int
    path: str
    indicator: str | None
    unit: str


class Matcher:
    """Finds the form rows a label may stand for: exactly, else by likeness."""

    def __init__(self, labelled: Iterable[tuple[str, Row]]) -> None:
        self._exact: dict[str, list[Row]] = {}
        for label, row in labelled:
            self._exact.setdefault(fold(label), []).append(row)
        self._bigrams = {label: _bigrams(label) for label in self._exact if len(label) >= 4}
        self._find = lru_cache(maxsize=REMEMBERED)(self._find_folded)

    def find(self, label: str) -> tuple[Row, ...]:
        return self._find(fold(label))

    def _find_folded(self, key: str) -> tuple[Row, ...]:
        return tuple(self._exact.get(key) or self._similar(key))

    def _similar(self, key: str) -> list[Row]:
        if not 4 <= len(key) <= 60:
            return []
        mine = _bigrams(key)
        best, rows = SIMILAR, []
        for label, theirs in self._bigrams.items():
            if (likeness := 2 * len(mine & theirs) / (len(mine) + len(theirs))) > best:
                best, rows = likeness, self._exact[label]
        return rows


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _synonyms(form: str) -> Iterable[tuple[str, str]]:
    """(indicator, other label) pairs of seeds/forms/synonyms.csv for a form."""
    return ((r["indicator"], r["label"]) for r in seeds.rows("forms/synonyms.csv") if r["form"] == form)


@cache
def matcher_2014() -> Matcher:
    labelled: list[tuple[str, Row]] = []
    path: list[tuple[int, str]] = []
    for r in seeds.rows("forms/form_2014.csv"):
        level = int(r["level"])
        path = [(lv, label) for lv, label in path if lv < level] + [(level, r["label"])]
        row = Row("2014", int(r["order"]), "/".join(p for _, p in path), r["indicator"] or None, r["unit"])
        labelled.append((r["label"], row))
        labelled += [(label, row) for code, label in _synonyms("2014") if code == r["indicator"]]
    return Matcher(labelled)


@cache
def matcher_table3() -> Matcher:
    """Rows of table 3 of both generations; the 2021 form's row wins where both have it."""
    labelled: dict[str, tuple[str, Row]] = {}
    for name in ("forms/form_2019_table3_rows.csv", "forms/form_2021_table3_rows.csv"):
        for r in seeds.rows(name):
            row = Row("3", int(r["order"]), r["row_path"], r["indicator"], r["unit"])
            label = r["row_path"].rsplit("/", 1)[-1]
            labelled[fold(label)] = (label, row)
            for code, other in _synonyms("3"):
                if code == r["indicator"]:
                    labelled[fold(other)] = (other, row)
    return Matcher(labelled.values())


@cache
def matcher_local() -> Matcher:
    return Matcher(
        (r["label"], Row("local", i, r["label"], r["indicator"] or None, r["unit"]))
        for i, r in enumerate(seeds.rows("forms/form_local.csv"), 1)
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of table 2 for one item: which indicator stands where item and column meet."""

    form: str
    item: str
    column: str
    indicator: str
    unit: str
    order: int


@cache
def table2_columns() -> dict[tuple[str, str], Column]:
    """(folded item, folded column) → column, both generations and their synonyms."""
    found: dict[tuple[str, str], Column] = {}
    others = _table2_other_labels()
    for form in ("2019", "2021"):
        for order, r in enumerate(seeds.rows(f"forms/form_{form}_table2.csv"), 1):
            column = Column(f"form-{form}", r["item"], r["column"], r["indicator"], r["unit"], order)
            for item in (r["item"], *others.get(r["item"], ())):
                for head in (r["column"], *others.get(r["column"], ())):
                    found.setdefault((fold(item), fold(head)), column)
    return found


@cache
def _table2_other_labels() -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for r in seeds.rows("forms/synonyms.csv"):
        if r["form"] == "2":
            others.setdefault(r["indicator"], []).append(r["label"])
    return others


@cache
def table2_items() -> frozenset[str]:
    return frozenset(item for item, _ in table2_columns())


@cache
def table2_heads() -> frozenset[str]:
    return frozenset(head for _, head in table2_columns())


@cache
def table3_members() -> dict[str, int]:
    """Folded column heading of table 3 → column order 1–7."""
    found: dict[str, int] = {}
    for r in seeds.rows("forms/table3_columns.csv"):
        found[fold(r["column_path"].rsplit("/", 1)[-1])] = int(r["order"])
    for code, label in _synonyms("3c"):
        found[fold(label)] = int(code)
    return found


@cache
def table4_leaves() -> frozenset[str]:
    return frozenset(fold(r["column_path"].rsplit("/", 1)[-1]) for r in seeds.rows("forms/table4_columns.csv"))
