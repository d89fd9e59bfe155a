"""Sentences as officials of many places and years write them, each with the facts it states: prose_cases.txt.

A line of the file: the section it stands in, the year reported on, the sentence => code value; … A code with
a question mark may come out or not.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tasks.extract.narrative import read_narrative
from tasks.extract.sections import find_sections
from tasks.extract.sentences import find_sentences
from tasks.extract.statements import find_statements
from tests.tasks.extract.reports import prose

HEADINGS = {
    "A": "三、依申请公开政府信息情况",
    "C": "四、咨询情况",
    "D": "七、支出情况",
    "F": "四、收费及减免情况",
    "I": "二、解读回应情况",
    "L": "三、平台建设情况",
    "M": "五、监督保障情况",
    "N": "二、主动公开政府信息情况",
    "O": "一、概述",
    "P": "二、主动公开政府信息情况",
    "Q": "三、收到和处理政府信息公开申请情况",
    "R": "五、行政复议、行政诉讼情况",
    "S": "一、组织领导和机构人员情况",
    "T": "六、人员培训情况",
    "X": "六、其他需要报告的事项",
    "Z": "一、总体情况",
}


class Case(NamedTuple):
    heading: str
    year: int
    sentence: str
    facts: dict[str, float]
    debatable: frozenset[str]


def read_case(line: str) -> Case:
    left, _, right = line.partition("=>")
    section, year, sentence = left.strip().split(" ", 2)
    stated = [entry.strip() for entry in right.split(";") if entry.strip()]
    facts = dict(entry.rsplit(" ", 1) for entry in stated if entry[0] != "?")
    debatable = frozenset(entry[1:] for entry in stated if entry[0] == "?")
    values = {code: float(value) for code, value in facts.items()}
    return Case(HEADINGS[section], int(year), sentence, values, debatable)


LINES = Path(__file__).with_name("prose_cases.txt").read_text("utf-8").splitlines()
CASES = [read_case(line) for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_a_sentence_states_its_facts_and_no_others(case: Case) -> None:
    document = prose(case.sentence, heading=case.heading)
    sections = find_sections(document)
    sentences = list(find_sentences(document, sections))
    narrative, _ = read_narrative(document, sentences, case.year)
    stated = {
        fact.indicator + (f"/{fact.member}" if fact.member else ""): fact.value
        for fact in (*find_statements(document, sections, sentences, case.year), *narrative)
    }
    kept = {code: value for code, value in stated.items() if code not in case.debatable}
    assert kept == pytest.approx(case.facts), case.sentence
