"""An export of Apple Health as an iPhone writes it: a file of any size as blocks of bytes, with a known truth.

Shape: one element a line, one blank before a top-level element and one more per level; an internal description of the
format; records ordered by kind, then time; offsets of the local clock, so that they change in spring and autumn.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from uitknop.core import Value

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

ClockStyle = Literal["24 dot", "24 comma", "12 dot", "12 comma", "12 narrow", "12 small", "24 bare"]
"""How the phone's language writes the time of a beat."""

BLOCK_BYTES = 1 << 20
DAY_MS = 86_400_000
WATCH = "Apple\u00a0Watch van Jan"
PHONE = "iPhone van Jan"
_HARDWARE = {WATCH: ("Apple Watch", "Watch", "Watch6,2", "9.1"), PHONE: ("iPhone", "iPhone", "iPhone13,2", "16.1")}


@dataclass(frozen=True, slots=True)
class AppleExport(Value):
    """What is written.

    Args:
        days: days in it.
        first_ms: UTC ms of the first day's midnight.
        zone: where the phone lives.
        clock: how beats write their time.
        seed: another seed, other numbers.
        watch: False for a phone alone: steps and nothing of the heart.
        hours_off: whole hours by which the clock of the beats is off, as in exports from before a change of clocks.
    """

    days: int = 3
    first_ms: int = 1_711_670_400_000  # 29 March 2024, two days before the clocks go forward in Europe
    zone: str = "Europe/Amsterdam"
    clock: ClockStyle = "24 comma"
    seed: int = 1
    watch: bool = True
    hours_off: int = 0


def heart_rates(plan: AppleExport, day: int) -> tuple[Ints, Ints]:
    """UTC ms and bpm of a day's heart rates, every five minutes or so, shape (n,)."""
    rng = _rng(plan, day, 1)
    at_s = np.arange(0, 86_400, 300) + rng.integers(0, 240, 288)
    bpm = np.rint(68 + 12 * np.sin(at_s / 86_400 * 2 * np.pi - 2) + rng.normal(0, 5, 288)).astype(np.int64)
    return _day_ms(plan, day) + at_s * 1000, bpm


