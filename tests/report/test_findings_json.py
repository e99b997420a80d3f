import json
from dataclasses import replace

from uitknop.core import Estimate, Findings, Level
from uitknop.report import findings_to_dict

BOUT_KEYS = """start end start_s end_s kind label posture answer probability movement level restorative_min latency_min
hr_change_bpm ln_rmssd_change confidence reasons"""
RECORDING_KEYS = "source start duration_s n_beats coverage_pct artefact_pct grade name notes"


def test_the_object_has_its_four_parts(findings: Findings) -> None:
    told = findings_to_dict(findings)
    assert list(told) == ["recordings", "bouts", "pooled", "summary"]
    assert all(set(bout) == set(BOUT_KEYS.split()) for bout in told["bouts"])
    assert all(set(recording) == set(RECORDING_KEYS.split()) for recording in told["recordings"])
    assert len(told["bouts"]) == len(findings.verdicts)


def test_it_is_json_without_nan(findings: Findings) -> None:
    assert json.loads(json.dumps(findings_to_dict(findings), allow_nan=False)) == findings_to_dict(findings)


def test_the_counts_add_up(findings: Findings) -> None:
    summary = findings_to_dict(findings)["summary"]
    counted = sum(summary[answer] for answer in ("settled", "not_settled", "cannot_tell", "breathing_only"))
    assert counted == summary["n_bouts"] == len(findings.verdicts)


def test_times_carry_their_offset(states) -> None:
    bout = findings_to_dict(states["a_day"]())["bouts"][1]
    assert bout["start"] == "2026-03-03T14:00:00+01:00"
    assert bout["start_s"] is None


def test_a_clockless_recording_gives_seconds_and_no_times(states) -> None:
    told = findings_to_dict(states["clockless"]())
    assert told["recordings"][0]["start"] is None
    assert (told["bouts"][0]["start"], told["bouts"][0]["start_s"], told["bouts"][0]["end_s"]) == (None, 720.0, 2520.0)


def test_an_estimate_is_an_object_with_its_interval(states) -> None:
    change = findings_to_dict(states["a_day"]())["bouts"][1]["hr_change_bpm"]
    assert change["low"] < change["value"] < change["high"]
    assert set(change) == {"value", "low", "high", "level", "n", "unit", "censored"}


def ln_values(told: object, key: str = "") -> list[object]:
    """Everything that stands under a key naming ln RMSSD."""
    if isinstance(told, dict) and "ln_rmssd" not in key:
        return [one for name, value in told.items() for one in ln_values(value, name)]
    if isinstance(told, list):
        return [one for value in told for one in ln_values(value, key)]
    return [told] if "ln_rmssd" in key else []


def test_heart_rate_only_holds_no_ln_rmssd_even_when_a_room_slips(states) -> None:
    findings = states["heart_rate_only"]()
    slipped = Estimate(0.2, 0.1, 0.3, 0.9, 9, "")
    first = replace(findings.verdicts[0], ln_rmssd_change=slipped, level=Level("low", slipped, slipped))
    findings = replace(findings, verdicts=(first, *findings.verdicts[1:]))
    found = ln_values(findings_to_dict(findings))
    assert found
    assert set(map(str, found)) == {"None"}
