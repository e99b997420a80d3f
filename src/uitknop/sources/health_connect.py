"""Health Connect (Android): the database of its export; every table may be missing, names are spelt in two ways.

Table and column names: public notes on exported databases. Times are UTC ms, offsets are seconds; several apps write
the same kind of value, and one of them counts each day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TypeGuard

import numpy as np

from uitknop.core import Entry, Phrase, Recording, SampleKind
from uitknop.core.errors import NotRecognised, TooLarge
from uitknop.sources import limits
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS, Gathered
from uitknop.sources.one_app import app_notes, one_app_a_day, one_app_of_series
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.sqlite_file import MAGIC, Cell, Database, opened
from uitknop.sources.years import in_years

NAME = "health_connect"

_INSTANTS: MappingProxyType[str, tuple[str, SampleKind]] = MappingProxyType(
    {
        "heartratevariabilityrmssdrecordtable": ("heart_rate_variability_millis", "vendor_rmssd"),
        "restingheartraterecordtable": ("beats_per_minute", "vendor_resting_heart_rate"),
        "respiratoryraterecordtable": ("rate", "respiration_rate"),
        "oxygensaturationrecordtable": ("percentage", "oxygen_saturation"),
    }
)
"""Tables with one value at one time: name without underscores in small letters, column, kind."""

_STAGES = MappingProxyType({1: "awake", 2: "asleep", 3: "awake", 4: "light", 5: "deep", 6: "rem", 7: "awake"})
_FURTHEST_OFFSET_S = 14 * 3600
_LONGEST_APP = 100
_AT_ONCE = 5000
_FEW_APPS = 20


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    gathered: Gathered
    apps: dict[int, str]
    offsets_s: Counter[int] = field(default_factory=Counter)
    entries: list[tuple[str, Entry]] = field(default_factory=list)

    def app(self, key: Cell) -> str:
        return self.apps.get(key, "") if isinstance(key, int) else ""


def sniff(probe: Probe) -> float:
    """A SQLite database; surer when its name or its head says so."""
    if probe.shape != "file" or not probe.head.startswith(MAGIC):
        return 0.0
    known = "health_connect" in probe.name.lower() or b"_record_table" in probe.head
    return 0.95 if known else 0.2


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording of everything in the database; of many years of heart rate one a year.

    Raises:
        NotRecognised: a database of something else.
        Malformed, TooLarge: damaged or beyond a limit.
    """
    with opened(probe) as database:
        tables = {table.replace("_", "").lower(): table for table in database.tables}
        if not any(name.endswith("recordtable") for name in tables):
            raise NotRecognised(Phrase("{name} is a database, but not one of Health Connect.", {"name": probe.name}))
        found = _Found(Gathered(probe.name), _apps(database, tables))
        _read_instants(database, tables, found)
        _read_steps(database, tables, found)
        _read_heart_rate(database, tables, found)
        zone = request.zone or _usual_offset(found.offsets_s) or "UTC"
        _read_stretches(database, tables, found, zone)
    series, n_samples = one_app_of_series(found.gathered.series())
    entries, n_entries = _believed(found.entries)
    notes = found.gathered.notes() + app_notes(n_samples + n_entries)
    return in_years(Recording(NAME, probe.name, zone, None, series, entries, "D", notes))


def _apps(database: Database, tables: dict[str, str]) -> dict[int, str]:
    table = tables.get("applicationinfotable")
    if table is None:
        return {}
    return {
        key: "".join(letter for letter in name[:_LONGEST_APP] if letter.isprintable())
        for key, name in database.rows(table, ("row_id", "package_name"))
        if isinstance(key, int) and isinstance(name, str)
    }


def _read_instants(database: Database, tables: dict[str, str], found: _Found) -> None:
    for name, (column, kind) in _INSTANTS.items():
        if name in tables:
            _take(found, kind, database.rows(tables[name], ("time", column, "zone_offset", "app_info_id")))


def _read_steps(database: Database, tables: dict[str, str], found: _Found) -> None:
    if "stepsrecordtable" in tables:
        columns = ("end_time", "count", "end_zone_offset", "app_info_id")
        _take(found, "steps", database.rows(tables["stepsrecordtable"], columns))


def _read_heart_rate(database: Database, tables: dict[str, str], found: _Found) -> None:
    """The values lie in a table of their own, each with a key of the row that says which app wrote it."""
    child, parent = tables.get("heartraterecordseriestable"), tables.get("heartraterecordtable")
    if child is None:
        return
    values = ("epoch_millis", "beats_per_minute")
    if parent is None or "row_id" not in database.columns(parent) or "parent_key" not in database.columns(child):
        _take(found, "heart_rate", ((*row, None, None) for row in database.rows(child, values)))
    else:
        _take(found, "heart_rate", database.joined(child, values, parent, ("start_zone_offset", "app_info_id")))


