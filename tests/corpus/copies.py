"""What is repeated: sections of the year before and of other bodies, with some sentences changed."""

from __future__ import annotations

import random
from collections import defaultdict

from tests.corpus.bodies import Year
from tests.warehouse.reuse.prose import SIGNS, sentences

CONCEPTS = ("overview", "proactive", "problems_measures")
SLOGANS = sentences("slogans", 4)
Place = tuple[int, str]


def plant_copies(years: list[Year], share: float, seed: int) -> dict[Place, list[int]]:
    """Copy in a `share` of the sections; returns for each section, by report number and concept, the
    identities of its sentences, which are equal where one is a copy of the other."""
    dice = random.Random(seed)
    by_year: dict[int, list[Year]] = defaultdict(list)
    for each in years:
        by_year[each.year].append(each)
    fresh = iter(range(10**9))
    identities = {
        (each.number, concept): [next(fresh) for _ in each.texts[concept]]
        for each in years
        for concept in CONCEPTS
        if concept in each.texts
    }
    for year in sorted(by_year):
        for each in by_year[year]:
            for concept in CONCEPTS:
                if concept not in each.texts or len(each.texts[concept]) < 4:
                    continue
                if dice.random() < share:
                    source = _source(each, by_year, dice)
                    if source is not None and len(source.texts.get(concept, ())) >= 8:
                        _copy(each, source, concept, identities, dice, fresh)
                elif dice.random() < 0.3:  # slogans that everybody uses
                    each.texts[concept][:2] = SLOGANS[:2]
                    identities[each.number, concept][:2] = [-1, -2]
    return identities


def _source(each: Year, by_year: dict[int, list[Year]], dice: random.Random) -> Year | None:
    """The body's last report, or one of another body of this year or the last."""
    if dice.random() < 0.5:
        return next((last for last in by_year.get(each.year - 1, ()) if last.body == each.body), None)
    others = [*by_year.get(each.year - 1, ()), *by_year[each.year]]
    other = dice.choice(others)
    return None if other.body == each.body else other


def _copy(
    each: Year,
    source: Year,
    concept: str,
    identities: dict[Place, list[int]],
    dice: random.Random,
    fresh: object,
) -> None:
    words = list(source.texts[concept])
    same = list(identities[source.number, concept])
    for place in dice.sample(range(len(words)), dice.randint(0, len(words) // 4)):
        words[place] = sentences(dice.random(), 1)[0]
        same[place] = next(fresh)  # type: ignore[call-overload]
    edited = dice.randrange(len(words))  # one word changed, a figure put in, the body's own name
    words[edited] = words[edited][:5] + dice.choice(SIGNS) + words[edited][6:]
    words[edited - 1] = f"{each.year}年" + words[edited - 1]
    words[edited - 2] = each.agency + words[edited - 2]
    each.texts[concept], identities[each.number, concept] = words, same


def repeated(years: list[Year], identities: dict[Place, list[int]]) -> set[tuple[int, str, str]]:
    """Report number, concept and `against` of the sections of which at least half stands elsewhere."""
    holders: dict[int, set[Place]] = defaultdict(set)
    for place, sentence_ids in identities.items():
        for identity in sentence_ids:
            holders[identity].add(place)
    known = {each.number: each for each in years}
    found = set()
    for (number, concept), sentence_ids in identities.items():
        shared: dict[Place, int] = defaultdict(int)
        before: dict[int, int] = defaultdict(int)
        this = known[number]
        for identity in sentence_ids:
            for other_number, other_concept in holders[identity]:
                other = known[other_number]
                if other.body != this.body and 0 <= this.year - other.year <= 1:
                    shared[other_number, other_concept] += 1
                if other.body == this.body and other.year == this.year - 1:
                    before[identity] = 1
        if 2 * max(shared.values(), default=0) >= len(sentence_ids):
            found.add((number, concept, "other_body"))
        if 2 * sum(before.values()) >= len(sentence_ids):
            found.add((number, concept, "previous_year"))
    return found
