"""The prose reader on sentences whose figures are known by construction."""

from __future__ import annotations

from collections import Counter

from tasks.extract.narrative import read_narrative
from tasks.extract.sections import find_sections
from tasks.extract.sentences import find_sentences
from tasks.extract.statements import find_statements
from tests.generate.other_work import other_work
from tests.generate.sentences import Sentence, sentence
from tests.tasks.extract.reports import prose
from tests.tasks.extract.test_prose_cases import HEADINGS

COUNT = 900
RECALL_MIN, PRECISION_MIN = 0.98, 0.99


def stated(of: Sentence) -> dict[str, float]:
    """What the reader makes of a sentence, code → value."""
    document = prose(of.text, heading=HEADINGS[of.section])
    sections = find_sections(document)
    sentences = list(find_sentences(document, sections))
    facts, _ = read_narrative(document, sentences, of.year)
    absent = find_statements(document, sections, sentences, of.year)
    return {fact.indicator: fact.value for fact in (*absent, *facts)}


def test_sentences_in_any_words_state_their_facts_and_no_others() -> None:
    gold, found, wrong = Counter[str](), Counter[str](), Counter[str]()
    failing: list[str] = []
    for seed in range(COUNT):
        kind, built = sentence(seed)
        read = stated(built)
        missed = {code: value for code, value in built.facts.items() if read.get(code) != value}
        extra = {c: v for c, v in read.items() if built.facts.get(c) != v and c not in built.debatable}
        gold[kind] += len(built.facts)
        found[kind] += len(built.facts) - len(missed)
        wrong[kind] += len(extra)
        if missed or extra:
            failing.append(f"seed {seed} {kind} {built.year} {built.text} missed {missed} wrong {extra}")
    shown = "\n".join(failing[:20])
    assert found.total() >= RECALL_MIN * gold.total(), shown
    assert found.total() >= PRECISION_MIN * (found.total() + wrong.total()), shown
    assert min(found[kind] / gold[kind] for kind in gold) >= 0.9, shown


def test_sentences_of_other_work_state_nothing() -> None:
    failing: list[str] = []
    for seed in range(COUNT):
        section, year, text = other_work(seed)
        facts = stated(Sentence(section, year, text, {}))
        if facts:
            failing.append(f"seed {seed} {section} {year} {text} {facts}")
    assert len(failing) <= COUNT // 300, "\n".join(failing)
