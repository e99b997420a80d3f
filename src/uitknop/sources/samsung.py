"""Samsung Health "Download personal data": one CSV table per kind, and minute by minute detail as JSON.

Times in the tables are UTC whatever `time_offset` says; it tells where the person was. Public readers that compared
the tables with the detail, which counts ms since 1970, found so in their own exports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from types import MappingProxyType

from uitknop.core import Entry, Phrase, Recording, SampleKind
from uitknop.core.errors import NotRecognised, TooLarge
from uitknop.sources.gathered import Gathered
from uitknop.sources.json_text import Json, head_keys, read_json
from uitknop.sources.limits import ENTRIES
from uitknop.sources.one_app import app_notes, one_app_a_day
from uitknop.sources.probe import Probe
from uitknop.sources.samsung_table import Row, Rows, is_table, rows_of, type_of
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.years import in_years

NAME = "samsung_health"

_VALUES: MappingProxyType[str, tuple[str, SampleKind]] = MappingProxyType(
    {
        "heart_rate": ("heart_rate", "heart_rate"),
        "oxygen_saturation": ("spo2", "oxygen_saturation"),
        "stress": ("score", "vendor_stress"),
        "respiratory_rate": ("average", "respiration_rate"),
        "skin_temperature": ("temperature", "skin_temperature"),
        "pedometer_step_count": ("count", "steps"),
        "step_count": ("count", "steps"),
    }
)
"""Column and kind of sample by the last part of a table's type."""

_DETAIL: MappingProxyType[str, SampleKind] = MappingProxyType(
    {"heart_rate": "heart_rate", "rmssd": "vendor_rmssd", "sdnn": "vendor_sdnn"}
)
"""What a member of a list of detail may hold; RMSSD and SDNN are two measures and stay so."""

_STAGES = MappingProxyType({"40001": "awake", "40002": "light", "40003": "deep", "40004": "rem"})
_WORKOUTS = MappingProxyType({"1001": "walking", "1002": "running", "11007": "cycling"})
_OWN_APP = "com.sec.android.app.shealth"
_AVERAGES = "averages"


def sniff(probe: Probe) -> float:
    """A table whose first line or name says com.samsung; or detail by its fields and where it lies."""
    if is_table(probe):
        return 0.97
    keys = head_keys(probe)
    if not {"start_time", "end_time"} <= keys or not keys & _DETAIL.keys():
        return 0.0
    return 0.95 if "binning" in probe.name or "com.samsung" in (probe.place or str(probe.path)) else 0.6


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording of one table, or of one file of detail; of many years of heart rate one a year.

    Raises:
        NotRecognised: a table of a kind that is not read.
        Malformed, TooLarge: broken or beyond a limit.
    """
    if head_keys(probe):
        return (_read_detail(probe, request),)
    kind = type_of(probe).rpartition(".")[2]
    if kind not in {*_VALUES, "sleep", "sleep_stage", "exercise"}:
        raise NotRecognised(
            Phrase("{name} is a table of Samsung Health of a kind that is not read.", {"name": probe.name})
        )
    rows = rows_of(probe)
    if kind in _VALUES:
        gathered = _gathered(rows, *_VALUES[kind], probe.name)
        zone = request.zone or rows.usual_offset or "UTC"
        notes = _broken_notes(rows) + gathered.notes()
        return in_years(Recording(NAME, probe.name, zone, None, gathered.series(), (), "D", notes))
    believed, n_others = one_app_a_day(_stretches(rows), _app, lambda row: row.start_ms)
    zone = request.zone or rows.usual_offset or "UTC"
    entries = tuple(sorted(set(_entries(believed, kind, zone)), key=lambda entry: (entry.at_ms, entry.value)))
    notes = _broken_notes(rows) + app_notes(n_others)
    return (Recording(NAME, probe.name, zone, None, (), entries, "D", notes),)


def _broken_notes(rows: Rows) -> tuple[Phrase, ...]:
    if not rows.n_broken:
        return ()
    return (Phrase("{n} rows had a time or an offset that can't be, and were left out.", {"n": rows.n_broken}),)


def _stretches(rows: Rows) -> list[Row]:
    """The rows that last.

    Raises:
        TooLarge: too many for diary lines.
    """
    found = list(islice((row for row in rows if row.end_ms is not None and row.end_ms > row.start_ms), ENTRIES + 1))
    if len(found) > ENTRIES:
        raise TooLarge(Phrase("{name} has more than {most} rows. Split it.", {"name": rows.name, "most": ENTRIES}))
    return found


def _gathered(rows: Rows, column: str, kind: SampleKind, name: str) -> Gathered:
    """Values by device. A row with detail elsewhere is an average: kept as a device of its own, so that the detail
    of the same hour wins over it.
    """
    gathered = Gathered(name)
    for row in rows:
        t_ms = row.start_ms if kind != "steps" or row.end_ms is None else row.end_ms
        device = row.cells.get("deviceuuid", "")[:8]
        if row.cells.get("binning_data") or row.cells.get("binning"):
            device = f"{device} {_AVERAGES}".strip()
        value = _number(row.cells.get(column, ""))
        if kind != "steps" and value is not None and value <= 0:
            continue  # 0 and -1 stand for none
        gathered.add(kind, t_ms, value, device)
    return gathered


def _entries(rows: Sequence[Row], kind: str, zone: str) -> Iterator[Entry]:
    for row in rows:
        where = row.offset or zone
        if kind == "sleep_stage":
            stage = _STAGES.get(row.cells.get("stage", ""))
            if stage is not None:
                yield Entry(row.start_ms, where, "sleep", stage, row.end_ms)
        elif kind == "sleep":
            yield Entry(row.start_ms, where, "sleep", "in_bed", row.end_ms)
        else:
            code = row.cells.get("exercise_type", "")[:10]
            yield Entry(row.start_ms, where, "exertion", "workout", row.end_ms, _WORKOUTS.get(code, code))


def _app(row: Row) -> str:
    """Samsung's own app sorts first, so that it is believed where two wrote as much."""
    app = row.cells.get("pkg_name", "")
    return "" if app == _OWN_APP else app


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _read_detail(probe: Probe, request: Request) -> Recording:
    gathered = Gathered(probe.name)
    for item in read_json(probe).items():
        at = _moment(item)
        for key, kind in _DETAIL.items():
            value = item.get(key).number()
            if value is not None and value > 0:
                gathered.add(kind, at, value)
    return Recording(NAME, probe.name, request.zone or "UTC", None, gathered.series(), (), "D", gathered.notes())


def _moment(item: Json) -> float:
    at = item.get("start_time").number()
    if at is None:
        raise item.get("start_time").fault(Phrase("a time in ms since 1970"))
    return at


SOURCE = Source(
    NAME,
    Phrase("Samsung Health"),
    Quality("experimental", Phrase("Shapes and the clock are known from public readers; no authentic file was seen.")),
    sniff,
    read,
)
