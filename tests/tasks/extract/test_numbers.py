"""Quantities as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.numbers import find_quantities, numeral_value


def read(text: str) -> list[tuple[float, str]]:
    return [(q.value, q.unit.name) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("公开信息2543条", 2543, "条"),
        ("政府信息 2543条", 2543, "条"),
        ("12,846条", 12846, "条"),
        ("1，234件", 1234, "件"),
        ("１２３件", 123, "件"),
        ("36.5万人次", 365000, "人次"),
        ("1.2846万条", 12846, "条"),
        ("23.4万余条", 234000, "条"),
        ("0.32万元", 0.32, "万元"),
        ("两次", 2, "次"),
        ("二十三件", 23, "件"),
        ("一百零五份", 105, "份"),
        ("21323人次(件)", 21323, "人次"),
        ("18次（期）", 18, "次"),
    ],
)
def test_a_quantity_is_read_with_its_multiplier_and_unit(text: str, value: float, unit: str) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    ["260余条", "约4900人次", "近22条", "十余次", "3400多个", "1400余万元", "百余条", "近千条", "上万人次"],
)
def test_words_of_approximation_are_seen(text: str) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.is_approximate
    assert text[quantity.start : quantity.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "2014年",
        "第14条",
        "0349-2100388",
        "〔2014〕42号",
        "12345热线",
        "同一条",
        "5月1日前",
        "一是",
        "10:02",
        "百件",
        "数千条",
        "“惠企20条”",
    ],
)
def test_dates_ordinals_and_numbers_of_things_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_numbers_listed_before_one_unit_share_it() -> None:
    assert read("分别为3、4和5件") == [(3, "件"), (4, "件"), (5, "件")]


def test_a_digit_sequence_that_is_no_numeral_has_no_value() -> None:
    assert numeral_value("十二") == 12
    assert numeral_value("两千零五") == 2005
    assert numeral_value("一一十一") is None


@given(st.text(alphabet="共收到申请件条余万约0123456789,，.．一二三十 、和（）", max_size=60))
def test_offsets_always_enclose_number_and_unit(text: str) -> None:
    for q in find_quantities(text, offset=7):
        printed = text[q.start - 7 : q.end - 7]
        assert printed
        assert printed.endswith(q.unit.name) or printed[-1] in "0123456789一二三十万余"


def test_a_megabyte_of_digits_is_read_in_linear_time(stopwatch) -> None:
    for hostile in ("9" * 1_000_000, "1," * 500_000, "一" * 1_000_000, "约" * 1_000_000):
        with stopwatch(seconds=2):
            find_quantities(hostile)
