"""The rows of WHOOP's four tables, under our names of the columns.

Times are local, in the zone beside them. A night belongs to the day of waking. The cycle that is still open has no
end: nothing here is of the end of a cycle, so that a later export says the same.
"""

from __future__ import annotations

import re

from uitknop.core import Phrase, Recording, SampleKind
from uitknop.core.timeline import from_ms
from uitknop.sources.account_file import AccountFile, cell, number_in
from uitknop.sources.columns import Columns
from uitknop.sources.json_text import Json

DEVICE = "WHOOP"

_SOURCE = "whoop"
_HALF_DAY_MS = 12 * 3_600_000
_BY_NIGHT: tuple[tuple[str, SampleKind], ...] = (
    ("hrv", "vendor_rmssd"),
    ("resting", "vendor_resting_heart_rate"),
    ("recovery", "vendor_recovery"),
    ("breathing", "respiration_rate"),
    ("oxygen", "oxygen_saturation"),
    ("skin_temp", "skin_temperature"),
)
_YES = frozenset({"true", "yes", "ja", "si", "sí", "1", "oui", "sim"})
_NO = frozenset({"false", "no", "nein", "0", "non", "nao", "não", "nee"})
_A_ZONE = Phrase("a zone like UTC+01:00")
_ZONE = re.compile(r"^(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})$", re.I)


def read_cycles(table: Columns, said_zone: str | None) -> tuple[Recording, ...]:
    """Values of each night at 04:00 of the day of waking, and the sleep that began the cycle."""
    account = AccountFile(_SOURCE, table.name, said_zone)
    for row in range(len(table)):
        zone = _zone(cell(table, row, "zone"))
        start_ms = account.moment(cell(table, row, "cycle_start"), zone)
        morning = _morning(account, table, row, start_ms, zone)
        if morning is None:
            continue
        for column, kind in _BY_NIGHT:
            value = number_in(account, cell(table, row, column), filler=None if kind == "vendor_recovery" else 0.0)
            account.gathered.add(kind, morning, value, DEVICE)
        _sleep(account, table, row, zone, "")
    return account.recordings(clock=_first_zone(table))


def read_sleeps(table: Columns, said_zone: str | None) -> tuple[Recording, ...]:
    """Each sleep from onset to waking; naps are labelled."""
    account = AccountFile(_SOURCE, table.name, said_zone)
    for row in range(len(table)):
        label = "nap" if _claim(cell(table, row, "nap")) else ""
        zone = _zone(cell(table, row, "zone"))
        _sleep(account, table, row, zone, label)
        woke = cell(table, row, "wake_onset")
        if not label and woke.text() is not None:
            morning = account.morning(woke, zone)
            breathing = number_in(account, cell(table, row, "breathing"), filler=0.0)
            account.gathered.add("respiration_rate", morning or 0, breathing, DEVICE)
    return account.recordings(clock=_first_zone(table))


def read_workouts(table: Columns, said_zone: str | None) -> tuple[Recording, ...]:
    """Each workout with the name of the activity."""
    account = AccountFile(_SOURCE, table.name, said_zone)
    for row in range(len(table)):
        zone = _zone(cell(table, row, "zone"))
        start_ms = account.moment(cell(table, row, "workout_start"), zone)
        end_ms = account.moment(cell(table, row, "workout_end"), zone)
        label = cell(table, row, "activity").text() or ""
        account.stretch("exertion", "workout", start_ms, end_ms, label=label, zone=zone or "")
    return account.recordings(clock=_first_zone(table))


def read_journal(table: Columns, said_zone: str | None) -> tuple[Recording, ...]:
    """Each answer at the start of its cycle, and each note in the person's own words."""
    account = AccountFile(_SOURCE, table.name, said_zone)
    for row in range(len(table)):
        zone = _zone(cell(table, row, "zone"))
        at_ms = account.moment(cell(table, row, "cycle_start"), zone)
        question = cell(table, row, "question").text() or ""
        answer = cell(table, row, "answered")
        claim = _claim(answer)
        said = (answer.text() or "") if claim is None else "yes" if claim else "no"
        account.line("answer", said, at_ms, label=question, zone=zone or "")
        account.line("tag", cell(table, row, "notes").text() or "", at_ms, label=question, zone=zone or "")
    return account.recordings(clock=_first_zone(table))


def _sleep(account: AccountFile, table: Columns, row: int, zone: str | None, label: str) -> None:
    onset_ms = account.moment(cell(table, row, "sleep_onset"), zone)
    wake_ms = account.moment(cell(table, row, "wake_onset"), zone)
    account.stretch("sleep", "asleep", onset_ms, wake_ms, label=label, zone=zone or "")


def _morning(account: AccountFile, table: Columns, row: int, start_ms: int | None, zone: str | None) -> int | None:
    """04:00 of the day of waking; where no sleep was seen, of the day half a day after the cycle began."""
    woke = cell(table, row, "wake_onset")
    if woke.text() is not None:
        return account.morning(woke, zone)
    if start_ms is None:
        return None
    later = from_ms(start_ms + _HALF_DAY_MS, zone or account.zone)
    return account.morning(woke._replace(value=later.date().isoformat()), zone)


def _zone(written: Json) -> str | None:
    """The zone of a row in one spelling; None when there is none.

    >>> [_zone(Json(zone, "a.csv")) for zone in ("UTC+01:00", "-05:00", "UTCZ", "UTC", "")]
    ['+01:00', '-05:00', 'UTC', 'UTC', None]
    """
    text = (written.text() or "").upper()
    if not text:
        return None
    found = _ZONE.match(text)
    if found is not None and int(found[2]) <= 14 and int(found[3]) < 60:
        return f"{found[1]}{found[2]:0>2}:{found[3]}"
    if text in {"UTC", "UTCZ", "Z", "GMT"}:
        return "UTC"
    raise written.fault(_A_ZONE)


def _first_zone(table: Columns) -> str | None:
    return next((zone for row in range(len(table)) if (zone := _zone(cell(table, row, "zone"))) is not None), None)


def _claim(answer: Json) -> bool | None:
    text = (answer.text() or "").casefold()
    return True if text in _YES else False if text in _NO else None
