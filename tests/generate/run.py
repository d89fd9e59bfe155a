"""Runs clean and extract on generated pages, counts failures per mutation, shrinks a page to its cause."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.generate.compare import Outcome, compare
from tests.generate.model import Generated
from tests.generate.page import generate

FETCHED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def read(page: Generated) -> Outcome:
    """The page through the engine's two doors."""
    from tasks.clean import clean
    from tasks.extract import extract
    from tasks.values import Page

    media = "text/plain" if page.name.endswith(".txt") else "text/html"
    fetched = Page(page.name, page.name, page.content, media, FETCHED)
    return compare(page, extract(clean(fetched)))


@dataclass(slots=True)
class Tally:
    """Pages and outcomes of a run."""

    pages: list[tuple[Generated, Outcome]] = field(default_factory=list)

    def total(self, count: Callable[[Outcome], int]) -> int:
        """A count summed over the pages."""
        return sum(count(outcome) for _, outcome in self.pages)

    @property
    def form_recall(self) -> float:
        """Right form figures among those the pages print and place."""
        return self.total(lambda o: o.form_right) / max(1, self.total(lambda o: o.form_facts))

    @property
    def prose_recall(self) -> float:
        """Found prose facts among gold's."""
        missed = self.total(lambda o: len(o.prose_missed))
        return 1 - missed / max(1, self.total(lambda o: o.prose_facts))

    @property
    def prose_precision(self) -> float:
        """Right prose facts among those reported."""
        wrong = self.total(lambda o: len(o.prose_wrong))
        return 1 - wrong / max(1, self.total(lambda o: o.prose_reported))

    def summary(self) -> str:
        """One line of totals."""
        right, facts = self.total(lambda o: o.form_right), self.total(lambda o: o.form_facts)
        unsure, silent = self.total(lambda o: o.form_unsure), self.total(lambda o: len(o.silent))
        guessed, missing = self.total(lambda o: len(o.guessed)), self.total(lambda o: len(o.missing))
        flagged = self.total(lambda o: len(o.flagged))
        return (
            f"{len(self.pages)} pages · form {right}/{facts} right ({self.form_recall:.4f}), "
            f"{unsure} of them unsure · silent {silent}, guessed {guessed}, missing {missing}, "
            f"flagged wrong {flagged} · "
            f"pages failing {sum(o.form_failed for _, o in self.pages)} · "
            f"prose recall {self.prose_recall:.4f}, "
            f"precision {self.prose_precision:.4f} · fields differ {self.total(lambda o: len(o.fields))}"
        )

    def table(self) -> str:
        """Failures per mutation, worst share first, with two seeds each."""
        rows: dict[str, list[tuple[Generated, Outcome]]] = defaultdict(list)
        for page, outcome in self.pages:
            for name in page.mutations:
                rows[name].append((page, outcome))
        lines = [
            f"{'mutation':24}{'pages':>6}{'failing':>8}"
            f"{'silent':>8}{'guess':>7}{'missing':>8}{'flagged':>8}  seeds"
        ]

        def share(name: str) -> float:
            return -sum(o.form_failed for _, o in rows[name]) / len(rows[name])

        for name in sorted(rows, key=lambda n: (share(n), n)):
            bad = [(p, o) for p, o in rows[name] if o.form_failed]
            sums = [
                sum(len(getattr(o, k)) for _, o in rows[name])
                for k in ("silent", "guessed", "missing", "flagged")
            ]
            seeds = " ".join(str(p.seed) for p, _ in bad[:2])
            lines.append(
                f"{name:24}{len(rows[name]):6}{len(bad):8}"
                f"{sums[0]:8}{sums[1]:7}{sums[2]:8}{sums[3]:8}  {seeds}"
            )
        return "\n".join(lines)


def run(seeds: Iterable[int]) -> Tally:
    """Every seed's page read and compared."""
    tally = Tally()
    for seed in seeds:
        page = generate(seed)
        tally.pages.append((page, read(page)))
    return tally


def shrink(page: Generated, fails: Callable[[Outcome], bool]) -> Generated:
    """The page with as few mutations as still fail; its layout and frame stay."""
    kept = frozenset(page.mutations)
    smallest = page
    for name in page.mutations:
        less = generate(page.seed, kept - {name})
        if less.mutations != smallest.mutations and fails(read(less)):
            kept, smallest = kept - {name}, less
    return smallest


def causes(
    tally: Tally, fails: Callable[[Outcome], bool], limit: int = 400
) -> dict[tuple[str, ...], list[int]]:
    """Minimal mutation sets of the failing pages, most frequent first, with their seeds."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for page in [p for p, o in tally.pages if fails(o)][:limit]:
        found[shrink(page, fails).mutations].append(page.seed)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))