def _take(found: _Found, kind: SampleKind, rows: Iterator[tuple[Cell, ...]]) -> None:
    """Rows of time, value, offset and app; many at a time where all are of the types they should be."""
    while batch := list(islice(rows, _AT_ONCE)):
        times, values, offsets_s, keys = zip(*batch, strict=True)
        found.offsets_s.update({which: n for which, n in Counter(offsets_s).items() if _is_offset(which)})
        if {*map(type, times)} == {int} and {*map(type, values)} <= {int, float} and len({*keys}) <= _FEW_APPS:
            t_ms, value = np.array(times, np.int64), np.array(values, np.float64)
            for key in {*keys}:
                whose = np.fromiter((other == key for other in keys), np.bool_, len(keys))
                found.gathered.add_all(kind, t_ms[whose], value[whose], found.app(key))
            continue
        for at, number, key in zip(times, values, keys, strict=True):
            if isinstance(at, int) and isinstance(number, (int, float)):
                found.gathered.add(kind, at, float(number), found.app(key))


def _read_stretches(database: Database, tables: dict[str, str], found: _Found, zone: str) -> None:
    """Sleep, its stages, and workouts."""
    sessions, stages = tables.get("sleepsessionrecordtable"), tables.get("sleepstagestable")
    times = ("start_time", "end_time", "start_zone_offset", "app_info_id")
    if sessions is not None:
        for start, end, offset_s, app in database.rows(sessions, times):
            _add(found, _entry(start, end, _zone(offset_s, zone), "in_bed"), app)
    if stages is not None and sessions is not None and "row_id" in database.columns(sessions):
        stretch = ("stage_start_time", "stage_end_time", "stage_type")
        for start, end, stage, offset_s, app in database.joined(
            stages, stretch, sessions, ("start_zone_offset", "app_info_id")
        ):
            if isinstance(stage, int) and stage in _STAGES:
                _add(found, _entry(start, end, _zone(offset_s, zone), _STAGES[stage]), app)
    if "exercisesessionrecordtable" in tables:
        table = tables["exercisesessionrecordtable"]
        for start, end, offset_s, app, sport in database.rows(table, (*times, "exercise_type")):
            label = str(sport) if isinstance(sport, int) else ""
            _add(found, _entry(start, end, _zone(offset_s, zone), "workout", label), app)


def _add(found: _Found, entry: Entry | None, app: Cell) -> None:
    if entry is None:
        return
    if len(found.entries) >= limits.ENTRIES:
        raise TooLarge(
            Phrase(
                "{name} holds more than {most} stages of sleep. Export a shorter time.",
                {"name": found.gathered.name, "most": limits.ENTRIES},
            )
        )
    found.entries.append((found.app(app), entry))


def _entry(start: Cell, end: Cell, zone: str, value: str, label: str = "") -> Entry | None:
    if not (isinstance(start, int) and isinstance(end, int) and EARLIEST_MS <= start < end < LATEST_MS):
        return None
    return Entry(start, zone, "exertion" if value == "workout" else "sleep", value, end, label)


def _believed(entries: list[tuple[str, Entry]]) -> tuple[tuple[Entry, ...], int]:
    """One app a day for sleep, and one for workouts."""
    kept: set[Entry] = set()
    n_left_out = 0
    for kind in ("sleep", "exertion"):
        rows, n_others = one_app_a_day(
            [row for row in entries if row[1].kind == kind], lambda row: row[0], lambda row: row[1].end_ms or 0
        )
        kept.update(entry for _, entry in rows)
        n_left_out += n_others
    return tuple(sorted(kept, key=lambda entry: (entry.at_ms, entry.end_ms or 0, entry.value))), n_left_out


def _usual_offset(offsets_s: Counter[int]) -> str:
    return _offset(min(offsets_s, key=lambda offset_s: (-offsets_s[offset_s], offset_s))) if offsets_s else ""


def _zone(offset_s: Cell, zone: str) -> str:
    return _offset(offset_s) if _is_offset(offset_s) else zone


def _is_offset(offset_s: Cell) -> TypeGuard[int]:
    return isinstance(offset_s, int) and abs(offset_s) <= _FURTHEST_OFFSET_S and offset_s % 60 == 0


def _offset(offset_s: int) -> str:
    sign, minutes = "-" if offset_s < 0 else "+", abs(offset_s) // 60
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


SOURCE = Source(
    NAME,
    Phrase("Health Connect database"),
    Quality("experimental", Phrase("Tables are known from public notes on exports; no authentic file was seen.")),
    sniff,
    read,
)
