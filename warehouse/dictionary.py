"""The data dictionary: the contract as a page for people (docs/dictionary.md).

`python -m warehouse.dictionary` writes the page; a test fails while it is not up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from warehouse.contract import TABLES, VIEWS, Table

PAGE = Path(__file__).parent.parent / "docs" / "dictionary.md"

INTRODUCTION = """# Data dictionary

Every table and view of the warehouse, made from `warehouse/contract.py` by `gongkai dictionary`.
Tables of documents hold the newest version of each; key columns (**bold**) together name a row.
Offsets count characters (code points) of `documents.text` from 0; an end is exclusive. Times are UTC.
"""


def dictionary(chosen: Sequence[Table] = (*TABLES, *VIEWS)) -> str:
    """The page as Markdown; of all tables and views, or of those that a release has."""
    views = {view.name for view in VIEWS}
    tables_part = [_section(table) for table in chosen if table.name not in views]
    views_part = [_section(table) for table in chosen if table.name in views]
    return "\n".join([INTRODUCTION, "## Tables\n", *tables_part, "## Views\n", *views_part])


def _section(table: Table) -> str:
    lines = [f"### {table.name}", f"{table.grain}.", "", "| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        name = f"**{column.name}**" if column.is_key else column.name
        meaning = column.comment.replace("|", "\\|")
        lines.append(f"| {name} | {column.type}{'' if column.nullable else ', never null'} | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(dictionary(), "utf-8")
