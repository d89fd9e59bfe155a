"""The measuring tools measure what they say: the same pages in other clothes, rules off and on again."""

from __future__ import annotations

import pytest

import seeds
from bench.labelled import Score, add, labelled_pages
from bench.pages import html_pages
from bench.rule_groups import Switch, forget, groups, single_lines
from bench.steps import REST, seconds_by_step
from bench.word import SIZE, as_word_export
from tasks.clean import clean
from tasks.extract import extract
from tasks.values import Page


@pytest.mark.parametrize("page", html_pages()[:3], ids=lambda page: page.uri)
def test_a_word_export_is_heavy_and_says_the_same(page: Page) -> None:
    word = as_word_export(page)
    assert 0.9 * SIZE <= len(word.content) <= 1.1 * SIZE
    assert word.content.count(b"<span lang=EN-US") > 100
    assert [fact.value for fact in extract(clean(word)).facts] == [
        fact.value for fact in extract(clean(page)).facts
    ]
    assert clean(word).text == clean(page).text


def test_the_steps_add_up_to_the_whole() -> None:
    extract(clean(html_pages()[0]))  # the first page pays for the seeds
    steps = seconds_by_step(html_pages()[:1], rounds=1)
    assert {"clean", "read_narrative", REST} <= set(steps)
    assert all(seconds >= 0 for seconds in steps.values())


def score() -> Score:
    counted = Score()
    for page in labelled_pages()["prose"][:6]:
        add(counted, page, extract(page.document))
    return counted


def switch(group: str, name: str) -> Switch:
    return next(each for each in groups() if (each.group, each.name) == (group, name))


@pytest.mark.parametrize(
    ("group", "name"),
    [("disclosure", "all"), ("narrative rules", "applications"), ("lexicon", "website"), ("units", "piece")],
)
def test_a_group_switched_off_is_missed_and_leaves_no_trace(group: str, name: str) -> None:
    whole = score()
    with switch(group, name).off():
        forget()
        without = score()
    forget()
    assert without.found.total() < whole.found.total()
    assert score().is_like(whole)


def test_the_steps_that_name_the_agency_can_be_switched_off() -> None:
    steps = {each.name for each in groups() if each.group == "agency step"}
    taken = {extract(page.document).metadata.agency_basis for page in labelled_pages()["prose"]}
    assert taken - {None} <= steps
    assert len(taken) > 2


def test_every_line_of_a_seed_is_a_switch_of_its_own() -> None:
    lines = single_lines("absence_rules.csv")
    rows = seeds.rows("absence_rules.csv")
    assert len(lines) == len(rows)
    with lines[0].off():
        assert seeds.rows("absence_rules.csv") == rows[1:]
    assert seeds.rows("absence_rules.csv") == rows
