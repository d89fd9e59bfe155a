import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.dates import find_dates, is_date, parse_date

DAY = dt.date(2018, 1, 20)


@pytest.mark.parametrize(
    "printed",
    [
        "2018-01-20",
        "2018/1/20",
        "2018.1.20",
        "2018．01．20",
        "2018年01月20日",
        "2018年1月20号",
        "２０１８年１月２０日",
        "2018年1月 20日",
        "2018 年\n1 月\n20 日",
        "2 0 1 8年1月2 0日",
        "2018年1 20日",
        "2018 1月20日",
        "二〇一八年一月二十日",
        "二○一八年一月二十日",
        "二0一八年一月二十日",
        "二Ο一八年元月二十日",
        "二O一八年一月廿日",
        "二零一八年一月二十日",
        "2018年元月20日",
        "2018年一月二十日",
    ],
)
def test_every_printing_of_a_day_is_read_and_located(printed: str) -> None:
    text = f"落款 {printed}。"
    assert [(date, text[start:end]) for date, start, end in find_dates(text)] == [(DAY, printed)]


@pytest.mark.parametrize(
    "text",
    [
        "2018年1月",
        "二〇一八年一月",
        "2018年",
        "2018年2月30日",
        "2018-13-01",
        "12018年1月20日",
        "0349-2100388",
        "1.2018.1.20",
    ],
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert find_dates(text) == []


def test_chinese_days_count_to_thirty_one() -> None:
    days = [
        parse_date(f"二〇一五年十二月{day}日") for day in ("十", "十一", "二十", "廿一", "三十", "三十一")
    ]
    assert [day.day for day in days if day] == [10, 11, 20, 21, 30, 31]


def test_eight_digits_are_a_date_behind_a_label_only() -> None:
    assert find_dates("20180120") == []
    assert parse_date("20180120") == DAY


def test_a_span_gives_both_ends() -> None:
    dates = [date for date, _, _ in find_dates("自2012年1月1日起至2012年12月31日止")]
    assert dates == [dt.date(2012, 1, 1), dt.date(2012, 12, 31)]


def test_a_time_of_day_behind_the_date_does_not_hide_it() -> None:
    assert parse_date("2018-01-20 10:02:17") == DAY
    assert not is_date("2018-01-20 来源") and is_date(" （2018年1月20日） ")


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)), st.sampled_from("-/."))
def test_separated_dates_survive_printing(date: dt.date, mark: str) -> None:
    printed = f"{date.year}{mark}{date.month}{mark}{date.day}"
    assert find_dates(f"于{printed}公布") == [(date, 1, 1 + len(printed))]


@given(st.text(alphabet="20一二〇十年月日-./ \n13号", max_size=60))
def test_located_dates_read_the_same_again(text: str) -> None:
    for date, start, end in find_dates(text):
        assert parse_date(text[start:end]) == date


@pytest.mark.parametrize("worst", ["2 0 1 " * 170_000, "二〇" * 500_000, "2013年" * 200_000, " " * 1_000_000])
def test_a_megabyte_of_half_dates_is_read_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    with stopwatch(2):
        find_dates(worst)
