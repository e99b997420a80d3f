"""The parts of the kernel that are the same for every specification."""

from __future__ import annotations

LANES = 8
"""People who go through a step together: the width of the widest vector registers of 64-bit numbers."""

HEAD = '''"""The fast kernel of {name}, written by scripts/body_kernel.py from data/{file}. Do not change it by hand."""
# ruff: noqa
# mypy: ignore-errors
# fmt: off

import numpy as np
from numba import njit

LANES = {lanes}
LONGEST_STEP_MIN = {longest}
STATES = {states!r}
FAST_STATES = {fast!r}
PARAMETERS_AT, INPUTS_AT, FACTORS_AT, SIZE = {parameters}, {inputs}, {factors}, {size}
KEPT_WEIGHTS = 7
FAST = {{"contract", "arcp", "nsz"}}


def _kept(**options):
    # What was compiled is kept for the next time, unless there is no place where files may be written.
    def compiled(function):
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return compiled


@njit(fastmath=FAST, error_model="numpy", forceinline=True)
def _exp(x):
    # A 1024th part by its series, then squared ten times: exact to 1e-9, and the same work in every lane.
    x = max(min(x, 60.0), -60.0) / 1024.0
    e = 1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0)))))
    e = e * e; e = e * e; e = e * e; e = e * e; e = e * e
    e = e * e; e = e * e; e = e * e; e = e * e
    return e * e


@njit(fastmath=FAST, error_model="numpy", forceinline=True)
def _share(x, half):
    return x / (half + x)


@njit(error_model="numpy", fastmath=FAST)
def _phi(z):
    # phi_1, phi_2, phi_3 at -z; by their series where the closed form would lose digits.
    if z < 0.01:
        return 1 - z / 2 + z * z / 6, 0.5 - z / 6 + z * z / 24, 1 / 6 - z / 24 + z * z / 120
    one = -np.expm1(-z) / z
    two = (1 - one) / z
    return one, two, (0.5 - two) / z


@njit(error_model="numpy")
def _weights(m, at, h, tau):
    z = h / tau
    one, two, three = _phi(z)
    half_one, half_two, half_three = _phi(0.5 * z)
    m[at] = np.exp(-0.5 * z)
    m[at + LANES] = 0.5 * h * half_one
    m[at + 2 * LANES] = h * half_two
    m[at + 3 * LANES] = np.exp(-z)
    m[at + 4 * LANES] = h * one
    m[at + 5 * LANES] = 2.0 * h * two
    m[at + 6 * LANES] = h * (one - 3.0 * two + 4.0 * three)
    m[at + 7 * LANES] = h * (2.0 * two - 4.0 * three)
    m[at + 8 * LANES] = h * (4.0 * three - two)


'''

SLOPE_HEAD = '''"""The equations of {name}, written by scripts/body_kernel.py from data/{file}. Change that file."""
# ruff: noqa
# mypy: ignore-errors
# fmt: off

import numpy as np
from numba import njit

_exp = np.exp


def _kept(**options):
    # What was compiled is kept for the next time, unless there is no place where files may be written.
    def compiled(function):
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return compiled


@njit(error_model="numpy", forceinline=True)
def _share(x, half):
    return x / (half + x)


'''

DRIVER = '''

@njit(nogil=True)
def _next(state, lane):
    # SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): a stream per person, whatever the lanes.
    state[lane] += np.uint64(0x9E3779B97F4A7C15)
    z = state[lane]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(nogil=True)
def _wander(m, level, wander, state, keep, sd):
    # Ornstein-Uhlenbeck noise on the first input, exact over a step, clipped at zero.
    for k in range(LANES):
        normal = np.sqrt(-2.0 * np.log(1.0 - _next(state, k))) * np.cos(2.0 * np.pi * _next(state, k))
        wander[k] = keep * wander[k] + np.sqrt(1.0 - keep * keep) * normal
        m[INPUTS_AT * LANES + k] = max(level + sd * wander[k], 0.0)


@njit(nogil=True)
def _weigh(m, step_min, lengths, weights):
    # Few lengths of step occur, so their weights are kept.
    place, first, size = step_min % KEPT_WEIGHTS, FACTORS_AT * LANES, (SIZE - FACTORS_AT) * LANES
    known = lengths[place] == step_min
    if not known:
        factors(m, step_min / 1440.0)
        lengths[place] = step_min
    for i in range(size):
        if known:
            m[first + i] = weights[place * size + i]
        else:
            weights[place * size + i] = m[first + i]


@njit(nogil=True)
def _step_min(left, until_kept, longest):
    # Whole minutes: a step never crosses the end of a piece or a moment that is kept, before which short steps are
    # taken, because the fast states lag.
    room = min(left, until_kept)
    if until_kept <= 60:
        longest = min(longest, 30)
    elif until_kept <= 120:
        longest = min(longest, 60)
        room = min(room, until_kept - 60)
    else:
        room = min(room, until_kept - 120)
    if room <= longest:
        return room
    return longest if room >= 2 * longest else (room + 1) // 2


@_kept(nogil=True)
def run(m, lengths_min, levels, every_min, longest, sd, relax_min, state, out):
    """Take LANES people through a schedule.

    m: their numbers, shape (SIZE * LANES,), states and parameters filled in; lengths_min: int64, shape (pieces,);
    levels: inputs, shape (pieces, inputs); every_min: whole minutes between what is kept; longest: longest
    step, min, at most LONGEST_STEP_MIN; sd, relax_min: noise on the first input; state: uint64 seeds, shape (LANES,);
    out: shape (kept, states * LANES), filled from the start on.
    """
    size, wander = len(STATES) * LANES, np.zeros(LANES)
    lengths = np.zeros(KEPT_WEIGHTS, np.int64)
    weights = np.zeros(KEPT_WEIGHTS * (SIZE - FACTORS_AT) * LANES)
    for i in range(size):
        out[0, i] = m[i]
    kept, until_kept, last_min = 1, every_min, 0
    for piece in range(lengths_min.size):
        for i in range(levels.shape[1]):
            for k in range(LANES):
                m[(INPUTS_AT + i) * LANES + k] = levels[piece, i]
        left = lengths_min[piece]
        while left > 0:
            step_min = _step_min(left, until_kept, longest)
            if step_min != last_min:
                _weigh(m, step_min, lengths, weights)
                last_min = step_min
            if sd > 0.0:
                _wander(m, levels[piece, 0], wander, state, np.exp(-step_min / relax_min), sd)
            step(m, step_min / 1440.0)
            left -= step_min
            until_kept -= step_min
            if until_kept == 0:
                for i in range(size):
                    out[kept, i] = m[i]
                kept += 1
                until_kept = every_min
'''
