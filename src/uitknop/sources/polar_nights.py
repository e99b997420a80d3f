"""Nights as Polar writes them: stages as changes since the start of sleep, and the recovery of each night."""

from __future__ import annotations

import re

from uitknop.core import Phrase, Recording
from uitknop.sources.account_file import AccountFile, number_in, offset_of
from uitknop.sources.json_text import Json

NIGHT = "Polar, night"
"""Averages of a night are no members of a series through the night."""

_SOURCE = "polar_flow"
_A_DURATION = Phrase("a duration like PT7H30M")
_DURATION = re.compile(r"^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,9})?)S)?)?$")
_STAGE = {
    "WAKE": "awake",
    "REM": "rem",
    "NONREM1": "light",
    "NONREM2": "light",
    "NONREM3": "deep",
}
"""Anything else, such as WS_UNKNOWN, is not known."""


def read_nights(content: Json, zone: str | None) -> tuple[Recording, ...]:
    """Time in bed and the stages of each night; the times say their own offset.

    Raises:
        SourceError: values of other types, or times that can't be read, with their place.
    """
    account = AccountFile(_SOURCE, content.name, zone)
    clock: str | None = None
    for night in content.items():
        hypnogram = night.get("sleepResult").get("hypnogram")
        start, end = hypnogram.get("sleepStart"), hypnogram.get("sleepEnd")
        start_ms, end_ms = account.moment(start), account.moment(end)
        said = offset_of(end.text() or "")
        clock = clock or said
        account.stretch("sleep", "in_bed", start_ms, end_ms, zone=said or "")
        if start_ms is not None and end_ms is not None:
            _read_stages(account, hypnogram.get("sleepStateChanges"), start_ms, end_ms, said or "")
    return account.recordings(clock=clock)


def read_recovery(content: Json, zone: str | None) -> tuple[Recording, ...]:
    """RMSSD, recovery and breathing of each night, at 04:00 of the day of waking.

    Raises:
        SourceError: values of other types, or dates that can't be read, with their place.
    """
    account = AccountFile(_SOURCE, content.name, zone)
    for night in content.items():
        morning = account.morning(night.get("night"))
        if morning is None:
            continue
        rmssd_ms = number_in(account, night.get("meanNightlyRecoveryRmssd"), filler=0.0)
        indicator = number_in(account, night.get("recoveryIndicator"), filler=0.0)
        breath_ms = number_in(account, night.get("meanNightlyRecoveryRespirationInterval"), filler=0.0)
        account.gathered.add("vendor_rmssd", morning, rmssd_ms, NIGHT)
        account.gathered.add("vendor_recovery", morning, indicator, NIGHT)
        account.gathered.add("respiration_rate", morning, breath_ms and 60_000 / breath_ms, NIGHT)
    return account.recordings()


def duration_ms(value: Json) -> int:
    """A duration in ISO 8601, in ms; 0 when it is missing.

    >>> duration_ms(Json("PT1H30M0.5S", "a.json"))
    5400500

    Raises:
        Malformed: no duration.
    """
    text = value.text()
    if text is None:
        return 0
    found = _DURATION.match(text)
    if found is None:
        raise value.fault(_A_DURATION)
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return round(1000 * (86_400 * days + 3600 * hours + 60 * minutes + seconds))


def _read_stages(account: AccountFile, changes: Json, start_ms: int, end_ms: int, zone: str) -> None:
    """Each stage lasts until the next change; a last change at or after the end of the night is its end mark."""
    marks = [
        (start_ms + duration_ms(change.get("offsetFromStart")), (change.get("state").text() or "").upper())
        for change in changes.items()
        if not change.missing
    ]
    marks.sort(key=lambda mark: mark[0])
    for i, (at_ms, state) in enumerate(marks):
        until_ms = marks[i + 1][0] if i + 1 < len(marks) else end_ms
        stage = _STAGE.get(state)
        if stage is not None and at_ms < min(until_ms, end_ms):
            account.stretch("sleep", stage, at_ms, min(until_ms, end_ms), zone=zone)
