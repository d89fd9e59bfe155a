"""The printed labels of the forms, folded so that wrapping, width, numbering and brackets do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

import seeds
from tasks.clean.labels import labels_in
from tasks.frozen import frozen

# Two labels of the same row differ by a misprint or a cut end; below this they are different rows.
SIMILAR = 0.8
# Shorter labels are alike by chance; longer ones are sentences.
MIN_ALIKE, MAX_ALIKE = 4, 60
# Pairs of characters that a shortened label shares with the whole one.
MIN_SHARED = 2
# Folded labels kept: the forms have a few hundred, other tables come and go.
REMEMBERED = 8192

_BRACKETS = re.compile(r"[(〔\[][^()〔\]]{0,60}[)〕\]]")
_NUMBERING = re.compile(
    r"^(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）][、.:,]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.:,]"
    r"|[①-⑳]"
    r"|[(（][一二三四五六七八九十]{1,3}(?=[^()（）]+$))"  # a scan may lose the bracket at a line's end
)
_NUMBER_APART = re.compile(r"^\s{0,9}(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s+(?=[^\d\s])")
_NOISE = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")
_TAIL = re.compile(r"(?:总?人次数?|总(?:件|条|次|人)?数量?|数量|(?:件|条|次|人)?数)$")
# Words that turn a label into another one: labels that differ in them are not alike.
_TELLING = re.compile("不|未|非|无|部分|微博|微信|传真|信函|复议|诉讼|申诉|举报|专职|兼职|累计|负责")


@lru_cache(maxsize=REMEMBERED)
def fold(label: str) -> str:
    """（一）主动公开政府信息数（不同渠道…计1条） → 主动公开政府信息."""
    label = label.lstrip()
    if "①" <= label[:1] <= "⑳":
        label = label[1:]
    text = _NUMBER_APART.sub("", unicodedata.normalize("NFKC", label))
    text = "".join(text.split())
    text = _NUMBERING.sub("", text)
    text = _NUMBERING.sub("", text.removeprefix("其中").lstrip(":,、"))
    text = _BRACKETS.sub("", text)
    text = _NOISE.sub("", text)
    return _TAIL.sub("", text) or text


@frozen
class Row:
    """A row of a form in seeds/forms: `order` as printed in the form, `path` from the top group down."""

    table: str  # 2014 | 2 | 3 | local
    order: int
    path: str
    indicator: str | None
    unit: str


@frozen
class Found:
    """The rows a label may stand for; `is_exact` unless only likeness says so."""

    rows: tuple[Row, ...] = ()
    is_exact: bool = True

    def __bool__(self) -> bool:
        return bool(self.rows)

    def after(self, order: int) -> Row:
        """Of rows with the same label the next one down the form."""
        return next((row for row in self.rows if row.order > order), self.rows[0])


class Matcher:
    """Finds the form rows a label may stand for: exactly, else by likeness."""

    def __init__(self, labelled: Iterable[tuple[str, Row]]) -> None:
        self._exact: dict[str, list[Row]] = {}
        for label, row in labelled:
            rows = self._exact.setdefault(fold(label), [])
            if row not in rows:
                rows.append(row)
        self._sizes = {label: len(_bigrams(label)) for label in self._exact if len(label) >= MIN_ALIKE}
        self._holding: dict[str, list[str]] = {}
        for label in self._sizes:
            for pair in _bigrams(label):
                self._holding.setdefault(pair, []).append(label)
        self._find = lru_cache(maxsize=REMEMBERED)(self._find_folded)

    def find(self, label: str) -> Found:
        """The rows a printed label may stand for; of a head and its first item in one cell the item's."""
        found = self._find(fold(label))
        if not (found and found.is_exact) and len(parts := labels_in(label)) > 1:
            item = self._find(fold(parts[-1]))
            return item if item and item.is_exact else found
        return found

    def _find_folded(self, key: str) -> Found:
        rows = self._exact.get(key)
        return Found(tuple(rows)) if rows else Found(tuple(self._similar(key)), False)

    def _similar(self, key: str) -> list[Row]:
        """The rows of the most alike label, else of the only one that the key shortens."""
        if not MIN_ALIKE <= len(key) <= MAX_ALIKE:
            return []
        mine = _bigrams(key)
        shared = Counter(label for pair in mine for label in self._holding.get(pair, ()))
        telling = set(_TELLING.findall(key))
        near = [label for label in shared if set(_TELLING.findall(label)) == telling]
        best, rows = SIMILAR, []
        for label in near:
            if (likeness := 2 * shared[label] / (len(mine) + self._sizes[label])) > best:
                best, rows = likeness, self._exact[label]
        if not rows:
            longer = [self._exact[k] for k in near if shared[k] >= MIN_SHARED and _shortens(key, k)]
            rows = longer[0] if len({row.indicator for found in longer for row in found}) == 1 else []
        return rows


def _shortens(key: str, label: str) -> bool:
    """本年新收申请 shortens 本年新收政府信息公开申请: all its characters, in order, from the same start."""
    if key[0] != label[0] and key[:2] not in label[:6]:
        return False
    rest = iter(label)
    return all(char in rest for char in key)


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


@frozen
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
def table2_items() -> Matcher:
    """The rows of table 2; a row's `path` is the folded item that `table2_columns` knows."""
    return Matcher(
        (item, Row("2", column.order, item, None, column.unit))
        for (item, _), column in table2_columns().items()
    )


@cache
def table2_heads() -> dict[str, None]:
    """Folded heads of the columns, in the forms' order."""
    return dict.fromkeys(head for _, head in table2_columns())


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
    return frozenset(
        fold(r["column_path"].rsplit("/", 1)[-1]) for r in seeds.rows("forms/table4_columns.csv")
    )
