"""`uitknop walk` with a moment: where the person stands, from a request or from the person's own file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import golden
import pytest
from jsonschema import Draft202012Validator

from uitknop.core import Entry, Recording
from uitknop.core.timeline import iso
from uitknop.guidance import button_entry
from uitknop.person import Secret, make_file, open_file
from uitknop.store import Origin
from uitknop.walk import output_schema

Run = Callable[..., Any]
PEOPLE = golden.FOLDER / "people"
NOW = "2026-03-20T20:00:00+01:00"


@pytest.mark.parametrize("name", ["nothing_at_all", "phase_2_b_plan_on", "flag_chest_pain"])
def test_a_person_gets_what_was_stored_and_a_diary_is_enough(name: str, run: Run) -> None:
    told = run("walk", PEOPLE / f"{name}_input.json")
    assert (told.code, told.err) == (0, "")
    assert list(golden.differences(told.json, golden.stored(name)[1])) == []


def test_a_separate_process_says_the_same(run: Run, process: Run) -> None:
    path = PEOPLE / "laboratory_input.json"
    assert process("walk", path).out == run("walk", path).out


def test_the_moment_can_be_given_beside_the_input(run: Run, tmp_path: Path) -> None:
    told = golden.stored("measured")[0]
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**told, "now_ms": None}))
    assert "standing" not in run("walk", path).json
    assert list(golden.differences(run("walk", path, "--now", NOW).json, golden.stored("measured")[1])) == []
    assert run("walk", path, "--now", "2026-03-20T20:00:00").json["standing"]["now"] == NOW  # in the zone of the input


def test_a_moment_that_is_none_is_refused(run: Run) -> None:
    told = run("walk", PEOPLE / "phase_1_b_input.json", "--now", "tomorrow", "--lang", "en")
    assert (told.code, told.out, len(told.remarks)) == (2, "", 1)
    assert "tomorrow" in told.err


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"now_ms": "today"}, "now_ms"),
        ({"settings": {"plan": "yes"}}, "settings/plan"),
        ({"settings": {"streak": True}}, "settings"),
        ({"settings": {"minutes": {"hopping": 5}}}, "hopping"),
        ({"settings": {"minutes": {"nsdr": -5}}}, "settings/minutes/nsdr"),
        ({"zone": "Mars/Base"}, "Mars/Base"),
        ({"entries": {}}, "entries: a list"),
        ({"now_ms": "today"}, "now_ms: a whole number"),
        ({"now_ms": 10**15}, "now_ms: the number is too large"),
    ],
)
def test_a_request_that_breaks_its_schema_is_refused_with_its_place(
    change: dict[str, Any], why: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**golden.stored("phase_1_b")[0], **change}))
    told = run("walk", path, "--lang", "en")
    assert (told.code, told.out, len(told.remarks)) == (2, "", 1)
    assert why in told.err


def keep(path: Path, *entries: Entry) -> None:
    """Puts lines into a person's file, as a face does; makes the file when it is not there."""
    secret = Secret(passphrase=os.environ["UITKNOP_PASSPHRASE"])
    store = open_file(path, secret, now_ms=5) if path.exists() else make_file(path, secret, now_ms=5)[0]
    with store, store.batch(Origin("taps", "", "taps", "", "", 5)) as batch:
        batch.add(Recording("taps", "taps", entries[0].zone, None, (), entries, "D"))


def test_the_own_file_tells_with_its_whole_diary(run: Run, own: Path, made: Any) -> None:
    span = made.bout.truth.span
    year_ago_ms = span.start_ms - 365 * 86_400_000
    assert run("import", made.clocked, "--zone", "Europe/Amsterdam").code == 0
    keep(own, button_entry("lump", year_ago_ms, "Europe/Amsterdam"))
    assert "standing" not in run("walk").json
    told = run("walk", "--now", iso(span.end_ms + 3_600_000, "UTC"))
    assert told.code == 0
    Draft202012Validator(output_schema()).validate(told.json)
    assert [flag["id"] for flag in told.json["standing"]["flags"]] == ["lump"]
    assert told.json["standing"]["mode"] == "measured"
    assert told.json["bouts"] == run("walk").json["bouts"]


def test_an_own_file_with_a_diary_and_no_recording_is_enough(run: Run, own: Path) -> None:
    own.parent.mkdir(parents=True)
    keep(own, Entry(1_774_000_000_000, "Europe/Amsterdam", "answer", "crash", label="now"))
    told = run("walk", "--now", iso(1_774_000_600_000, "UTC"))
    assert told.code == 0
    assert told.json["standing"]["crash_now"]
    assert run("walk").code == 2  # without a moment there is only rest to judge


