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
from numba.core import types
from numba.extending import intrinsic

from uitknop.body.vector import Rows

LANES = {lanes}
LONGEST_STEP_MIN = {longest}
STATES = {states!r}
FAST_STATES = {fast!r}
PARAMETERS_AT, INPUTS_AT, SIZE, WEIGHTS = {parameters}, {inputs}, {size}, {weights}


def _kept(**options):
    # What was compiled is kept for the next time, unless there is no place where files may be written.
    def compiled(function):
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return compiled


@njit(error_model="numpy")
def _phi(z):
    # phi_1, phi_2, phi_3 at -z; by their series where the closed form would lose digits.
    if z < 0.01:
        return 1 - z / 2 + z * z / 6, 0.5 - z / 6 + z * z / 24, 1 / 6 - z / 24 + z * z / 120
    one = -np.expm1(-z) / z
    two = (1 - one) / z
    return one, two, (0.5 - two) / z


@njit(error_model="numpy")
def _weights(w, at, apart, h, tau):
    z = h / tau
    one, two, three = _phi(z)
    half_one, half_two, half_three = _phi(0.5 * z)
    w[at] = np.exp(-0.5 * z)
    w[at + apart] = 0.5 * h * half_one
    w[at + 2 * apart] = h * half_two
    w[at + 3 * apart] = np.exp(-z)
    w[at + 4 * apart] = h * one
    w[at + 5 * apart] = 2.0 * h * two
    w[at + 6 * apart] = h * (one - 3.0 * two + 4.0 * three)
    w[at + 7 * apart] = h * (2.0 * two - 4.0 * three)
    w[at + 8 * apart] = h * (4.0 * three - two)


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


'''

STEP = """STEP = \"\"\"
{lines}
\"\"\"


@intrinsic
def step(typing, m, w, at, h):
    \"\"\"One step of h days for all lanes of m; its weights stand in w, from a place on.\"\"\"

    def lower(context, builder, signature, given):
        data = [context.make_array(signature.args[place])(context, builder, given[place]).data for place in (0, 1)]
        lengths = {{name: builder.fmul(given[3], given[3].type(part)) for name, part in PARTS.items()}}
        Rows(builder, {{"m": data[0], "w": builder.gep(data[1], [given[2]])}}, LANES, lengths).run(STEP)
        return context.get_dummy_value()

    return types.void(m, w, types.int64, h), lower


PARTS = {{"h": 1.0, "half": 0.5, "sixth": 1 / 6}}
"""

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
    # Few lengths of step occur: the weights of each are worked out once, and stay at a place of their own.
    known, weights = np.zeros(LONGEST_STEP_MIN + 1, np.bool_), np.zeros((LONGEST_STEP_MIN + 1) * WEIGHTS * LANES)
    hold(m)
    for i in range(size):
        out[0, i] = m[i]
    kept, until_kept = 1, every_min
    for piece in range(lengths_min.size):
        for i in range(levels.shape[1]):
            for k in range(LANES):
                m[(INPUTS_AT + i) * LANES + k] = levels[piece, i]
        left = lengths_min[piece]
        while left > 0:
            step_min = _step_min(left, until_kept, longest)
            at = step_min * WEIGHTS * LANES
            if not known[step_min]:
                weigh(m, weights, at, step_min / 1440.0)
                known[step_min] = True
            if sd > 0.0:
                _wander(m, levels[piece, 0], wander, state, np.exp(-step_min / relax_min), sd)
            step(m, weights, at, step_min / 1440.0)
            left -= step_min
            until_kept -= step_min
            if until_kept == 0:
                for i in range(size):
                    out[kept, i] = m[i]
                kept += 1
                until_kept = every_min
'''
