"""People for the consult sheet, made by hand: burn-out in phase 1, severe ME/CFS, a sparse diary, nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest

from uitknop.core import Entry, Findings
from uitknop.core.timeline import parse_iso
from uitknop.guidance import conditions
from uitknop.instruments import Item, instrument, substances
from uitknop.report.sheet import ConsultSheet, sheet_of
from uitknop.walk import Standing, standing

ZONE = "Europe/Amsterdam"
DAY_MS = 86_400_000
NOW_MS = parse_iso("2026-11-22T10:00:00+01:00", None)


@dataclass(frozen=True)
class Person:
    """Lines of a diary, and what a sensor found."""

    entries: tuple[Entry, ...]
    findings: Findings | None = None

    @property
    def stands(self) -> Standing:
        return standing(self.entries, () if self.findings is None else self.findings.verdicts, now_ms=NOW_MS, zone=ZONE)


def line(kind: str, value: str, label: str = "", *, days: float = 0, hours: float | None = None) -> Entry:
    """A line so many days ago."""
    at_ms = NOW_MS - round(days * DAY_MS)
    end_ms = None if hours is None else at_ms + round(hours * 3_600_000)
    return Entry(at_ms, ZONE, kind, value, end_ms, label)  # type: ignore[arg-type]


def answers(name: str, given: dict[str, int | str], *, days: float = 0, by: str = "") -> list[Entry]:
    """Answers to the first version of a list."""
    return [line("answer", f"{by}{value}", f"{name}/1/{item}", days=days) for item, value in given.items()]


def taps(said: str) -> list[Entry]:
    """One tap a day up to today: g fine, z heavy, c crash, - none."""
    words = {"g": "fine", "z": "heavy", "c": "crash"}
    n = len(said)
    return [line("answer", words[one], "now", days=n - 1 - at) for at, one in enumerate(said) if one in words]


def pem(positive: bool, *, days: float = 40, by: str = "") -> list[Entry]:
    """The list on what effort does afterwards, filled in whole."""
    screen = instrument("pem_screen")
    given: dict[str, int | str] = {}
    for item in screen.items:
        if positive:
            given[item.id] = min(3, item.high)
        elif item.needs is None:
            given[item.id] = item.low
    return answers("pem_screen", given, days=days, by=by)


def burnout() -> Person:
    """Burn-out in phase 1: effort is carried, work and money weigh, one crash, laboratory values, a strap worn."""
    lines_: list[Entry] = [
        *answers("red_flags", {"signs": "none"}, days=30),
        *pem(False, days=29),
        *taps("gzggzgzzggzgcczzgzgggzggzggg"),
        *(entry for week in range(5) for entry in _week_of_load(week)),
        *answers("function", {"ordinary_day": 1}, days=20),
        *answers("energy", {"energy": 4, "fatigue": 7, "sleep_refreshing": 3, "control": 1}, days=2),
        *answers("mood", {"joy": 1, "low": 1, "unrest": 2, "worry": 2}, days=3),
        *answers("rest_feel", {"feels": "still_but_tense,head_goes_on,duty", "helps": "warmth,outdoors"}, days=5),
        *answers("sensory", {"sound": 2, "light": 1, "people": 3, "touch": 0}, days=5),
        *answers("complaints", {"energy_and_sleep": "lasting_tiredness,wakes_tired", "body": "muscle_tension"}, days=6),
        *answers("complaints", {"head": "fog,spinning_thoughts", "mood": "irritable,on_guard"}, days=6),
        line("event", "31 | ug/l | 30 | 400 | |", "lab/ferritin", days=24),
        line("event", "6.9 | mmol/l | 8.5 | 11 | |", "lab/hb", days=24),
        line("event", "1.8 | mU/l | 0.4 | 4 | |", "lab/tsh", days=24),
        line("event", "citrate", "supplement/magnesium", days=60),
        line("event", "Hoe zeg ik op mijn werk wat ik nu kan, zonder alles te vertellen?", "question", days=1),
    ]
    return Person(tuple(lines_))


def calming() -> Person:
    """Burn-out in phase 1 with a diary that is well kept: load, mood, values, rests of each day, and questions."""
    lines_: list[Entry] = [
        *answers("red_flags", {"signs": "none"}, days=40),
        *pem(False, days=39),
        *taps("zggzzgzzggzzgzgzzggzccczzgzg"),
        *(entry for week in range(6) for entry in _week_of_care(week)),
        *(line(*kind, days=day + part, hours=0.25) for day in range(28) for kind, part in RESTS_OF_A_DAY),
        *answers("function", {"ordinary_day": 1}, days=12),
        *answers("energy", {"energy": 3, "fatigue": 8, "sleep_refreshing": 2, "control": 1}, days=1),
        *answers("mood", {"joy": 2, "low": 1, "unrest": 2, "worry": 2}, days=2),
        *answers("rest_feel", {"feels": "duty,head_goes_on", "helps": "warmth,dark_and_quiet,phone_away"}, days=4),
        *answers("sensory", {"sound": 3, "light": 2, "people": 2, "touch": 1}, days=4),
        *answers("complaints", {"energy_and_sleep": "wakes_tired,suddenly_empty", "body": "muscle_tension,pain"}),
        *answers("complaints", {"head": "fog,spinning_thoughts", "mood": "irritable"}),
        line("event", "52 | ug/l | 30 | 400 | |", "lab/ferritin", days=33),
        line("event", "8.9 | mmol/l | 8.5 | 11 | |", "lab/hb", days=33),
        line("event", "41 | nmol/l | 50 | 125 | |", "lab/vitamin_d", days=33),
        line("event", "2.1 | mU/l | 0.4 | 4 | |", "lab/tsh", days=33),
        line("event", "8 | nl", "total/phq9/total", days=8),
        line("event", "citrate", "supplement/magnesium", days=30),
        line("condition", "migraine", days=35),
        line("event", "Kan ik halve dagen thuis beginnen, of is dat nu te vroeg?", "question", days=2),
        line("event", "Wat kan ik doen als mijn hoofd doorgaat zodra ik ga liggen?", "question", days=1),
    ]
    return Person(tuple(lines_))


def severe() -> Person:
    """ME/CFS, severe: somebody else filled in part of it; effort makes it worse; crashes follow each other."""
    lines_: list[Entry] = [
        *answers("red_flags", {"signs": "severely_ill"}, days=20, by="proxy:"),
        *pem(True, days=19, by="proxy:"),
        *taps("z-zzcc-z-zz--ccc-z-zz-z-z-zz"),
        *answers("load", {"illness": 9, "body_effort": 8, "sensory": 9}, days=15),
        *answers("load", {"illness": 8, "body_effort": 9, "sensory": 9}, days=9),
        *answers("load", {"illness": 9, "body_effort": 8, "sensory": 8}, days=3),
        *answers("function", {"ordinary_day": 3}, days=20, by="proxy:"),
        *answers("energy", {"energy": 1, "fatigue": 9, "sleep_refreshing": 0}, days=4),
        *answers("rest_feel", {"feels": "wakes_unrested,interrupted", "helps": "dark_and_quiet,weight,phone_away"}),
        *answers("sensory", {"sound": 3, "light": 3, "touch": 2, "smell": 2, "people": 3, "movement": 3}, days=4),
        *answers("complaints", {"energy_and_sleep": "heavy_legs,suddenly_empty", "body": "dizzy_standing,pain"}),
    ]
    return Person(tuple(lines_))


def sparse() -> Person:
    """A diary with a few taps in it and nothing else."""
    return Person((*taps("g--z----g-------z---g-----z-"),))


def nothing() -> Person:
    """Nobody wrote anything."""
    return Person(())


def flagged() -> Person:
    """Several red flags are open, the first of them suicidality."""
    signs = "suicidality,chest_pain,fainted,lump,blood_loss"
    return Person((*answers("red_flags", {"signs": signs}, days=1), *taps("gzz")))


def fullest() -> Person:
    """Everything that can be filled in, filled in at its longest: what must still fit on the sheet."""
    lines_: list[Entry] = [*pem(True), *taps("czgg-zzgczzggzzg-zcczgzzggzcc")]
    for days in range(1, 84, 3):
        lines_ += taps_at("c" if days % 9 == 0 else "z", days)
    for name in ("load", "energy", "mood", "rest_feel", "sensory", "complaints", "function"):
        for days in (1, 8, 15, 22) if name == "load" else (1,):
            lines_ += answers(name, {item.id: _most(item) for item in instrument(name).items}, days=days)
    lines_ += [
        line("event", f"{value} | {unit} | {low} | {high} | |", f"lab/{test}", days=20)
        for test, value, unit, low, high in (
            ("hb", 6.9, "mmol/l", 8.5, 11),
            ("ferritin", 12, "ug/l", 30, 400),
            ("tsh", 6.1, "mU/l", 0.4, 4),
            ("ft4", 9, "pmol/l", 10, 24),
            ("b12", 120, "pmol/l", 148, 700),
            ("vitamin_d", 28, "nmol/l", 50, 125),
            ("crp", 22, "mg/l", "", 10),
            ("hba1c", 50, "mmol/mol", "", 42),
        )
    ]
    for substance in substances():
        lines_.append(line("event", substance.forms[0][0], f"supplement/{substance.id}", days=30))
    lines_ += [
        line("event", f"{n} | nl", f"total/{name}", days=9) for n, name in ((22, "phq9/total"), (15, "gad7/total"))
    ]
    lines_ += [
        line("event", f"{at} {'een lange vraag die maar doorgaat en ' * 9}", "question", days=at) for at in range(6)
    ]
    lines_ += [line("condition", name, days=40) for name in list(conditions())[:9]]
    lines_ += answers(
        "red_flags", {"signs": "suicidality,chest_pain,fainted,lump,blood_loss,snoring_and_sleepy"}, days=1
    )
    return Person(tuple(lines_))


def _most(item: Item) -> int | str:
    if item.kind == "many":
        return ",".join(key for key in item.keys if key != "none")
    return item.high


def taps_at(said: str, days: float) -> list[Entry]:
    return [line("answer", {"c": "crash", "z": "heavy"}[said], "now", days=30 + days)]


WORE_A_STRAP = {**dict.fromkeys(("burnout", "calming", "fullest"), "days_of_rest"), "flagged": "only_untold"}
PEOPLE = {made.__name__: made for made in (burnout, calming, severe, sparse, nothing, flagged, fullest)}


RESTS_OF_A_DAY = ((("rest", ""), 0.1), (("nsdr", ""), 0.25), (("passive", "kruik"), 0.4))
"""What is kept of a day, and which part of a day ago."""


def _week_of_care(week: int) -> list[Entry]:
    given: dict[str, int | str] = {
        "caring": 9,
        "home": 7,
        "work": 6,
        "money": 5 - week % 2,
        "relations": 4,
        "thinking": 6,
    }
    return answers("load", given, days=7 * week + 2)


def _week_of_load(week: int) -> list[Entry]:
    given: dict[str, int | str] = {"work": 8, "money": 6, "relations": 4, "home": 5, "thinking": 7 - week % 2}
    return answers("load", given, days=7 * week + 1)


@pytest.fixture
def person(who: str) -> Person:
    """Each person in turn."""
    return PEOPLE[who]()


@pytest.fixture(scope="session")
def at() -> SimpleNamespace:
    """Builders of diary lines, and the moment they are counted from."""
    return SimpleNamespace(line=line, answers=answers, taps=taps, pem=pem, now_ms=NOW_MS, zone=ZONE)


@pytest.fixture(scope="session")
def people(state_named: Callable[[str], Findings]) -> Callable[[str], Person]:
    """A person by name; some of them wore a strap."""

    @lru_cache
    def person_of(who: str) -> Person:
        return replace(PEOPLE[who](), findings=state_named(WORE_A_STRAP[who]) if who in WORE_A_STRAP else None)

    return person_of


@pytest.fixture(scope="session")
def make(people: Callable[[str], Person]) -> Callable[..., ConsultSheet]:
    """The sheet of a person by name."""

    @lru_cache
    def stands(who: str) -> Standing:
        return people(who).stands

    def sheet(who: str, lang: str, **options: Any) -> ConsultSheet:
        person = people(who)
        return sheet_of(stands(who), lang, entries=person.entries, findings=person.findings, **options)

    return sheet


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `who` runs for each person."""
    marked = {name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[0]}
    if "who" in metafunc.fixturenames and "who" not in marked:
        metafunc.parametrize("who", list(PEOPLE))
