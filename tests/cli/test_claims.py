"""`uitknop claims`: list, search, filter, show."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def objects(told: Any) -> list[dict[str, Any]]:
    found = json.loads(told.out)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_without_words_all_are_listed_with_their_grade(lang: str, run: Run) -> None:
    told = run("claims", "--lang", lang)
    assert told.code == 0
    mark = {"nl": "Bewering, graad ", "en": "Claim, grade "}[lang]
    assert told.out.count(mark) == 183
    assert all(f"C{n:03}" in told.out for n in range(1, 184))


def test_one_claim_is_shown_with_its_sources_and_what_to_mind(run: Run) -> None:
    told = run("claims", "--id", "c138", "--lang", "en")
    assert told.code == 0
    said = " ".join(told.out.split())
    for part in ("C138", "Claim, grade X", "10.1093/qjmed/hcm057", "not checked", "checked against the abstract"):
        assert part in said
    assert "cites a study wrongly" in said


def test_a_claim_without_a_source_says_so(run: Run) -> None:
    assert "none found" in run("claims", "--id", "C014", "--lang", "en").out
    assert "geen bron gevonden" in run("claims", "--id", "C014", "--lang", "nl").out


def test_words_and_filters_add_up(run: Run) -> None:
    told = run("claims", "VITAMINE", "--grade", "x", "--seed", "S1", "--json", "--lang", "nl")
    assert [row["id"] for row in objects(told)] == ["C059", "C060", "C061"]
    flagged = objects(run("claims", "--flag", "pem_gate", "--kind", "practice", "--json"))
    assert [row["id"] for row in flagged] == ["C002", "C025", "C111", "C120", "C123"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_json_is_a_list_with_everything_beside_the_claim(lang: str, run: Run) -> None:
    rows = objects(run("claims", "--json", "--lang", lang))
    assert len(rows) == 183
    for row in rows:
        assert f" {row['grade']} ({row['grade_label']}): " in row["claim"]
        assert row["comment"]
        assert row["sources_said"]
        assert len(row["sources_said"]) == max(1, len(row["sources"]))
        assert all(isinstance(source["verified"], bool) and source["cite"] for source in row["sources"])


def test_what_nothing_holds_is_said_with_code_three(run: Run) -> None:
    told = run("claims", "xylophone", "--lang", "en")
    assert (told.code, told.out) == (3, "")
    assert "No claim" in told.err
    assert objects(run("claims", "xylophone", "--json", "--quiet")) == []


@pytest.mark.parametrize("given", [("--grade", "E"), ("--seed", "s5"), ("--kind", "myth"), ("--flag", "true")])
def test_an_unknown_filter_is_refused_with_the_choices(given: tuple[str, str], run: Run) -> None:
    told = run("claims", *given, "--lang", "en")
    assert told.code == 2
    assert given[0] in told.err


def test_an_unknown_claim_is_refused(run: Run) -> None:
    told = run("claims", "--id", "C999", "--lang", "en")
    assert told.code == 2
    assert "C999" in told.err
    assert "C183" in told.err


def test_quiet_leaves_the_remarks_out(run: Run) -> None:
    assert run("claims", "--grade", "X", "--quiet").err == ""
    assert run("claims", "--grade", "X").err != ""
