"""A pattern sought at the characters its matches can open with finds what `re` finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from tasks.extract.lexicon import compile_pattern
from tasks.extract.numbers import _quantities
from tasks.extract.statements import _negation
from tasks.seeking import Seeker, seeker

FILES = ("topics.csv", "scope_words.csv", "negations.csv", "frame_lines.csv", "kind_signs.csv")
LETTERS = "未无没均为零公开申请访问量首页打印第 12３，。：（）〔2015〕aX×\n"


def spans(found) -> list[tuple[int, int]]:  # type: ignore[no-untyped-def]
    return [match.span() for match in found]


@pytest.mark.parametrize(
    ("pattern", "opening"),
    [
        ("(?<!a)b|c?d", "[bcd]"),
        (r"(?:x|\d)*[e-g]", r"[\de-gx]"),
        ("(?:一{0,3}(?:二|三))四", "[一三二]"),
        ("a(?i:b)|(?=c)d", "[ad]"),
    ],
)
def test_what_a_match_can_open_with(pattern: str, opening: str) -> None:
    found = seeker(re.compile(pattern)).opening
    assert found is not None
    assert found.pattern == opening


@pytest.mark.parametrize(
    "pattern", ["a?", "(?:a|)", ".b", "[^a]b", r"\wa", "a{0}", "(?<=a)", "(a)?|b", "公开|公布"]
)
def test_where_that_can_be_anything_or_is_known_to_re_it_searches_as_re_does(pattern: str) -> None:
    assert seeker(re.compile(pattern)).opening is None


def test_letters_of_either_case_open_a_match_that_ignores_case() -> None:
    both = seeker(re.compile("(?<!x)copy|©", re.IGNORECASE))
    assert [match[0] for match in both.finditer("xCopy COPY ©")] == ["COPY", "©"]


def every_pattern() -> list[Seeker]:
    patterns = [compile_pattern(row["pattern"]) for name in FILES for row in seeds.rows(name)]
    return [*map(seeker, patterns), _quantities(), _negation()]


@given(st.text(alphabet=LETTERS, max_size=60))
def test_the_rules_find_the_same_places(text: str) -> None:
    for one in every_pattern():
        assert spans(one.finditer(text)) == spans(one.pattern.finditer(text)), one.pattern.pattern
        first = one.pattern.search(text)
        assert (one.search(text) is None) == (first is None)
