"""A table as text: a header, cells by column, and the line of each row for whoever has to find a fault."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, TooLarge
from uitknop.sources.limits import COLUMNS, NOT_NUMBERS_SHARE, ROWS

Floats = npt.NDArray[np.float64]

_MISSING = frozenset({"", "nan", "na", "n/a", "null", "none", "-", "--"})


@dataclass(frozen=True, slots=True)
class Columns:
    """A table.

    Args:
        name: file it came from.
        header: names of the columns, blanks around them removed.
        rows: the cells.
        line: number of the line each row ends on, from 1.
        decimal_comma: whether numbers are written with a comma.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Sequence[str], ...]
    line: tuple[int, ...]
    decimal_comma: bool

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, column: str) -> list[str]:
        """One column as text; "" where a row is too short.

        Raises:
            Malformed: no such column.
        """
        if column not in self.header:
            raise Malformed(
                Phrase(
                    '{name} has no column "{column}". It has: {found}.',
                    {"name": self.name, "column": column, "found": ", ".join(self.header[:20])[:300]},
                )
            )
        index = self.header.index(column)
        try:
            return [row[index].strip() for row in self.rows]
        except IndexError:
            return [row[index].strip() if index < len(row) else "" for row in self.rows]

    def numbers(self, column: str) -> Floats:
        """One column as numbers, shape (n,); NaN where the cell is empty.

        Raises:
            Malformed: no such column, or more than one cell in a hundred is no number; with the line.
        """
        cells = self.cells(column)
        if self.decimal_comma:
            cells = [cell.replace(",", ".") for cell in cells]
        try:
            values = np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            values = self._careful_numbers(cells, column)
        infinite = np.isinf(values)
        if bool(infinite.any()):
            raise self._no_number(column, int(np.argmax(infinite)))
        return values

    def _careful_numbers(self, cells: list[str], column: str) -> Floats:
        values = np.full(len(cells), np.nan)
        wrong: list[int] = []
        for i, cell in enumerate(cells):
            if cell.lower() in _MISSING:
                continue
            try:
                values[i] = float(cell)
            except ValueError:
                wrong.append(i)
        if len(wrong) > NOT_NUMBERS_SHARE * len(cells):
            raise self._no_number(column, wrong[0])
        return values

    def _no_number(self, column: str, row: int) -> Malformed:
        return Malformed(
            Phrase(
                '{name} line {line}: column "{column}" should hold a number. Correct the cell or map another column.',
                {"name": self.name, "line": self.line[row], "column": column},
            )
        )


def delimiter_of(line: str) -> str:
    """What separates the cells of a header."""
    return max((",", ";", "\t"), key=line.count)


def header_of(line: str) -> tuple[str, ...]:
    """The cells of a header line."""
    row = next(csv.reader([line], delimiter=delimiter_of(line)), [])
    return tuple(cell.strip() for cell in row)


def read_columns(text: str, name: str, *, skip: int = 0) -> Columns:
    """The table in a text whose header is the first line that is not blank after `skip` lines.

    Raises:
        Malformed: no header, no rows, or too many columns.
        TooLarge: too many rows.
    """
    if text.count("\n") > ROWS:
        raise TooLarge(
            Phrase(
                "{name} has more than {most} rows, the most that is read at once. Split it.",
                {"name": name, "most": ROWS},
            )
        )
    lines = text.splitlines(keepends=True)
    at = next((i for i in range(min(skip, len(lines)), len(lines)) if lines[i].strip()), None)
    if at is None:
        raise Malformed(Phrase("{name} has no header line. Export it again.", {"name": name}))
    delimiter = delimiter_of(lines[at])
    reader = csv.reader(itertools.islice(lines, at, None), delimiter=delimiter, skipinitialspace=True)
    rows: list[list[str]] = []
    line: list[int] = []
    try:
        header = tuple(cell.strip() for cell in next(reader))
        for row in reader:
            if row and (row[0] or any(row)):
                rows.append(row)
                line.append(at + reader.line_num)
    except csv.Error as fault:
        raise Malformed(
            Phrase(
                "{name} line {line}: broken table (a quote that never closes?). Export it again.",
                {"name": name, "line": at + reader.line_num},
            )
        ) from fault
    if len(header) > COLUMNS:
        raise Malformed(Phrase("{name} has more than {most} columns.", {"name": name, "most": COLUMNS}))
    if not rows:
        raise Malformed(Phrase("{name} has a header but no rows. Export it again.", {"name": name}))
    return Columns(name, header, tuple(rows), tuple(line), delimiter == ";" and _has_decimal_comma(rows))


def _has_decimal_comma(rows: list[list[str]]) -> bool:
    cells = [cell for row in rows[:50] for cell in row]
    return any("," in cell for cell in cells) and not any(_is_decimal_point(cell) for cell in cells)


def _is_decimal_point(cell: str) -> bool:
    left, point, right = cell.strip().partition(".")
    return bool(point) and left.lstrip("-").isdigit() and right.isdigit()
