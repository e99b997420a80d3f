"""`uitknop analyse` does what its options say."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from uitknop.synthetic import spans_csv
from uitknop.walk import output_schema

Run = Callable[..., Any]
ANSI = "\x1b["
COLUMNS = "time=moment,heart_rate=pulse"


def test_a_rest_that_settles_is_told_in_words(run: Run, made: Any) -> None:
    for lang, word in (("nl", "doet rust iets"), ("en", "does rest do something")):
        told = run("analyse", made.clocked, "--spans", made.spans, "--lang", lang)
        assert told.code == 0
        assert word in told.out.lower()
        assert "None" not in told.out
        assert "nan" not in re.findall(r"\w+", told.out)
        assert ANSI not in told.out + told.err


def test_json_keeps_its_schema_and_is_all_that_is_printed(run: Run, made: Any) -> None:
    for path in (made.clocked, made.clockless):
        told = run("analyse", path, "--json")
        Draft202012Validator(output_schema()).validate(told.json)
        assert (told.code, told.err) == (0, "")
    assert run("analyse", made.heart_rate, "--map", COLUMNS, "--json").err == ""


def test_spans_are_judged_as_given(run: Run, made: Any) -> None:
    told = run("analyse", made.clocked, "--spans", made.spans, "--json", "--zone", "Europe/Amsterdam").json
    (bout,) = told["bouts"]
    span = made.bout.truth.span
    assert (bout["kind"], bout["answer"]) == ("passive", "settled")
    assert [datetime.fromisoformat(bout[end]).timestamp() * 1000 for end in ("start", "end")] == [
        span.start_ms,
        span.end_ms,
    ]
    assert [bout["start"][-6:], bout["start_s"]] == ["+01:00", None]


def test_the_zone_changes_how_times_are_told_and_nothing_else(run: Run, made: Any) -> None:
    one, other = (
        run("analyse", made.clocked, "--spans", made.spans, "--json", "--zone", zone).json["bouts"][0]
        for zone in ("Europe/Amsterdam", "Asia/Kathmandu")
    )
    assert datetime.fromisoformat(one["start"]) == datetime.fromisoformat(other["start"])
    assert other["start"].endswith("+05:45")
    assert (one["answer"], one["probability"]) == (other["answer"], other["probability"])


def test_without_a_clock_there_are_seconds_until_a_start_is_given(run: Run, made: Any) -> None:
    told = run("analyse", made.clockless, "--json").json
    assert told["recordings"][0]["start"] is None
    assert all(bout["start"] is None and bout["start_s"] is not None for bout in told["bouts"])
    placed = run("analyse", made.clockless, "--json", "--start", "2026-03-02T13:00:00+01:00").json
    assert placed["recordings"][0]["start"].startswith("2026-03-02T1")
    assert all(bout["start_s"] is None and bout["start"] is not None for bout in placed["bouts"])
    assert [bout["answer"] for bout in placed["bouts"]] == [bout["answer"] for bout in told["bouts"]]


def test_spans_in_seconds_suit_a_recording_without_a_clock(run: Run, made: Any, tmp_path: Path) -> None:
    spans = tmp_path / "spans.csv"
    spans.write_text("start,end,kind,label\n600,1800,nap,sofa\n")
    (bout,) = run("analyse", made.clockless, "--spans", spans, "--json").json["bouts"]
    assert (bout["start_s"], bout["end_s"], bout["kind"], bout["label"]) == (600.0, 1800.0, "nap", "sofa")


def test_heart_rate_alone_is_grade_d_and_never_says_ln_rmssd(run: Run, made: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = run("analyse", made.heart_rate, "--map", COLUMNS, "--spans", made.spans, "--json", "--report", page).json
    assert told["recordings"][0]["grade"] == "D"
    assert told["recordings"][0]["n_beats"] == 0
    for bout in told["bouts"]:
        assert bout["confidence"] == "D"
        assert bout["ln_rmssd_change"] is None
        assert bout["level"].get("ln_rmssd") is None
    words = run("analyse", made.heart_rate, "--map", COLUMNS, "--spans", made.spans, "--lang", "en").out
    number = re.compile(r"RMSSD[^.<]{0,40}[-+−]?\d[.,]\d", flags=re.I)
    assert number.search(words) is None
    assert number.search(re.sub(r"<style.*?</style>|<script.*?</script>", "", page.read_text(), flags=re.S)) is None


def test_a_mapping_in_pairs_is_kept_and_read_again(run: Run, made: Any, tmp_path: Path) -> None:
    kept = tmp_path / "columns.toml"
    first = run("analyse", made.heart_rate, "--map", COLUMNS, "--save-map", kept, "--json").json
    told = tomllib.loads(kept.read_text(encoding="utf-8"))
    assert (told["time"], told["heart_rate"]) == ("moment", "pulse")
    assert run("analyse", made.heart_rate, "--map", kept, "--json").json == first


def test_pairs_longer_than_a_file_name_are_pairs(run: Run, made: Any, tmp_path: Path) -> None:
    column = "pulse_" * 60
    path = tmp_path / "table.csv"
    path.write_text(made.heart_rate.read_text().replace("pulse", column))
    told = run("analyse", path, "--map", f"time=moment,heart_rate={column}", "--json")
    assert told.code == 0


def test_to_keep_a_mapping_there_must_be_one(run: Run, made: Any, tmp_path: Path) -> None:
    told = run("analyse", made.clocked, "--save-map", tmp_path / "columns.toml", "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)


def test_the_page_needs_nothing_from_outside(run: Run, made: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = run("analyse", made.clocked, "--spans", made.spans, "--report", page, "--lang", "nl")
    assert told.code == 0
    text = page.read_text(encoding="utf-8")
    assert '<html lang="nl"' in text
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', text) == []
    assert str(page) in told.err


def test_quiet_says_nothing_beside_the_findings(run: Run, made: Any) -> None:
    told = run("analyse", made.clocked, "--quiet")
    assert told.err == ""
    assert told.out


def test_a_bad_file_among_good_ones_is_remarked_and_listed(run: Run, made: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("no heart here\n")
    told = run("analyse", made.clocked, bad, "--lang", "en")
    assert told.code == 0
    assert [line for line in told.remarks if line.startswith("Left out bad.txt")]
    told = run("analyse", made.clocked, bad, "--json", "--lang", "en").json
    assert [each["name"] for each in told["summary"]["refused"]] == ["bad.txt"]
    assert told["summary"]["n_recordings"] == 1


def test_files_in_any_order_and_their_folder_give_the_same(run: Run, made: Any, tmp_path: Path) -> None:
    one = tmp_path / "one_RR.csv"
    one.write_bytes(made.clocked.read_bytes())
    other = tmp_path / "two_RR.csv"
    head, rows = made.clocked.read_text().split("\n\n")
    later = (row.split(", ") for row in rows.splitlines())
    other.write_text(head + "\n\n" + "".join(f"{int(at) + 86_400_000}, {rr}, {since}\n" for at, rr, since in later))
    told = [run("analyse", *paths, "--json").json for paths in ((one, other), (other, one), (tmp_path,))]
    assert told[0] == told[1] == told[2]
    assert told[0]["summary"]["n_recordings"] == 2


def test_two_runs_print_the_same(run: Run, made: Any) -> None:
    one, other = (run("analyse", made.clocked, "--lang", "en") for _ in range(2))
    assert one.out == other.out


def test_too_short_a_recording_is_nothing_to_judge(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("".join(f"{800 + i * 7 % 50}\n" for i in range(120)))
    told = run("analyse", path, "--lang", "en")
    assert told.code == 3
    assert told.out
    assert json.loads(run("analyse", path, "--json").out)["bouts"] == []


def test_spans_of_many_kinds_are_pooled_by_kind_and_label(run: Run, made: Any, tmp_path: Path) -> None:
    truth = made.bout.truth
    content = spans_csv([truth], "Europe/Amsterdam")["spans.csv"].decode()
    path = tmp_path / "spans.csv"
    row = content.splitlines()[1].replace("passive,", "safety_signal,music") + "\n"
    path.write_text(content + row + row)
    told = run("analyse", made.clocked, "--spans", path, "--json").json
    assert {(each["kind"], each["label"]) for each in told["pooled"]} == {("passive", ""), ("safety_signal", "music")}


@pytest.mark.parametrize("option", ["--json", "--quiet"])
def test_lang_is_checked(option: str, run: Run, made: Any) -> None:
    told = run("analyse", made.clocked, "--lang", "fr", option)
    assert (told.code, told.out) == (2, "")
    assert "nl, en" in told.err
