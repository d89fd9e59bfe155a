"""datapackage.json: the CSV files described as a Frictionless data package."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warehouse.columns import Column
from warehouse.contract import Table
from warehouse.release.content import IDENTITY
from warehouse.release.edition import LICENCES, Edition
from warehouse.release.workbook import chinese

TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "string",
    "DOUBLE[]": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMPTZ": "datetime",
}
CHUNK = 1 << 20


def datapackage(edition: Edition, tables: Sequence[Table], folder: Path) -> dict[str, Any]:
    """The descriptor of the release in `folder`, whose csv/ is written."""
    name, address = LICENCES[edition.licence]
    return {
        "profile": "tabular-data-package",
        "name": "gongkai",
        "title": edition.title,
        "version": edition.version,
        "created": f"{edition.released_on.isoformat()}T00:00:00Z",
        **({"homepage": edition.url} if edition.url else {}),
        "licenses": [{"name": edition.licence, "title": name, "path": address}],
        "contributors": [{"title": edition.publisher, "role": "publisher"}],
        "resources": [_resource(table, tables, folder) for table in tables],
    }


def _resource(table: Table, tables: Sequence[Table], folder: Path) -> dict[str, Any]:
    file = folder / "csv" / f"{table.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": chinese().get(table.name, table.name),
        "description": table.grain,
        "path": f"csv/{file.name}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
        "schema": _schema(table, tables),
    }


def _schema(table: Table, tables: Sequence[Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key and table.name not in IDENTITY:
        schema["primaryKey"] = list(table.key)
    if "document_id" in table.names and table.name != "documents" and tables[0].name == "documents":
        reference = {"resource": "documents", "fields": "document_id"}
        schema["foreignKeys"] = [{"fields": "document_id", "reference": reference}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": chinese().get(column.name, column.name),
        "description": column.comment,
        "type": TYPES[column.type],
    }
    if column.type == "TIMESTAMPTZ":
        field["format"] = "any"
    if column.is_key:
        field["constraints"] = {"required": True}
    return field


def sha256(file: Path) -> str:
    """The hash of the file's bytes in hex."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
