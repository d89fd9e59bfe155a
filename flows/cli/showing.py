"""How a report looks in a terminal: evidence marked in its own text, forms as grids, conflicts in red.

Only layout; `flows.cli.show` gathers the rows. Without a terminal the same in plain text, evidence in «».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.cli.grids import Grid, grid, tables
from flows.cli.paging import in_words, pages_of
from flows.cli.printing import console, printable
from flows.cli.show import Row, Shown

_BLANKS = re.compile(r"\s+")

AROUND = 18
"""Characters of text shown before and after the evidence."""

HIDDEN = ("document_id", "uri", "text", "title")
"""Fields that stand elsewhere or would fill the screen."""

EVIDENCE, LABEL, BAD, FAINT = "bold black on yellow", "cyan", "bold red", "dim"


def print_shown(shown: Shown) -> None:
    """Print the document: what it is, sections, facts, conflicts, forms, the rest."""
    out = console()
    _heading(out, shown)
    for row in shown.quarantine:
        out.print(Text(f"In quarantine: {row['stage']}: {row['error']} {row['advice'] or ''}", style=BAD))
    _sections(out, shown.sections)
    _facts(out, shown)
    _conflicts(out, shown.conflicts)
    _forms(out, shown.form_cells)
    _lists(out, shown)


def _heading(out: Console, shown: Shown) -> None:
    title = shown.report.get("title") or shown.document.get("uri") or "not loaded"
    out.print(Text(str(title), style="bold"))
    fields = {**shown.document, **shown.report}
    for name in ("document_id", "uri", *(name for name in fields if name not in HIDDEN)):
        if fields.get(name) is not None:
            out.print(Text.assemble((f"{name:<18}", LABEL), printable(fields[name])))


def _title(out: Console, words: str) -> None:
    out.print()
    out.print(Text(words, style="bold underline"))


def _sections(out: Console, sections: list[Row]) -> None:
    if not sections:
        return
    _title(out, f"Sections ({len(sections)})")
    for row in sections:
        line = Text("  " * (row["level"] - 1))
        line.append(f"{row['number'] or ''} {row['heading']}".strip())
        line.append(f"  {row['concept'] or '—'}", style=LABEL)
        line.append(f"  {len(row['text'] or ''):,} characters", style=FAINT)
        out.print(line)


def _facts(out: Console, shown: Shown) -> None:
    """The facts read in prose; those of forms stand in their grids."""
    in_prose = [fact for fact in shown.facts if fact["origin"] != "form" or not shown.form_cells]
    if not shown.facts:
        return
    in_forms = len(shown.facts) - len(in_prose)
    _title(
        out, f"Facts ({len(shown.facts)}" + (f", {in_forms} of them in the forms below)" if in_forms else ")")
    )
    text = shown.document.get("text") or ""
    table = Table(box=None, header_style=LABEL, pad_edge=False)
    for name in ("indicator", "", "value", "origin", "evidence in its text"):
        table.add_column(name, justify="right" if name == "value" else "left", overflow="fold")
    for fact in in_prose:
        table.add_row(
            Text(fact["indicator"] + (f"\n {fact['member']}" if fact["member"] else "")),
            Text(fact["label_zh"] or ""),
            Text(_value(fact)),
            Text(
                "\n".join(filter(None, (_origin(fact), in_words(fact)))),
                style="" if (fact["confidence"] or 0) >= 1 else BAD,
            ),
            marked(text, fact["evidence_start"], fact["evidence_end"], is_colour=out.is_terminal),
        )
    if in_prose:
        out.print(table, soft_wrap=False)


def _value(fact: Row) -> str:
    about = "≈" if fact["is_approximate"] else ""
    return f"{about}{printable(fact['value'])} {fact['unit']}"


def _origin(fact: Row) -> str:
    confidence = fact["confidence"]
    return fact["origin"] if confidence is None or confidence >= 1 else f"{fact['origin']} {confidence:.2f}"


def marked(text: str, start: int, end: int, *, is_colour: bool) -> Text:
    """The evidence with the words around it; line ends become blanks."""
    before, words, after = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    line = Text(_one_line(before), style=FAINT)
    line.append(_one_line(words) if is_colour else f"«{_one_line(words)}»", style=EVIDENCE)
    line.append(_one_line(after), style=FAINT)
    return line


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _conflicts(out: Console, conflicts: list[Row]) -> None:
    if not conflicts:
        return
    _title(out, f"Conflicts ({len(conflicts)})")
    for row in conflicts:
        others = ", ".join(map(printable, row["other_values"]))
        best = f"{printable(row['value'])} {row['unit']} ({row['origin']})"
        out.print(Text(f"{row['indicator']} {row['label_zh'] or ''}: {best}, elsewhere {others}", style=BAD))


def _forms(out: Console, cells: list[Row]) -> None:
    for number, form, rows in tables(cells):
        _title(out, ", ".join(filter(None, (form, f"table {number}", pages_of(rows)))))
        out.print(_drawn(grid(rows)), soft_wrap=False)


def _drawn(form: Grid) -> Table:
    """The form as printed: its row labels, its column labels, what stands in the cells."""
    table = Table(header_style=LABEL, show_header=any(label for _, label in form.across))
    table.add_column("", overflow="fold")
    for _, label in form.across:
        table.add_column(label.replace("/", "\n"), justify="right", overflow="fold")
    for depth, label, cells in form.lines():
        table.add_row(Text("  " * depth + label), *(_cell(cell) if cell else Text("") for cell in cells))
    return table


def _cell(cell: Row) -> Text:
    raw = _one_line(cell["raw"] or "").strip()
    return Text(raw, style="" if cell["semantic"] in ("number", "zero") else FAINT)


def _lists(out: Console, shown: Shown) -> None:
    parts: list[tuple[str, list[Any]]] = [
        ("Findings", [f"{row['kind']} {row['seq']}: {_one_line(row['text'])}" for row in shown.findings]),
        ("Contacts", [f"{row['kind']}: {row['value']}" for row in shown.contacts]),
        ("Citations", _counted(f"《{row['title']}》{row['number'] or ''}" for row in shown.citations)),
        ("Checks not passed", [_check(row) for row in shown.checks if not row["passed"]]),
    ]
    for name, lines in parts:
        if lines:
            _title(out, f"{name} ({len(lines)})")
            for line in lines:
                out.print(Text(line))


def _counted(lines: Iterable[str]) -> list[str]:
    return [f"{line}  × {times}" if times > 1 else line for line, times in Counter(lines).items()]


def _check(row: Row) -> str:
    return f"{row['severity']}: {row['rule']}: {row['message']}"
