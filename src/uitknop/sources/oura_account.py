"""Oura's account export: sleep periods with series of five minutes, heart rate, readiness, workouts and tags.

The shapes are those of Oura's programming interface. A period holds `hrv` and `heart_rate` as {interval in s, items
with null for none, timestamp}, and its stages as one digit for each five minutes.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from uitknop.core import Recording, SampleKind
from uitknop.sources.account_file import AccountFile, number_in, offset_of
from uitknop.sources.json_text import Json
from uitknop.sources.oura_trends import DEVICE as NIGHT

DEVICE = "Oura"
DAY = "Oura, day"
"""The list of heart rates through the day and night has other values for a night than its period."""

_SOURCE = "oura"
_STAGE = {"1": "deep", "2": "light", "3": "rem", "4": "awake"}
_STAGE_MS = 300_000
_LONGEST_INTERVAL_S = 3600.0
_PERIODS = ("sleep", "sleep_periods", "sleeps", "data")


def read_account(content: Json, said_zone: str | None) -> tuple[Recording, ...]:
    """One recording for each year of waking, so that none is longer than a year.

    Raises:
        SourceError: values of other types, or times that can't be read, with their place.
    """
    years: dict[str, AccountFile] = {}
    clocks: dict[str, str | None] = {}

    def account_of(day: str | None) -> AccountFile:
        year = (day or "")[:4]
        if year not in years:
            years[year] = AccountFile(_SOURCE, content.name, said_zone)
        return years[year]

    for period in _periods(content):
        woke = period.get("bedtime_end").text()
        account = account_of(woke)
        clocks.setdefault((woke or "")[:4], offset_of(woke or ""))
        _read_period(account, period)
    if content.is_object:
        for score in content.get("daily_readiness").items():
            _read_score(account_of(score.get("day").text()), score)
        for workout in content.get("workout").items():
            _read_workout(account_of(workout.get("start_datetime").text()), workout)
        for beat in content.get("heartrate").items():
            _read_heart_rate(account_of(beat.get("timestamp").text()), beat)
        for tag in content.get("tag").items():
            _read_tag(account_of(tag.get("timestamp").text()), tag)
    found = [(year, part) for year in sorted(years) for part in years[year].recordings(clock=clocks.get(year))]
    return tuple(replace(part, name=f"{part.name} {year}") if len(found) > 1 else part for year, part in found)


def _periods(content: Json) -> list[Json]:
    if content.is_list:
        return list(content.items())
    return [period for name in _PERIODS for period in content.get(name).items()]


def _read_period(account: AccountFile, period: Json) -> None:
    start, end = period.get("bedtime_start"), period.get("bedtime_end")
    if period.get("type").text() == "deleted" or start.missing or end.missing:
        return
    start_ms, end_ms = account.moment(start), account.moment(end)
    zone = offset_of(end.text() or "")
    label = "" if period.get("type").text() in {None, "long_sleep"} else "nap"
    account.stretch("sleep", "in_bed", start_ms, end_ms, label=label, zone=zone or "")
    if start_ms is not None:
        _read_stages(account, period.get("sleep_phase_5_min").text() or "", start_ms, end_ms, zone)
    _read_series(account, period.get("hrv"), "vendor_rmssd", start)
    _read_series(account, period.get("heart_rate"), "heart_rate", start)
    morning = account.morning(end, zone)
    if morning is not None and not label:
        by_night: tuple[tuple[str, SampleKind], ...] = (
            ("average_hrv", "vendor_rmssd"),
            ("lowest_heart_rate", "vendor_resting_heart_rate"),
            ("average_breath", "respiration_rate"),
        )
        for name, kind in by_night:
            account.gathered.add(kind, morning, number_in(account, period.get(name), filler=0.0), NIGHT)


def _read_stages(account: AccountFile, digits: str, start_ms: int, end_ms: int | None, zone: str | None) -> None:
    """Neighbouring five minutes of one stage become one stretch, within the time in bed."""
    at_ms = start_ms
    for digit, run in groupby(digits):
        until_ms = at_ms + _STAGE_MS * len(list(run))
        last_ms = until_ms if end_ms is None else min(until_ms, end_ms)
        if digit in _STAGE and last_ms > at_ms:
            account.stretch("sleep", _STAGE[digit], at_ms, last_ms, zone=zone or "")
        at_ms = until_ms


def _read_series(account: AccountFile, series: Json, kind: SampleKind, bedtime: Json) -> None:
    if series.missing:
        return
    began = series.get("timestamp")
    first_ms = account.moment(bedtime if began.missing else began)
    interval_s = series.get("interval").number()
    if first_ms is None or interval_s is None or not 0 < interval_s <= _LONGEST_INTERVAL_S:
        account.gathered.n_left_out += 1
        return
    for i, item in enumerate(series.get("items").items()):
        value = number_in(account, item, filler=0.0)
        account.gathered.add(kind, first_ms + round(1000 * interval_s * i), value, DEVICE)


def _read_score(account: AccountFile, score: Json) -> None:
    morning = account.morning(score.get("day"))
    if morning is not None:
        account.gathered.add("vendor_recovery", morning, number_in(account, score.get("score"), filler=0.0), NIGHT)


def _read_workout(account: AccountFile, workout: Json) -> None:
    start, end = workout.get("start_datetime"), workout.get("end_datetime")
    zone = offset_of(start.text() or "")
    label = workout.get("activity").text() or ""
    start_ms, end_ms = account.moment(start), account.moment(end)
    account.stretch("exertion", "workout", start_ms, end_ms, label=label, zone=zone or "")


def _read_heart_rate(account: AccountFile, sample: Json) -> None:
    t_ms = account.moment(sample.get("timestamp"))
    if t_ms is not None:
        account.gathered.add("heart_rate", t_ms, number_in(account, sample.get("bpm"), filler=0.0), DAY)


def _read_tag(account: AccountFile, tag: Json) -> None:
    """A tag is known by its names and the person's own words."""
    when = tag.get("timestamp")
    at_ms, zone = account.moment(when), offset_of(when.text() or "") or ""
    for name in tag.get("tags").items():
        account.line("tag", name.text() or "", at_ms, zone=zone)
    account.line("tag", tag.get("text").text() or "", at_ms, label="text", zone=zone)
