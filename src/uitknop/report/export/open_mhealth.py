"""Open mHealth / IEEE 1752.1: one data point a line, a file per schema, where a true schema exists and nothing else.

No schema exists for RMSSD, SDNN or a verdict. Intervals from light are no R-R intervals and stay out, and so do
recordings without a clock. Body posture is a list of words that other schemas use and no schema of a measurement.
Schemas: https://w3id.org/openmhealth, https://w3id.org/ieee/ieee-1752-schema.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Entry, Findings, Recording, SampleKind, Samples
from uitknop.core.table import Value
from uitknop.core.timeline import iso
from uitknop.report.export.block import BLOCK_ROWS, Block, encoded
from uitknop.report.export.cells import number_cell, number_cells, utc_cells
from uitknop.report.export.codes import HOME
from uitknop.report.export.identity import identity
from uitknop.report.export.sleep import SleepEpisode, find_episodes


@dataclass(frozen=True, slots=True)
class Schema(Value):
    """One published schema: its name and version, and the field and unit of what was measured."""

    name: str
    version: str
    field: str
    unit: str

    @property
    def file(self) -> str:
        """The file its data points go to."""
        return f"{self.name}.ndjson"


RR_INTERVAL = Schema("rr-interval", "1.0", "rr_interval", "ms")
STEP_COUNT = Schema("step-count", "3.0", "step_count", "steps")
SLEEP_DURATION = Schema("sleep-duration", "2.0", "sleep_duration", "min")
SLEEP_EPISODE = Schema("sleep-episode", "1.1", "total_sleep_time", "min")

AT_A_MOMENT: Mapping[SampleKind, Schema] = MappingProxyType(
    {
        "heart_rate": Schema("heart-rate", "2.0", "heart_rate", "beats/min"),
        "respiration_rate": Schema("respiratory-rate", "2.0", "respiratory_rate", "breaths/min"),
        "oxygen_saturation": Schema("oxygen-saturation", "2.0", "oxygen_saturation", "%"),
    }
)


def open_mhealth_export(
    pieces: Iterable[Recording],
    *,
    entries: Iterable[Entry] = (),
    findings: Findings | None = None,
    made_ms: int,
    version: str,
) -> Iterator[Block]:
    """Blocks of one file per schema.

    Args:
        pieces: recordings or pieces of them; those of one series in order of time.
        entries: lines of the diary, beside those inside the pieces; only sleep goes out.
        findings, made_ms, version: as for the other exports, and not used: no schema tells a conclusion, and a data
            point bears the moment of its measurement.
    """
    points = _Points()
    nights: dict[str, list[Entry]] = {"": [line for line in entries if line.kind == "sleep"]}
    for piece in pieces:
        if piece.clock is None:
            continue
        yield from points.of(piece)
        nights.setdefault(piece.person, []).extend(line for line in piece.entries if line.kind == "sleep")
    for person, lines in nights.items():
        found = find_episodes(lines)
        if found:
            yield _nights(SLEEP_DURATION, found, person)
            yield _nights(SLEEP_EPISODE, found, person)


@dataclass(slots=True)
class _Points:
    """Data points of pieces; remembers the last moment of each series of steps, and the last beat of each of beats."""

    _last: dict[tuple[str, ...], tuple[int, float]] = field(default_factory=dict)

    def of(self, piece: Recording) -> Iterator[Block]:
        if piece.beats is not None and piece.beats.kind == "rr":
            yield from self._beats(piece.beats, piece)
        for series in piece.samples:
            if series.kind == "steps":
                yield from self._steps(series, piece)
            elif (schema := AT_A_MOMENT.get(series.kind)) is not None:
                yield from _moments(schema, series, piece)

    def _beats(self, beats: Beats, piece: Recording) -> Iterator[Block]:
        if not len(beats):
            return
        whose = ("rr", piece.source, beats.device, piece.person)
        again = int(self._last.get(whose) == (int(beats.t_ms[0]), float(beats.rr_ms[0])))
        self._last[whose] = (int(beats.t_ms[-1]), float(beats.rr_ms[-1]))
        took = {"end_date_time": _TIME, "duration": {"value": _VALUE, "unit": "ms"}}
        template = _template(RR_INTERVAL, beats.device, {"time_interval": took})
        yield from _filled(RR_INTERVAL, template, whose, beats.t_ms[again:], beats.rr_ms[again:])

    def _steps(self, series: Samples, piece: Recording) -> Iterator[Block]:
        """Steps since the sample before; how long the first of a series took nobody knows, and it stays out."""
        whose = ("steps", piece.source, series.device, piece.person)
        before = [self._last[whose][0]] if whose in self._last else []
        t_ms = np.concatenate((np.array(before, np.int64), series.t_ms))
        value = series.value[series.value.size - t_ms.size + 1 :]
        if series.t_ms.size:
            self._last[whose] = (int(t_ms[-1]), 0.0)
        went_on = np.flatnonzero((np.diff(t_ms) > 0) & np.isfinite(value))
        took = {"start_date_time": _START, "end_date_time": _TIME}
        template = _template(STEP_COUNT, series.device, {"time_interval": took})
        yield from _filled(
            STEP_COUNT, template, whose, t_ms[1:][went_on], value[went_on], starts=utc_cells(t_ms[:-1][went_on])
        )


def _moments(schema: Schema, series: Samples, piece: Recording) -> Iterator[Block]:
    whose = (series.kind, piece.source, series.device, piece.person)
    there = np.isfinite(series.value)
    template = _template(schema, series.device, {"date_time": _TIME})
    yield from _filled(schema, template, whose, series.t_ms[there], series.value[there])


def _nights(schema: Schema, nights: Iterable[SleepEpisode], person: str) -> Block:
    template = _template(schema, "", {"time_interval": {"start_date_time": _START, "end_date_time": _TIME}})
    points = (
        template
        % {
            "id": identity(schema.name, person, night.start_ms, night.end_ms, night.asleep_ms),
            "start": iso(night.start_ms, night.zone),
            "time": iso(night.end_ms, night.zone),
            "value": number_cell(round(night.asleep_ms / 60_000, 3)),
        }
        for night in nights
    )
    return Block(schema.file, encoded("".join(points)))


_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_ID, _START, _TIME, _VALUE = "<id>", "<start>", "<time>", "<value>"


def _template(schema: Schema, device: str, time_frame: dict[str, Any]) -> str:
    """A data point on one line, with places for its identifier, times and value, to be filled with "%"."""
    header: dict[str, Any] = {
        "uuid": _ID,
        "schema_id": {"namespace": "omh", "name": schema.name, "version": schema.version},
        "source_creation_date_time": _TIME,
        "modality": "sensed",
    }
    if device:
        iri = f"{HOME}/device/{_percent_encoded(device)}"
        header["external_datasheets"] = [{"datasheet_type": "hardware", "datasheet_reference": iri}]
    body = {schema.field: {"value": _VALUE, "unit": schema.unit}, "effective_time_frame": time_frame}
    text = json.dumps({"header": header, "body": body}).replace("%", "%%").replace(f'"{_VALUE}"', "%(value)s")
    for place in (_ID, _START, _TIME):
        text = text.replace(place, f"%({place[1:-1]})s")
    return text + "\n"


def _percent_encoded(text: str) -> str:
    """Safe as a step of an address (RFC 3986): all but letters, digits and "-._~" as "%" and two digits."""
    return "".join(chr(byte) if chr(byte) in _UNRESERVED else f"%{byte:02X}" for byte in encoded(text))


def _filled(
    schema: Schema,
    template: str,
    whose: tuple[str, ...],
    t_ms: npt.NDArray[np.int64],
    value: npt.NDArray[np.float64],
    *,
    starts: Sequence[str] = (),
) -> Iterator[Block]:
    """Data points of a series, shape (n,) each; `starts` when each took from a moment on."""
    for first in range(0, t_ms.size, BLOCK_ROWS):
        cut = slice(first, first + BLOCK_ROWS)
        cells = (utc_cells(t_ms[cut]), number_cells(value[cut]), starts[cut] or [""] * t_ms[cut].size)
        points = (
            template % {"id": identity(*whose, t, start, cell), "start": start, "time": time, "value": cell}
            for t, time, cell, start in zip(t_ms[cut].tolist(), *cells, strict=True)
        )
        yield Block(schema.file, encoded("".join(points)))
