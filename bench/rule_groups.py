"""The groups of rules that can be switched off one at a time, and how: rows taken out of the cached seeds,
or a function replaced, in this process only.

A pattern that a lexicon group fed matches nothing without it; everything else is simply left out.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unittest.mock import patch

import seeds
import tasks.extract.agency
import tasks.extract.forms.labels
import tasks.extract.narrative
import tasks.extract.passages
import tasks.extract.windows

Row = dict[str, str]
Edit = Callable[[int, Row], Row | None]
"""Gives the row to use in place of a row of a seed and its position, or None to leave it out."""

NEVER = "(?!)"
"""A pattern that nothing matches."""

PROSE = frozenset(
    {
        *("narrative rules", "narrative rules' column", "narrative_rules.csv", "choices", "scope words"),
        *("topics", "absence rules", "absence rules' column", "absence_rules.csv", "negations"),
        *("renamed indicators", "windows", "disclosure", "year's number preferred"),
    }
)

_KEEPS = frozenset(
    f"tasks.extract.{name}" for name in ("region_table", "place_names", "regions", "agencies", "bodies")
)
"""Modules whose caches stay: they take long to fill, and no rule that is switched off feeds them."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A group of rules that can be off: `lines` is how many rows of data it has (0: it is code)."""

    group: str
    name: str
    lines: int
    off: Callable[[], AbstractContextManager[object]]

    @property
    def is_of_prose(self) -> bool:
        """Only what is read in prose can change without it."""
        return self.group in PROSE


def groups() -> list[Switch]:
    """Every group, in the order of the table."""
    return [
        *_by("narrative rules", "narrative_rules.csv", lambda row: _family(row["indicator"])),
        *(_column("narrative rules' column", "narrative_rules.csv", name) for name in _COLUMNS),
        *_by("choices", "choices.csv", lambda row: row["group"]),
        *_by("scope words", "scope_words.csv", lambda row: f"{row['scope']}, {row['where']}"),
        *_by("topics", "topics.csv", lambda row: row["topic"]),
        *_by("lexicon", "lexicon.csv", lambda row: row["name"], lambda row: {**row, "pattern": NEVER}),
        *_by("absence rules", "absence_rules.csv", lambda row: _family(row["indicator"])),
        *(_column("absence rules' column", "absence_rules.csv", name) for name in ("concepts", "unless")),
        *_by("negations", "negations.csv", lambda row: row["pattern"], lambda row: {**row, "pattern": NEVER}),
        *_by("renamed indicators", "renamed_indicators.csv", lambda _: "all"),
        *_by("units", "units.csv", lambda row: row["kind"]),
        *_by("section concepts", "section_concepts.csv", lambda row: row["concept"]),
        *_by("form synonyms", "forms/synonyms.csv", lambda row: row["form"]),
        *_by("local labels", "forms/form_local.csv", lambda _: "all"),
        *_by("local patterns", "forms/local_patterns.csv", lambda _: "all"),
        *_by("column roles", "forms/column_roles.csv", lambda row: row["role"]),
        *_by("signs of kind", "kind_signs.csv", lambda row: row["sign"]),
        *_by("metadata labels", "metadata_labels.csv", lambda row: row["field"]),
        *_code(),
        *map(_agency_step, _AGENCY_STEP.findall(inspect.getsource(tasks.extract.agency._steps))),
    ]


def single_lines(name: str) -> list[Switch]:
    """Each line of a seed by itself; its name tells the line of the file and its indicator."""
    return [
        Switch(name, f"{number + 2} {row['indicator']}", 1, _rows_off(name, _leave_out({number})))
        for number, row in enumerate(seeds.rows(name))
    ]


_COLUMNS = ("since", "units", "topics", "concepts", "unless", "scopes")
_AGENCY_STEP = re.compile(r'yield "(\d+ [^"]+)"')
"""How `tasks.extract.agency` names the steps of its cascade."""


def _family(indicator: str) -> str:
    """applications for applications_received; @mode and the like stay."""
    return indicator.partition("_")[0]


def _by(
    group: str, name: str, key: Callable[[Row], str], edit: Callable[[Row], Row | None] = lambda row: None
) -> Iterator[Switch]:
    """A switch for each value of `key`, which edits the rows that have it."""
    keyed = sorted((key(row), number) for number, row in enumerate(seeds.rows(name)))
    for value, members in groupby(keyed, key=lambda each: each[0]):
        numbers = {number for _, number in members}

        def change(number: int, row: Row, numbers: set[int] = numbers) -> Row | None:
            return edit(row) if number in numbers else row

        yield Switch(group, value, len(numbers), _rows_off(name, change))


def _column(group: str, name: str, column: str) -> Switch:
    lines = sum(bool(row[column]) for row in seeds.rows(name))
    return Switch(group, column, lines, _rows_off(name, lambda _, row: {**row, column: ""}))


def _leave_out(numbers: set[int]) -> Edit:
    return lambda number, row: None if number in numbers else row


def _rows_off(name: str, edit: Edit) -> Callable[[], AbstractContextManager[object]]:
    @contextmanager
    def off() -> Iterator[None]:
        rows = seeds.rows

        def edited(wanted: str) -> tuple[Row, ...]:
            if wanted != name:
                return rows(wanted)
            changed = (edit(number, row) for number, row in enumerate(rows(wanted)))
            return tuple(row for row in changed if row is not None)

        with patch.object(seeds, "rows", edited):
            yield

    return off


def _code() -> Iterable[Switch]:
    """Rules that are functions."""
    windows = tasks.extract.windows.windows

    def without_subject(*args: Any) -> Iterator[tuple[str, str, str, str]]:
        return ((before, behind, "", "") for before, behind, *_ in windows(*args))

    def without_behind(*args: Any) -> Iterator[tuple[str, str, str, str]]:
        return ((before, "", subject, "") for before, _, subject, _ in windows(*args))

    return (
        _patched("windows", "subject behind the number", tasks.extract.passages, "windows", without_subject),
        _patched("windows", "both sides together", tasks.extract.passages, "windows", without_behind),
        _patched("disclosure", "all", tasks.extract.narrative, "_disclosed", lambda *_: None),
        _patched("year's number preferred", "all", tasks.extract.narrative, "_is_rather", lambda *_: False),
        _patched("labels by likeness", "all", tasks.extract.forms.labels.Matcher, "_similar", lambda *_: []),
    )


def _patched(group: str, name: str, owner: object, attribute: str, value: object) -> Switch:
    getattr(owner, attribute)  # told now, not in the middle of a run, when the code has changed its names
    return Switch(group, name, 0, lambda: patch.object(owner, attribute, value))


def _agency_step(basis: str) -> Switch:
    steps = tasks.extract.agency._steps

    def without(*args: Any) -> Iterator[tuple[str, str | None]]:
        return (step for step in steps(*args) if step[0] != basis)

    return _patched("agency step", basis, tasks.extract.agency, "_steps", without)


def forget() -> None:
    """Clear what the rules have remembered of the seeds."""
    for name, module in list(sys.modules.items()):
        if name.startswith("tasks.extract") and name not in _KEEPS:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
