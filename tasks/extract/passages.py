"""Every quantity of the prose with its surroundings: its words, the topic of the passage, whose number it is.

Here belongs what stands around a number; what it makes of it is the business of `rules` and `disclosure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import seeds
from tasks.extract.lexicon import compile_pattern
from tasks.extract.numbers import Quantity, find_quantities
from tasks.extract.scope import SHARE, scope_of
from tasks.extract.sentences import Sentence, find_sentences
from tasks.extract.windows import WINDOW, widened, windows
from tasks.values import Document, Section

# How far back the words of a sentence count for what a number is about.
SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in its sentence.

    `prefix` and `suffix`: the words that belong to it, quotes and blanks removed; `subject`: those behind a
    number that opens its clause; `before`: the sentence up to it; `topics`: what the passage is about;
    `about`: the sentence says that it is about open information, `paragraph_about`: the paragraph does.
    """

    quantity: Quantity
    sentence: Sentence
    prefix: str
    suffix: str
    subject: str
    before: str
    topics: frozenset[str]
    about: bool
    paragraph_about: bool
    scope: str


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["topic"], compile_pattern(r["pattern"])) for r in seeds.rows("topics.csv"))


@cache
def _topic_of(concept: str | None) -> str:
    """The topic that a section of this concept is about, '' if it has none of its own."""
    return next((r["topic"] for r in seeds.rows("topics.csv") if concept in r["concepts"].split()), "")


def find_places(document: Document, sections: Sequence[Section], year: int | None) -> Iterator[Place]:
    """Every quantity of the prose with its surroundings, in order."""
    paragraph, topic, about = -1, "", False
    around: Sentence | None = None
    for sentence in find_sentences(document, sections):
        if sentence.paragraph != paragraph:
            paragraph, topic, about = sentence.paragraph, "", False
        about = about or is_about(sentence.text)
        here = topic
        if sentence.in_bracket and around is not None:
            here = _last_topic(around.text[: sentence.start - around.start][-SENTENCE:]) or topic
        yield from _places(sentence, here or _topic_of(sentence.concept), about, year)
        if not sentence.in_bracket:
            around = sentence
            topic = _last_topic(sentence.text[-SENTENCE:]) or topic


@cache
def _about() -> re.Pattern[str]:
    return compile_pattern("{about}")


def is_about(text: str) -> bool:
    """The text says that it is about open information."""
    return _about().search(text) is not None


def _last_topic(text: str) -> str:
    """The topic named last in a text, '' if none."""
    best, found = -1, ""
    for topic, pattern in _topics():
        for match in pattern.finditer(text):
            if match.end() > best:
                best, found = match.end(), topic
    return found


def _places(sentence: Sentence, topic: str, paragraph_about: bool, year: int | None) -> Iterator[Place]:
    text = widened(sentence.text)
    quantities = find_quantities(text)
    about = is_about(text)
    for q, (prefix, suffix, subject) in zip(quantities, windows(text, quantities), strict=True):
        before = text[max(0, q.start - SENTENCE) : q.start]
        after = text[q.end : q.end + WINDOW]
        topics = frozenset((_last_topic(before) or topic, _topic_of(sentence.concept)))
        scope = SHARE if q.unit.kind == "share" else scope_of(before, after, year, sentence.concept)
        yield Place(q, sentence, prefix, suffix, subject, before, topics, about, paragraph_about, scope)
