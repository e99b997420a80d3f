"""What a walk starts from, and how it is written as JSON: `request.schema.json` beside this file describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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
from uitknop.walk.schema_words import place_of, said_of, worst_of
from uitknop.walk.set_aside import SetAside, set_aside

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
        aside: lines that can't be read, each with what is wrong; a sign in them counts, and nothing else does.
    """

    recordings: tuple[Recording, ...]
    spans: tuple[Bout, ...] | None = None
    entries: tuple[Entry, ...] = ()
    zone: str | None = None
    now_ms: int | None = None
    settings: Settings | None = None
    aside: tuple[SetAside, ...] = ()


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


def parse_request(told: Any, *, stands: bool = False) -> Request:
    """A request from what a JSON file holds.

    Where it is told where the person stands, a line that is none is set aside with its reason: a slip in one line never
    hides a sign in another.

    Args:
        told: what the file holds.
        stands: whether that is told at a moment that does not stand in the file; it is where the file has one.
    Raises:
        Malformed: it breaks the schema, or its arrays do not fit together; the place is named.
        KnowledgeError: a setting of a practice that does not exist.
    """
    broken = _broken_lines(told, stands=stands)
    lines = _Lines(told.get("now_ms"), broken, lenient=stands or told.get("now_ms") is not None)
    recordings = tuple(
        _recording(each, f"recordings/{number}", lines) for number, each in enumerate(told.get("recordings", ()))
    )
    spans = told.get("spans")
    entries = lines.read(told.get("entries", ()), "entries")
    return Request(
        recordings=recordings,
        spans=None if spans is None else tuple(_bout(each, f"spans/{number}") for number, each in enumerate(spans)),
        entries=entries,
        zone=_zone(told.get("zone")),
        now_ms=told.get("now_ms"),
        settings=None if told.get("settings") is None else _settings(told["settings"]),
        aside=tuple(lines.aside),
    )


def _broken_lines(told: Any, *, stands: bool) -> dict[str, Phrase]:
    """Lines that break the schema, by their place, with what is wrong.

    Raises:
        Malformed: something else breaks it, or a line does and it is not told where the person stands.
    """
    found: dict[str, Phrase] = {}
    for fault in _validator().iter_errors(told):
        path = tuple(fault.absolute_path)
        worst = worst_of(fault)
        depth = next((at + 2 for at in (0, 2) if len(path) > at + 1 and path[at] == "entries"), None)
        if depth is None or not (stands or type(told.get("now_ms")) is int):
            place = {"place": place_of(worst), "what": said_of(worst)}
            raise Malformed(
                Phrase(
                    "The input is not right at {place}: {what}. Compare it with what uitknop walk --schema input "
                    "prints.",
                    place,
                )
            )
        within = "/".join(str(part) for part in list(worst.absolute_path)[depth:])
        found.setdefault("/".join(map(str, path[:depth])), _unreadable(within, said_of(worst)))
    return found


def _unreadable(place: str, what: Phrase) -> Phrase:
    """Why a line counts for nothing; the place within it is told where there is one."""
    if place:
        return Phrase(
            "This line can't be read at {place}: {what}. It counts for nothing; correct it.",
            {"place": place, "what": what},
        )
    return Phrase("This line can't be read: {what}. It counts for nothing; correct it.", {"what": what})


class _Lines:
    """Reads the lines of a request, and keeps those that are none."""

    def __init__(self, now_ms: int | None, broken: Mapping[str, Phrase], *, lenient: bool) -> None:
        self._now_ms, self._broken, self._lenient = now_ms, broken, lenient
        self.aside: list[SetAside] = []

    def read(self, told: Sequence[Any], place: str) -> tuple[Entry, ...]:
        """The lines of a list; where it is told where the person stands, those that are none are set aside.

        Raises:
            Malformed: a line is none, and it is not.
        """
        found: list[Entry] = []
        for number, each in enumerate(told):
            why = self._broken.get(f"{place}/{number}")
            if why is None:
                try:
                    found.append(_entry(each))
                    continue
                except Malformed as fault:
                    if not self._lenient:
                        raise
                    why = fault.phrase
            self.aside.append(set_aside(each, why, self._now_ms or 0))
        return tuple(found)


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


def _recording(told: Mapping[str, Any], place: str, lines: _Lines) -> Recording:
    beats = told.get("beats")
    try:
        recording = Recording(
            source=told.get("source", "walk"),
            name=told.get("name", ""),
            clock=_zone(told.get("clock")),
            beats=None if beats is None else _beats(beats),
            samples=tuple(_samples(each) for each in told.get("samples", ())),
            entries=lines.read(told.get("entries", ()), f"{place}/entries"),
            grade=told["grade"],
            notes=tuple(Phrase("{note}", {"note": note}) for note in told.get("notes", ())),
        )
        span = recording.span
    except ShapeError as shape:
        raise Malformed(
            Phrase(
                "The numbers at {place} do not fit together. Check that there are as many times as values, that the "
                "times rise, and that all of them are numbers.",
                {"place": place},
            )
        ) from shape
    if span is not None and span.end_ms - span.start_ms > LONGEST_DAYS * 86_400_000:
        raise Malformed(
            Phrase(
                "The recording at {place} is longer than {days} days, as when a unit or a clock is wrong. "
                "Correct its times.",
                {"place": place, "days": LONGEST_DAYS},
            )
        )
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
    if end_ms is not None and end_ms < at_ms:
        raise Malformed("A line of the diary ends before it begins. It counts for nothing; correct its times.")
    return Entry(
        at_ms, zone, told["kind"], told["value"], None if end_ms is None else int(end_ms), told.get("label", "")
    )


def _bout(told: Mapping[str, Any], place: str) -> Bout:
    start_ms, end_ms = int(told["start_ms"]), int(told["end_ms"])
    if end_ms < start_ms:
        raise Malformed(Phrase("The stretch at {place} ends before it begins. Correct its times.", {"place": place}))
    return Bout(Span(start_ms, end_ms), told.get("posture", "unknown"), told["kind"], told.get("label", ""), given=True)


def request_to_dict(request: Request) -> dict[str, Any]:
    """A request in the types JSON knows; `parse_request` reads it back.

    Lines that were set aside are not among it. Beat times within a run are told by its start and its intervals, so they
    come back to the nearest ms.
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
