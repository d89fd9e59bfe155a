"""The papers that go with the data: README, licence, citation, checksums. Words only, no rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import seeds
from warehouse.release.changes import Change
from warehouse.release.content import COLUMNS_KEPT_BACK, KEPT_BACK
from warehouse.release.datapackage import sha256
from warehouse.release.edition import LICENCES, Edition
from warehouse.release.workbook import chinese

SUMS = "SHA256SUMS"

README = """# {title}

Version {version}, {released_on}. 版本 {version}。

What Chinese government bodies say in their annual open-information reports (政府信息公开工作年度报告): every
statutory figure and the numbers in the prose, each with the words it was read from.
各级行政机关政府信息公开工作年度报告中的数据，每个数值附原文依据。

| file | what it is |
|---|---|
| `site/` | the explorer (数据浏览): put it on any file server, or `gongkai serve DIR` |
| `site/gongkai.duckdb` | the whole release as one DuckDB database (any DuckDB since 1.0) |
| `parquet/` | one file a table |
| `csv/` | the same for other programs: UTF-8 with BOM; described by `datapackage.json` (Frictionless) |
| `gongkai.xlsx` | one Excel workbook with Chinese headings: reports, a wide panel, bodies, failed checks |
| `dictionary.md` | every table and column, what it means |
| `CHANGELOG.md` | what changed since the release before |
| `{sums}` | checksums: `sha256sum -c {sums}` |
| `CITATION.cff`, `LICENSE` | how to cite it, and the licence |

{tables}

In CSV and Excel a text that begins with `=`, `+`, `-`, `@`, tab or line end has an apostrophe before it,
so that no spreadsheet runs it as a formula. Parquet and DuckDB hold what was printed.

## Names and contacts 个人姓名与联系方式

{masking}

## What is not in it 未收录内容

{kept_back}

## Cite 引用

{citation}

Licence 许可: {licence} ({address}). It covers this compilation; the reports themselves are
official documents.
"""

MASKED = """Left out: the table `contacts`. In published words these are blackened by {count} rules
(`seeds/masking.csv` of gongkai), each character by █, so that offsets stay true:

- e-mail addresses; mobile and land-line numbers with area code; numbers of seven and more digits
  behind 电话, 传真, 手机 or 联系方式; identity-card numbers; QQ and WeChat accounts;
- every telephone, fax number and e-mail address of the table `contacts`, wherever its report repeats it;
- names of two or three characters that begin with one of {surnames} surnames, behind labels of
  persons (联系人, 填报人, 审核人, 负责人 …) or in front of 同志, 任组长, 担任 … with an office before them.

A row whose very number was blackened is left out. Numbers of public hotlines with fewer than
seven digits (12345) and addresses of offices stay. Names written in other ways are not recognised: whoever
republishes texts should look.
"""
UNMASKED = (
    "This release is NOT masked: it holds names and contacts as the reports print them. "
    "Check what the law asks of you before you pass it on.\n"
)


def readme(edition: Edition, changes: Sequence[Change]) -> str:
    """README.md."""
    name, address = LICENCES[edition.licence]
    names = chinese()
    rows = [
        f"| `{change.table}` | {names.get(change.table, change.table)} | {change.rows:,} |"
        for change in changes
    ]
    rules, surnames = len(seeds.rows("masking.csv")), len(seeds.rows("surnames.csv"))
    return README.format(
        title=edition.title,
        version=edition.version,
        released_on=edition.released_on.isoformat(),
        sums=SUMS,
        tables="\n".join(["| table | 表 | rows |", "|---|---|--:|", *rows]),
        masking=MASKED.format(count=rules, surnames=surnames) if edition.is_masked else UNMASKED,
        kept_back=_kept_back(),
        citation=edition.citation,
        licence=name,
        address=address,
    )


def _kept_back() -> str:
    lines = [f"- table `{name}`: {why}" for name, why in KEPT_BACK.items() if name != "contacts"]
    lines += [
        f"- columns of `{table}`: {', '.join(f'`{name}`' for name in columns)} "
        "(`sections.text` has the words, with the same offsets)"
        for table, columns in COLUMNS_KEPT_BACK.items()
    ]
    return "\n".join(lines)


def licence(edition: Edition) -> str:
    """LICENSE: which one, and where its full text stands."""
    name, address = LICENCES[edition.licence]
    heading = f"{edition.title}, version {edition.version}"
    return f"{heading}\n\nSPDX-License-Identifier: {edition.licence}\n{name}: {address}\n"


def citation(edition: Edition) -> str:
    """CITATION.cff (Citation File Format 1.2.0)."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this data, please cite it as below.",
        "type: dataset",
        f"title: {_yaml(edition.title)}",
        f"version: {_yaml(edition.version)}",
        f"date-released: {edition.released_on.isoformat()}",
        f"license: {edition.licence}",
        "authors:",
        f"  - name: {_yaml(edition.publisher)}",
        *([f"url: {_yaml(edition.url)}"] if edition.url else []),
    ]
    return "\n".join(lines) + "\n"


def _yaml(text: str) -> str:
    """As a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def write_sums(folder: Path) -> None:
    """SHA256SUMS over every file of the release, itself apart."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != SUMS)
    lines = [f"{sha256(file)}  {file.relative_to(folder).as_posix()}\n" for file in files]
    (folder / SUMS).write_text("".join(lines), "utf-8")
