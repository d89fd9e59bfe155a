"""A document's statutory forms: every grid is offered to every form, and what the page carries is decided."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tasks.extract.forms.confirmed import confirmed
from tasks.extract.forms.grid import MAX_ROWS, Grid
from tasks.extract.forms.labels import fold
from tasks.extract.forms.listform import FORM_2014, FORM_LOCAL, State
from tasks.extract.forms.pages import Offered, offered
from tasks.extract.forms.placed import Placed, Read, Unplaced
from tasks.extract.forms.table2 import read_table2
from tasks.extract.forms.table3 import read_table3
from tasks.extract.forms.table4 import read_table4, read_tail
from tasks.extract.lexicon import phrase
from tasks.frozen import frozen
from tasks.values import Check, Document, Fact, FormCell

# Fewer matching labels than this in a document are a coincidence, not a form.
MIN_LABELS = 3
# A small table beside a form is part of it when this share of its rows with numbers is known.
KNOWN_SHARE = 0.5
# A label of fewer characters (总计, 其他) says nothing about which table it stands in.
MIN_TELLING = 4
# The same place of a form with two values: one of them is not this report's.
CONFLICT = 0.5
# Rows named in one check.
MOST_NAMED = 5
# From this report year on the 2021 form is in force (国办公开办函〔2021〕30号).
FORM_2021_SINCE = 2021
_CUT = Check(
    "form_cut", "warning", False, None, None, f"Of a table that is a form only {MAX_ROWS} rows were read."
)
_YEAR = re.compile(r"(20\d\d)\s*年")
STATUTORY = "statutory"  # tables 2 to 4
_LISTS = (FORM_2014, FORM_LOCAL)
# Rows that only one generation of table 3 has: the 2021 form splits （六）其他处理 in three.
_ONLY_2021 = {"outcome_other_not_corrected", "outcome_other_fee_unpaid"}


@frozen
class Reading:
    """What the forms of a document say. `form` is None when it carries none."""

    form: str | None
    cells: tuple[FormCell, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...] = ()

    @property
    def filled(self) -> int:
        """Cells in which a number is printed."""
        return sum(cell.value is not None for cell in self.cells)


def read_forms(document: Document, year: int | None) -> Reading:
    """Read every statutory or local form among the document's tables. `year`: the year reported on."""
    tried, set_aside = _tried(document, year)
    accepted = list(_accepted(tried))
    reads = [read for _, part in accepted for read in part]
    printed = [read for read in reads if isinstance(read, Placed)]
    placed, doubted = confirmed(printed)
    generation = _generation(placed, year)
    forms = Counter(p.form or generation for p in placed)
    stated = [(p, p.value) for p in placed]
    conflicts = _conflicts(stated)
    return Reading(
        form=forms.most_common(1)[0][0] if forms else None,
        cells=tuple(p.form_cell(generation, value) for p, value in stated),
        facts=tuple(_facts(document, stated, conflicts)),
        checks=(
            *_checks([read for read in reads if isinstance(read, Unplaced)], conflicts),
            *_doubts(doubted),
            *(_CUT for grid, _ in accepted if grid.was_cut),
            *_set_aside(set_aside),
        ),
    )


@frozen
class Tried:
    """A grid and what each kind of form reads in it; `lists`: by the form's name."""

    grid: Grid
    statutory: list[Read]
    lists: dict[str, list[Read]]

    def best(self, favourite: str) -> tuple[str, list[Read]]:
        """The kind that reads most; of the lists the document's favourite unless another reads far more."""
        rows = {name: _rows(reads) for name, reads in self.lists.items() if reads}
        name = max(rows, key=lambda one: rows[one], default=STATUTORY)
        if rows.get(name, 0) < rows.get(favourite, 0) + MIN_LABELS:
            name = favourite
        if rows.get(name, 0) <= _rows(self.statutory):
            return STATUTORY, self.statutory
        return name, self.lists[name]


def _tried(document: Document, year: int | None) -> tuple[list[Tried], list[str]]:
    """The grids as every kind of form; and the captions of those that stand again and are another's."""
    states = {form.name: State() for form in _LISTS}
    offers = list(offered(document))
    keeps_blanks = any(offer.grid.keeps_blanks for offer in offers)
    tried: list[Tried] = []
    set_aside: list[str] = []
    seen: set[Place] = set()
    for offer in offers:
        one = _try(offer, keeps_blanks, year, states)
        places = {(r.indicator, r.member) for r in one.statutory if isinstance(r, Placed) and r.indicator}
        if len(places & seen) > len(places) / 2 and _is_anothers(offer.caption, year):
            set_aside.append(offer.caption)
        else:
            seen |= places
            tried.append(one)
    return tried, set_aside


def _accepted(tried: Sequence[Tried]) -> Iterator[tuple[Grid, list[Read]]]:
    """What the grids say that are a form or part of one."""
    names = [form.name for form in _LISTS]
    rows = Counter({name: sum(_rows(one.lists.get(name, ())) for one in tried) for name in names})
    favourite = rows.most_common(1)[0][0]
    best = [(one.grid, *one.best(favourite)) for one in tried]
    for kind in (STATUTORY, *names):
        alike = [(grid, reads) for grid, name, reads in best if name == kind]
        if _rows(read for _, reads in alike for read in reads) < MIN_LABELS:
            continue
        for grid, reads in alike:
            if kind == STATUTORY or _rows(reads) >= MIN_LABELS or _is_part(grid, reads):
                yield grid, reads


