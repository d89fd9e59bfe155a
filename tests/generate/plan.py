"""What a page will be: generation, year, layout and mutations, drawn together so that they agree.

A mutation is a name that the other modules look up. `MUTATIONS` says for which forms and layouts it
makes sense and what it excludes; the page's own `only` set lets a failing page be shrunk to its cause.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.generate.model import stream

HTML_TABLES = frozenset({"table", "table-empty", "table-missing", "table-repeat"})
DIVS = frozenset({"div-rows", "div-spans"})
PIPES = frozenset({"pipes", "pipes-broken"})
LINES = frozenset({"lines", "lines-vanished"})
ROWED = HTML_TABLES | PIPES | {"tabs", "div-rows"}
ANY = HTML_TABLES | DIVS | PIPES | LINES | {"tabs"}
OLD = frozenset({"2014", "local"})
NEW = frozenset({"2019", "2021"})
ALL = OLD | NEW

LAYOUTS = (
    ("table", 34),
    ("table-empty", 10),
    ("table-missing", 8),
    ("table-repeat", 4),
    ("div-rows", 6),
    ("div-spans", 3),
    ("pipes", 7),
    ("pipes-broken", 5),
    ("tabs", 8),
    ("lines", 9),
    ("lines-vanished", 6),
)
FRAMES = ("plain", "jcms", "trs", "gkmlpt", "vsb", "portal")
CONTAINERS = (("txt", 5), ("html-p", 3), ("html-br", 2), ("html-pre", 1))


@dataclass(frozen=True, slots=True)
class Mutation:
    """A named change: `forms` and `layouts` it fits, mutations it `excludes`, how often it is drawn."""

    name: str
    forms: frozenset[str] = ALL
    layouts: frozenset[str] = ANY
    excludes: tuple[str, ...] = ()
    weight: float = 1.0


NUMBERING = ("number-dropped", "number-halfwidth", "number-changed")
WRAPS = ("label-br", "label-p", "label-span")
COUNTS = ("sep-comma", "sep-fullwidth-comma", "digits-fullwidth", "digits-spaced")
FILLS = ("mostly-zero", "mostly-blank", "no-blanks")
BLANKS = ("blanks-slash", "blanks-dash", "blanks-emdash", "blanks-mixed")
MERGES = ("merge-all", "merge-some", "merge-no-headings")

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation(name, excludes=FILLS) for name in FILLS),
    *(Mutation(name, excludes=(*BLANKS, "no-blanks")) for name in BLANKS),
    Mutation("totals-blank", NEW, excludes=("no-blanks", "header-cut")),
    Mutation("sums-broken", weight=2),
    Mutation("huge", weight=2),
    *(
        Mutation(name, excludes=COUNTS, layouts=HTML_TABLES if name == "digits-spaced" else ANY)
        for name in COUNTS
    ),
    Mutation("unit-in-cell", weight=1.2),
    Mutation("money-yuan-cell", excludes=("money-yuan-head",)),
    Mutation("money-wan-cell", excludes=("money-yuan-cell", "money-yuan-head")),
    Mutation("money-yuan-head", excludes=("money-wan-cell", "unit-dropped")),
    Mutation("change-plus", frozenset({"2019"})),
    Mutation("change-fullwidth-minus", frozenset({"2019"}), excludes=("change-words",)),
    Mutation("change-words", frozenset({"2019"}), weight=0.6),
    *(Mutation(name, excludes=NUMBERING) for name in NUMBERING),
    *(Mutation(name, layouts=HTML_TABLES | {"div-rows"}, excludes=WRAPS) for name in WRAPS),
    Mutation("label-lines", layouts=LINES),
    Mutation("bar-lines", layouts=frozenset({"lines"}), weight=3),
    Mutation("cells-barred", layouts=frozenset({"lines"}), excludes=("bar-lines", "label-lines"), weight=3),
    Mutation("label-spaced"),
    Mutation("label-short", excludes=("label-long",)),
    Mutation("label-long", frozenset({"2014", "2019", "2021"})),
    Mutation("ascii-punctuation", weight=1.2),
    Mutation(
        "header-cut",
        frozenset({"2014", "2019", "2021"}),
        excludes=("header-partial", "header-shifted", "split-repeat", "table4-two", *MERGES),
    ),
    Mutation("header-partial", NEW, excludes=("header-shifted",)),
    Mutation("header-shifted", NEW, weight=0.5),
    Mutation("split-repeat", excludes=MERGES),
    Mutation(
        "split-bare", frozenset({"2014", "2019", "2021"}), excludes=(*MERGES, "split-repeat"), weight=0.8
    ),
    Mutation("group-twice", NEW, HTML_TABLES),
    *(Mutation(name, NEW, excludes=MERGES) for name in MERGES),
    Mutation("table4-line", NEW, excludes=("table4-two", "totals-blank", "digits-spaced", *MERGES)),
    Mutation("table4-two", NEW, excludes=MERGES),
    Mutation(
        "turned",
        NEW,
        HTML_TABLES - {"table-missing"},
        excludes=(
            *("header-cut", "header-partial", "header-shifted", "split-repeat", "split-bare", "group-twice"),
            *("table4-line", "table4-two", "empty-column", "empty-rows", "foot-rows", *MERGES),
        ),
    ),
    *(
        Mutation(
            name,
            NEW,
            frozenset({"table", "table-empty"}),
            excludes=(
                "header-cut",
                "header-partial",
                "header-shifted",
                "turned",
                "table4-two",
                "group-twice",
                "split-repeat",
                "split-bare",
            ),
        )
        for name in ("numbered-columns", "total-first", "lawsuits-first")
    ),
    Mutation("number-fields", layouts=HTML_TABLES, excludes=("number-spans", "comment-debris"), weight=0.7),
    Mutation("wrong-generation", NEW | {"2014"}),
    Mutation("col-serial", OLD, ROWED | {"lines"}, excludes=("header-cut",)),
    Mutation(
        "col-remark", frozenset({"2014", "local"}), HTML_TABLES | {"div-rows"}, excludes=("header-cut",)
    ),
    Mutation("col-code", frozenset({"local"}), ROWED, excludes=("col-serial",)),
    Mutation("unit-dropped", OLD),
    Mutation("title-row", weight=1.2),
    Mutation("foot-rows", weight=1.2),
    Mutation("nbsp-numbers", layouts=HTML_TABLES | {"div-rows"}),
    Mutation("th-cells", layouts=HTML_TABLES),
    Mutation("nested-table", layouts=HTML_TABLES),
    Mutation("word-export", layouts=HTML_TABLES, excludes=("upper-tags",), weight=3),
    Mutation("upper-tags", layouts=HTML_TABLES | DIVS),
    Mutation("unclosed-tags", layouts=HTML_TABLES, excludes=("nested-table", "word-export")),
    Mutation("number-spans", layouts=HTML_TABLES | {"div-rows"}),
    Mutation("comment-debris", layouts=HTML_TABLES),
    Mutation("empty-rows", layouts=HTML_TABLES, weight=0.7),
    Mutation("empty-column", layouts=HTML_TABLES, weight=0.5, excludes=("col-remark",)),
    Mutation("gbk"),
    Mutation("gbk-wrong-meta", excludes=("gbk",)),
    Mutation("prose-disagrees"),
    Mutation("no-prose", excludes=("prose-disagrees",), weight=0.5),
    Mutation("last-year-column", frozenset({"local"})),
    Mutation("cumulative-first", frozenset({"local"}), excludes=("last-year-column",)),
    Mutation("joint-rows", frozenset({"local"}), weight=2),
)
BY_NAME = {m.name: m for m in MUTATIONS}
HOW_MANY = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7)
"""How many mutations a page bears besides its layout; few more often, so that failures have one cause."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The drawn page; `has(name)` asks for a mutation."""

    seed: int
    generation: str  # 2014 | 2019 | 2021 | local
    year: int
    layout: str
    container: str  # table | txt | html-p | html-br | html-pre: what carries a layout of text
    fill: str  # empty | missing | repeat | span: what stands in the place of spans
    frame: str
    flags: frozenset[str] = field(default_factory=frozenset)

    def has(self, name: str) -> bool:
        """Whether the page bears this mutation."""
        return name in self.flags

    @property
    def mutations(self) -> tuple[str, ...]:
        """All names a failure may be counted under."""
        carrier = () if self.container == "table" else (f"as-{self.container}",)
        return (f"form-{self.generation}", self.layout, *carrier, *sorted(self.flags))


