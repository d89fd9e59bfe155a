"""No pattern of the extraction explodes: those of its modules and of seeds/ on a megabyte of their worst."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

import seeds
import tasks.extract
from tasks.extract.lexicon import compile_pattern
from warehouse.release.masking import mask

MEGABYTE = 1_000_000
SHORT = 1_000  # characters on which all are tried
GROWN = 16  # times as many for those that take long
SECONDS = 10
SLOW = 0.00005  # seconds on a short text above which a pattern is tried on more
LINEAR = 3.0  # so many times slower a character may be on the longer text; a square would be 16
DEEP = 5

UNITS = [
    *("主动公开", "公开政府信息", "政府信息公开", "申请", "依申请", "行政复议、", "行政诉讼和", "没有", "无"),
    *(
        "未",
        "分别",
        "共",
        "通过",
        "其中",
        "收到",
        "不予公开",
        "网站",
        "局",
        "人民",
        "某县",
        "的",
        "及",
        "电话",
    ),
    *(
        "1",
        "１",
        "1,",
        "1，",
        "2015",
        "2015年",
        "2015年1月",
        "二〇",
        "一",
        "一、",
        "第",
        "①",
        "0-",
        "〔2015〕",
    ),
    *(
        "（2015",
        "、",
        "，",
        "，公开",
        "公开、",
        "：",
        "。",
        "（",
        "（（",
        "(",
        "《",
        "《a",
        "“",
        "-",
        "/",
        "|",
    ),
    *("<!--", " ", "\u3000", "\xa0", "\n", " \n", "\t", "a", "a.", "www.", "地 "),
]
# Looked at a line of sixty characters at most, whatever stands in it.
SHORT_ONLY = {"tasks.extract.forms.cells._PAGE_NUMBER"}


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of the extraction by where it stands; each once."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for place, pattern in [*_of_seeds(), *_of_modules()]:
        found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    return {f"{place} {n}": pattern for n, (place, pattern) in enumerate(found.values())}


def _of_modules() -> Iterator[tuple[str, re.Pattern[str]]]:
    for info in pkgutil.walk_packages(tasks.extract.__path__, "tasks.extract."):
        module = importlib.import_module(info.name)
        for name, value in list(vars(module).items()):
            place = f"{info.name}.{name}"
            if place in SHORT_ONLY:
                continue
            is_cached = hasattr(value, "cache_info") and not inspect.signature(value).parameters
            for pattern in _inside(value() if is_cached else value, 0):
                yield place, pattern


def _of_seeds() -> Iterator[tuple[str, re.Pattern[str]]]:
    yield from (("masking.csv", rule) for rule in mask().rules)  # it has placeholders of its own
    for file in sorted(seeds.FOLDER.rglob("*.csv")):
        name = file.relative_to(seeds.FOLDER).as_posix()
        if name == "masking.csv":
            continue
        for row in seeds.rows(name):
            for column in ("pattern", "unless"):
                if row.get(column):
                    yield f"{name} {column}", compile_pattern(row[column])


def _inside(value: Any, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth > DEEP:
        return
    elif isinstance(value, dict):
        for one in value.values():
            yield from _inside(one, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _inside(one, depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name), depth + 1)


PATTERNS = patterns()


def seconds(pattern: re.Pattern[str], unit: str, length: int) -> float:
    text = unit * (length // len(unit))
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


def suspects() -> list[tuple[float, str, str]]:
    """(seconds, place, text) of the patterns that take long on a short text, with their worst text."""
    worst = (
        (*max((seconds(p, unit, SHORT), unit) for unit in UNITS), place) for place, p in PATTERNS.items()
    )
    return [(took, place, unit) for took, unit, place in worst if took > SLOW]


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 800
    assert {place.split()[0] for place in PATTERNS} >= {
        "narrative_rules.csv",
        "absence_rules.csv",
        "lexicon.csv",
        "section_concepts.csv",
        "scope_words.csv",
        "topics.csv",
        "choices.csv",
        "tasks.extract.labels._labels_printed",
        "tasks.extract.numbers._quantities",
        "tasks.extract.windows._EACH_ITS_OWN",
    }


@pytest.mark.timeout(120)
def test_no_pattern_takes_the_square_of_its_text() -> None:
    grown = {}
    for _, place, unit in suspects():
        short = min(seconds(PATTERNS[place], unit, SHORT) for _ in range(3))
        long = min(seconds(PATTERNS[place], unit, GROWN * SHORT) for _ in range(2))
        if long / GROWN > LINEAR * short + SLOW:
            grown[place] = (PATTERNS[place].pattern[:80], unit, short, long)
    assert not grown


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_megabyte_of_the_worst_text() -> None:
    took = {
        (place, unit): seconds(PATTERNS[place], unit, MEGABYTE // len(unit.encode()) * len(unit))
        for _, place, unit in suspects()
    }
    assert max(took.values()) < SECONDS, max(took, key=lambda one: took[one])
