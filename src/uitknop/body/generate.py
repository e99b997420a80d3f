"""Writes the source of the fast kernel from the specification; `scripts/body_kernel.py` puts it beside this file.

The method is an exponential Runge-Kutta method of fourth order (Krogstad 2005, doi:10.1016/j.jcp.2004.08.006): states
that may be faster than a step move to their target exactly, for the others it is the classical method. Eight people go
through a step together, one per lane of a vector register; all their numbers lie in one array.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from uitknop.body.evaluate import work_out
from uitknop.body.generate_step import Step, code, packed
from uitknop.body.kernel_text import DRIVER, HEAD, LANES, SLOPE_HEAD, STEP
from uitknop.body.spec import Spec, State

LONGEST_STEP_MIN = 96
"""Longest step, min. Halving it changes no result by more than 1e-4 (tests/body/test_accuracy.py)."""

STEADY = 2.2
"""A state is taken as fast when a step may be longer than this many of its shortest plausible time constants: beyond
2.78 the classical method is unstable."""


def kernel_source(spec: Spec, file: str) -> str:
    """The module that integrates, as text.

    Args:
        spec: the model.
        file: name of the data file it was read from, for the first line.
    """
    fast = [state for state in spec.states.values() if _is_fast(spec, state)]
    step = Step(spec, fast)
    head = HEAD.format(
        name=spec.name,
        file=file,
        lanes=LANES,
        longest=LONGEST_STEP_MIN,
        states=tuple(spec.states),
        fast=tuple(state.name for state in fast),
        parameters=step.at["parameter"],
        inputs=step.at["input"],
        weights=len(step.weights),
        size=step.at["end"],
    )
    parts = ("\n".join(step.hold()), "\n".join(step.weigh()), STEP.format(lines="\n".join(step.lines())))
    return head + "\n\n\n".join(parts) + DRIVER


def slope_source(spec: Spec, file: str) -> str:
    """The module with the equations as they are meant, one person at a time, as text."""
    return SLOPE_HEAD.format(name=spec.name, file=file) + "\n".join(_slope_lines(spec)) + "\n"


def _slope_lines(spec: Spec) -> Iterator[str]:
    yield '@_kept(nogil=True, error_model="numpy")'
    yield "def slope(y, p, u, dy):"
    yield '    """dy/dt per day: y states, p parameters, u inputs; dy is filled."""'
    lines = [f"{item.symbol} = u[{place}]" for place, item in enumerate(spec.inputs.values())]
    lines += [f"{symbol} = p[{place}]" for place, symbol in enumerate(spec.parameters)]
    lines += [f"{state.symbol} = y[{place}]" for place, state in enumerate(spec.states.values())]
    yield from (f"    {line}" for line in packed(iter(lines)))
    lines = [f"{symbol} = {code(formula.tree)}" for symbol, formula in spec.quantities.items()]
    lines += [f"dy[{place}] = {_slope(state)}" for place, state in enumerate(spec.states.values())]
    yield from (f"    {line}" for line in lines)


def _is_fast(spec: Spec, state: State) -> bool:
    """Whether the shortest time constant the parameters allow is short beside a step."""
    if state.tau is None or not state.tau.names <= set(spec.parameters):
        return False
    corners = [{symbol: getattr(spec.parameters[symbol], end) for symbol in state.tau.names} for end in ("low", "high")]
    shortest_d = min(float(work_out(state.tau.tree, corner)) for corner in corners)
    return STEADY * shortest_d < LONGEST_STEP_MIN / 1440


def _slope(state: State) -> str:
    if state.rate is not None:
        return f"({code(state.rate.tree)}) * {state.symbol}"
    assert state.target is not None
    assert state.tau is not None
    return f"({code(state.target.tree)} - {state.symbol}) {_over(state.tau.tree)}"


def _over(tau: ast.expr) -> str:
    """Division by a time constant; a constant that is one over a rate becomes a product."""
    match tau:
        case ast.BinOp(ast.Constant(1), ast.Div(), rate):
            return f"* {code(rate)}"
    return f"/ {code(tau)}"
