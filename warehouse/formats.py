"""The formats an export can have. Apart from the writers, so that naming them imports none."""

from enum import StrEnum


class Format(StrEnum):
    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    DUCKDB = "duckdb"
