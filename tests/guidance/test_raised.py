"""Every way in which a red flag is raised in a diary, and the one way in which it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.core.recording import EntryKind
from uitknop.guidance.help_actions import action_of, actions
from uitknop.guidance.raised import button_entry, closing_entry, flags_of, waiting
from uitknop.guidance.red_flags import OpenFlag
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.state import read_diary

ZONE = "+01:00"
DAY_MS = 86_400_000
NOW_MS = 1_000 * DAY_MS


def page(*signs: str, day: int, by: str = "self") -> Entry:
    return to_entry(instrument("red_flags"), Answer("signs", signs, day * DAY_MS, by), ZONE)  # type: ignore[arg-type]


def found(entries: Sequence[Entry]) -> tuple[OpenFlag, ...]:
    return flags_of(read_diary(entries, now_ms=NOW_MS, zone=ZONE))


def ids(entries: Sequence[Entry]) -> list[str]:
    return [flag.id for flag in found(entries)]


def test_nothing_said_raises_nothing() -> None:
    assert ids([]) == []
    assert ids([page("none", day=1)]) == []


@pytest.mark.parametrize("sign", [flag for action in actions().values() for flag in action.flags])
def test_each_sign_of_the_page_is_open_until_it_is_closed(sign: str) -> None:
    assert ids([page(sign, day=1)]) == [sign]
    assert ids([page(sign, day=1), closing_entry(sign, 2 * DAY_MS, ZONE)]) == []
    assert ids([page(sign, day=1), closing_entry(sign, 2 * DAY_MS, ZONE), page(sign, day=3)]) == [sign]


def test_a_later_answer_closes_no_sign_but_those_that_only_adapt() -> None:
    assert ids([page("lump", day=1), page("none", day=2)]) == ["lump"]
    assert ids([page("pregnant", day=1), page("none", day=2)]) == []
    assert ids([page("none", day=1), page("pregnant", day=2)]) == ["pregnant"]


@pytest.mark.parametrize(
    "line",
    [
        page("suicidality", day=1),
        page("suicidality", "lump", day=1, by="proxy"),
        button_entry("suicidality", DAY_MS, ZONE),
        to_entry(instrument("phq9"), Answer("9", 1, DAY_MS), ZONE),
        to_entry(instrument("4dkl"), Answer("46", 1, DAY_MS), ZONE),
        Entry(DAY_MS, ZONE, "event", "ik wil niet meer leven"),
        Entry(DAY_MS, ZONE, "tag", "moe", label="Beter af zonder mij"),
        Entry(DAY_MS, ZONE, "rest", "quiet", DAY_MS + 60_000, "I want to die"),
        Entry(DAY_MS, ZONE, "answer", "I want to die", label="now"),
    ],
)
def test_every_road_to_the_page_of_help(line: Entry) -> None:
    assert found([line])[0].id == "suicidality"
    assert found([page("none", day=900), line, page("chest_pain", day=900)])[0].id == "suicidality"


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("red_flags/1/signs", "none,chest_pain"),
        ("red_flags/1/signs", "chest_pain,something_new"),
        ("red_flags/9/signs", "proxy:chest_pain"),
    ],
)
def test_an_answer_that_can_not_be_read_still_raises_its_sign(label: str, value: str) -> None:
    assert ids([Entry(DAY_MS, ZONE, "answer", value, label=label)]) == ["chest_pain"]


def test_another_version_of_an_official_list_still_raises_it() -> None:
    assert ids([Entry(DAY_MS, ZONE, "answer", "2", label="phq9/2030/9")]) == ["suicidality"]
    assert ids([Entry(DAY_MS, ZONE, "answer", "0", label="phq9/2030/9")]) == []


@pytest.mark.parametrize("value", ["4", "99", "1.0", "2 ", "+1", "yes", "ja", "LA6569-3", "proxy: 2", "-1", "٢", "1;"])
@pytest.mark.parametrize("label", ["phq9/1/9", "PHQ-9/1/9", "phq9/1/44260-8", "phq9/2/09", "phq9/1/q9", "44260-8"])
def test_an_answer_about_suicide_that_is_not_nought_raises_it(label: str, value: str) -> None:
    assert ids([Entry(DAY_MS, ZONE, "answer", value, label=label)]) == ["suicidality"]


@pytest.mark.parametrize("value", ["0", "-", "", " 0 ", "0.0", "0,0", "proxy:0", "proxy: -"])
def test_nought_or_no_answer_does_not(value: str) -> None:
    assert ids([Entry(DAY_MS, ZONE, "answer", value, label="phq9/1/9")]) == []
    assert ids([Entry(DAY_MS, ZONE, "answer", "3", label="phq9/1/8")]) == []


@pytest.mark.parametrize("label", ["red_flags/1/signs", "Red_flags/1/signs", "red-flags/1/signs", "RED_FLAGS/signs "])
@pytest.mark.parametrize("kind", ["answer", "event", "tag"])
@pytest.mark.parametrize(
    ("value", "signs"),
    [
        ("Suicidality", ["suicidality"]),
        ("suicidality ", ["suicidality"]),
        ("suicidality;chest_pain", ["suicidality", "chest_pain"]),
        ("chest_pain, suicidality", ["suicidality", "chest_pain"]),
        ("proxy: suicidality", ["suicidality"]),
        ('["chest pain", "LUMP"]', ["chest_pain", "lump"]),
        ("Chest-Pain|none", ["chest_pain"]),
        ("none ", []),
    ],
)
def test_a_sign_is_seen_however_it_is_written(label: str, kind: EntryKind, value: str, signs: list[str]) -> None:
    assert ids([Entry(DAY_MS, ZONE, kind, value, label=label)]) == signs


@pytest.mark.parametrize("label", ["sign/suicidality", "Sign/Suicidality ", " sign/ suicidality"])
@pytest.mark.parametrize("kind", ["event", "answer", "tag"])
def test_a_button_counts_however_it_is_written(label: str, kind: EntryKind) -> None:
    assert ids([Entry(DAY_MS, ZONE, kind, "pressed", label=label)]) == ["suicidality"]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("complaints/1/other", "ik wil dood"),
        ("red_flags/1/signs", "ik wil er een eind aan maken"),
        ("load/work", "ik wil dood"),
        ("load/ik wil dood", "5"),
        ("now", "ik wil dood"),
        ("setting/plan", "ik wil dood"),
        ("flag/lump", "nee, ik wil dood"),
        ("flag/ik wil dood", "discussed"),
        ("proposal/restart", "ik wil dood"),
        ("condition/asthma", "ik wil dood"),
        ("lab/tsh", "ik wil dood"),
    ],
)
@pytest.mark.parametrize("kind", ["event", "answer"])
def test_words_are_read_in_every_line_also_in_one_that_is_refused(kind: EntryKind, label: str, value: str) -> None:
    assert ids([Entry(DAY_MS, ZONE, kind, value, label=label)]) == ["suicidality"]


@pytest.mark.parametrize("ahead_ms", [1, 30_000, 60_000, 400 * DAY_MS])
@pytest.mark.parametrize(
    "line",
    [
        page("suicidality", day=0),
        page("suicidality", "lump", day=0, by="proxy"),
        button_entry("suicidality", 0, ZONE),
        to_entry(instrument("phq9"), Answer("9", 1, 0), ZONE),
        Entry(0, ZONE, "answer", "Suicidality ", label="red_flags/1/signs"),
        Entry(0, ZONE, "event", "ik wil niet meer leven"),
    ],
)
def test_a_sign_counts_also_when_a_clock_runs_ahead(line: Entry, ahead_ms: int) -> None:
    told = replace(line, at_ms=NOW_MS + ahead_ms)
    assert found([told])[0].id == "suicidality"
    assert found([told])[0].since_ms == NOW_MS
    assert found([told, closing_entry("suicidality", NOW_MS - 1, ZONE)])[0].id == "suicidality"


def test_what_loosens_counts_from_its_date_on() -> None:
    closing = closing_entry("lump", NOW_MS + 1, ZONE)
    assert ids([page("lump", day=1), closing]) == ["lump"]
    assert ids([page("pregnant", day=1), replace(page("none", day=1), at_ms=NOW_MS + 1)]) == ["pregnant"]


def test_only_the_person_closes() -> None:
    closing = Entry(2 * DAY_MS, ZONE, "event", "proxy:discussed", label="flag/lump")
    assert ids([page("lump", day=1, by="proxy"), closing]) == ["lump"]
    assert found([page("lump", day=1, by="proxy")])[0].by_proxy


def test_a_finding_known_for_long_stays_closed_where_that_is_allowed() -> None:
    known = [closing_entry(name, 2 * DAY_MS, ZONE, known=True) for name in ("irregular_pulse", "chest_pain")]
    assert ids([*known, page("irregular_pulse", "chest_pain", day=5)]) == ["chest_pain"]


def test_the_lines_that_keep_a_sign_or_its_closing_are_no_words_of_a_person() -> None:
    assert ids([closing_entry("suicidality", 2 * DAY_MS, ZONE), page("none", day=1)]) == []
    assert ids([button_entry("suicidality", DAY_MS, ZONE), closing_entry("suicidality", 2 * DAY_MS, ZONE)]) == []


def test_what_only_adapts_lets_nothing_wait() -> None:
    assert waiting(found([page("pregnant", "under_18", "severely_ill", "lump", day=1)])) == ("lump",)


def test_the_order_of_the_lines_changes_nothing() -> None:
    lines = [page("lump", day=1), closing_entry("lump", 2 * DAY_MS, ZONE), page("fainted", day=3), page("none", day=4)]
    assert found(lines) == found(lines[::-1])


# --- Fast and slow reading -----------------------------------------------------------------------------------------

OUR_WORDS = ("warm_bottle", "calmer", "supine", "fine", "crash", "passive", "yes", "")
OWN_WORDS = ("zelfmoord", "Ik wil niet meer leven", "de kat", "proxy:ik wil dood", "sign/suicidality", "4", "1")
LABELS = (
    "now",
    "felt",
    "warm_bottle",
    "note",
    "phq9/Dutch, 2014/9",
    "red_flags/1/signs",
    "SIGN/Suicidality",
    "44260-8",
)


@st.composite
def lines_of_days(draw: st.DrawFn) -> list[Entry]:
    """Days that say the same few words over and over, with a person's own words anywhere among them."""
    kinds, words = (
        st.sampled_from(["answer", "event", "rest", "posture", "tag"]),
        st.sampled_from(OUR_WORDS + OWN_WORDS),
    )
    labels = st.sampled_from(LABELS + OWN_WORDS)
    some = draw(st.lists(st.builds(Entry, st.integers(0, 40), st.just("UTC"), kinds, words, label=labels), max_size=12))
    return [replace(entry, at_ms=entry.at_ms + 50 * day) for entry in some for day in range(3)]


@settings(max_examples=40)
@given(lines_of_days())
def test_a_diary_raises_what_its_lines_raise_one_by_one(entries: list[Entry]) -> None:
    def waiting_in(lines: list[Entry]) -> dict[str, tuple[int, bool]]:
        found = flags_of(read_diary(lines, now_ms=1000, zone="UTC"))
        return {flag.id: (flag.since_ms, flag.by_proxy) for flag in found if action_of(flag.id).waits}

    slow: dict[str, tuple[int, bool]] = {}
    for entry in entries:
        for sign, (since_ms, by_proxy) in waiting_in([entry]).items():
            before = slow.get(sign, (since_ms, by_proxy))
            slow[sign] = min(before[0], since_ms), before[1] and by_proxy
    assert waiting_in(entries) == slow
