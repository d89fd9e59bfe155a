"""What each group of rules contributes: the labelled pages read again with one group switched off at a time.

    python -m bench.ablation        (make ablation)

Prints a Markdown table; then the single lines of the prose and absence rules without which nothing changes
on any set. Pages are cleaned once, so what a seed does in `tasks.clean` is not switched off. Rules that
change nothing here may still matter on other pages: a reason to look at them, not to delete them. Told apart
are facts, figures with their scope, fields and kinds; not sections, cells without a fact, contacts.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import tasks.extract
from bench.labelled import ORIGINS, Labelled, Score, add, labelled_pages
from bench.rule_groups import Switch, forget, groups, single_lines
from tasks.values import Document

LINES = ("narrative_rules.csv", "absence_rules.csv")

STEADY = (
    "find_sections",
    "read_metadata",
    "read_forms",
    "judge",
    "find_contacts",
    "find_citations",
    "find_findings",
)
"""The steps of `extract` that do not depend on the rules of prose: their results are kept for those."""

_kept: dict[tuple[str, str, int], object] = {}
_pages: list[Labelled] = []
_switches: list[Switch] = []


def main() -> None:
    start = time.perf_counter()
    sets = labelled_pages()
    _pages.extend(page for pages in sets.values() for page in pages)
    grouped = groups()
    lines = [line for name in LINES for line in single_lines(name)]
    _switches.extend([*grouped, *lines])
    with _steady():
        whole = _measure()
    print(", ".join(f"{name} {len(pages)}" for name, pages in sets.items()), "pages")
    # Forked, so that every process has the pages and the same state of the rules.
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        scores = pool.map(_without, range(len(_switches)), chunksize=4)
    _print_table(whole, zip(grouped, scores, strict=False))
    _print_lines(whole, zip(lines, scores[len(grouped) :], strict=True))
    print(f"\n{time.perf_counter() - start:.0f} s", file=sys.stderr)


def _measure() -> Score:
    score = Score()
    for page in _pages:
        add(score, page, tasks.extract.extract(page.document))
    return score


def _without(number: int) -> Score:
    """The score with one switch off."""
    forget()
    switch = _switches[number]
    with switch.off(), ExitStack() as stack:
        if switch.is_of_prose:
            stack.enter_context(_steady())
        return _measure()


@contextmanager
def _steady() -> Iterator[None]:
    """Take the results of the STEADY steps from those kept, if the step has seen the document before."""

    def keeping(name: str, step: Callable[..., object]) -> Callable[..., object]:
        def kept(document: Document, *args: Any) -> object:
            key = name, document.document_id, len(document.blocks)
            if key not in _kept:
                _kept[key] = step(document, *args)
            return _kept[key]

        return kept

    with ExitStack() as stack:
        for name in STEADY:
            step = getattr(tasks.extract, name)
            stack.enter_context(patch.object(tasks.extract, name, keeping(name, step)))
        yield


def _print_table(whole: Score, measured: Iterable[tuple[Switch, Score]]) -> None:
    heads = ("without", "lines", *(f"recall {o}" for o in ORIGINS), "precision", "facts lost", "wrong facts")
    print("\n| " + " | ".join((*heads, "wrong fields", "wrong kinds")) + " |")
    print("|---|" + "---:|" * (len(heads) + 1))
    _print_row("(nothing)", "", whole, whole)
    idle: dict[str, list[str]] = {}
    for switch, score in measured:
        if score.is_like(whole):
            idle.setdefault(switch.group, []).append(f"`{switch.name}` ({switch.lines})")
        else:
            _print_row(f"{switch.group}: {switch.name}", str(switch.lines or ""), score, whole)
    print("\nGroups without which no fact, figure, field or kind changes (lines):\n")
    for group, names in idle.items():
        print(f"- {group}: {', '.join(names)}")


def _print_row(name: str, lines: str, score: Score, whole: Score) -> None:
    """Facts lost and what is wrong are told as differences from all rules together."""
    cells = [
        name.replace("|", "\\|"),
        lines,
        *(f"{score.recall(origin):.4f}" for origin in ORIGINS),
        f"{score.precision:.4f}",
        f"{whole.found.total() - score.found.total():+d}",
        f"{(score.reported - score.right) - (whole.reported - whole.right):+d}",
        f"{score.fields_wrong - whole.fields_wrong:+d}",
        f"{score.kinds_wrong - whole.kinds_wrong:+d}",
    ]
    print("| " + " | ".join(cells) + " |")


def _print_lines(whole: Score, measured: Iterable[tuple[Switch, Score]]) -> None:
    same: dict[str, list[str]] = {}
    better: dict[str, list[str]] = {}
    for switch, score in measured:
        if score.is_like(whole):
            same.setdefault(switch.group, []).append(switch.name)
        elif score.found.total() >= whole.found.total() and score.precision >= whole.precision:
            better.setdefault(switch.group, []).append(switch.name)
    for words, found in (("nothing changes", same), ("the scores do not fall", better)):
        print(f"\nSingle lines (line of the file, indicator) without which {words}:\n")
        for name, lines in found.items():
            print(f"- {name} ({len(lines)}): {', '.join(lines)}")


if __name__ == "__main__":
    main()
