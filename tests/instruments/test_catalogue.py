"""What comes along: our own lists and the scoring of official ones, without their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from uitknop.core.errors import KnowledgeError
from uitknop.instruments import instrument, official_instruments, own_instruments
from uitknop.instruments.schema import read_instruments

OFFICIAL = {
    # name: items, panel, licence code of the clinical page
    "phq9": (9, "44249-1", "free"),
    "phq2": (2, "55757-9", "free"),
    "gad7": (7, "69737-5", "free"),
    "gad2": (2, "", "free"),
    "phq15": (15, "69728-4", "free"),
    "who5": (5, "", "non_commercial"),
    "dsq_pem": (15, "", "free"),
    "dsq_sf": (28, "", "permission"),
    "funcap27": (27, "", "free"),
    "funcap55": (55, "", "free"),
    "cbi": (19, "", "permission"),
    "olbi": (16, "", "permission"),
    "olbi_agree_high": (16, "", "permission"),
    "bat23": (23, "", "permission"),
    "bat12": (12, "", "permission"),
    "4dkl": (50, "", "permission"),
    "pss10": (10, "", "permission"),
    "isi": (7, "", "permission"),
    "psqi": (7, "", "permission"),
    "cis20r": (20, "", "permission"),
    "sfq": (4, "", "permission"),
    "fss": (9, "", "permission"),
    "cfq11": (11, "", "permission"),
    "compass31": (6, "", "permission"),
    "need_for_recovery": (11, "", "permission"),
    "req": (16, "", "permission"),
    "wai": (7, "", "permission"),
}


def test_the_official_lists_are_those_of_the_clinical_page() -> None:
    assert {one.id: (len(one.items), one.panel, one.licence) for one in official_instruments()} == OFFICIAL


@pytest.mark.parametrize("one", official_instruments(), ids=lambda one: one.id)
def test_no_official_list_comes_with_words(one: object) -> None:
    assert one.wording == "absent"  # type: ignore[attr-defined]
    for item in one.items:  # type: ignore[attr-defined]
        assert item.text is None
        assert item.options == ()
        assert item.label is None
        # What an item is about, in a few words: no sentence.
        assert len(item.construct.split()) <= 6


@pytest.mark.parametrize("one", official_instruments(), ids=lambda one: one.id)
def test_every_limit_has_a_source_and_says_whether_it_was_checked(one: object) -> None:
    assert one.reference  # type: ignore[attr-defined]
    for scale in one.scales:  # type: ignore[attr-defined]
        for cutoff in scale.cutoffs:
            assert cutoff.source
            assert scale.low <= cutoff.value <= scale.high


@pytest.mark.parametrize(("name", "codes"), [("phq9", "44250-9 44260-8"), ("gad7", "69725-0 69736-7")])
def test_the_first_and_last_item_have_their_loinc_code(name: str, codes: str) -> None:
    items = instrument(name).items
    assert f"{items[0].loinc} {items[-1].loinc}" == codes
    assert len({item.loinc for item in items}) == len(items)


def test_no_two_lists_share_a_name() -> None:
    names = [one.id for one in (*own_instruments(), *official_instruments())]
    assert len(names) == len(set(names))


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(KnowledgeError, match="no list called nothing"):
        instrument("nothing")


def test_every_data_file_is_read() -> None:
    folder = Path(__file__).parent.parent.parent / "src/uitknop/instruments"
    assert len(list((folder / "own").glob("*.toml"))) == len(own_instruments())
    assert len(list((folder / "official").glob("*.toml"))) == 6


def test_the_documentation_names_every_list_with_its_size() -> None:
    page = (Path(__file__).parent.parent.parent / "docs/instruments.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(" `"): line.split("|") for line in page.splitlines() if line.startswith("| `")}
    own = {one.id: (str(len(one.items)), str(one.burden_taps)) for one in own_instruments()}
    official = {one.id: str(len(one.items)) for one in official_instruments()}
    assert {name: (row[3].strip(), row[4].strip()) for name, row in rows.items() if name in own} == own
    assert {name: row[3].strip() for name, row in rows.items() if name in official} == official


def test_the_example_of_the_readme_is_a_list() -> None:
    folder = Path(__file__).parent.parent.parent / "src/uitknop/instruments"
    text = (folder / "README.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (one,) = read_instruments(text, "README.md")
    assert [item.id for item in one.items] == ["drinks", "cups"]
