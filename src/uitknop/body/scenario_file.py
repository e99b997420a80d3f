"""The named scenarios: where people come from, what the world does to them, and which claims it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.people import USUAL_KIND
from uitknop.body.schedule import DAY_MIN, Bout, Schedule, changed, check_level, daily, hold, joined, ramp
from uitknop.body.spec import Spec, Title
from uitknop.body.toml_fields import Fields, parse
from uitknop.core import Phrase, Value
from uitknop.core.errors import KnowledgeError, ParameterOutOfRange

FILE = "scenarios.toml"
WELL = "well"
"""What happened before to people who are well when a scenario begins; whatever else happened makes most ill."""


@dataclass(frozen=True, slots=True)
class Phase(Value):
    """A stretch of a scenario that has a name of its own.

    Args:
        from_day, to_day: counted from the first day of the scenario.
    """

    from_day: float
    to_day: float
    title: Title


@dataclass(frozen=True, slots=True)
class Scenario(Value):
    """Something that can be played.

    Args:
        name, title: as it is asked for, and in words.
        claims: ids of the claims it is about.
        before: what happened before its first day.
        schedule: what happens from its first day on.
        open_day: day from which a what-if changes the inputs.
        every_min: minutes between two moments that are kept.
        kind: kind of course.
        begins_ill: whether what happened before makes most people ill.
        way_back: whether it shows a recovery, which is closed to people with crashes after exertion.
        phases: its stretches that have names, from the first day to the last; empty where it has none.
    """

    name: str
    title: Title
    claims: tuple[str, ...]
    before: Schedule
    schedule: Schedule
    open_day: float
    every_min: int
    kind: str
    begins_ill: bool
    way_back: bool
    phases: tuple[Phase, ...] = ()

    def course(self, spec: Spec, levels: Mapping[str, float], own: Schedule | None = None) -> Schedule:
        """What happens from its first day on, with some inputs held: from its open day on, or throughout an own course.

        Args:
            levels: inputs to hold.
            own: another course of the inputs; None for its own.
        """
        return changed(own or self.schedule, spec, levels, 0 if own else round(self.open_day * DAY_MIN))


@lru_cache(maxsize=1)
def scenarios() -> Mapping[str, Scenario]:
    """The scenarios that come with this version, by name.

    Raises:
        KnowledgeError: the file breaks its schema; the installation is damaged.
    """
    text = resources.files("uitknop.body").joinpath("data", FILE).read_text(encoding="utf-8")
    return read_scenarios(FILE, text, body_model())


def scenario(name: str) -> Scenario:
    """One scenario.

    Raises:
        ModelError: it does not exist; the nearest names are offered.
    """
    if name not in scenarios():
        raise unknown(Phrase("scenario"), name, scenarios())
    return scenarios()[name]


def read_scenarios(file: str, text: str, spec: Spec) -> dict[str, Scenario]:
    """Read and check a file of scenarios.

    Raises:
        KnowledgeError: the place and what should stand there are named.
    """
    top = Fields(file, "top", parse(file, text))
    before = {}
    for row in top.tables("before"):
        before[row.name] = _pieces(row, spec)
        row.finish()
    found = {row.name: _scenario(row, spec, before) for row in top.tables("scenario")}
    top.finish()
    return found


def _scenario(row: Fields, spec: Spec, before: Mapping[str, Schedule]) -> Scenario:
    schedule = _pieces(row, spec)
    days, past = schedule.length_min / DAY_MIN, row.one_of("before", before)
    found = Scenario(
        row.name,
        row.title(),
        row.ids("claims"),
        before[past],
        schedule,
        row.number("open_day", 0, days),
        60 * round(row.number("every_hours", 1, 24)) if row.has("every_hours") else DAY_MIN,
        row.one_of("kind", spec.kinds) if row.has("kind") else USUAL_KIND,
        past != WELL,
        row.boolean("way_back") if row.has("way_back") else False,
        _phases(row, days) if row.has("phase") else (),
    )
    row.finish()
    return found


def _phases(row: Fields, days: float) -> tuple[Phase, ...]:
    """Phases that follow each other, from the first day of the scenario to its last."""
    found: list[Phase] = []
    for phase in row.list_of_tables("phase"):
        first = found[-1].to_day if found else 0.0
        found.append(Phase(phase.number("from_day", first, first), phase.number("to_day", first, days), phase.title()))
        phase.finish()
    if found[-1].to_day != days:
        raise row.wrong("phase", Phrase("phases up to day {day}", {"day": f"{days:g}"}))
    return tuple(found)


def _pieces(row: Fields, spec: Spec) -> Schedule:
    parts, at_day = [], 0.0
    for piece in row.list_of_tables("piece"):
        first, last = piece.number("from_day", 0), piece.number("to_day", 0)
        if first != at_day or last <= first:
            raise piece.wrong(
                "from_day", Phrase("{day}, and to_day later: no gaps, no overlap", {"day": f"{at_day:g}"})
            )
        parts.append(_piece(piece, spec, last - first))
        piece.finish()
        at_day = last
    return joined(parts)


def _piece(piece: Fields, spec: Spec, days: float) -> Schedule:
    levels = _levels(piece, spec)
    if piece.has("to"):
        to = piece.table("to")
        return ramp(spec, round(days), levels, {**levels, **_levels(to, spec)})
    if piece.has("bouts"):
        return daily(spec, round(days), levels, [_bout(bout, spec) for bout in piece.list_of_tables("bouts")])
    if piece.has("weekly"):
        return _weeks(piece, spec, round(days), levels)
    return hold(spec, days, levels)


def _weeks(piece: Fields, spec: Spec, days: int, levels: Mapping[str, float]) -> Schedule:
    """Weeks in which some days hold bouts."""
    by_day: dict[int, list[Bout]] = {}
    for bout in piece.list_of_tables("weekly"):
        by_day.setdefault(round(bout.number("on_day", 1, 7)), []).append(_bout(bout, spec))
    return joined(daily(spec, 1, levels, by_day.get(day % 7 + 1, [])) for day in range(days))


def _bout(bout: Fields, spec: Spec) -> Bout:
    found = bout.number("at_hour", 0, 24), bout.number("hours", 0, 24), _levels(bout, spec)
    bout.finish()
    return found


def _levels(row: Fields, spec: Spec) -> dict[str, float]:
    levels = {}
    for name in row.left():
        if name in spec.inputs:
            levels[name] = row.number(name)
            try:
                check_level(spec, name, levels[name])
            except ParameterOutOfRange as fault:
                raise KnowledgeError(
                    Phrase("{file}, {id}: {fault}", {"file": row.file, "id": row.name, "fault": fault.phrase})
                ) from fault
    return levels
