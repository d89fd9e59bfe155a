"""A column of the warehouse: name, type in DuckDB and in Arrow, meaning. Only what `warehouse.contract` needs
to write its tables down in one line a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pyarrow as pa  # type: ignore[import-untyped]

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "DOUBLE[]": pa.list_(pa.float64()),
    "BIGINT[]": pa.list_(pa.int64()),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is DuckDB's name of it; a key column is never null."""

    name: str
    type: str
    comment: str
    nullable: bool = True
    is_key: bool = False

    @property
    def arrow(self) -> pa.DataType:
        return ARROW_TYPES[self.type]

    def ddl(self) -> str:
        return f'"{self.name}" {self.type}{"" if self.nullable else " NOT NULL"}'


def _column(type_: str, name: str, comment: str, *, nullable: bool = True, key: bool = False) -> Column:
    return Column(name, type_, comment, nullable=nullable and not key, is_key=key)


text = partial(_column, "VARCHAR")
texts = partial(_column, "VARCHAR[]")
doubles = partial(_column, "DOUBLE[]")
longs = partial(_column, "BIGINT[]")
integer = partial(_column, "INTEGER")
long = partial(_column, "BIGINT")
double = partial(_column, "DOUBLE")
boolean = partial(_column, "BOOLEAN")
date = partial(_column, "DATE")
time = partial(_column, "TIMESTAMPTZ")
