"""Small recordings that are walked again: the stored answers stand."""

from __future__ import annotations

import json
from typing import Any

import golden
import pytest
from jsonschema import Draft202012Validator

from uitknop.report import findings_to_dict
from uitknop.walk import output_schema, parse_request, request_schema, request_to_dict, walk

MOST_BYTES = 60_000


def by_answer(name: str) -> list[str]:
    return [bout["answer"] for bout in golden.stored(name)[1]["bouts"]]


@pytest.mark.parametrize("name", golden.CASES)
def test_the_walk_finds_what_was_stored(name: str) -> None:
    told, expected = golden.stored(name)
    assert list(golden.differences(golden.told_of(told), expected)) == []


@pytest.mark.parametrize("name", golden.CASES)
def test_every_vector_fits_the_published_schemas(name: str) -> None:
    told, expected = golden.stored(name)
    Draft202012Validator(request_schema()).validate(told)
    Draft202012Validator(output_schema()).validate(expected)


@pytest.mark.parametrize("schema", [request_schema(), output_schema()], ids=["input", "output"])
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", golden.CASES)
def test_a_request_written_and_read_again_gives_the_same_findings(name: str) -> None:
    request = parse_request(golden.stored(name)[0])
    again = parse_request(json.loads(json.dumps(request_to_dict(request))))
    assert findings_to_dict(walk(again)) == findings_to_dict(walk(request))


@pytest.mark.parametrize("name", golden.CASES)
def test_every_vector_is_small(name: str) -> None:
    for part in ("input", "output"):
        assert (golden.FOLDER / f"{name}_{part}.json").stat().st_size < MOST_BYTES


def test_without_a_moment_there_is_no_word_on_where_anybody_stands() -> None:
    assert not any("standing" in golden.stored(name)[1] for name in golden.CASES)


def test_each_stored_file_belongs_to_a_case() -> None:
    names = {f"{name}_{part}.json" for name in golden.CASES for part in ("input", "output")}
    assert {path.name for path in golden.FOLDER.iterdir() if path.is_file()} == names


# What each vector is there for. When one of these fails after `--write`, the vector no longer shows its case.


def test_a_rest_that_settles_is_called_settled_and_keeps_its_kind_and_label() -> None:
    (bout,) = golden.stored("rest_that_settles")[1]["bouts"]
    assert (bout["answer"], bout["kind"], bout["label"]) == ("settled", "safety_signal", "weighted blanket")


def test_every_answer_is_among_the_vectors() -> None:
    answers = {answer for name in golden.CASES for answer in by_answer(name)}
    assert answers == {"settled", "not_settled", "cannot_tell", "breathing_only"}


def test_slow_breathing_that_leaves_nothing_behind_is_breathing_only() -> None:
    assert by_answer("breathing_only") == ["breathing_only"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("irregular_rhythm", "irregular_rhythm"), ("medication", "medication"), ("gap_in_a_rest", "low_coverage")],
)
def test_no_verdict_where_heart_rate_can_not_answer(name: str, code: str) -> None:
    (bout,) = golden.stored(name)[1]["bouts"]
    assert (bout["answer"], bout["probability"], [reason["code"] for reason in bout["reasons"]]) == (
        "cannot_tell",
        None,
        [code],
    )


def test_heart_rate_alone_is_grade_d_and_says_nothing_of_variability() -> None:
    output = golden.stored("heart_rate_of_a_day")[1]
    assert len(output["bouts"]) > 5
    assert {bout["confidence"] for bout in output["bouts"]} == {"D"}
    assert {bout["ln_rmssd_change"] for bout in output["bouts"]} == {None}
    assert output["summary"]["scale"]["day_hr_bpm"] > output["summary"]["scale"]["night_hr_bpm"]
    assert output["summary"]["scale"]["day_ln_rmssd"] is None


def test_without_a_clock_times_are_seconds_from_the_start() -> None:
    (bout,) = golden.stored("no_clock")[1]["bouts"]
    assert (bout["start"], bout["end"]) == (None, None)
    assert 0 <= bout["start_s"] < bout["end_s"]


def test_spans_are_judged_as_given_with_kind_and_label() -> None:
    told, expected = golden.stored("spans_of_a_protocol")
    assert [(bout["kind"], bout["label"]) for bout in expected["bouts"]] == [
        ("passive", "baseline"),
        ("task", "sums"),
        ("passive", "recovery"),
    ]
    lengths = [(span["end_ms"] - span["start_ms"]) / 60_000 for span in told["spans"]]
    assert lengths == [8.0, 8.0, 8.0]


# --- The comparison itself -----------------------------------------------------------------------------------------


def test_the_comparison_sees_a_changed_answer_a_changed_number_and_a_missing_field() -> None:
    stored = {"answer": "settled", "value": 1.0, "probability": 0.5, "n": 3}
    assert list(golden.differences({**stored, "value": 1.0 + 1e-9, "probability": 0.5001}, stored)) == []
    assert len(list(golden.differences({**stored, "answer": "not_settled"}, stored))) == 1
    assert len(list(golden.differences({**stored, "value": 1.00001}, stored))) == 1
    assert len(list(golden.differences({**stored, "value": None}, stored))) == 1
    assert len(list(golden.differences({"answer": "settled"}, stored))) == 3
    assert len(list(golden.differences([1, 2], [1]))) == 1
