"""The golden vectors of the walk: small made recordings and constructed people with what the walk found, in
tests/fixtures/walk.

Without an argument every stored input is walked and compared with its stored output; what differs is printed, and the
exit code is 1. With `--write` inputs and outputs are made again: do that only when a verdict is meant to change, and
read the difference before it is committed.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import golden_people
import numpy as np
from golden_people import DAY_MS, NOW_MS, PEOPLE

from uitknop.core import Beats, Bout, Entry, Recording, Samples, Span
from uitknop.synthetic import BoutRecording, Case, make_bout_recording, make_person
from uitknop.walk import Request, output_of, parse_request, request_to_dict

FOLDER = Path(__file__).parent.parent / "tests/fixtures/walk"
RELATIVE = 1e-6
"""Sums of floats may differ in their last digits between processors."""
ROUNDED = {"probability": 1.01e-4}
"""Absolute tolerance of what is rounded before it is printed: it may fall to either side."""
MINUTE_MS = 60_000
ZONE = "Europe/Amsterdam"


def made(case: Case, *, seed: int, minutes: float = 20.0, **wishes: Any) -> BoutRecording:
    """One bout with ten minutes around it, movement in whole minutes: small enough to be kept."""
    bout = make_bout_recording(case, seed=seed, minutes=minutes, before_min=10.0, after_min=10.0, **wishes)
    steps = tuple(replace(series, device="") for series in bout.recording.samples if series.kind == "steps")
    return replace(bout, recording=replace(bout.recording, samples=steps))


def tagged(bout: BoutRecording, *, kind: str = "passive", label: str = "") -> Recording:
    """Its recording, with the bout as a rest in the diary."""
    span = bout.truth.span
    rest = Entry(span.start_ms, ZONE, "rest", kind, span.end_ms, label)
    return replace(bout.recording, entries=(*bout.recording.entries, rest))


def rest_that_settles() -> Request:
    """Sitting with a strap; heart rate falls by 7 bpm from minute 6 on."""
    bout = made("shift", seed=11, effect=(-7.0, 0.25), onset_min=6.0, shape="step")
    return Request((tagged(bout, kind="safety_signal", label="weighted blanket"),))


def rest_that_does_not() -> Request:
    """The same, and nothing eases."""
    return Request((tagged(made("none", seed=12)),))


def breathing_only() -> Request:
    """Six breaths a minute that leave nothing behind."""
    return Request((tagged(made("breathing", seed=32), kind="breathing"),))


def wrist_pulse() -> Request:
    """A wrist that measures pulse by light."""
    return Request((tagged(made("shift", seed=30, quality="wrist", effect=(-8.0, 0.3), onset_min=6.0)),))


def spans_of_a_protocol() -> Request:
    """Two stretches that were given: before, and the stress; judged exactly as they stand."""
    bout = made("task", seed=15, minutes=8.0)
    start_ms, end_ms = bout.truth.span.start_ms, bout.truth.span.end_ms
    spans = (
        Bout(Span(start_ms - 8 * MINUTE_MS, start_ms), "seated", "passive", "baseline", given=True),
        Bout(Span(start_ms, end_ms), "seated", "task", "sums", given=True),
        Bout(Span(end_ms, end_ms + 8 * MINUTE_MS), "seated", "passive", "recovery", given=True),
    )
    return Request((bout.recording,), spans)


def no_clock() -> Request:
    """Only beats, from a device without a clock: times count from the start."""
    recording = made("shift", seed=16, minutes=25.0, effect=(-8.0, 0.3), onset_min=8.0).recording
    beats = recording.beats
    assert beats is not None
    own = replace(beats, t_ms=beats.t_ms - beats.t_ms[0] + round(float(beats.rr_ms[0])))
    return Request((Recording("rr_text", "beats.txt", None, own, grade="B"),))


def irregular_rhythm() -> Request:
    """Intervals without memory that jump by a fifth."""
    rng = np.random.default_rng(17)
    rr_ms = np.rint(np.clip(rng.normal(720.0, 150.0, 3000), 320.0, 1600.0))
    beats = Beats.from_rr_ms(rr_ms, start_ms=1_772_453_000_000, tick_ms=1.0)
    rest = Bout(Span(1_772_453_600_000, 1_772_454_800_000), "seated", "passive", given=True)
    return Request((Recording("rr_text", "irregular.txt", ZONE, beats, grade="B"),), (rest,))


def medication() -> Request:
    """A beta blocker: the body settles, and heart rate can't be asked."""
    recording = tagged(made("shift", seed=18, effect=(-8.0, 0.3), onset_min=6.0))
    assert recording.span is not None
    pill = Entry(recording.span.start_ms - 60 * MINUTE_MS, ZONE, "medication", "beta_blocker")
    return Request((recording,), None, (pill,))


def gap_in_a_rest() -> Request:
    """Twelve of the twenty minutes are missing."""
    bout = made("shift", seed=19, effect=(-7.0, 0.25), onset_min=6.0)
    recording = tagged(bout)
    beats = recording.beats
    assert beats is not None
    first_ms = bout.truth.span.start_ms + 5 * MINUTE_MS
    kept = (beats.t_ms < first_ms) | (beats.t_ms - beats.rr_ms >= first_ms + 12 * MINUTE_MS)
    starts = beats.starts_run[kept]
    starts[np.flatnonzero(np.diff(beats.t_ms[kept]) > 5 * MINUTE_MS) + 1] = True
    cut = Beats(beats.t_ms[kept], beats.rr_ms[kept], beats.flag[kept], np.flatnonzero(starts), beats.tick_ms)
    return Request((replace(recording, beats=cut),))


