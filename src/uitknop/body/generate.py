"""Writes the source of the fast kernel from the specification; `scripts/body_kernel.py` puts it beside this file.

The method is an exponential Runge-Kutta method of fourth order (Krogstad 2005, doi:10.1016/j.jcp.2004.08.006): states
that may be faster than a step move to their target exactly, for the others it is the classical method. Eight people go
through a step together, one per lane of a vector register; all their numbers lie in one array, so that the compiler
sees that nothing overlaps.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from uitknop.body.evaluate import work_out
from uitknop.body.formula import Formula
from uitknop.body.kernel_text import DRIVER, HEAD, LANES, SLOPE_HEAD
from uitknop.body.spec import Spec, State

LONGEST_STEP_MIN = 96
"""Longest step, min. Halving it changes no result by more than 1e-4 (tests/body/test_accuracy.py)."""

STEADY = 2.2
"""A state is taken as fast when a step may be longer than this many of its shortest plausible time constants: beyond
2.78 the classical method is unstable."""

PER_LINE = 8


def kernel_source(spec: Spec, file: str) -> str:
    """The module that integrates, as text.

    Args:
        spec: the model.
        file: name of the data file it was read from, for the first line.
    """
    writer = _Writer(spec)
    head = HEAD.format(
        name=spec.name,
        file=file,
        lanes=LANES,
        longest=LONGEST_STEP_MIN,
        states=tuple(spec.states),
        fast=tuple(state.name for state in writer.fast),
        parameters=writer.parameters_at,
        inputs=writer.inputs_at,
        factors=writer.factors_at,
        size=writer.size,
    )
    return head + "\n".join([*writer.factors(), "", "", *writer.step()]) + "\n" + DRIVER


def slope_source(spec: Spec, file: str) -> str:
    """The module with the equations as they are meant, one person at a time, as text."""
    return SLOPE_HEAD.format(name=spec.name, file=file) + "\n".join(_Writer(spec).slope()) + "\n"


class _Writer:
    """The lines of the kernel for one specification. In the array m come states, parameters, inputs, factors."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._states = list(spec.states.values())
        self.fast = [state for state in self._states if self._is_fast(state)]
        self.parameters_at = len(self._states)
        self.inputs_at = self.parameters_at + len(spec.parameters)
        self.factors_at = self.inputs_at + len(spec.inputs)
        self.size = self.factors_at + len(FACTORS) * len(self.fast)

    def factors(self) -> Iterator[str]:
        """For each fast state, what the method needs for a step of h days."""
        yield '@njit(nogil=True, error_model="numpy")'
        yield "def factors(m, h):"
        yield '    """Weights of the fast states for a step of h days, into m."""'
        yield f"    for k in range({LANES}):"
        symbols = list(self._spec.parameters)
        for place, state in enumerate(self.fast):
            assert state.tau is not None
            for symbol in sorted(state.tau.names):
                yield f"        {symbol} = m[{(self.parameters_at + symbols.index(symbol)) * LANES} + k]"
            first = (self.factors_at + place * len(FACTORS)) * LANES
            yield f"        _weights(m, {first} + k, h, {_code(state.tau.tree)})"

    def step(self) -> Iterator[str]:
        """One step: four looks at the slopes, then the new states."""
        yield '@njit(nogil=True, fastmath=FAST, error_model="numpy", no_cpython_wrapper=True)'
        yield "def step(m, h):"
        yield '    """One step of h days for all lanes of m."""'
        yield "    half, sixth = 0.5 * h, h / 6.0"
        yield f"    for k in range({LANES}):"
        yield from (f"        {line}" for line in _packed(self._loads()))
        for look in (1, 2, 3, 4):
            yield from (f"        {line}" for line in _packed(self._look(look)))
            yield from (f"        {line}" for line in _packed(self._moved(look)))
        yield from (
            f"        {line}"
            for line in _packed(f"m[{i * LANES} + k] = {s.symbol}" for i, s in enumerate(self._states))
        )

    def slope(self) -> Iterator[str]:
        """The equations for one person."""
        yield '@_kept(nogil=True, error_model="numpy")'
        yield "def slope(y, p, u, dy):"
        yield '    """dy/dt per day: y states, p parameters, u inputs; dy is filled."""'
        lines = [f"{item.symbol} = u[{place}]" for place, item in enumerate(self._spec.inputs.values())]
        lines += [f"{symbol} = p[{place}]" for place, symbol in enumerate(self._spec.parameters)]
        lines += [f"{state.symbol} = y[{place}]" for place, state in enumerate(self._states)]
        yield from (f"    {line}" for line in _packed(iter(lines)))
        lines = [f"{symbol} = {_code(formula.tree)}" for symbol, formula in self._spec.quantities.items()]
        lines += [f"dy[{place}] = {_slope(state)}" for place, state in enumerate(self._states)]
        yield from (f"    {line}" for line in lines)

    def _is_fast(self, state: State) -> bool:
        """Whether the shortest time constant the parameters allow is short beside a step."""
        if state.tau is None or not state.tau.names <= set(self._spec.parameters):
            return False
        corners = [
            {symbol: getattr(self._spec.parameters[symbol], end) for symbol in state.tau.names}
            for end in ("low", "high")
        ]
        shortest_d = min(float(work_out(state.tau.tree, corner)) for corner in corners)
        return STEADY * shortest_d < LONGEST_STEP_MIN / 1440

    def _loads(self) -> Iterator[str]:
        used: frozenset[str] = frozenset()
        for formula in self._spec.quantities.values():
            used |= formula.names
        for state in self._states:
            parts = (state.target, state.rate, state.tau)
            used |= frozenset().union(*(part.names for part in parts if part is not None))
        for place, item in enumerate(self._spec.inputs.values()):
            yield f"{item.symbol} = m[{(self.inputs_at + place) * LANES} + k]"
        for place, symbol in enumerate(self._spec.parameters):
            if symbol in used:
                yield f"{symbol} = m[{(self.parameters_at + place) * LANES} + k]"
        for place, state in enumerate(self._states):
            yield f"{state.symbol} = m[{place * LANES} + k]"
            yield f"{state.symbol}_0 = {state.symbol}"

    def _look(self, look: int) -> Iterator[str]:
        for symbol, formula in self._spec.quantities.items():
            if self._moves(formula) or look == 1:
                yield f"{symbol} = {_code(formula.tree)}"
        for state in self._states:
            yield f"{state.symbol}_{look} = {self._pull(state) if state in self.fast else _slope(state)}"

    def _moves(self, formula: Formula) -> bool:
        """Whether a quantity changes within a step."""
        constant = {*self._spec.parameters, *(item.symbol for item in self._spec.inputs.values())}
        return not formula.names <= constant

    def _pull(self, state: State) -> str:
        assert state.target is not None
        assert state.tau is not None
        return f"{_code(state.target.tree)} {_over(state.tau.tree)}"

    def _moved(self, look: int) -> Iterator[str]:
        for state in self._states:
            y = state.symbol
            if state in self.fast:
                first = self.factors_at + self.fast.index(state) * len(FACTORS)
                yield f"{y} = " + FAST_MOVES[look].format(
                    y=y, **{name: f"m[{(first + i) * LANES} + k]" for i, name in enumerate(FACTORS)}
                )
            else:
                yield f"{y} = " + SLOW_MOVES[look].format(y=y)