def draw_flags(rng: random.Random, generation: str, layout: str) -> frozenset[str]:
    """Mutations that fit the form and the layout and each other."""
    fitting = [m for m in MUTATIONS if generation in m.forms and layout in m.layouts]
    chosen: set[str] = set()
    for _ in range(rng.choice(HOW_MANY)):
        mutation = rng.choices(fitting, [m.weight for m in fitting])[0]
        clash = any(c in mutation.excludes or mutation.name in BY_NAME[c].excludes for c in chosen)
        if not clash:
            chosen.add(mutation.name)
    return frozenset(chosen)


def draw_plan(seed: int, only: frozenset[str] | None = None) -> Plan:
    """The plan of a seed; `only` keeps a part of its mutations, nothing else changed."""
    rng = stream(seed, "plan")
    generation = rng.choices(("2014", "2019", "2021", "local"), (25, 27, 30, 18))[0]
    layout = rng.choices([n for n, _ in LAYOUTS], [w for _, w in LAYOUTS])[0]
    carried = layout in PIPES | LINES | {"tabs"}
    container = rng.choices([n for n, _ in CONTAINERS], [w for _, w in CONTAINERS])[0] if carried else "table"
    fills = {"table": "span", "table-empty": "empty", "table-missing": "missing", "table-repeat": "repeat"}
    fill = fills.get(layout) or rng.choice(
        ("missing", "empty") if layout in PIPES | {"tabs"} else ("missing",)
    )
    flags = draw_flags(stream(seed, "flags"), generation, layout)
    flags = flags if only is None else flags & only
    years = {"2014": (2014, 2018), "2019": (2019, 2020), "2021": (2021, 2024), "local": (2008, 2018)}
    first, last = years[generation]
    year = rng.randint(first, last)
    if "wrong-generation" in flags:
        year = {"2019": 2021 + seed % 2, "2021": 2020, "2014": 2019}[generation]
    return Plan(seed, generation, year, layout, container, fill, rng.choice(FRAMES), flags)
