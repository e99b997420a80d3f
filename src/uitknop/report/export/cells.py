"""Cells of a CSV file: numbers that read back exactly, texts that a spreadsheet does not run, times in UTC."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def number_cell(value: float | None) -> str:
    """The shortest text that reads back as the same number; "" for None, "NaN", "INF" and "-INF" as in Table Schema.

    >>> number_cell(800.0), number_cell(812.5), number_cell(None)
    ('800', '812.5', '')
    """
    if value is None:
        return ""
    value = float(value)
    if math.isfinite(value):
        text = repr(value)
        return text.removesuffix(".0")
    return "NaN" if math.isnan(value) else ("INF" if value > 0 else "-INF")


def text_cell(text: str) -> str:
    """A text; one that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> text_cell("=1+1"), text_cell("kruik")
    ("'=1+1", 'kruik')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def number_cells(values: npt.NDArray[np.float64]) -> list[str]:
    """`number_cell` of many; each distinct number is written once, for a device has few of them."""
    # told apart by their bits, so that minus zero stays minus zero
    distinct, place = np.unique(np.ascontiguousarray(values, np.float64).view(np.int64), return_inverse=True)
    if 2 * distinct.size > values.size:
        return [number_cell(value) for value in values.tolist()]
    cells = [number_cell(value) for value in distinct.view(np.float64).tolist()]
    return [cells[at] for at in place.tolist()]


def utc_cells(t_ms: npt.NDArray[np.int64]) -> list[str]:
    """UTC as ISO 8601 with ms: "2026-03-29T12:00:00.000Z"."""
    cells: list[str] = np.datetime_as_string(t_ms.astype("datetime64[ms]"), unit="ms", timezone="UTC").tolist()
    return cells


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV (RFC 4180 quoting, line feeds)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