def step_counts(plan: AppleExport, day: int, source: str) -> tuple[Ints, Ints, Ints]:
    """UTC ms of start and end, and the steps between them, of one device's day, shape (n,)."""
    rng = _rng(plan, day, 2 if source == WATCH else 3)
    n = 70 if source == WATCH else 40
    start_s = 7 * 3600 + np.arange(n) * (54_000 // n) + rng.integers(0, 100, n)
    return (
        _day_ms(plan, day) + start_s * 1000,
        _day_ms(plan, day) + (start_s + rng.integers(20, 540, n)) * 1000,
        rng.integers(5, 700, n),
    )


def beat_lists(plan: AppleExport, day: int) -> tuple[Ints, ...]:
    """UTC ms of the beats of each list of a day, on a clock of 10 ms; one list crosses midnight."""
    rng = _rng(plan, day, 4)
    starts_s = np.array([2, 6, 11, 16, 20]) * 3600 + rng.integers(0, 1800, 5)
    lists = [_beat_ms(rng, _day_ms(plan, day) + int(start) * 1000) for start in starts_s]
    midnight = _local_midnight_ms(plan, day)
    return (*lists, _beat_ms(rng, midnight - 30_000))


def sleep_stages(plan: AppleExport, day: int) -> tuple[tuple[int, int, str], ...]:
    """UTC ms of start and end, and Apple's word, for each stage of the night that ends on a day."""
    rng = _rng(plan, day, 5)
    start_ms = _day_ms(plan, day) + 22 * 3_600_000
    words = ("Core", "Deep", "Core", "REM", "Core", "Deep", "Core", "REM", "Core", "REM")
    stages = []
    for word in words:
        end_ms = start_ms + int(rng.integers(20, 60)) * 60_000
        stages.append((start_ms, end_ms, f"Asleep{word}"))
        start_ms = end_ms
    return (*stages, (start_ms, start_ms + 300_000, "Awake"))


def apple_export_xml(plan: AppleExport) -> Iterator[bytes]:
    """The bytes of export.xml, in blocks of about a megabyte."""
    held: list[str] = []
    size = 0
    for text in _elements(plan):
        held.append(text)
        size += len(text)
        if size >= BLOCK_BYTES:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def pack_apple_export(plan: AppleExport, target: IO[bytes], *, name: str = "apple_health_export/export.xml") -> None:
    """export.zip into a stream: the export, the clinical document beside it and a route, which nobody should read.

    Args:
        plan: what is written.
        target: where the bytes of the zip file go.
        name: of the export inside it; phones write it in their own language.
    """
    place = name.rpartition("/")[0]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as member:
            for block in apple_export_xml(plan):
                member.write(block)
        archive.writestr(
            f"{place}/export_cda.xml", '<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"/>\n'
        )
        archive.writestr(
            f"{place}/electrocardiograms/ecg_2024-03-29.csv", "Name,Jan\nSample Rate,512 hertz\n\n" + _CURVE
        )
        archive.writestr(
            f"{place}/workout-routes/route_2024-03-29.gpx", '<?xml version="1.0"?>\n<gpx version="1.1"/>\n'
        )


_CURVE = "".join(f"{i * 37 % 900 - 200}.5\n" for i in range(512))

PROLOG = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT ExportDate EMPTY>
<!ATTLIST ExportDate
  value CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
  value         CDATA #IMPLIED
  sourceName    CDATA #REQUIRED
  sourceVersion CDATA #IMPLIED
  device        CDATA #IMPLIED
  creationDate  CDATA #IMPLIED
  startDate     CDATA #REQUIRED
  endDate       CDATA #REQUIRED
>
<!-- Note: Any Records that appear as children of a correlation also appear as top-level records in this document. -->
]>
<HealthData locale="nl_NL">
"""
"""How the file opens."""


def _elements(plan: AppleExport) -> Iterator[str]:
    yield PROLOG
    stamp = _Stamp(plan.zone)
    yield f' <ExportDate value="{stamp(plan.first_ms + plan.days * DAY_MS)}"/>\n'
    yield (
        ' <Me HKCharacteristicTypeIdentifierDateOfBirth="1970-01-01"'
        ' HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexNotSet"/>\n'
    )
    parts = (_steps, _energy, _heart, _breathing, _oxygen, _sleep, _resting, _variability, _pressure)
    for part in parts if plan.watch else (_steps,):
        for day in range(plan.days):
            yield from part(plan, day, stamp)
    for day in range(plan.days if plan.watch else 0):
        yield from _workouts(plan, day, stamp)
    for day in range(plan.days):
        yield f' <ActivitySummary dateComponents="{stamp(_day_ms(plan, day))[:10]}" activeEnergyBurned="412.5"/>\n'
    yield "</HealthData>\n"


class _Stamp:
    """UTC ms as "2024-03-31 03:00:00 +0200"; days and offsets are kept, for speed."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._known: dict[int, tuple[str, int, str]] = {}

    def __call__(self, t_ms: int) -> str:
        hour, rest_ms = divmod(t_ms, 3_600_000)
        if hour not in self._known:
            local = datetime.fromtimestamp(hour * 3600, UTC).astimezone(self._zone)
            self._known[hour] = (f"{local:%Y-%m-%d %H}", local.minute, f"{local:%z}")
        head, minute, offset = self._known[hour]
        minutes, rest_ms = divmod(rest_ms, 60_000)
        return f"{head}:{minute + minutes:02d}:{rest_ms // 1000:02d} {offset}"


