"""What each coupling carries among people who differ: their fates with one coupling left out.

Asked of those who live the story with every coupling on: a single person without spread tells too clear a tale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uitknop.body.landscape_diagram import NATURE
from uitknop.body.landscape_shares import counted, fate_of
from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.people import draw_people, switch_off
from uitknop.body.spec import Title
from uitknop.core import Estimate, Phrase, Value
from uitknop.core.errors import ModelError


@dataclass(frozen=True, slots=True)
class Without(Value):
    """One coupling left out.

    Args:
        coupling, title, grade, claims: which, how sure it is and what it rests on.
        shares: of each fate, by name, among those who live the story with it; `rest_alone` is passive rest being
            enough, `not_back` safety no longer being enough.
    """

    coupling: str
    title: Title
    grade: str
    claims: tuple[str, ...]
    shares: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class FatesWithout(Value):
    """The table of couplings among people who differ.

    Args:
        drawn, seed, spread: how many people were drawn, from which seed, and how much they differ.
        n: how many of them live the story; the shares are of these.
        rows: one per coupling.
    """

    drawn: int
    seed: int
    spread: float
    n: int
    rows: tuple[Without, ...]
    nature: str = NATURE


def fates_without(
    couplings: Iterable[str] | None = None, *, n: int = 1000, seed: int = 1, spread: float = 0.1
) -> FatesWithout:
    """Leave out one coupling after the other, and see what becomes of those who lived the story.

    Args:
        couplings: names; None for all of them.
        n: how many people are drawn: those of `fates`.
        seed: the same seed gives the same people.
        spread: coefficient of variation of every parameter but the published rates.

    Raises:
        ModelError: a coupling does not exist (the nearest are offered), n or spread can't be used, or nobody lives
            the story.

    >>> fates_without(("load_threat",), n=1, spread=0.0).rows[0].shares["never_ill"].value
    1.0
    """
    spec = body_model()
    names = tuple(spec.couplings if couplings is None else couplings)
    for name in names:
        if name not in spec.couplings:
            raise unknown(Phrase("coupling"), name, spec.couplings)
    people = draw_people(spec, n, seed=seed, spread=spread)
    people = people[fate_of(people) == "story"]
    if not people.size:
        raise ModelError(Phrase("None of these made-up people lives the story. Draw more of them, or another seed."))
    rows = []
    for name in names:
        item = spec.couplings[name]
        found = counted(fate_of(switch_off(spec, people, (name,))))
        rows.append(Without(name, item.title, item.grade, item.claims, found))
    return FatesWithout(n, seed, spread, people.shape[0], tuple(rows))
