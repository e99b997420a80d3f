"""How many of people who differ a little show what the model shows: the share of each fate, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import NATURE
from uitknop.body.landscape_tipping import REST, TIPPED, ill_people
from uitknop.body.load import body_model
from uitknop.body.outcome import DEFENCE_OFF, diverged
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.schedule import hold
from uitknop.body.share import share
from uitknop.body.spec import Title
from uitknop.core import Estimate, Value

Floats = npt.NDArray[np.float64]
Names = npt.NDArray[np.str_]

FATES = {
    "story": Title("vast bij rust, terug met veiligheid", "stuck at rest, back with safety"),
    "rest_alone": Title("terug met alleen rust", "back with rest alone"),
    "not_back": Title("ook met veiligheid niet terug", "not back with safety either"),
    "never_ill": Title("wordt nooit ziek", "never becomes ill"),
    "ill_when_well": Title("al ziek op een gewone dag", "ill on an ordinary day already"),
    "diverged": Title("buiten het bereik van het model", "outside the range of the model"),
}
"""After months of heavy load and then 250 days of rest without and with much safety. `story` is what the texts tell."""

REST_DAYS = 250
MUCH_SAFETY = 0.7


@dataclass(frozen=True, slots=True)
class Fates(Value):
    """Shares at one spread.

    Args:
        spread: coefficient of variation of every parameter but the published rates.
        n, seed: how many people were drawn, and from which seed.
        shares: by name of the fate, with their Wilson intervals.
    """

    spread: float
    n: int
    seed: int
    shares: Mapping[str, Estimate]
    nature: str = NATURE


def fates(spread: float, *, n: int = 1000, seed: int = 1, kind: str | None = None) -> Fates:
    """What becomes of people who differ.

    Args:
        spread: 0 to 0.5.
        n: how many people; person i does not hang on n.
        seed: the same seed gives the same people.
        kind: kind of course; None for the model as it is.

    Raises:
        ModelError: n, spread or kind can't be used.

    >>> fates(0.0, n=1).shares["story"].value
    1.0
    """
    people = draw_people(body_model(), n, seed=seed, spread=spread, kind=kind)
    return Fates(spread, n, seed, counted(fate_of(people)))


def counted(found: Names) -> dict[str, Estimate]:
    """The share of each fate, with its interval.

    Args:
        found: the fate of each person, shape (n,).
    """
    return {name: share(int((found == name).sum()), found.size) for name in FATES}


def fate_of(people: Floats) -> Names:
    """What becomes of each person; shape (n,), names of `FATES`.

    Args:
        people: parameters, shape (n, parameters).
    """
    spec = body_model()
    defence = list(spec.states).index("defence")
    well, ill = settled(spec, people), ill_people(spec, people)
    rest, safe = (
        integrate(people, ill, hold(spec, REST_DAYS, {**REST, "safety": safety})) for safety in (0.0, MUCH_SAFETY)
    )
    lost = diverged(spec, np.concatenate((well[:, None], ill[:, None], rest, safe), axis=1))
    begun, tipped = well[:, defence] > TIPPED, ill[:, defence] > TIPPED
    rested, back = rest[:, -1, defence] < DEFENCE_OFF, safe[:, -1, defence] < DEFENCE_OFF
    # The first that holds counts.
    named = [("diverged", lost), ("ill_when_well", begun), ("never_ill", ~tipped), ("rest_alone", rested)]
    return np.select(
        [holds for _, holds in [*named, ("story", back)]], [*(name for name, _ in named), "story"], "not_back"
    )