def _is_anothers(caption: str, year: int | None) -> bool:
    """Whether a caption over a form that stands again says that it is another year's, or of a part."""
    if phrase("form_of_others").search(caption):
        return True
    years = {int(digits) for digits in _YEAR.findall(caption)}
    return year is not None and bool(years) and year not in years


def _try(offer: Offered, keeps_blanks: bool, year: int | None, states: dict[str, State]) -> Tried:
    """Read a grid as every kind of form; the lists leave in `states` what their next table goes on with."""
    statutory = _statutory(offer, keeps_blanks)
    lists: dict[str, list[Read]] = {}
    if _rows(statutory) < MIN_LABELS and not offer.is_bare:
        for form in _LISTS:
            state = replace(states[form.name])
            lists[form.name] = form.read(offer.grid, year, state)
            if _rows(lists[form.name]) >= MIN_LABELS or not states[form.name].columns.slots:
                states[form.name] = state
    return Tried(offer.grid, statutory, lists)


def _statutory(offer: Offered, keeps_blanks: bool) -> list[Read]:
    grid = offer.grid
    table3 = list(read_table3(grid, keeps_blanks))
    telling = {path for r in table3 if len(fold((path := r.row_path).rsplit("/", 1)[-1])) >= MIN_TELLING}
    if len(telling) < (1 if any(isinstance(r, Placed) for r in table3) else MIN_LABELS):
        table3 = []
    table4 = list(read_table4(grid, offer.above, keeps_blanks and not offer.is_bare)) or (
        list(read_tail(grid)) if table3 else []
    )
    return [*read_table2(grid, keeps_blanks), *table3, *table4]


def _rows(reads: Iterable[Read]) -> int:
    """Rows of a form; table 4 has but one, so its columns count."""
    return len({(r.table_no, r.row_path, r.column) for r in reads})


def _is_part(grid: Grid, reads: Iterable[Read]) -> bool:
    filled = sum(any(p.number is not None for p in entry.values) for entry in grid.entries)
    return len({r.row_path for r in reads}) >= KNOWN_SHARE * filled


def _generation(placed: Iterable[Placed], year: int | None) -> str:
    """Tables 3 and 4 look alike in both generations: table 2 and the split rows tell, else the year."""
    told = Counter(p.form for p in placed if p.table_no == 2 and p.form is not None)
    if any(p.indicator in _ONLY_2021 for p in placed):
        told["form-2021"] += 1
    if told:
        return told.most_common(1)[0][0]
    return "form-2021" if year is not None and year >= FORM_2021_SINCE else "form-2019"


Place = tuple[str, str | None]
Stated = Sequence[tuple[Placed, float | None]]


def _conflicts(stated: Stated) -> dict[Place, set[float]]:
    """Indicators that the forms state with different values."""
    first: dict[Place, float] = {}
    others: dict[Place, set[float]] = defaultdict(set)
    for p, value in stated:
        if p.indicator is not None and value is not None:
            place = p.indicator, p.member
            if first.setdefault(place, value) != value:
                others[place].add(value)
    return {place: {first[place], *several} for place, several in others.items()}


def _facts(document: Document, stated: Stated, conflicts: dict[Place, set[float]]) -> Iterator[Fact]:
    """A fact for each place of a form in which a number is printed; the first print of a value counts."""
    seen: set[tuple[str, str | None, float]] = set()
    for p, value in stated:
        if p.indicator is None or value is None or (key := (p.indicator, p.member, value)) in seen:
            continue
        seen.add(key)
        cell = p.printed.cell
        yield Fact(
            indicator=p.indicator,
            value=value,
            unit=p.unit,
            origin="form",
            evidence=document.text_of(cell),
            evidence_start=cell.start,
            evidence_end=cell.end,
            dimension="applicant" if p.member else None,
            member=p.member,
            table_no=p.table_no,
            row_no=p.row_no,
            col_no=p.col_no,
            confidence=min(p.confidence, CONFLICT) if (p.indicator, p.member) in conflicts else p.confidence,
            page=cell.page,
        )


def _doubts(doubted: Sequence[str]) -> Iterator[Check]:
    """Sums of a form that was recognised, or whose cells no rule shows, that do not come out."""
    if doubted:
        named = "；".join(doubted[:MOST_NAMED])
        message = f"{len(doubted)} sum(s) of a form that is read with doubt do not come out: {named}"
        yield Check("form_recognised", "warning", False, None, str(len(doubted)), message)


def _set_aside(captions: Sequence[str]) -> Iterator[Check]:
    """Forms that stand again under a caption of another year, or of a part."""
    if captions:
        message = (
            f"{len(captions)} form(s) that stand again were left out: {'；'.join(captions[:MOST_NAMED])}"
        )
        yield Check("form_set_aside", "warning", False, None, str(len(captions)), message)


def _checks(lost: list[Unplaced], conflicts: dict[Place, set[float]]) -> Iterator[Check]:
    """What could not be read, and what is stated twice."""
    if lost:
        named = "；".join(f"{one.row_path or '表四'}: {' '.join(one.texts)}" for one in lost[:MOST_NAMED])
        message = f"{len(lost)} row(s) of a form whose numbers fit several columns were not read: {named}"
        yield Check("form_unplaced", "warning", False, None, str(len(lost)), message)
    if conflicts:
        named = "；".join(
            f"{indicator}{f' ({member})' if member else ''}: {', '.join(f'{v:g}' for v in sorted(values))}"
            for (indicator, member), values in sorted(conflicts.items(), key=str)[:MOST_NAMED]
        )
        message = f"{len(conflicts)} figure(s) stand in the forms with different values: {named}"
        yield Check("form_conflict", "warning", False, None, str(len(conflicts)), message)
