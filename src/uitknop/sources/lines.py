"""Numbers out of text: a quick path for a plain list, a careful one that names the line of whatever is wrong."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, TooLarge
from uitknop.sources.limits import BEATS, NOT_NUMBERS_SHARE

Floats = npt.NDArray[np.float64]

_COMMENT = ("#", "%", "//", "'", '"')
_HEADER_LINES = 40
_SHOWN = 200
_SHOWN_CHARACTERS = 8000
_BLOCK_CHARACTERS = 1 << 20
_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Numbers:
    """Rows of numbers.

    Args:
        values: float64, shape (n, columns).
        line: number of the line each row stands on, from 1, int64, shape (n,).
        broken: True where something that is no number stood just before, shape (n,).
        n_skipped: lines without numbers that were left out.
        decimals: most digits after the point in the first rows, per column.
    """

    values: Floats
    line: npt.NDArray[np.int64]
    broken: npt.NDArray[np.bool_]
    n_skipped: int
    decimals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a list of numbers are written.

    Args:
        delimiter: between cells; None for blanks.
        columns: cells in a row.
        decimal_comma: whether "0,812" is one number.
        first: index of the first row of numbers among all lines.
    """

    delimiter: str | None
    columns: int
    decimal_comma: bool
    first: int


def layout_of(lines: list[str]) -> Layout | None:
    """How the rows are written, from the first lines; None when these are no rows of numbers."""
    lines = [line.strip() for line in lines[: _HEADER_LINES + _SHOWN]]
    for first, line in enumerate(lines[:_HEADER_LINES]):
        if not line or line.startswith(_COMMENT):
            continue
        for delimiter, decimal_comma in (
            (None, False),
            (";", False),
            ("\t", False),
            (",", False),
            (None, True),
            (";", True),
        ):
            cells = _cells(line, delimiter, decimal_comma)
            if cells and all(_is_number(cell) for cell in cells):
                return _settled(lines[first : first + _SHOWN], first, delimiter, decimal_comma)
    return None


def read_numbers(text: str, layout: Layout, name: str) -> Numbers:
    """All rows.

    Raises:
        Malformed: too many lines are no numbers, or a number is not finite; with the line.
        TooLarge: more rows than are read at once.
    """
    _refuse_too_many(text.count("\n"), name)
    quick = _quick(text, layout, name)
    numbers = quick if quick is not None else _careful(text, layout, name)
    refuse_infinite(numbers, name)
    return numbers


def _settled(lines: list[str], first: int, delimiter: str | None, decimal_comma: bool) -> Layout | None:
    rows = [_cells(line, delimiter, decimal_comma) for line in lines if line]
    counts = [len(row) for row in rows]
    columns = max(set(counts), key=counts.count)
    if columns > _MOST_COLUMNS and len(rows) < _MOST_COLUMNS:
        return Layout(delimiter, 1, decimal_comma, first)  # a list that flows over a few long lines
    if delimiter == "," and columns == 2 and _reads_as_decimals(rows):
        return Layout(None, 1, True, first)
    return Layout(delimiter, columns, decimal_comma, first)


def _reads_as_decimals(rows: list[list[str]]) -> bool:
    """Whether "812,5" or "0,812" is one number written with a comma, not an interval beside something else."""
    pairs = [row for row in rows if len(row) == 2 and all(_is_number(cell) for cell in row)]
    if not pairs or any("." in cell or "-" in cell for row in pairs for cell in row):
        return False
    left = np.array([float(row[0]) for row in pairs])
    right = np.array([float(row[1]) for row in pairs])
    if left.size > 1 and bool(np.all(np.diff(left) > 0)) and 200 <= float(np.median(right)) <= 3000:
        # A counter or a time beside the interval: 1,812 then 2,830.
        steps = np.diff(left)
        if bool(np.all(steps == 1)) or float(np.median(np.abs(steps - right[1:]))) < 50:
            return False
    return float(np.median(left)) < 3 or 200 <= float(np.median(left)) <= 3000 or bool(np.all(np.diff(left) >= 0))


