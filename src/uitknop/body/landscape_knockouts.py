"""What each coupling is needed for: the behaviours that are gone when it is switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.landscape_diagram import NATURE
from uitknop.body.landscape_targets import TARGETS, World
from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.people import draw_people
from uitknop.body.spec import Title
from uitknop.core import Phrase, Value

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Knockout(Value):
    """One coupling switched off.

    Args:
        coupling, title, grade, claims: which, how sure it is and what it rests on.
        shows: each behaviour by name, and whether the model still shows it.
        fails: those it no longer shows.
        tips: whether months of heavy load still make ill; without that, T3 to T8 can't be shown.
    """

    coupling: str
    title: Title
    grade: str
    claims: tuple[str, ...]
    shows: Mapping[str, bool]
    fails: tuple[str, ...]
    tips: bool


@dataclass(frozen=True, slots=True)
class Knockouts(Value):
    """The table of couplings.

    Args:
        targets: title of each behaviour, by name.
        whole: what the model shows with every coupling on.
        rows: one per coupling.
    """

    targets: Mapping[str, Title]
    whole: Mapping[str, bool]
    rows: tuple[Knockout, ...]
    nature: str = NATURE


def knockouts(couplings: Iterable[str] | None = None) -> Knockouts:
    """Switch off one coupling after the other, and ask for every behaviour.

    Args:
        couplings: names; None for all of them.

    Raises:
        ModelError: a coupling does not exist; the nearest are offered.
    """
    spec = body_model()
    names = tuple(spec.couplings if couplings is None else couplings)
    for name in names:
        if name not in spec.couplings:
            raise unknown(Phrase("coupling"), name, spec.couplings)

    def people(kind: str | None, values: Mapping[str, float]) -> Floats:
        off = [(), *((name,) for name in names)]
        return np.concatenate(
            [draw_people(spec, 1, spread=0.0, kind=kind, values=values, switched_off=each) for each in off]
        )

    world = World(spec, people)
    with np.errstate(all="ignore"):  # a course that leaves the range of the model shows nothing
        found = {target.name: target.asked(world) for target in TARGETS}
    rows = []
    for place, name in enumerate(names, start=1):
        coupling = spec.couplings[name]
        shows = {target: bool(answer[place]) for target, answer in found.items()}
        fails = tuple(target for target, holds in shows.items() if not holds)
        tips = bool(world.is_ill[place])
        rows.append(Knockout(name, coupling.title, coupling.grade, coupling.claims, shows, fails, tips))
    whole = {target: bool(answer[0]) for target, answer in found.items()}
    return Knockouts({target.name: target.title for target in TARGETS}, whole, tuple(rows))
