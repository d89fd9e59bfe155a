"""Fills `sketches` and `repeats`: what is new is sketched, and what it may concern is measured again.

The same rows come out in whichever order reports arrive; a second run writes nothing. (When a page comes with
other words, reports that only might have been compared with the old ones keep their rows.) The steps are the
SQL files beside this module, in the order of `measure`; the numbers they take stand here.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

import seeds
from warehouse.contract import REPEATS
from warehouse.lake import Warehouse
from warehouse.reuse.spans import SPAN, shared_characters

FOLDER = Path(__file__).parent

SHORTEST = 40
"""Characters of own words below which a section is not measured: a sentence or two are alike by chance."""

MARKS = 16
"""Marks of a sketch: of two sections with half of their clauses in common, 98 in 100 share two or more."""

HEADS = 6
"""Bodies that stand for all that share a mark in a year."""

CANDIDATES = 6
"""Sections measured against each section, the likeliest first."""

THRESHOLD, KEPT = 0.5, 3
"""The share from which another body's section is kept, and how many of them."""

NEAR = (0.15, 0.95)
"""Shares in whole clauses between which the two texts are laid side by side character by character: below,
nobody would call them alike; above, nothing is to gain. A pair takes 0.05 ms."""

PAIRS_AT_ONCE = 5_000

GONE = """
    (FROM repeats WHERE document_id NOT IN (SELECT document_id FROM bodies)
    OR other_document_id NOT IN (SELECT document_id FROM bodies))
"""
"""Rows of reports that are none any more."""

_TEMPORARY = (
    *("bodies", "numbered", "previous", "fresh", "arrived", "clauses", "wanted", "form_marks", "sketched"),
    *("posts", "shared_posts", "heads", "affected", "candidates", "pairs", "spans", "measured"),
)
_COMPARED = ", ".join(REPEATS.names)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measurement did: reports that were new to it, reports measured, those with other rows than
    before."""

    fresh: int
    measured: int
    changed: int
    seconds: float

    @property
    def message(self) -> str:
        return (
            f"{self.measured:,} reports compared with others, {self.fresh:,} of them new; "
            f"{self.changed:,} with other shares than before"
        )


def measure(warehouse: Warehouse) -> Measured:
    """Measure what is new in the warehouse against everything in it. Raises GongkaiError (full disk)."""
    start = time.perf_counter()
    with warehouse.transaction() as connection:
        counts = _measure(connection)
        for name in _TEMPORARY:  # after an error they leave with the transaction
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    return Measured(*counts, time.perf_counter() - start)


def _measure(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    connection.execute(_sql("clauses"))
    _run(connection, "bodies", rules=_version())
    if not _count(connection, "fresh") and not _count(connection, GONE):
        return 0, 0, 0
    _prepare(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS FROM fresh")
    _run(connection, "clauses_of_wanted", prescribed=_prescribed())
    _run(connection, "sketches", rules=_version(), shortest=SHORTEST, marks=MARKS)
    if _count(connection, "fresh"):
        connection.execute(
            "DELETE FROM sketches "
            "WHERE document_id IN (SELECT document_id FROM bodies SEMI JOIN fresh USING (doc))"
        )
        connection.execute("INSERT INTO sketches BY NAME FROM sketched")
    _run(connection, "affected", heads=HEADS)
    _run(connection, "candidates", candidates=CANDIDATES)
    _run(connection, "clauses_of_wanted", prescribed=_prescribed())
    _run(connection, "scores", shortest=SHORTEST)
    _find_spans(connection)
    _run(connection, "results", shortest=SHORTEST, threshold=THRESHOLD, kept=KEPT)
    return _count(connection, "fresh"), _count(connection, "affected"), _exchange(connection)


def own_texts(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> dict[str, dict[int, str]]:
    """For both documents: a section's `seq` → its own words, clauses joined by a full-width comma."""
    connection.execute(_sql("clauses"))
    rows = connection.execute(
        _sql("own_text"), {"one": one, "other": other, "prescribed": _prescribed()}
    ).fetchall()
    return {each: {seq: words for document, seq, words in rows if document == each} for each in (one, other)}


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty `clauses`; `form_marks`, the labels that the forms print."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE clauses "
        "(doc INTEGER, section INTEGER, mark UBIGINT, characters INTEGER)"
    )
    labels = pa.table({"label": pa.array(_form_labels(), pa.string())})
    connection.register("form_labels", labels)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE form_marks AS SELECT DISTINCT "
        "mark_of(unnest(clauses_of(own_words(label, '', '', '', '')))) AS mark FROM form_labels"
    )
    connection.unregister("form_labels")