def never_settles() -> Request:
    """Somebody on track B whose rest, with a strap, does not settle; two days later."""
    measured = rest_that_does_not()
    rest = measured.recordings[0].span
    assert rest is not None
    now_ms = rest.end_ms + 2 * DAY_MS
    diary = golden_people.told([*golden_people.on_b(), *golden_people.taps("ffhf")], now_ms - NOW_MS)
    return replace(measured, entries=tuple(diary), zone=ZONE, now_ms=now_ms)


def heart_rate_of_a_day() -> Request:
    """A watch that tells heart rate once a minute: a day and a night, an own scale, quiet time."""
    person = make_person("ordinary", seed=20, days=1, quality="hr_only", effect=(-9.0, 0.3))
    return Request(tuple(_by_minute(recording) for recording in person.recordings), None, (), ZONE)


def _by_minute(recording: Recording) -> Recording:
    """Heart rate at the start of each minute, and the minutes with steps."""
    heart, steps = recording.of_kind("heart_rate"), recording.of_kind("steps")
    assert heart is not None
    assert steps is not None
    minute = heart.t_ms // MINUTE_MS
    first = np.flatnonzero(np.diff(minute, prepend=minute[0] - 1) > 0)
    heart = Samples("heart_rate", minute[first] * MINUTE_MS, np.rint(heart.value[first]))
    walked = steps.value > 0
    steps = Samples("steps", steps.t_ms[walked], steps.value[walked])
    return replace(recording, samples=(heart, steps))


CASES: dict[str, Callable[[], Request]] = {
    case.__name__: case
    for case in (
        rest_that_settles,
        rest_that_does_not,
        breathing_only,
        wrist_pulse,
        spans_of_a_protocol,
        no_clock,
        irregular_rhythm,
        medication,
        gap_in_a_rest,
        heart_rate_of_a_day,
    )
}
"""Recordings that are judged, without a moment at which somebody stands anywhere."""

PEOPLE = {**PEOPLE, never_settles.__name__: never_settles}
"""People at a moment; what must hold of each stands in tests/walk/test_people.py."""

EVERY = CASES | PEOPLE


def told_of(told: dict[str, Any]) -> dict[str, Any]:
    """What the walk finds in the JSON of an input."""
    return output_of(parse_request(told))


def stored(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Input and output of a case, as they were stored."""
    one, other = (
        json.loads((folder_of(name) / f"{name}_{part}.json").read_text(encoding="utf-8"))
        for part in ("input", "output")
    )
    return dict(one), dict(other)


def folder_of(name: str) -> Path:
    """Where a case is stored: people have a folder of their own."""
    return FOLDER / "people" if name in PEOPLE else FOLDER


def differences(found: Any, expected: Any, place: str = "", name: str = "") -> Iterator[str]:
    """Where two outputs differ: floats beyond their tolerance, anything else at all."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key in found and key in expected:
                yield from differences(found[key], expected[key], f"{place}/{key}", key)
            else:
                yield f"{place}/{key}: only in what was {'found' if key in found else 'stored'}"
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{place}: {len(found)} found, {len(expected)} stored"
        for number, (one, other) in enumerate(zip(found, expected, strict=False)):
            yield from differences(one, other, f"{place}/{number}", name)
    elif isinstance(found, float) and isinstance(expected, float):
        if not math.isclose(found, expected, rel_tol=RELATIVE, abs_tol=ROUNDED.get(name, 1e-9)):
            yield f"{place}: {found} found, {expected} stored"
    elif found != expected or isinstance(found, bool) != isinstance(expected, bool):
        yield f"{place}: {found} found, {expected} stored"


def written(value: Any) -> str:
    """JSON on one line, with whole numbers without a point."""
    return json.dumps(_whole(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _whole(value: Any) -> Any:
    """Inputs only: 812 for 812.0, which is the same number to the schema and takes less room."""
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def lean(value: Any) -> Any:
    """Inputs of people: without what is empty, which the schema takes for the same."""
    if isinstance(value, dict):
        return {key: lean(inner) for key, inner in value.items() if inner not in (None, "", [], {})}
    return [lean(inner) for inner in value] if isinstance(value, list) else value


def by_field(output: dict[str, Any]) -> str:
    """An output with one line for each field of the findings and of where the person stands."""
    fields = {**output, **output.get("standing", {})}
    fields.pop("standing", None)
    rest = set(output) - {"standing"}

    def told(names: Iterable[str]) -> str:
        return ",\n".join(f"{json.dumps(name)}:{_compact(fields[name])}" for name in names)

    standing = told(name for name in fields if name not in rest)
    return f'{{{told(name for name in fields if name in rest)},\n"standing":{{\n{standing}\n}}}}\n'


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write() -> None:
    """Makes every input and output again."""
    for name, case in EVERY.items():
        folder = folder_of(name)
        folder.mkdir(parents=True, exist_ok=True)
        told = json.loads(written(request_to_dict(case())))
        told = lean(told) if name in PEOPLE else {key: told[key] for key in told if key not in ("now_ms", "settings")}
        (folder / f"{name}_input.json").write_text(written(told), encoding="utf-8")
        found = told_of(told)
        whole = json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        output = by_field(found) if name in PEOPLE else whole
        (folder / f"{name}_output.json").write_text(output, encoding="utf-8")


def main() -> int:
    """Compares, or writes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="make every input and output again")
    if parser.parse_args().write:
        write()
        return 0
    faults = []
    for name in EVERY:
        told, expected = stored(name)
        faults += [f"{name}{place}" for place in differences(told_of(told), expected)]
    print("\n".join(faults) or f"{len(EVERY)} cases, no difference.")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
