"""People for the consult sheet, made by hand: burn-out in phase 1, severe ME/CFS, a sparse diary, nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from uitknop.core import Entry, Findings
from uitknop.core.timeline import parse_iso
from uitknop.instruments import instrument
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


PEOPLE = {made.__name__: made for made in (burnout, severe, sparse, nothing)}


def _week_of_load(week: int) -> list[Entry]:
    given: dict[str, int | str] = {"work": 8, "money": 6, "relations": 4, "home": 5, "thinking": 7 - week % 2}
    return answers("load", given, days=7 * week + 1)


@pytest.fixture
def person(who: str) -> Person:
    """Each person in turn."""
    return PEOPLE[who]()


@pytest.fixture
def people() -> dict[str, Callable[[], Person]]:
    """How each person is made, by name."""
    return dict(PEOPLE)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `person` runs for each of them."""
    marked = {name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[0]}
    if "person" in metafunc.fixturenames and "who" not in marked:
        metafunc.parametrize("who", list(PEOPLE))
