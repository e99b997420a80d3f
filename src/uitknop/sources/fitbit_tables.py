"""Fitbit's newer files, one table each: variability, breathing and resting heart rate by night; heart rate, steps and
sleep stages with times in UTC.

What belongs to a night is of the date inside the row: the name of the file may say another day.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from types import MappingProxyType

from uitknop.core import Recording, SampleKind
from uitknop.sources.account_file import AccountFile, cell, number_in
from uitknop.sources.clock import has_offset, iso_column
from uitknop.sources.columns import Columns, header_of, read_columns
from uitknop.sources.probe import Probe

DEVICE = "Fitbit"
NIGHT = "Fitbit, night"
"""Averages of a night are no members of the series of five minutes."""

_SOURCE = "fitbit"
_BLOCK_LINES = 50_000
_DEVICE_COLUMN = "data source"
_STAGES = {"awake": "awake", "light": "light", "deep": "deep", "rem": "rem", "asleep": "asleep", "restless": "asleep"}

Reader = Callable[[Probe, str | None], tuple[Recording, ...]]
Series = tuple[tuple[str, SampleKind], ...]


def table_kind(probe: Probe) -> Reader | None:
    """The reader of a table by its header; None when it is none of Fitbit's."""
    if not probe.head_lines:
        return None
    named = (name.lower() for name in header_of(probe.head_lines[0]))
    header = tuple(name for name in named if name != _DEVICE_COLUMN)
    if header == ("timestamp", "beats per minute"):
        return _resting if _is_daily(probe) else _heart_rate
    if header in _NARROW:
        return _NARROW[header]
    return next((reader for start, reader in _WIDE.items() if header[: len(start)] == start), None)


def _is_daily(probe: Probe) -> bool:
    """Whether a table of beats a minute has one row a day: its name says so, or every row is of midnight."""
    if "resting" in probe.name.lower():
        return True
    rows = probe.head_lines[1:]
    return bool(rows) and all("T00:00:00" in row.split(",")[0].replace(" ", "T") for row in rows)


def _nightly(probe: Probe, zone: str | None, series: Series, device: str) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, probe.name, zone)
    table = _lower(read_columns(probe.text(), probe.name))
    for row in range(len(table)):
        morning = account.morning(cell(table, row, "timestamp"))
        if morning is not None:
            for column, kind in series:
                value = number_in(account, cell(table, row, column), filler=0.0)
                account.gathered.add(kind, morning, value, _device(table, row, device))
    return account.recordings()


def _through_the_day(probe: Probe, zone: str | None, series: Series, filler: float | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, probe.name, zone)
    for table in _blocks(probe):
        cells = table.cells("timestamp")
        times = iso_column(cells, zone, probe.name, table.line[0]).tolist()
        account.local |= not has_offset(cells[0])
        for column, kind in series:
            values = table.numbers(column).tolist()
            for row, (t_ms, value) in enumerate(zip(times, values, strict=True)):
                missing = value == filler or value != value  # no number
                account.gathered.add(kind, t_ms, None if missing else value, _device(table, row, DEVICE))
    return account.recordings()


def _blocks(probe: Probe) -> Iterator[Columns]:
    """The table in blocks of so many lines: a second-by-second table of months has millions of cells."""
    text = io.StringIO(probe.text())
    start = 1
    for header in text:
        start += 1
        if header.strip():
            break
    while lines := list(itertools.islice(text, _BLOCK_LINES)):
        if any(line.strip() for line in lines):
            block = read_columns(header + "".join(lines), probe.name)
            # In the block the header stands before its first line.
            line = tuple(start + number - 2 for number in block.line)
            yield _lower(Columns(block.name, block.header, block.rows, line, block.decimal_comma))
        start += len(lines)


def _variability_by_night(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _nightly(probe, zone, (("rmssd", "vendor_rmssd"),), NIGHT)


def _newer_variability_by_night(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _nightly(probe, zone, (("average heart rate variability milliseconds", "vendor_rmssd"),), NIGHT)


def _breathing_by_night(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _nightly(probe, zone, (("daily_respiratory_rate", "respiration_rate"),), NIGHT)


def _newer_breathing_by_night(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _nightly(probe, zone, (("breaths per minute", "respiration_rate"),), NIGHT)


def _resting(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _nightly(probe, zone, (("beats per minute", "vendor_resting_heart_rate"),), DEVICE)


def _variability(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _through_the_day(probe, zone, (("rmssd", "vendor_rmssd"),), 0.0)


def _newer_variability(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _through_the_day(probe, zone, ((_RMSSD, "vendor_rmssd"), (_SDNN, "vendor_sdnn")), 0.0)


def _heart_rate(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _through_the_day(probe, zone, (("beats per minute", "heart_rate"),), 0.0)


def _steps(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    return _through_the_day(probe, zone, (("steps", "steps"),), None)


def _sleep_stages(probe: Probe, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, probe.name, zone)
    table = _lower(read_columns(probe.text(), probe.name))
    for row in range(len(table)):
        stage = _STAGES.get((cell(table, row, "sleep_stage_type").text() or "").lower())
        start_ms = account.moment(cell(table, row, "sleep_stage_start"))
        end_ms = account.moment(cell(table, row, "sleep_stage_end"))
        if stage is not None:
            account.stretch("sleep", stage, start_ms, end_ms)
    return account.recordings()


def _device(table: Columns, row: int, device: str) -> str:
    if _DEVICE_COLUMN not in table.header:
        return device
    return (cell(table, row, _DEVICE_COLUMN).text() or device)[:80]


def _lower(table: Columns) -> Columns:
    header = tuple(name.lower() for name in table.header)
    return Columns(table.name, header, table.rows, table.line, table.decimal_comma)


_RMSSD = "root mean square of successive differences milliseconds"
_SDNN = "standard deviation milliseconds"

_NARROW: MappingProxyType[tuple[str, ...], Reader] = MappingProxyType(
    {
        ("timestamp", "daily_respiratory_rate"): _breathing_by_night,
        ("timestamp", "breaths per minute"): _newer_breathing_by_night,
        ("timestamp", "steps"): _steps,
    }
)
"""Reader of each table of two columns; a table of beats a minute is one of two."""

_WIDE: MappingProxyType[tuple[str, ...], Reader] = MappingProxyType(
    {
        ("timestamp", "rmssd", "nremhr", "entropy"): _variability_by_night,
        ("timestamp", "rmssd", "coverage", "low_frequency"): _variability,
        ("timestamp", "average heart rate variability milliseconds"): _newer_variability_by_night,
        ("timestamp", _RMSSD, _SDNN): _newer_variability,
        ("sleep_id", "sleep_stage_id", "sleep_stage_type"): _sleep_stages,
    }
)
"""Reader of each table by the columns it begins with."""
