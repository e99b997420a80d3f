"""`uitknop simulate`: list, play, leave out, change, draw, write."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Run = Callable[..., Any]
FEW = ("--n", "24")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_list_for_programs_holds_name_title_and_claims(lang: str, run: Run) -> None:
    told = run("simulate", "--list", "--json", "--lang", lang)
    rows = json.loads(told.out)
    assert told.code == 0
    assert len(rows) > 12
    for row in rows:
        assert row["name"]
        assert row["title"]
        assert row["claims"]
        assert row["kind"] in {"overload", "post_exertional"}
    assert ("Two hard days" in told.out) == (lang == "en")


def test_the_list_for_people_holds_couplings_with_their_grade(run: Run) -> None:
    told = run("simulate", "--list", "--lang", "en")
    assert told.code == 0
    assert "chronic-load" in told.out
    assert "sensation_threat (H)" in told.out
    assert "safety" in told.out


def test_a_scenario_is_told_as_shares_with_the_label(run: Run) -> None:
    told = run("simulate", "acute-stress", *FEW, "--lang", "en")
    assert told.code == 0
    assert "24 made-up people" in told.out
    assert "able to do as much as before" in told.out
    assert "Explanatory model" in told.err


def test_json_holds_the_ensemble(run: Run) -> None:
    told = run("simulate", "passive-rest", *FEW, "--seed", "3", "--json", "--switch-off", "defence_threat")
    found = json.loads(told.out)
    assert (found["n"], found["seed"], found["switched_off"]) == (24, 3, ["defence_threat"])
    assert found["nature"] == "explanatory model"
    assert sum(share["value"] for share in found["shares"].values()) == pytest.approx(1)


def test_what_was_changed_is_told_and_drawn(run: Run, tmp_path: Path) -> None:
    drawn, table = tmp_path / "a.svg", tmp_path / "own.csv"
    table.write_text("from_day,to_day,stress\n0,5,0.4\n", encoding="utf-8")
    changes = ("--switch-off", "stressors_load", "--input", "safety=0.7", "--input", table, "--kind", "post_exertional")
    told = run("simulate", "passive-rest", *FEW, *changes, "--figure", drawn, "--lang", "en")
    text = " ".join(ElementTree.fromstring(drawn.read_text(encoding="utf-8")).itertext())
    for said in (
        "Rest, without a feeling of safety, with changes: 24 made-up people",
        "Kind of course: crashes after exertion",
        "Inputs from own.csv",
        "Held all the time: felt safety 0.7",
        "Left out: stressors fill the bucket",
    ):
        assert said in told.out
        assert text.count(said[:40]) >= 2  # in the drawing, and in what a screen reader says
    assert "most of them did not become ill" in told.out
    assert "never ill, stayed well all along: 100 in 100" in told.out
    assert "able to do as much" not in told.out


def test_inputs_come_by_name_or_from_a_table(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("from_day,to_day,stress\n0,5,0.4\n", encoding="utf-8")
    found = json.loads(run("simulate", "acute-stress", *FEW, "--json", "--input", table).out)
    assert found["day"][-1] == 5
    found = json.loads(run("simulate", "acute-stress", *FEW, "--json", "--input", "stress=0.5").out)
    assert found["inputs"] == {"stress": 0.5}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_figure_is_an_ensemble_with_shares_and_label(lang: str, run: Run, tmp_path: Path) -> None:
    drawn = tmp_path / "a.svg"
    assert run("simulate", "chronic-load", *FEW, "--figure", drawn, "--lang", lang).code == 0
    root = ElementTree.fromstring(drawn.read_text(encoding="utf-8"))
    text = " ".join("".join(root.itertext()).split())
    assert ("xplanatory model" in text) or ("itlegmodel" in text)
    assert "in 100" in text or "op de 100" in text or "van de 100" in text
    assert "24" in text


def test_the_table_holds_every_band(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "a.csv"
    assert run("simulate", "delayed-crash", *FEW, "--table", written).code == 0
    rows = list(csv.DictReader(written.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 8 * 24 + 1
    assert float(rows[5]["defence_low"]) <= float(rows[5]["defence"]) <= float(rows[5]["defence_high"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("cronic-load",), "chronic-load"),
        (("acute-stress", "--switch-off", "load_treat"), "load_threat"),
        (("acute-stress", "--input", "stres=0.5"), "stress"),
        (("acute-stress", "--input", "stress=much"), "stress=0.5"),
        (("acute-stress", "--input", "stress=nan"), "from 0 to 8"),
        (("acute-stress", "--input", "stress=-1"), "from 0 to 8"),
        (("acute-stress", "--input", "gone.csv"), "gone.csv"),
        (("acute-stress", "--kind", "overlod"), "overload"),
        (("acute-stress", "--figure", "no-such-folder/a.svg"), "a.svg"),
    ],
)
def test_what_can_not_be_is_refused_in_one_sentence(given: tuple[str, ...], said: str, run: Run) -> None:
    told = run("simulate", *given, *FEW, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_one_person_alone_is_never_played(run: Run) -> None:
    assert run("simulate", "acute-stress", "--n", "1").code == 2


def test_the_scenario_is_written_as_sbml_with_what_was_changed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "scenario.xml"
    told = run("simulate", "restart-too-fast", *FEW, "--sbml", path, "--switch-off", "threat_vagal", "--lang", "nl")
    assert told.code == 0
    model = ElementTree.parse(path).getroot()[0]
    assert model.tag == "{http://www.sbml.org/sbml/level3/version2/core}model"
    values = {item.get("id"): item.get("value") for item in model.iter() if item.tag.endswith("}parameter")}
    assert values["vT"] == "0.0"
    assert "niemands lichaam" in path.read_text(encoding="utf-8")


def test_a_figure_of_the_model_is_written_and_its_table_printed(run: Run, tmp_path: Path) -> None:
    drawn = tmp_path / "couplings.svg"
    told = run("simulate", "--of", "couplings", "--figure", drawn, "--switch-off", "sleep_energy", "--lang", "en")
    assert told.code == 0
    assert "stressors fill" in told.out
    assert "Left out: sleep refills energy." in drawn.read_text(encoding="utf-8")
    assert "Explanatory model" in told.err


def test_a_figure_of_the_model_for_programs_holds_its_table(run: Run) -> None:
    found = json.loads(run("simulate", "--of", "crash", *FEW, "--json", "--lang", "en").out)
    assert (found["figure"], found["nature"]) == ("crash", "explanatory model")
    assert all(len(row) == len(found["head"]) for row in found["rows"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("passive-rest", "--of", "storry"), "story"),
        (("--of", "shares", "--kind", "overload"), "--kind"),
        (("chronic-load", "--of", "shares"), "NAME"),
        (("--of", "relapse", "--switch-off", "threat_vagal"), "--switch-off"),
        (("--of", "couplings", "--switch-off", "threat_vagel"), "threat_vagal"),
    ],
)
def test_a_figure_that_is_none_or_has_no_such_option_is_refused(given: tuple[str, ...], said: str, run: Run) -> None:
    told = run("simulate", *given, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_a_scenario_with_phases_is_told_at_the_end_of_each(run: Run) -> None:
    told = run("simulate", "early-exercise", *FEW, "--lang", "en").out
    assert told.index("After “Three months of exercise every day”, day 90:") < told.index("In the end, day 360:")
    assert "In the end" not in run("simulate", "acute-stress", *FEW, "--lang", "en").out