def _cells(line: str, delimiter: str | None, decimal_comma: bool) -> list[str]:
    if decimal_comma:
        line = line.replace(",", ".")
    cells = line.split() if delimiter is None else [cell.strip() for cell in line.split(delimiter)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell


def _numbers(cells: list[str]) -> list[float] | None:
    try:
        numbers = [float(cell) for cell in cells]
    except ValueError:
        return None
    return None if any("_" in cell for cell in cells) else numbers


def decimals_of(text: str, layout: Layout) -> tuple[int, ...]:
    """Most digits after the point in the first rows, per column."""
    shown = text[:_SHOWN_CHARACTERS]
    shown = shown if "\n" in shown else shown.replace("\r", "\n")
    rows = [_cells(line.strip(), layout.delimiter, layout.decimal_comma) for line in shown.split("\n")]
    rows = rows[layout.first : -1] or rows  # the last line may be cut off
    rows = [row for row in rows if row and all(map(_is_number, row))]
    if layout.columns == 1:
        rows = [[cell] for row in rows for cell in row]
    return tuple(
        max((len(row[i].partition(".")[2]) for row in rows if len(row) > i), default=0) for i in range(layout.columns)
    )


def _quick(text: str, layout: Layout, name: str) -> Numbers | None:
    """The plain case, block by block; None when anything is out of the ordinary."""
    if "_" in text:
        return None
    at = 0
    for _ in range(layout.first):
        at = text.find("\n", at) + 1
    blocks: list[Floats] = []
    lines: list[npt.NDArray[np.int64]] = []
    n_values, n_lines = 0, layout.first
    while at < len(text):
        end = text.find("\n", at + _BLOCK_CHARACTERS) + 1 or len(text)
        block = text[at:end]
        values = quick_block(block, layout)
        if values is None:
            return None
        in_block = block.count("\n") + (not block.endswith("\n"))
        if values.shape[0] == in_block:
            lines.append(np.arange(n_lines + 1, n_lines + in_block + 1))
        else:
            full = [i for i, row in enumerate(block.split("\n"), n_lines + 1) if row.strip()]
            lines.append(np.array(full, np.int64))
            if values.shape[0] != len(full):
                return None
        blocks.append(values)
        n_values += values.shape[0]
        _refuse_too_many(n_values, name)
        at, n_lines = end, n_lines + in_block
    if not blocks:
        return None
    values = np.concatenate(blocks) if len(blocks) > 1 else blocks[0]
    return Numbers(values, np.concatenate(lines), np.zeros(n_values, np.bool_), 0, decimals_of(text, layout))


def quick_block(block: str, layout: Layout) -> Floats | None:
    """The rows of whole lines, shape (n, columns); None when anything is out of the ordinary."""
    if layout.decimal_comma:
        block = block.replace(",", ".")
    tokens = block.split() if layout.delimiter is None else block.replace(layout.delimiter, " ").split()
    if len(tokens) % layout.columns:
        return None
    try:
        return np.fromiter(map(float, tokens), np.float64, len(tokens)).reshape(-1, layout.columns)
    except ValueError:
        return None


def _refuse_too_many(n_rows: int, name: str) -> None:
    if n_rows > BEATS:
        raise TooLarge(
            Phrase(
                "{name} holds more than {most} numbers, the most that is read at once. Split it.",
                {"name": name, "most": BEATS},
            )
        )


def _lines(text: str) -> Iterator[str]:
    """One line after the other, without a list of all of them."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end + 1


def _rows(text: str, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(_lines(text), 1):
        stripped = line.strip()
        if number > layout.first and stripped and not stripped.startswith(_COMMENT):
            yield number, _cells(stripped, layout.delimiter, layout.decimal_comma)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the careful path found.

    Args:
        numbers: the rows.
        first_skipped: number of the first line that was left out; 0 without one.
        ends_skipped: the last line was left out.
    """

    numbers: Numbers
    first_skipped: int
    ends_skipped: bool


def gather(text: str, layout: Layout, name: str) -> Gathered:
    """All rows, line by line; what is no row of numbers is left out and counted.

    Raises:
        TooLarge: more rows than are read at once.
    """
    values, lines, broken = array("d"), array("q"), array("b")
    n_skipped, first_skipped, after_skip = 0, 0, False
    for number, cells in _rows(text, layout):
        numbers = _numbers(cells)
        if numbers is None or (layout.columns > 1 and len(cells) != layout.columns):
            first_skipped = first_skipped or number
            n_skipped += 1
            after_skip = True
            continue
        rows = len(cells) // layout.columns
        values.extend(numbers)
        lines.extend([number] * rows)
        broken.extend([after_skip] + [False] * (rows - 1))
        after_skip = False
        _refuse_too_many(len(lines), name)
    found = Numbers(
        np.array(values, np.float64).reshape(-1, layout.columns),
        np.array(lines, np.int64),
        np.array(broken, np.bool_),
        n_skipped,
        decimals_of(text, layout),
    )
    return Gathered(found, first_skipped, after_skip)


def refuse_words(n_skipped: int, n_rows: int, first_skipped: int, name: str) -> None:
    """Raises Malformed where more than one line in a hundred is no number."""
    if n_skipped > NOT_NUMBERS_SHARE * (n_rows + n_skipped):
        raise Malformed(
            Phrase(
                "{name}: {found} of {lines} lines are no numbers, the first at line {line}. Expected one RR interval "
                "a line.",
                {"name": name, "found": n_skipped, "lines": n_rows + n_skipped, "line": first_skipped},
            )
        )


def refuse_infinite(numbers: Numbers, name: str) -> None:
    """Raises Malformed at a number that is not finite, with its line."""
    wrong = ~np.isfinite(numbers.values).all(axis=1)
    if bool(wrong.any()):
        raise Malformed(
            Phrase(
                "{name} line {line}: not a finite number. Remove the line or export again.",
                {"name": name, "line": int(numbers.line[int(np.argmax(wrong))])},
            )
        )


def _careful(text: str, layout: Layout, name: str) -> Numbers:
    found = gather(text, layout, name)
    refuse_words(found.numbers.n_skipped, found.numbers.line.size, found.first_skipped, name)
    return found.numbers
