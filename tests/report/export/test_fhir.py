"""Every resource is FHIR R4, means what its code says, and RMSSD is never filed under the code of SDNN."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import UNIT_OF, Beats, Entry, Findings, Recording, SampleKind, Samples
from uitknop.report.export import Block, fhir_export
from uitknop.report.export.codes import HOME, LOINC, MEASURES, OF_SAMPLES, own_codes
from uitknop.report.export.fhir import ANSWERS, CODES, OBSERVATIONS
from uitknop.report.export.fhir_verdicts import NOT_A_DIAGNOSIS

Whole = Callable[[Iterable[Block]], dict[str, bytes]]
SDNN = "80404-7"
T_MS = 1_774_785_600_123  # 2026-03-29T12:00:00.123Z
TRUE_CODES = {
    "heart_rate": "8867-4",
    "vendor_resting_heart_rate": "40443-4",
    "vendor_sdnn": SDNN,
    "respiration_rate": "9279-1",
    "oxygen_saturation": "59408-5",
}
CLASS_OF = {OBSERVATIONS: Observation, ANSWERS: QuestionnaireResponse, CODES: CodeSystem}


@pytest.fixture(scope="session")
def resources(whole: Whole) -> Callable[..., dict[str, list[dict[str, Any]]]]:
    """The resources by file, each parsed by the published classes and found unchanged."""

    def parse(*args: Any, **more: Any) -> dict[str, list[dict[str, Any]]]:
        files = whole(fhir_export(*args, made_ms=T_MS, version="0.1.0", **more))
        told = lines_of(files)
        for name, found in told.items():
            for one in found:
                again = json.loads(CLASS_OF[name].model_validate(one).model_dump_json())
                assert normal(again) == normal(one)
        return told

    return parse


def lines_of(files: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    return {name: [json.loads(line) for line in content.splitlines()] for name, content in files.items()}


def normal(value: Any, name: str = "") -> Any:
    """Numbers and moments as values: 61 and 61.0, 12:00Z and 12:00:00.000+00:00 say the same."""
    if isinstance(value, dict):
        return {key: normal(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value)).normalize()
    if isinstance(value, str) and name in {
        "start",
        "end",
        "effectiveDateTime",
        "authored",
        "valueDateTime",
        "value",
        "date",
    }:
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(value).timestamp()
    if isinstance(value, str) and name == "value":
        with contextlib.suppress(InvalidOperation):
            return Decimal(value).normalize()
    return value


def of_kind(kind: SampleKind, value: float = 61.5, device: str = "H10") -> Recording:
    return Recording("polar", "a", "UTC", None, (Samples(kind, np.array([T_MS]), np.array([value]), device),))


@pytest.mark.parametrize("kind", TRUE_CODES)
def test_a_quantity_with_a_true_code_has_that_code_and_a_ucum_unit(
    kind: SampleKind, resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> None:
    (one,) = resources([of_kind(kind)])[OBSERVATIONS]
    assert [(coding["system"], coding["code"]) for coding in one["code"]["coding"]] == [(LOINC, TRUE_CODES[kind])]
    assert one["effectiveDateTime"] == "2026-03-29T12:00:00.123Z"
    assert one["valueQuantity"]["value"] == 61.5
    assert one["valueQuantity"]["system"] == "http://unitsofmeasure.org"
    assert one["valueQuantity"]["code"] == {"vendor_sdnn": "ms", "oxygen_saturation": "%"}.get(kind, "/min")
    assert one["device"] == {"display": "H10"}


@pytest.mark.parametrize("kind", sorted(set(UNIT_OF) - set(OF_SAMPLES)))
def test_a_kind_without_a_code_does_not_go_out(
    kind: SampleKind, resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> None:
    assert OBSERVATIONS not in resources([of_kind(kind)]) or not resources([of_kind(kind)])[OBSERVATIONS]


def codes_in(value: Any) -> set[tuple[str, str]]:
    if isinstance(value, dict):
        own = {(value["system"], value["code"])} if {"system", "code"} <= set(value) else set()
        return own.union(*(codes_in(item) for item in value.values()))
    return set().union(*(codes_in(item) for item in value)) if isinstance(value, list) else set()


def every_quantity() -> Recording:
    """A recording in which RMSSD and SDNN tell themselves by their values."""
    series = [
        Samples(kind, np.array([T_MS]), np.array([77.0 if kind == "vendor_sdnn" else 33.0]), "ring") for kind in UNIT_OF
    ]
    return Recording("oura", "a", "UTC", Beats.from_rr_ms([800.0] * 20, start_ms=T_MS), tuple(series))


@pytest.fixture(scope="session")
def told_of(
    states: dict[str, Callable[[], Findings]], resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> Callable[[str], dict[str, list[dict[str, Any]]]]:
    """The resources of every quantity and the findings of a state, made once."""
    return cache(lambda state: resources([every_quantity()], findings=states[state]()))


def test_rmssd_is_never_filed_under_the_code_of_sdnn(
    states: dict[str, Callable[[], Findings]], told_of: Callable[[str], dict[str, list[dict[str, Any]]]]
) -> None:
    filed = []
    for state in states:
        told = told_of(state)
        filed += [one for some in told.values() for one in some if any(code == SDNN for _, code in codes_in(one))]
    assert len(filed) == len(states)  # the vendor's own SDNN, once a run
    assert {one["valueQuantity"]["value"] for one in filed} == {77}
    assert all("RMSSD" not in json.dumps(one) for one in filed)


def test_rmssd_has_a_code_of_ours_and_says_its_method(
    states: dict[str, Callable[[], Findings]], resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> None:
    told = resources([of_kind("vendor_rmssd")], findings=states["a_day"]())[OBSERVATIONS]
    rmssd = [one for one in told if one["code"]["coding"][0]["code"] in {"rmssd", "vendor-rmssd"}]
    assert {one["code"]["coding"][0]["code"] for one in rmssd} == {"rmssd", "vendor-rmssd"}
    for one in rmssd:
        assert one["code"]["coding"][0]["system"] == MEASURES
        assert "Root mean square of successive differences" in one["method"]["text"]
        assert "not SDNN" in one["method"]["text"]


def test_only_loinc_and_our_own_codes_are_used(
    findings: Findings, state: str, told_of: Callable[[str], dict[str, list[dict[str, Any]]]]
) -> None:
    told = told_of(state)
    found = codes_in(told[OBSERVATIONS])
    loinc = {code for system, code in found if system == LOINC}
    assert loinc == set(TRUE_CODES.values())
    declared = {one["code"] for one in told[CODES][0]["concept"]}
    assert {code for system, code in found if system == MEASURES} <= declared
    assert declared == {one.code for one in own_codes()}


def test_heart_rate_alone_gives_no_rmssd(
    states: dict[str, Callable[[], Findings]], resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> None:
    told = resources([of_kind("heart_rate")], findings=states["heart_rate_only"]())
    assert len(told[OBSERVATIONS]) > 3
    assert all("RMSSD" not in json.dumps(one) for one in told[OBSERVATIONS] if one["code"]["text"] == "Heart rate")
    assert not any("rmssd" in code for _, code in codes_in(told[OBSERVATIONS]))


def test_a_verdict_is_labelled_as_no_diagnosis_and_says_answer_probability_and_interval(
    states: dict[str, Callable[[], Findings]], resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> None:
    findings = states["a_day"]()
    told = resources([], findings=findings)[OBSERVATIONS]
    verdicts = [one for one in told if one["code"]["coding"][0]["code"] == "rest-verdict"]
    assert len(verdicts) == len(findings.verdicts)
    for one, verdict in zip(verdicts, findings.verdicts, strict=True):
        assert one["note"] == [{"text": NOT_A_DIAGNOSIS}]
        assert "not a diagnosis" in one["code"]["text"]
        assert one["valueCodeableConcept"]["coding"][0]["code"] == verdict.answer.replace("_", "-")
        parts = {part["code"]["coding"][0]["code"]: part for part in one["component"]}
        assert ("probability" in parts) == (verdict.probability is not None)
        if verdict.restorative_min is not None:
            interval = parts["restorative-minutes-interval"]["valueRange"]
            ends = (verdict.restorative_min.low, verdict.restorative_min.high)
            assert (interval["low"]["value"], interval["high"]["value"]) == ends
    censored = [one for one in verdicts if one["valueCodeableConcept"]["coding"][0]["code"] == "not-settled"]
    latency = next(part for part in censored[0]["component"] if part["code"]["coding"][0]["code"] == "latency")
    assert latency["valueQuantity"]["comparator"] == ">"


def test_every_state_of_the_findings_is_fhir(
    findings: Findings, state: str, told_of: Callable[[str], dict[str, list[dict[str, Any]]]]
) -> None:
    told = told_of(state)[OBSERVATIONS]
    n_verdicts = sum(one["code"]["coding"][0]["code"] == "rest-verdict" for one in told)
    assert n_verdicts == (0 if findings.zone is None else len(findings.verdicts))


def test_an_answer_is_a_questionnaire_response_with_a_url_of_ours(
    resources: Callable[..., dict[str, list[dict[str, Any]]]],
) -> None:
    lines = [Entry(T_MS, "Europe/Amsterdam", "answer", "calmer", T_MS + 60_000, "felt"), Entry(0, "UTC", "tag", "x")]
    (one,) = resources([], entries=lines)[ANSWERS]
    assert one["questionnaire"].startswith(HOME)
    assert one["authored"] == "2026-03-29T14:00:00.123000+02:00"
    assert one["item"][0] == {"linkId": "felt", "text": "felt", "answer": [{"valueString": "calmer"}]}
    assert [item["linkId"] for item in one["item"][1:]] == ["about-start", "about-end"]


def test_a_night_has_the_code_of_sleep_duration(resources: Callable[..., dict[str, list[dict[str, Any]]]]) -> None:
    lines = [Entry(T_MS, "UTC", "sleep", "deep", T_MS + 3_600_000)]
    (one,) = resources([], entries=lines)[OBSERVATIONS]
    assert one["code"]["coding"][0] == {"system": LOINC, "code": "93832-4", "display": "Sleep duration"}
    assert (one["valueQuantity"]["value"], one["valueQuantity"]["code"]) == (60, "min")


def test_a_line_that_stands_in_two_pieces_is_told_once(
    resources: Callable[..., dict[str, list[dict[str, Any]]]],
) -> None:
    piece = Recording("a", "a", "UTC", None, entries=(Entry(T_MS, "UTC", "answer", "yes", None, "refreshed"),))
    assert len(resources([piece, piece])[ANSWERS]) == 1


def test_a_missing_value_and_a_recording_without_a_clock_do_not_go_out(
    resources: Callable[..., dict[str, list[dict[str, Any]]]],
) -> None:
    missing = of_kind("heart_rate", float("nan"))
    clockless = Recording("rr_text", "a", None, None, of_kind("heart_rate").samples)
    assert resources([missing, clockless]).get(OBSERVATIONS, []) == []


@settings(max_examples=settings().max_examples // 2)  # the published classes take their time
@given(data=st.data())
def test_whatever_was_recorded_is_fhir_and_has_an_identifier_that_stays(
    data: st.DataObject, made: SimpleNamespace, whole: Whole, resources: Callable[..., dict[str, list[dict[str, Any]]]]
) -> None:
    pieces = data.draw(st.lists(made.recordings(), max_size=3))
    entries = data.draw(st.lists(made.entries(), max_size=3))
    first = resources(pieces, entries=entries)
    assert first == lines_of(whole(fhir_export(pieces, entries=entries, made_ms=T_MS, version="0.1.0")))
    for one in first.get(OBSERVATIONS, []) + first.get(ANSWERS, []):
        assert UUID(one["id"]).version == 5


def test_facts_that_differ_have_identifiers_that_differ(
    resources: Callable[..., dict[str, list[dict[str, Any]]]],
) -> None:
    pieces = [of_kind("heart_rate", value, device) for value in (60.0, 61.0) for device in ("a", "b")]
    found = resources(pieces)[OBSERVATIONS]
    assert len({one["id"] for one in found}) == len(found) == 4
