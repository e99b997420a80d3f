"""What a walk starts from, and how it is written as JSON: `request.schema.json` beside this file describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Bout, Entry, Phrase, Recording, Samples, Span, Value
from uitknop.core.errors import Malformed, ShapeError
from uitknop.core.table import plain
from uitknop.core.timeline import zone_of

if TYPE_CHECKING:
    from uitknop.guidance.settings import Settings

VERSION = 1
LONGEST_DAYS = 400
"""A longer recording is a wrong unit or clock, and would fill the memory with empty minutes."""


@dataclass(frozen=True, slots=True)
class Request(Value):
    """What a walk starts from.

    Args:
        recordings: of one person.
        spans: when given, exactly these are judged.
        entries: diary lines beside those the recordings carry.
        zone: in which times are shown; that of the recordings when None.
        now_ms: UTC ms at which to tell where the person stands; None to judge rest only.
        settings: in place of those of the diary; None for those.
    """

    recordings: tuple[Recording, ...]
    spans: tuple[Bout, ...] | None = None
    entries: tuple[Entry, ...] = ()
    zone: str | None = None
    now_ms: int | None = None
    settings: Settings | None = None


@lru_cache(maxsize=1)
def request_schema() -> dict[str, Any]:
    """The JSON schema of a request."""
    return _schema("request.schema.json")


@lru_cache(maxsize=1)
def output_schema() -> dict[str, Any]:
    """The JSON schema of what a walk prints."""
    return _schema("output.schema.json")


def _schema(name: str) -> dict[str, Any]:
    text = resources.files("uitknop.walk").joinpath(name).read_text(encoding="utf-8")
    return dict(json.loads(text))


def parse_request(told: Any) -> Request:
    """A request from what a JSON file holds.

    Raises:
        Malformed: it breaks the schema, or its arrays do not fit together; the place is named.
        KnowledgeError: a setting of a practice that does not exist.
    """
    fault = next(_validator().iter_errors(told), None)
    if fault is not None:
        while fault.context:  # of "null or this", the one that got furthest is what was meant
            fault = max(reversed(fault.context), key=lambda inner: len(inner.absolute_path))
        place = "/".join(str(part) for part in fault.absolute_path) or "the top"
        raise Malformed(
            Phrase(
                "The input breaks its schema at {place}: it should have {what}. Compare it with request.schema.json.",
                {"place": place, "what": f"{fault.validator} {str(fault.validator_value)[:80]}"},
            )
        )
    try:
        return Request(
            recordings=tuple(_recording(each) for each in told.get("recordings", ())),
            spans=None if told.get("spans") is None else tuple(_bout(each) for each in told["spans"]),
            entries=tuple(_entry(each) for each in told.get("entries", ())),
            zone=_zone(told.get("zone")),
            now_ms=told.get("now_ms"),
            settings=None if told.get("settings") is None else _settings(told["settings"]),
        )
    except ShapeError as shape:
        raise Malformed(Phrase("The arrays of the input do not fit together: {what}.", {"what": str(shape)})) from shape


@lru_cache(maxsize=1)
def _validator() -> Any:
    """A validator that looks at a long array of numbers as a whole: one by one, a day of beats takes seconds."""
    from jsonschema import Draft202012Validator  # slow to import, and only a walk needs it
    from jsonschema.validators import extend

    one_by_one = Draft202012Validator.VALIDATORS["items"]

    def items(validator: Any, schema: Mapping[str, Any], told: Any, parent: Mapping[str, Any]) -> Iterator[Any]:
        if not (isinstance(told, list) and _all_within(told, schema)):
            yield from one_by_one(validator, schema, told, parent)

    quick: Any = extend(Draft202012Validator, {"items": items})  # type: ignore[no-untyped-call]
    return quick(request_schema())


def _all_within(told: list[Any], schema: Mapping[str, Any]) -> bool:
    """Whether these are surely the numbers a schema asks for."""
    known: dict[str, set[type]] = {"number": {int, float}, "integer": {int}}
    types = known.get(schema.get("type", ""), set())
    if not told or not set(map(type, told)) <= types:
        return False
    low, high = min(told), max(told)
    above = low >= schema.get("minimum", low) and ("exclusiveMinimum" not in schema or low > schema["exclusiveMinimum"])
    return bool(above and high <= schema.get("maximum", high))


def _zone(name: str | None) -> str | None:
    if name is not None:
        zone_of(name)
    return name


def _settings(told: Mapping[str, Any]) -> Settings:
    from uitknop.guidance import practice  # a room that the judging of rest does not need
    from uitknop.guidance.settings import Settings

    minutes = {practice(name).id: float(number) for name, number in told.get("minutes", {}).items()}
    return Settings(bool(told.get("plan", False)), minutes)


def _recording(told: Mapping[str, Any]) -> Recording:
    beats = told.get("beats")
    recording = Recording(
        source=told.get("source", "walk"),
        name=told.get("name", ""),
        clock=_zone(told.get("clock")),
        beats=None if beats is None else _beats(beats),
        samples=tuple(_samples(each) for each in told.get("samples", ())),
        entries=tuple(_entry(each) for each in told.get("entries", ())),
        grade=told["grade"],
        notes=tuple(Phrase("{note}", {"note": note}) for note in told.get("notes", ())),
    )
    span = recording.span
    if span is not None and span.end_ms - span.start_ms > LONGEST_DAYS * 86_400_000:
        raise ShapeError(f"a recording of more than {LONGEST_DAYS} days")
    return recording


def _beats(told: Mapping[str, Any]) -> Beats:
    """Beats from RR intervals and the start of each unbroken run."""
    rr_ms = _numbers(told["rr_ms"], "rr_ms")
    run = np.asarray([start["index"] for start in told["runs"]], dtype=np.int64)
    t_ms = np.zeros(rr_ms.size, dtype=np.int64)
    for first, last, start in zip(run, np.append(run, rr_ms.size)[1:], told["runs"], strict=True):
        t_ms[first:last] = start["start_ms"] + np.rint(np.cumsum(rr_ms[first:last])).astype(np.int64)
    return Beats(
        t_ms,
        rr_ms,
        np.zeros(rr_ms.size, dtype=np.uint8),
        run,
        told.get("tick_ms"),
        told.get("source", "walk"),
        told.get("device", ""),
        told.get("kind", "rr"),
    )


def _samples(told: Mapping[str, Any]) -> Samples:
    value = _numbers(told["value"], told["kind"])
    return Samples(told["kind"], np.asarray(told["t_ms"], dtype=np.int64), value, told.get("device", ""))


def _numbers(told: list[float], name: str) -> npt.NDArray[np.float64]:
    """An array of what are numbers in more than name: Python reads NaN and Infinity where JSON has neither."""
    values = np.asarray(told, dtype=np.float64)
    if not bool(np.isfinite(values).all()):
        raise ShapeError(f"{name} holds what is not a number")
    return values


def _entry(told: Mapping[str, Any]) -> Entry:
    zone = str(_zone(told["zone"]))
    at_ms, end_ms = int(told["at_ms"]), told.get("end_ms")
    if end_ms is not None:
        end_ms = Span(at_ms, int(end_ms)).end_ms  # refuses an end before its start
    return Entry(at_ms, zone, told["kind"], told["value"], end_ms, told.get("label", ""))


def _bout(told: Mapping[str, Any]) -> Bout:
    span = Span(int(told["start_ms"]), int(told["end_ms"]))
    return Bout(span, told.get("posture", "unknown"), told["kind"], told.get("label", ""), given=True)


def request_to_dict(request: Request) -> dict[str, Any]:
    """A request in the types JSON knows; `parse_request` reads it back.

    Beat times within a run are told by its start and its intervals, so they come back to the nearest ms.
    """
    return {
        "version": VERSION,
        "zone": request.zone,
        "recordings": [_recording_dict(recording) for recording in request.recordings],
        "spans": None if request.spans is None else [_bout_dict(bout) for bout in request.spans],
        "entries": [plain(entry) for entry in request.entries],
        "now_ms": request.now_ms,
        "settings": plain(request.settings),
    }


def _recording_dict(recording: Recording) -> dict[str, Any]:
    return {
        "source": recording.source,
        "name": recording.name,
        "clock": recording.clock,
        "grade": recording.grade,
        "beats": None if recording.beats is None else _beats_dict(recording.beats),
        "samples": [plain(series) for series in recording.samples],
        "entries": [plain(entry) for entry in recording.entries],
        "notes": [str(note) for note in recording.notes],
    }


def _beats_dict(beats: Beats) -> dict[str, Any]:
    starts = [
        {"index": int(first), "start_ms": int(beats.t_ms[first]) - round(float(beats.rr_ms[first]))}
        for first in beats.run
    ]
    return {
        "rr_ms": beats.rr_ms.tolist(),
        "runs": starts,
        "tick_ms": beats.tick_ms,
        "source": beats.source,
        "device": beats.device,
        "kind": beats.kind,
    }


def _bout_dict(bout: Bout) -> dict[str, Any]:
    return {
        "start_ms": bout.span.start_ms,
        "end_ms": bout.span.end_ms,
        "kind": bout.kind,
        "label": bout.label,
        "posture": bout.posture,
    }