def _find_spans(connection: duckdb.DuckDBPyConnection) -> None:
    """`spans`: what near pairs have in common character by character."""
    connection.execute("CREATE OR REPLACE TEMP TABLE spans (section INTEGER, other INTEGER, shared INTEGER)")
    least, most = NEAR
    answer = connection.execute(_sql("near"), {"least": least, "most": most, "prescribed": _prescribed()})
    found: list[tuple[int, int, int]] = []
    while batch := answer.fetchmany(PAIRS_AT_ONCE):
        found += [(section, other, shared_characters(a, b)) for section, other, a, b in batch]
    if found:
        columns = dict(zip(("section", "other", "shared"), zip(*found, strict=True), strict=True))
        connection.register(
            "found_spans", pa.table({name: pa.array(c, pa.int32()) for name, c in columns.items()})
        )
        connection.execute("INSERT INTO spans BY NAME FROM found_spans")
        connection.unregister("found_spans")


def _run(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> None:
    """The statements of NAME.sql, each with those of the values that it names."""
    for statement in duckdb.extract_statements(_sql(name)):
        wanted = {key: value for key, value in values.items() if key in statement.named_parameters}
        connection.execute(statement, wanted)


@cache
def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text("utf-8")


@cache
def _prescribed() -> str:
    return "|".join(f"(?:{row['pattern']})" for row in seeds.rows("prescribed_words.csv"))


@cache
def _form_labels() -> tuple[str, ...]:
    """What the forms print beside the figures, whole and level by level."""
    files = sorted((seeds.FOLDER / "forms").glob("*.csv"))
    columns = ("label", "row_path", "column_path", "column", "item")
    paths = (
        row[name]
        for file in files
        for row in seeds.rows(f"forms/{file.name}")
        for name in columns
        if name in row
    )
    return tuple(sorted({part for path in paths for part in (path, *path.split("/"))}))


@cache
def _version() -> str:
    """Another one when the same words may give other rows: then everything is measured again."""
    numbers = (SHORTEST, MARKS, HEADS, CANDIDATES, THRESHOLD, KEPT, NEAR, SPAN)
    steps = (file.read_text("utf-8") for file in sorted(FOLDER.glob("*.sql")))
    parts = (*steps, _prescribed(), *_form_labels(), str(numbers))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _exchange(connection: duckdb.DuckDBPyConnection) -> int:
    """Write the rows of those reports whose results are others than before; returns how many these are."""
    digest = f"SELECT document_id, bit_xor(hash({_COMPARED})) AS digest"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE wanted AS
        SELECT document_id
        FROM ({digest} FROM measured GROUP BY ALL) n
        FULL JOIN (
            {digest} FROM repeats
            WHERE document_id IN (SELECT document_id FROM bodies SEMI JOIN affected USING (doc))
                OR document_id NOT IN (SELECT document_id FROM bodies)
            GROUP BY ALL
        ) o USING (document_id)
        WHERE n.digest IS DISTINCT FROM o.digest
        """
    )
    changed = _count(connection, "wanted")
    if changed:
        connection.execute("DELETE FROM repeats WHERE document_id IN (FROM wanted)")
        connection.execute("INSERT INTO repeats BY NAME FROM measured WHERE document_id IN (FROM wanted)")
    return changed


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])
