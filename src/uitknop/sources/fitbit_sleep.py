"""One night as Fitbit writes it: time in bed, stages, and short wakes laid over them."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.sources.account_file import AccountFile
from uitknop.sources.json_text import Json

_STAGE = {
    "wake": "awake",
    "light": "light",
    "deep": "deep",
    "rem": "rem",
    # Nights without stages ("classic") tell restlessness instead; a restless sleeper sleeps.
    "awake": "awake",
    "asleep": "asleep",
    "restless": "asleep",
}
_LONGEST_S = 172_800.0


@dataclass(frozen=True, slots=True)
class _Stage:
    start_ms: int
    end_ms: int
    value: str


def read_sleep(account: AccountFile, night: Json) -> None:
    """Take one night: when in bed, and each stage with the short wakes cut out of it.

    Raises:
        Malformed: a time that can't be read, or values of other types.
    """
    start_ms, end_ms = account.moment(night.get("startTime")), account.moment(night.get("endTime"))
    account.stretch("sleep", "in_bed", start_ms, end_ms, label="" if _is_main(night) else "nap")
    stages = _stages(account, night.get("levels").get("data"))
    wakes = [stage for stage in _stages(account, night.get("levels").get("shortData")) if stage.value == "awake"]
    for stage in _with_wakes(stages, wakes):
        if stage.value:
            account.stretch("sleep", stage.value, stage.start_ms, stage.end_ms)


def _is_main(night: Json) -> bool:
    return night.get("mainSleep").claim() is not False


def _stages(account: AccountFile, rows: Json) -> list[_Stage]:
    found = [row for row in rows.items() if not row.missing]
    starts = account.moments([row.get("dateTime") for row in found])
    stages = []
    for start_ms, row in zip(starts, found, strict=True):
        seconds = row.get("seconds").number() or 0.0
        if 0 < seconds <= _LONGEST_S:
            value = _STAGE.get((row.get("level").text() or "").lower(), "")
            stages.append(_Stage(start_ms, start_ms + round(1000 * seconds), value))
    return sorted(stages, key=lambda stage: (stage.start_ms, stage.end_ms))


def _with_wakes(stages: list[_Stage], wakes: list[_Stage]) -> list[_Stage]:
    """Stages with the wakes cut out, and the wakes, in order of time."""
    pieces: list[_Stage] = list(wakes)
    first = 0
    for stage in stages:
        at_ms = stage.start_ms
        while first < len(wakes) and wakes[first].end_ms <= stage.start_ms:
            first += 1
        within = first
        while within < len(wakes) and wakes[within].start_ms < stage.end_ms:
            if wakes[within].start_ms > at_ms:
                pieces.append(_Stage(at_ms, wakes[within].start_ms, stage.value))
            at_ms = max(at_ms, wakes[within].end_ms)
            within += 1
        if at_ms < stage.end_ms:
            pieces.append(_Stage(at_ms, stage.end_ms, stage.value))
    return sorted(pieces, key=lambda stage: (stage.start_ms, stage.end_ms))
