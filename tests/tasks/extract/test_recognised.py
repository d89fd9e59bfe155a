"""Facts from recognised text: prose is as sure as its line, and as the form that states the same."""

from __future__ import annotations

from dataclasses import replace

from tasks.extract.recognised import located
from tasks.values import Document, Fact, Place

TEXT = "收到申请64件，\n办结62件。\n"
LINES = (Place(0, 8, 1, (90, 100, 400, 112), 0.95), Place(9, 15, 2, (90, 80, 300, 92), 0.7))


def document(*places: Place) -> Document:
    return Document("d", "scan.png", "image/*", None, TEXT, (), places=places)


def fact(indicator: str, words: str, value: float, origin: str = "narrative") -> Fact:
    start = TEXT.index(words)
    return Fact(indicator, value, "件", origin, words, start, start + len(words))


RECEIVED = fact("applications_received", "申请64件", 64)
CONCLUDED = fact("applications_concluded", "办结62件", 62)


def test_a_number_in_prose_has_the_page_and_the_confidence_of_its_line() -> None:
    first, second = located(document(*LINES), [RECEIVED, CONCLUDED])
    assert (first.page, first.confidence) == (1, 0.95)
    assert (second.page, second.confidence) == (2, 0.7)


def test_words_over_two_lines_are_as_sure_as_the_less_sure_one() -> None:
    both = replace(RECEIVED, evidence_end=CONCLUDED.evidence_end)
    [one] = located(document(*LINES), [both])
    assert (one.page, one.confidence) == (1, 0.7)


def test_prose_is_as_sure_as_the_form_that_states_the_same_value() -> None:
    form = fact("applications_concluded", "62", 62, "form")
    assert [one.confidence for one in located(document(*LINES), [form, CONCLUDED])] == [1, 1]
    other = replace(form, value=61.0)
    assert [one.confidence for one in located(document(*LINES), [other, CONCLUDED])] == [1, 0.7]


def test_a_web_page_has_no_pages() -> None:
    assert located(document(), [RECEIVED]) == (RECEIVED,)
