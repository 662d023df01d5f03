"""``datapackage.json``: the tables described for machines, as a Frictionless Data Package."""

from __future__ import annotations

from typing import Any

from pipeline.emit.codebook import CODEBOOKS
from pipeline.emit.tables import Format
from pipeline.records import TABLES, Column, Record, columns
from pipeline.references import list_references

_TYPES = {"list": "string"}


def describe_package(to: Format) -> dict[str, Any]:
    """The descriptor of an output folder: every table, column, key and reference."""
    return {
        "name": "communique-pipeline-output",
        "title": "Slogans, directives, officials and plenums in Chinese communiqués",
        "description": f"What rows and columns mean: {', '.join(CODEBOOKS)}.",
        "profile": "tabular-data-package" if to == "csv" else "data-package",
        "resources": [_describe_table(record_type, to) for record_type in TABLES],
    }


def _describe_table(record_type: type[Record], to: Format) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": record_type.table,
        "path": f"{record_type.table}.{to}",
        "title": (record_type.__doc__ or "").splitlines()[0],
        "format": to,
        "encoding": "utf-8",
        "schema": {
            "fields": [_describe_column(column) for column in columns(record_type)],
            "missingValues": [""],
        },
    }
    if to == "csv":
        resource |= {
            "profile": "tabular-data-resource",
            "mediatype": "text/csv",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        }
    if record_type.key:
        resource["schema"]["primaryKey"] = list(record_type.key)
    if references := _describe_references(record_type):
        resource["schema"]["foreignKeys"] = references
    return resource


def _describe_references(record_type: type[Record]) -> list[dict[str, Any]]:
    """References that hold for every row; the standard knows none that may be empty in part."""
    return [
        {
            "fields": list(reference.columns),
            "reference": {"resource": reference.table, "fields": list(reference.key)},
        }
        for reference in list_references(record_type)
        if not reference.optional
    ]


def _describe_column(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    field = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "description": column.help,
        "example": column.example,
    }
    return field | ({"constraints": constraints} if constraints else {})
