"""Sentences of other work whose numbers are no figure of a report: petitions, hotlines, visits, checks.

Here: what was done, to what, in which unit (other_work.txt), at random. Not here: sentences with figures
(`sentences`). What a reader could count (a call with a question about policy, a training whose subject is
not said, a complaint of no named kind) is left out.
"""

from __future__ import annotations

import random
from pathlib import Path

from tests.generate.wordings import words

LEADS = words(
    "||{y}年，|全年|我局|主动公开政府信息方面。|认真做好信息公开工作，|加强政务公开平台建设，|一年来，|截至{y}年底，"
)
LINES = Path(__file__).with_name("other_work.txt").read_text("utf-8").splitlines()
OTHER_WORK = [[part.split("/") for part in line.split(" | ")] for line in LINES if not line.startswith("#")]
# Letters of test_prose_cases.HEADINGS: an overview, disclosure, requests, meetings and other sections.
SECTIONS = "ZZZNMLIPOAQ"


def other_work(seed: int) -> tuple[str, int, str]:
    """The section's letter, the year and a sentence of one to three things done."""
    rng = random.Random(seed)
    year = rng.randint(2013, 2025)
    parts = [
        rng.choice(verbs) + rng.choice(objects) + rng.choice(amounts).format(rng.randint(2, 900))
        for verbs, objects, amounts in rng.choices(OTHER_WORK, k=rng.choice((1, 1, 2, 3)))
    ]
    text = rng.choice(LEADS).replace("{y}", str(year)) + rng.choice("，；、").join(parts)
    return rng.choice(SECTIONS), year, text + "。"