BROKEN_LINES = [
    {"at_ms": 5, "zone": "UTC", "kind": "lab", "value": "5"},
    {"at_ms": 5, "zone": "Mars/Base", "kind": "tag", "value": "5"},
    {"at_ms": 5, "end_ms": 3, "zone": "UTC", "kind": "tag", "value": "5"},
    {"at_ms": 5, "zone": "UTC", "kind": "tag", "value": 5},
    {"at_ms": 5, "zone": "UTC", "kind": "tag"},
    {"at_ms": 5, "zone": "UTC", "kind": "tag", "value": "5", "mood": "5"},
    "a line",
    None,
]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("broken", BROKEN_LINES)
def test_one_line_that_is_none_does_not_hide_a_sign_in_another(
    broken: object, lang: str, run: Run, tmp_path: Path
) -> None:
    told = golden.stored("phase_1_b")[0]
    sign = {"at_ms": told["now_ms"], "zone": "UTC", "kind": "event", "label": "sign/suicidality", "value": "pressed"}
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**told, "entries": [*told["entries"], broken, sign]}))
    stands = json.loads(run("walk", path, "--lang", lang).out)["standing"]
    assert stands["flags"][0]["id"] == "suicidality"
    assert len(stands["refused"]) == 1
    assert stands["refused"][0]["why"]


@pytest.mark.parametrize("asked", [("walk", "--now", "2100-01-01T00:00:00+01:00"), ("sheet", "--input")])
def test_also_where_the_moment_is_given_beside_the_file(asked: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    told = golden.stored("rest_that_settles")[0]
    line = {"at_ms": 5, "zone": "UTC", "kind": "note", "value": "ik wil er een eind aan maken"}
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**told, "entries": [line]}))
    command, *options = asked
    said = run(command, path, *options, "--lang", "nl") if command == "walk" else run(*asked, path, "--lang", "nl")
    assert said.code == 0
    assert "suicidality" in said.out or "113" in said.err
    assert run("walk", path).code == 2


@pytest.mark.parametrize(
    "line",
    [
        {"at_ms": "now", "zone": "UTC", "kind": "event", "label": "sign/suicidality", "value": "pressed"},
        {"at_ms": 5, "zone": "Mars/Base", "kind": "answer", "label": "red_flags/1/signs", "value": "suicidality"},
        {"at_ms": 5, "zone": "UTC", "kind": "answer", "label": "red_flags/1/signs", "value": ["lump", "suicidality"]},
        {"at_ms": 5, "zone": "UTC", "kind": "answer", "label": "phq9/1/9", "value": 2},
        {"at_ms": 5, "zone": "UTC", "kind": "note", "value": "ik wil dood"},
        {"at_ms": 5, "zone": "UTC", "kind": "tag", "value": "5", "text": "ik wil er een eind aan maken"},
        "ik wil niet meer leven",
    ],
)
def test_a_sign_in_a_line_that_is_none_counts(line: object, run: Run, tmp_path: Path) -> None:
    told = golden.stored("phase_1_b")[0]
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**told, "entries": [*told["entries"], line]}))
    stands = json.loads(run("walk", path).out)["standing"]
    assert (stands["flags"][0]["id"], stands["help_first"]) == ("suicidality", True)


def test_why_a_line_was_refused_is_said_in_the_language_asked_for(run: Run, tmp_path: Path) -> None:
    told = golden.stored("phase_1_b")[0]
    line = {"at_ms": told["now_ms"], "zone": "UTC", "kind": "event", "label": "phase", "value": "9"}
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**told, "entries": [*told["entries"], line]}))
    said = {
        lang: json.loads(run("walk", path, "--lang", lang).out)["standing"]["refused"][0]["why"]
        for lang in ("nl", "en")
    }
    assert said["en"].startswith("A step goes to phase 1, 2 or 3.")
    assert said["nl"] != said["en"]


def test_json_with_a_mark_of_byte_order_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.json"
    path.write_text(json.dumps(golden.stored("phase_1_b")[0]), encoding="utf-8-sig")
    assert run("walk", path).code == 0


@pytest.mark.parametrize("text", ["[" * 100_000, '{"version": ' + "1" * 5000 + "}"])
def test_json_too_deep_or_too_long_names_no_line(text: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input.json"
    path.write_text(text)
    told = run("walk", path, "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)
    assert "line" not in told.remarks[0]
