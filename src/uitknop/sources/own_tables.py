"""The rows of an own export's tables, block by block.

Read exactly: what does not fit is refused with its line, for a changed export is no copy of the facts any more.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.core.beats import Flag
from uitknop.core.errors import Malformed
from uitknop.sources.limits import HEAD_BYTES
from uitknop.sources.probe import Probe

BEAT_HEADER = b"t_ms,time,rr_ms,starts_run,flag"
SAMPLE_HEADER = b"t_ms,time,value"

_BEAT_ROW = np.dtype([("t_ms", np.int64), ("value", np.float64), ("starts_run", np.uint8), ("flag", np.uint8)])
_SAMPLE_ROW = np.dtype([("t_ms", np.int64), ("value", np.float64)])
_BLOCK_BYTES = 4 << 20
"""About 100,000 rows, a day of beats."""

_FIRST_MS, _LAST_MS = -86_400_000, 253_402_300_800_000
"""From 1970, a day left for zones, to the end of year 9999."""

_LONGEST_RR_MS = 65_536 * 1000 / 1024
"""Longest interval a Bluetooth strap can tell; above `limits.GAP_MS` no source of ours makes one."""

Rows = npt.NDArray[np.void]


def beat_rows(probe: Probe) -> Iterator[Rows]:
    """Blocks of rows with the fields t_ms, value (RR interval, ms), starts_run and flag.

    Raises:
        Malformed: another header, a row that does not fit, or a file that was cut off; with the line.
    """
    last_ms = _FIRST_MS
    for line, rows in _blocks(probe, BEAT_HEADER, _BEAT_ROW, (0, 2, 3, 4)):
        rr_ms = rows["value"]
        wrong = ~((rr_ms > 0) & (rr_ms <= _LONGEST_RR_MS)) | (rows["starts_run"] > 1) | (rows["flag"] > max(Flag))
        _refuse(wrong | _out_of_time(rows, last_ms), probe.name, line)
        last_ms = int(rows["t_ms"][-1])
        yield rows


def sample_rows(probe: Probe) -> Iterator[Rows]:
    """Blocks of rows with the fields t_ms and value; NaN where a value is missing.

    Raises:
        Malformed: as for `beat_rows`.
    """
    last_ms = _FIRST_MS
    for line, rows in _blocks(probe, SAMPLE_HEADER, _SAMPLE_ROW, (0, 2)):
        _refuse(np.isinf(rows["value"]) | _out_of_time(rows, last_ms), probe.name, line)
        last_ms = int(rows["t_ms"][-1])
        yield rows


def _out_of_time(rows: Rows, last_ms: int) -> npt.NDArray[np.bool_]:
    t_ms = rows["t_ms"]
    back: npt.NDArray[np.bool_] = np.concatenate(([last_ms], t_ms[:-1])) > t_ms
    return back | (t_ms < _FIRST_MS) | (t_ms >= _LAST_MS)


def _refuse(wrong: npt.NDArray[np.bool_], name: str, line: int) -> None:
    if bool(wrong.any()):
        raise _no_row(name, line + int(np.argmax(wrong)))


def _blocks(
    probe: Probe, header: bytes, row: np.dtype[np.void], columns: tuple[int, ...]
) -> Iterator[tuple[int, Rows]]:
    """Rows, with the number of the line the first of them stands on."""
    line = 3
    for text in _whole_lines(probe, header):
        rows = _parsed(text, row, columns)
        if rows is None:
            raise _no_row(probe.name, line + _first_wrong(text, row, columns))
        yield line, rows
        line += rows.size


def _whole_lines(probe: Probe, header: bytes) -> Iterator[bytes]:
    """The rows as text, cut between lines.

    Raises:
        Malformed: another header, no rows, or a last line without an end.
    """
    rest, found, seen_header = b"", False, False
    with probe.open() as stream:
        while block := stream.read(_BLOCK_BYTES):
            rest += block
            if not seen_header:
                head = rest.split(b"\n", 2)
                if len(head) < 3 and len(rest) < HEAD_BYTES:
                    continue
                if len(head) < 3 or head[1].rstrip(b"\r") != header:
                    raise _no_header(probe.name, header)
                rest, seen_header = head[2], True
            text, end, rest = rest.rpartition(b"\n")
            if text:
                found = True
                yield text + end
            elif len(rest) > _BLOCK_BYTES:
                break
    if rest or not found:
        raise Malformed(
            Phrase("{name} is cut off. Copy it again, or export again.", {"name": probe.name}),
        )


def _parsed(text: bytes, row: np.dtype[np.void], columns: tuple[int, ...]) -> Rows | None:
    """All rows of a text, or None when a line is no row."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            rows = np.loadtxt(
                io.BytesIO(text), row, comments=None, delimiter=",", usecols=columns, ndmin=1, encoding="ascii"
            )
    except (ValueError, Warning, OverflowError):
        return None
    return rows if rows.size == text.count(b"\n") else None


def _first_wrong(text: bytes, row: np.dtype[np.void], columns: tuple[int, ...]) -> int:
    """Index of the first line that is no row."""
    lines = text.splitlines(keepends=True)
    low, high = 0, len(lines)
    while high - low > 1:  # of a broken text, halve the part that holds the first broken line
        middle = (low + high) // 2
        low, high = (middle, high) if _parsed(b"".join(lines[low:middle]), row, columns) is not None else (low, middle)
    return low


def _no_row(name: str, line: int) -> Malformed:
    return Malformed(
        Phrase(
            "{name} line {line}: not a row as Uitknop writes it. Export again and leave the files unchanged.",
            {"name": name, "line": line},
        )
    )


def _no_header(name: str, header: bytes) -> Malformed:
    return Malformed(
        Phrase(
            '{name} line 2: expected the header "{header}". Export again and leave the files unchanged.',
            {"name": name, "header": header.decode()},
        )
    )
