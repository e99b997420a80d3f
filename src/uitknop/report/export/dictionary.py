"""The data dictionary: what stands in every exported file and column, for people and for machines.

The words stand in `dictionary.toml`; the shape for machines is a Frictionless Data Package
(https://datapackage.org), which says of each file its columns, types, units, size and digest.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from importlib import resources
from string import Template
from textwrap import fill
from typing import Any

from uitknop.core.table import Value
from uitknop.core.timeline import iso
from uitknop.report.export.block import Block, Written, encoded
from uitknop.report.export.finding_files import ESTIMATE_PARTS, columns_of
from uitknop.report.words import LANGUAGES, Language

README = "README.txt"
PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Column(Value):
    """One column: its name, its type as in Table Schema, its unit ("" for none), and what it is, by language."""

    name: str
    type: str
    unit: str
    about: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class FileKind(Value):
    """One kind of file: its name in the dictionary, its file name as a pattern, what it is, its columns.

    `fields` are the plain columns, `estimates` those that come as seven; `key` the columns that tell rows apart.
    """

    name: str
    pattern: str
    about: Mapping[Language, str]
    fields: tuple[Column, ...]
    estimates: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The header of the file."""
        return columns_of([field.name for field in self.fields], [estimate.name for estimate in self.estimates])


@lru_cache(maxsize=1)
def file_kinds() -> tuple[FileKind, ...]:
    """Every kind of file of a plain export."""
    return tuple(
        FileKind(
            name,
            table["pattern"],
            _about(table),
            tuple(Column(one["name"], one["type"], one["unit"], _about(one)) for one in table.get("field", ())),
            tuple(Column(key, "number", one["unit"], _about(one)) for key, one in table.get("estimates", {}).items()),
            tuple(table["key"]),
        )
        for name, table in _dictionary().items()
        if "pattern" in table
    )


def kind_of(file_name: str) -> FileKind | None:
    """The kind of file with a name; None for others. `entries_001.json` holds what `entries_001.csv` does."""
    name = file_name.replace(".json", ".csv") if file_name.startswith("entries_") else file_name
    return next((kind for kind in file_kinds() if fnmatch(name, kind.pattern)), None)


def readme(written: Iterable[Written], *, made_ms: int, version: str) -> Block:
    """README.txt: Dutch first, then English; it explains every file that was written."""
    files = tuple(written)
    rule = "\n" + "=" * 92 + "\n\n"
    parts = (
        Template(_packaged(f"readme_{lang}.txt")).substitute(
            version=version, made=iso(made_ms, "UTC"), files=_explained(files, lang)
        )
        for lang in LANGUAGES
    )
    return Block(README, encoded("UITKNOP: EXPORT  (Nederlands; English below)\n" + rule + rule.join(parts)))


def package(
    written: Iterable[Written], comments: Mapping[str, Mapping[str, Any]], *, made_ms: int, version: str
) -> Block:
    """datapackage.json.

    Args:
        written: every file, with rows, size and digest.
        comments: what the comment line of a file says, by file name.
        made_ms: when, UTC ms.
        version: of Uitknop.
    """
    told = {
        "name": "uitknop-export",
        "title": "Export of one person's Uitknop file",
        "profile": "data-package",
        "created": iso(made_ms, "UTC"),
        "version": "1",
        "sources": [{"title": f"Uitknop {version}"}],
        "description": _dictionary()["estimate"]["en"],
        "resources": [_resource(file, comments.get(file.name)) for file in written],
    }
    return Block(PACKAGE, encoded(json.dumps(told, ensure_ascii=False, indent=1) + "\n"))


def _resource(file: Written, comment: Mapping[str, Any] | None) -> dict[str, Any]:
    kind = kind_of(file.name)
    stem, _, ending = file.name.rpartition(".")
    is_table = ending == "csv" and kind is not None
    told: dict[str, Any] = {
        "name": f"{stem}-{ending}".lower(),
        "path": file.name,
        "profile": "tabular-data-resource" if is_table else "data-resource",
        "format": ending,
        "mediatype": {"csv": "text/csv", "json": "application/json"}.get(ending, "text/plain"),
        "encoding": "utf-8",
        "bytes": file.n_bytes,
        "hash": f"sha256:{file.sha256}",
        "description": kind.about["en"] if kind else "",
    }
    if file.n_rows:
        told["rows"] = file.n_rows
    if comment is not None:
        told["series"] = dict(comment)
    if is_table and kind is not None:
        told["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "header": True}
        if comment is not None:
            told["dialect"]["commentChar"] = "#"
        told["schema"] = _schema(kind, comment)
    return told


def _schema(kind: FileKind, comment: Mapping[str, Any] | None) -> dict[str, Any]:
    fields = [_field(column.name, column.type, column.unit, column.about["en"]) for column in kind.fields]
    for estimate in kind.estimates:
        for part in ESTIMATE_PARTS:
            name = estimate.name if part == "value" else f"{estimate.name}_{part}"
            sort = {"n": "integer", "unit": "string", "censored": "string"}.get(part, "number")
            unit = estimate.unit if part in {"value", "low", "high"} else ""
            fields.append(_field(name, sort, unit, estimate.about["en"] if part == "value" else part))
    for field in fields:
        if field.get("unit") == "of the kind" and comment is not None:
            field["unit"] = comment["unit"]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    return {**schema, "primaryKey": list(kind.key)} if kind.key else schema


def _field(name: str, sort: str, unit: str, about: str) -> dict[str, Any]:
    return {"name": name, "type": sort, **({"unit": unit} if unit else {}), "description": about}


def _explained(files: tuple[Written, ...], lang: Language) -> str:
    there = [kind for kind in file_kinds() if any(kind_of(file.name) == kind for file in files)]
    parts = []
    for kind in there:
        lines = [kind.pattern, fill(kind.about[lang], 90, initial_indent="  ", subsequent_indent="  ")]
        for column in (*kind.fields, *kind.estimates):
            unit = f" [{column.unit}]" if column.unit else ""
            lines.append(_wrapped(f"{column.name}{unit}: {column.about[lang]}"))
        parts.append("\n".join(lines))
    if any(kind.estimates for kind in there):
        parts.append(fill(_dictionary()["estimate"][lang], 92))
    return "\n\n".join(parts)


def _wrapped(text: str) -> str:
    return fill(text, 90, initial_indent="    ", subsequent_indent="      ")


def _about(table: Mapping[str, Any]) -> dict[Language, str]:
    return {lang: table[lang] for lang in LANGUAGES}


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, Any]:
    return tomllib.loads(_packaged("dictionary.toml"))


def _packaged(name: str) -> str:
    return resources.files("uitknop.report.export").joinpath(name).read_text(encoding="utf-8")