FACTORS = ("left_half", "half_1", "half_2", "left", "full_1", "full_2", "end_1", "end_23", "end_4")
"""Per fast state: what is left after half and the whole step, and the weights of the looks."""

FAST_MOVES = {
    1: "{left_half} * {y}_0 + {half_1} * {y}_1",
    2: "{left_half} * {y}_0 + {half_1} * {y}_1 + {half_2} * ({y}_2 - {y}_1)",
    3: "{left} * {y}_0 + {full_1} * {y}_1 + {full_2} * ({y}_3 - {y}_1)",
    4: "{left} * {y}_0 + {end_1} * {y}_1 + {end_23} * ({y}_2 + {y}_3) + {end_4} * {y}_4",
}
SLOW_MOVES = {
    1: "{y}_0 + half * {y}_1",
    2: "{y}_0 + half * {y}_2",
    3: "{y}_0 + h * {y}_3",
    4: "{y}_0 + sixth * ({y}_1 + 2.0 * ({y}_2 + {y}_3) + {y}_4)",
}


def _packed(lines: Iterator[str]) -> Iterator[str]:
    """Short lines, several to one."""
    kept = list(lines)
    for start in range(0, len(kept), PER_LINE):
        yield "; ".join(kept[start : start + PER_LINE])


def _slope(state: State) -> str:
    if state.rate is not None:
        return f"({_code(state.rate.tree)}) * {state.symbol}"
    assert state.target is not None
    assert state.tau is not None
    return f"({_code(state.target.tree)} - {state.symbol}) {_over(state.tau.tree)}"


def _over(tau: ast.expr) -> str:
    """Division by a time constant; a constant that is one over a rate becomes a product."""
    match tau:
        case ast.BinOp(ast.Constant(1), ast.Div(), rate):
            return f"* {_code(rate)}"
    return f"/ {_code(tau)}"


def _code(node: ast.expr) -> str:
    """A formula as Python that every lane runs the same way: no branches, no powers."""
    match node:
        case ast.BinOp(left, ast.Pow(), ast.Constant(int(times))):
            return "(" + " * ".join([_code(left)] * times) + ")"
        case ast.BinOp(left, op, right):
            return f"({_code(left)} {SIGNS[type(op)]} {_code(right)})"
        case ast.UnaryOp(_, operand):
            return f"(-{_code(operand)})"
        case ast.Constant(int(value) | float(value)):
            return repr(float(value))
        case ast.Name(name):
            return name
        case ast.Call(ast.Name("hill"), [x, half, ast.Constant(int(times))]):
            powers = [" * ".join([_code(part)] * times) for part in (x, half)]
            return f"_share({powers[0]}, {powers[1]})"
        case ast.Call(ast.Name("where"), [ast.Compare(left, [ast.Gt()], [right]), yes, no]):
            return f"({_code(yes)} if {_code(left)} > {_code(right)} else {_code(no)})"
        case ast.Call(ast.Name("where"), [ast.Compare(left, [ast.Lt()], [right]), yes, no]):
            return f"({_code(yes)} if {_code(left)} < {_code(right)} else {_code(no)})"
        case ast.Call(ast.Name(name), arguments):
            called = {"exp": "_exp", "log": "np.log"}.get(name, name)
            return f"{called}({', '.join(_code(argument) for argument in arguments)})"
    raise AssertionError(ast.unparse(node))


SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
