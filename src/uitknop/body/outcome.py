"""How did it end? One of a handful of outcomes per person, and the share of each with its interval."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.body.evaluate import evaluate
from uitknop.body.formula import Formula
from uitknop.body.share import share
from uitknop.body.spec import Spec
from uitknop.core import Estimate

Floats = npt.NDArray[np.float64]

OUTCOMES = ("well", "not_fully", "mild", "moderate", "severe", "never_ill", "diverged")
"""`well`: defence is off and the envelope is back; `not_fully`: off, but the envelope stays smaller; `mild`,
`moderate`, `severe`: defence is on, with an envelope of more than half, a quarter to half, and less than a quarter of
what it was when well; `never_ill`: only where people should be ill at the start, who were not, then or later;
`diverged`: the numbers left the range of the model, and say nothing."""

DEFENCE_OFF = 0.1
ENVELOPE_BACK = 0.9
BAND = 0.95


def diverged(spec: Spec, runs: Floats) -> npt.NDArray[np.bool_]:
    """Whose course left the range of its states at any moment, or is no number.

    Args:
        runs: shape (n, kept, states).
    """
    low = np.array([state.low for state in spec.states.values()]) - 0.05
    high = np.array([state.high for state in spec.states.values()]) + 0.05
    with np.errstate(invalid="ignore"):
        inside = (runs >= low) & (runs <= high)
    return np.asarray(~inside.all(axis=(1, 2)), dtype=np.bool_)


def readout(spec: Spec, formula: Formula, runs: Floats, people: Floats) -> Floats:
    """A read-out over time; it may not hang on the inputs.

    Args:
        runs: states, shape (n, kept, states).
        people: parameters, shape (n, parameters).

    Returns: shape (n, kept).
    """
    values: dict[str, float | Floats] = {
        state.symbol: runs[:, :, place] for place, state in enumerate(spec.states.values())
    }
    values |= {symbol: people[:, place, None] for place, symbol in enumerate(spec.parameters)}
    return np.asarray(evaluate(formula, values, spec.quantities)) + np.zeros(runs.shape[:2])


def outcomes(spec: Spec, runs: Floats, people: Floats, well: Floats, *, begins_ill: bool = False) -> tuple[str, ...]:
    """The outcome of each person, from the last moment.

    Args:
        runs: shape (n, kept, states).
        well: the states of the same people when well, shape (n, states).
        begins_ill: whether people should be ill at the first moment, so that who never was is told apart.
    """
    last = runs[:, -1:, :]
    envelope = spec.readouts["envelope"].formula
    with np.errstate(all="ignore"):
        share = readout(spec, envelope, last, people)[:, 0] / readout(spec, envelope, well[:, None, :], people)[:, 0]
    defence = last[:, 0, list(spec.states).index("defence")]
    found = [_outcome(float(d), float(s)) for d, s in zip(defence, share, strict=True)]
    if begins_ill:
        found = [name if ill else "never_ill" for name, ill in zip(found, were_ill(spec, runs), strict=True)]
    return tuple("diverged" if gone else name for name, gone in zip(found, diverged(spec, runs), strict=True))


def were_ill(spec: Spec, runs: Floats) -> npt.NDArray[np.bool_]:
    """Whose defence was on at any moment that was kept, the first included, shape (n,).

    Args:
        runs: shape (n, kept, states).
    """
    defence = runs[:, :, list(spec.states).index("defence")]
    return np.asarray((defence >= DEFENCE_OFF).any(axis=1), dtype=np.bool_)


def _outcome(defence: float, envelope: float) -> str:
    if defence < DEFENCE_OFF:
        return "well" if envelope >= ENVELOPE_BACK else "not_fully"
    if envelope > 0.5:
        return "mild"
    return "moderate" if envelope >= 0.25 else "severe"


def shares(found: tuple[str, ...]) -> dict[str, Estimate]:
    """The share of each outcome that can occur, with its interval.

    >>> round(shares(("well", "well", "mild"))["well"].value, 2)
    0.67
    """
    return {name: share(found.count(name), len(found)) for name in OUTCOMES}
