"""Oura's table of trends: one row a day, durations in seconds, bedtimes with their offset, days left empty."""

from __future__ import annotations

from uitknop.core import Recording, SampleKind
from uitknop.sources.account_file import AccountFile, cell, number_in, offset_of
from uitknop.sources.columns import Columns, header_of, read_columns
from uitknop.sources.probe import Probe

DEVICE = "Oura, night"
"""Averages of a night are no members of the series of five minutes."""

_SOURCE = "oura"
_START, _END = "bedtime start", "bedtime end"
_BY_NIGHT: tuple[tuple[str, SampleKind], ...] = (
    ("average hrv", "vendor_rmssd"),
    ("lowest resting heart rate", "vendor_resting_heart_rate"),
    ("respiratory rate", "respiration_rate"),
    ("readiness score", "vendor_recovery"),
)


def is_trends(line: str) -> bool:
    """Whether a line is the header of the table."""
    header = {name.lower() for name in header_of(line)}
    return {"date", _START, _END} <= header and bool(
        header & {name for name, _ in _BY_NIGHT} | {"sleep score"} & header
    )


def read_trends(probe: Probe, said_zone: str | None) -> tuple[Recording, ...]:
    """Nightly values at 04:00 of the day of waking, and time in bed.

    Raises:
        SourceError: no table, or a date or time that can't be read, with its line.
    """
    account = AccountFile(_SOURCE, probe.name, said_zone)
    given = read_columns(probe.text(), probe.name)
    table = Columns(
        given.name, tuple(name.lower() for name in given.header), given.rows, given.line, given.decimal_comma
    )
    clock: str | None = None
    for row in range(len(table)):
        start, end = cell(table, row, _START), cell(table, row, _END)
        zone = offset_of(end.text() or "")
        clock = clock or zone
        account.stretch("sleep", "in_bed", account.moment(start), account.moment(end), zone=zone or "")
        # The end of the night tells the day of waking and its zone; a day without a night has only its date.
        morning = account.morning(cell(table, row, "date") if end.text() is None else end, zone)
        values = [(kind, number_in(account, cell(table, row, column), filler=0.0)) for column, kind in _BY_NIGHT]
        if morning is not None:
            for kind, value in values:
                account.gathered.add(kind, morning, value, DEVICE)
    return account.recordings(clock=clock)