def _record(kind: str, source: str, unit: str, times: tuple[str, str], value: str, inside: str = "") -> str:
    name, model, hardware, software = _HARDWARE[source]
    device = (
        f"&lt;&lt;HKDevice: 0x281c54f50&gt;, name:{name}, manufacturer:Apple Inc., model:{model}, "
        f"hardware:{hardware}, software:{software}&gt;"
    )
    units = f' unit="{unit}"' if unit else ""
    return (
        f' <Record type="{kind}" sourceName="{source}" sourceVersion="{software}" device="{device}"{units}'
        f' creationDate="{times[1]}" startDate="{times[0]}" endDate="{times[1]}" value="{value}"'
        + (f">\n{inside} </Record>\n" if inside else "/>\n")
    )


def _steps(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    for source in (PHONE, WATCH) if plan.watch else (PHONE,):
        for start_ms, end_ms, steps in zip(
            *(column.tolist() for column in step_counts(plan, day, source)), strict=True
        ):
            times = stamp(start_ms), stamp(end_ms)
            yield _record("HKQuantityTypeIdentifierStepCount", source, "count", times, str(steps))


def _energy(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    for i in range(250):
        start_ms = _day_ms(plan, day) + i * 300_000
        times = stamp(start_ms), stamp(start_ms + 290_000)
        yield _record("HKQuantityTypeIdentifierActiveEnergyBurned", WATCH, "kcal", times, f"{0.1 + i * 0.013:.3f}")


def _heart(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    context = '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n'
    for t_ms, bpm in zip(*(column.tolist() for column in heart_rates(plan, day)), strict=True):
        yield _record("HKQuantityTypeIdentifierHeartRate", WATCH, "count/min", (stamp(t_ms),) * 2, str(bpm), context)


def _breathing(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    for i in range(60):
        times = (stamp(_day_ms(plan, day) + i * 400_000),) * 2
        yield _record("HKQuantityTypeIdentifierRespiratoryRate", WATCH, "count/min", times, f"{13 + i % 5 * 0.5}")


def _oxygen(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    for i in range(20):
        times = (stamp(_day_ms(plan, day) + i * 4_000_000),) * 2
        yield _record("HKQuantityTypeIdentifierOxygenSaturation", WATCH, "%", times, f"{0.94 + i % 6 / 100:.2f}")


def _sleep(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    zone = f'  <MetadataEntry key="HKTimeZone" value="{plan.zone}"/>\n'
    for start_ms, end_ms, word in sleep_stages(plan, day):
        value = f"HKCategoryValueSleepAnalysis{word}"
        times = stamp(start_ms), stamp(end_ms)
        yield _record("HKCategoryTypeIdentifierSleepAnalysis", WATCH, "", times, value, zone)


def _resting(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    times = stamp(_day_ms(plan, day) + 60_000), stamp(_day_ms(plan, day) + 72_000_000)
    yield _record("HKQuantityTypeIdentifierRestingHeartRate", WATCH, "count/min", times, str(52 + day % 9))


def _variability(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    write = _CLOCKS[plan.clock]
    for beat_ms in beat_lists(plan, day):
        rate = np.rint(60_000 / np.diff(beat_ms, prepend=beat_ms[0] - 900)).astype(np.int64).tolist()
        lines = [
            f'   <InstantaneousBeatsPerMinute bpm="{bpm}" time="{_clock(t_ms, plan, stamp, write)}"/>\n'
            for bpm, t_ms in zip(rate, beat_ms.tolist(), strict=True)
        ]
        inside = f"  <HeartRateVariabilityMetadataList>\n{''.join(lines)}  </HeartRateVariabilityMetadataList>\n"
        times = stamp(int(beat_ms[0]) // 1000 * 1000), stamp(int(beat_ms[-1]) // 1000 * 1000 + 1000)
        value = f"{np.std(np.diff(beat_ms), ddof=1):.4f}"
        yield _record("HKQuantityTypeIdentifierHeartRateVariabilitySDNN", WATCH, "ms", times, value, inside)


def _pressure(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    """Blood pressure: two records, and again inside a correlation."""
    times = (stamp(_day_ms(plan, day) + 30_000_000),) * 2
    pair = [
        _record(f"HKQuantityTypeIdentifierBloodPressure{word}", PHONE, "mmHg", times, value)
        for word, value in (("Systolic", "121"), ("Diastolic", "78"))
    ]
    pair.append(_record("HKQuantityTypeIdentifierHeartRate", PHONE, "count/min", times, "64"))
    yield from pair
    yield (
        f' <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="{PHONE}" sourceVersion="16.1"'
        f' creationDate="{times[0]}" startDate="{times[0]}" endDate="{times[1]}">\n'
        f"{''.join(f' {line}' for line in pair)} </Correlation>\n"
    )


def _workouts(plan: AppleExport, day: int, stamp: _Stamp) -> Iterator[str]:
    start_ms = _day_ms(plan, day) + 61_200_000
    start, end = stamp(start_ms), stamp(start_ms + 1_800_000)
    yield (
        ' <Workout workoutActivityType="HKWorkoutActivityTypeWalking" duration="30" durationUnit="min"'
        f' sourceName="{WATCH}" sourceVersion="9.1" creationDate="{end}" startDate="{start}" endDate="{end}">\n'
        '  <MetadataEntry key="HKIndoorWorkout" value="0"/>\n'
        f'  <WorkoutEvent type="HKWorkoutEventTypeSegment" date="{start}" duration="9.5" durationUnit="min"/>\n'
        f'  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" startDate="{start}" endDate="{end}"'
        ' average="96.5" minimum="71" maximum="118" unit="count/min"/>\n'
        "  <WorkoutRoute>\n"
        f'   <FileReference path="/workout-routes/route_{start[:10]}.gpx"/>\n'
        "  </WorkoutRoute>\n"
        " </Workout>\n"
    )


def _clock(t_ms: int, plan: AppleExport, stamp: _Stamp, write: Callable[[int, str], str]) -> str:
    text = stamp(t_ms + plan.hours_off * 3_600_000)
    return write(int(text[11:13]), f"{text[13:19]}.{t_ms % 1000 // 10:02d}")


def _twelve(hour: int) -> int:
    return (hour - 1) % 12 + 1


_CLOCKS: dict[ClockStyle, Callable[[int, str], str]] = {
    "24 dot": lambda hour, rest: f"{hour:02d}{rest}",
    "24 comma": lambda hour, rest: f"{hour:02d}{rest.replace('.', ',')}",
    "24 bare": lambda hour, rest: f"{hour}{rest}",
    "12 dot": lambda hour, rest: f"{_twelve(hour)}{rest} {'AM' if hour < 12 else 'PM'}",
    "12 comma": lambda hour, rest: f"{_twelve(hour)}{rest.replace('.', ',')} {'AM' if hour < 12 else 'PM'}",
    "12 narrow": lambda hour, rest: f"{_twelve(hour)}{rest}\u202f{'AM' if hour < 12 else 'PM'}",
    "12 small": lambda hour, rest: f"{_twelve(hour)}{rest} {'am' if hour < 12 else 'pm'}",
}
CLOCK_STYLES = tuple(_CLOCKS)
"""Every way in which a time of a beat has been seen."""


def _beat_ms(rng: np.random.Generator, start_ms: int) -> Ints:
    rr_ms = 900 + 45 * np.sin(np.arange(60) * 1.4) + rng.normal(0, 12, 60)
    return (start_ms + np.rint((rng.uniform(100, 900) + np.cumsum(rr_ms)) / 10) * 10).astype(np.int64)


def _rng(plan: AppleExport, day: int, part: int) -> np.random.Generator:
    return np.random.default_rng((plan.seed, day, part))


def _day_ms(plan: AppleExport, day: int) -> int:
    return plan.first_ms + day * DAY_MS


def _local_midnight_ms(plan: AppleExport, day: int) -> int:
    noon = datetime.fromtimestamp(_day_ms(plan, day) / 1000 + 43_200, UTC).astimezone(ZoneInfo(plan.zone))
    midnight = noon.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return round(midnight.timestamp() * 1000)
