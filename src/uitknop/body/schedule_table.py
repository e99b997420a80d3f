"""A schedule out of a table: from_day, to_day and inputs, one piece per line, without gaps."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

from uitknop.body.nearest import unknown
from uitknop.body.schedule import Schedule, hold, joined
from uitknop.body.spec import Spec
from uitknop.core import Phrase
from uitknop.core.errors import Malformed, ModelError

FRAME = ("from_day", "to_day")
MOST_LINES = 10_000


def read_schedule(spec: Spec, name: str, text: str) -> Schedule:
    """Read a table with a header line.

    Args:
        spec: the model whose inputs may stand in the header.
        name: of the table, as it is called in an error and told with what it gave.
        text: comma-separated; an empty cell is as usual.

    Raises:
        Malformed: a column, a number, a gap or a level that can't be; the line is named.

    >>> from uitknop.body.load import body_model
    >>> read_schedule(body_model(), "a.csv", "from_day,to_day,stress\\n0,2,1.2\\n2,10,\\n").length_min
    14400
    """
    rows = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text)), 1) if any(row)]
    if len(rows) < 2 or len(rows) > MOST_LINES:
        raise Malformed(
            Phrase(
                "{name} should hold a header line and 1 to {most} lines, one per piece of time.",
                {"name": name, "most": MOST_LINES},
            )
        )
    header = _header(spec, name, rows[0][1])
    parts, at_day = [], 0.0
    for number, row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        first, last = (_number(name, number, column, cells.get(column, "")) for column in FRAME)
        if first != at_day or last <= first:
            raise _fault(
                name,
                number,
                Phrase("from_day should be {day}, and to_day later: no gaps, no overlap", {"day": f"{at_day:g}"}),
            )
        levels = {
            column: _number(name, number, column, cell)
            for column, cell in cells.items()
            if column not in FRAME and cell.strip()
        }
        try:
            parts.append(hold(spec, last - first, levels))
        except ModelError as fault:
            raise _fault(name, number, fault.phrase) from fault
        at_day = last
    return replace(joined(parts), name=name)


def _header(spec: Spec, name: str, row: list[str]) -> list[str]:
    header = [cell.strip() for cell in row]
    for column in header:
        if column not in (*FRAME, *spec.inputs):
            raise unknown(Phrase("{name}, column", {"name": name}), column, (*FRAME, *spec.inputs), Malformed)
    if len(set(header)) != len(header) or not set(FRAME) <= set(header):
        raise _fault(name, 1, Phrase("the header should hold from_day, to_day and inputs, each once"))
    return header


def _number(name: str, line: int, column: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _fault(name, line, Phrase("{column} should be a number", {"column": column}))
    return value


def _fault(name: str, line: int, what: Phrase) -> Malformed:
    return Malformed(Phrase("{name}, line {line}: {what}", {"name": name, "line": line, "what": what}))
