"""Writes one step of the method as lines of arithmetic, and what has to be known before it.

The slopes are written with as few divisions as the equations allow: what hangs on parameters alone, one over a time
constant for instance, is worked out once per person, and a quotient that occurs twice is a name of its own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from uitknop.body.kernel_text import LANES
from uitknop.body.spec import Spec, State

PER_LINE = 8


class Step:
    """A step for one specification.

    In the array m of the kernel come, in rows of one number per person: the states, the parameters, the inputs, and
    what hangs on parameters alone; in the array w, from a place on, the weights of the fast states.
    """

    def __init__(self, spec: Spec, fast: list[State]) -> None:
        self._spec, self._fast = spec, fast
        self._states = list(spec.states.values())
        self._held: dict[str, str] = {}
        self._slopes = list(self._slope_lines())
        self.symbols = {
            "state": [state.symbol for state in self._states],
            "parameter": list(spec.parameters),
            "input": [item.symbol for item in spec.inputs.values()],
            "held": list(self._held.values()),
        }
        self.weights = [f"{state.symbol}_{name}" for name in WEIGHTS for state in fast]
        sizes = [len(symbols) for symbols in self.symbols.values()]
        self.at = dict(zip((*self.symbols, "end"), accumulate([0, *sizes]), strict=True))

    def hold(self) -> Iterator[str]:
        """What hangs on parameters alone, for the kernel."""
        yield '@njit(nogil=True, error_model="numpy", no_cpython_wrapper=True)'
        yield "def hold(m):"
        yield '    """What hangs on parameters alone, into m."""'
        yield f"    for k in range({LANES}):"
        trees = [ast.parse(text, mode="eval").body for text in self._held]
        yield from self._one_by_one({name for tree in trees for name in names_of(tree)})
        for place, tree in enumerate(trees):
            yield f"        m[{(self.at['held'] + place) * LANES} + k] = {code(tree)}"

    def weigh(self) -> Iterator[str]:
        """For each fast state, what the method needs for a step of h days."""
        yield '@njit(nogil=True, error_model="numpy", no_cpython_wrapper=True)'
        yield "def weigh(m, w, at, h):"
        yield '    """Weights of the fast states for a step of h days, into w."""'
        yield f"    for k in range({LANES}):"
        taus = [state.tau for state in self._fast if state.tau is not None]
        yield from self._one_by_one({name for tau in taus for name in tau.names})
        for place, tau in enumerate(taus):
            yield f"        _weights(w, at + {place * LANES} + k, {len(taus) * LANES}, h, {code(tau.tree)})"

    def lines(self) -> Iterator[str]:
        """Four looks at the slopes, and the new states."""
        states = self.symbols["state"]
        lines = [f"{symbol}_0 = {symbol}" for symbol in states]
        for look in (1, 2, 3, 4):
            lines += [re.sub(r"^(\w+)_slope", rf"\1_{look}", line) for line in self._slopes]
            lines += [self._moved(state, look) for state in self._states]
        used = {name for line in lines for name in names_of(ast.parse(line))}
        for kind, symbols in self.symbols.items():
            rows = enumerate(symbols, self.at[kind])
            yield from packed(f"{symbol} = m[{row}]" for row, symbol in rows if symbol in used)
        yield from packed(f"{symbol} = w[{row}]" for row, symbol in enumerate(self.weights))
        yield from packed(iter(lines))
        yield from packed(f"m[{row}] = {symbol}" for row, symbol in enumerate(states))

    def _one_by_one(self, used: set[str]) -> Iterator[str]:
        rows = enumerate(self.symbols["parameter"], self.at["parameter"])
        found = packed(f"{symbol} = m[{row * LANES} + k]" for row, symbol in rows if symbol in used)
        yield from (f"        {line}" for line in found)

    def _moved(self, state: State, look: int) -> str:
        y, moves = state.symbol, FAST_MOVES if state in self._fast else SLOW_MOVES
        return f"{y} = " + moves[look].format(y=y, **{name: f"{y}_{name}" for name in WEIGHTS})

    def _slope_lines(self) -> Iterator[str]:
        """Per state its slope; of a fast state its target over its time constant."""
        for symbol, formula in self._spec.quantities.items():
            yield f"{symbol} = {self._quick(formula.tree)}"
        for state in self._states:
            slope = f"{state.symbol}_slope"
            if state.rate is not None:
                yield f"{slope} = {self._quick(state.rate.tree)} * {state.symbol}"
                continue
            assert state.target is not None
            assert state.tau is not None
            target, tau = state.target.tree, state.tau.tree
            match target, tau:
                case ast.BinOp(top, ast.Div(), under), ast.BinOp(time, ast.Div(), same) if _alike(under, same):
                    to = f"{self._quick(top)} - {state.symbol} * {self._quick(under)}"
                    yield f"{slope} = ({to}) * {self._over(time)}"
                    continue
            aim = self._quick(target)
            pull = aim if state in self._fast else f"({aim} - {state.symbol})"
            yield f"{slope} = {pull} * {self._over(tau)}"

    def _quick(self, node: ast.expr) -> str:
        """A formula; its parts that hang on parameters alone are held."""
        match node:
            case ast.Name() | ast.Constant():
                return code(node)
        if names_of(node) <= set(self._spec.parameters):
            return self._held.setdefault(ast.unparse(node), f"held_{len(self._held)}")
        match node:
            case ast.BinOp(left, ast.Div(), right) if names_of(right) <= set(self._spec.parameters):
                return f"({self._quick(left)} * {self._over(right)})"
            case ast.BinOp(left, ast.Div(), right):  # so that no division waits for another
                return f"({self._quick(left)} * (1.0 / {self._quick(right)}))"
        return code(node, self._quick)

    def _over(self, tau: ast.expr) -> str:
        """One over a time constant."""
        match tau:
            case ast.Constant(1):
                return "1.0"
            case ast.BinOp(ast.Constant(1), ast.Div(), rate):
                return self._quick(rate)
            case ast.Call(ast.Name("where"), [condition, yes, no]):
                over = [ast.BinOp(ast.Constant(1), ast.Div(), part) for part in (yes, no)]
                return code(ast.Call(ast.Name("where"), [condition, *over], []), self._quick)
        return self._quick(ast.BinOp(ast.Constant(1), ast.Div(), tau))


WEIGHTS = ("left_half", "half_1", "half_2", "left", "full_1", "full_2", "end_1", "end_23", "end_4")
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


def code(node: ast.expr, part: Callable[[ast.expr], str] | None = None) -> str:
    """A formula as Python that everybody goes through the same way: no branches, no powers.

    Args:
        part: how the parts of the formula are written; None for the same way.
    """
    said = part or code
    match node:
        case ast.BinOp(left, ast.Pow(), ast.Constant(int(times))):
            return "(" + " * ".join([said(left)] * times) + ")"
        case ast.BinOp(left, op, right):
            return f"({said(left)} {SIGNS[type(op)]} {said(right)})"
        case ast.UnaryOp(_, operand):
            return f"(-{said(operand)})"
        case ast.Constant(int(value) | float(value)):
            return repr(float(value))
        case ast.Name(name):
            return name
        case ast.Call(ast.Name("hill"), [x, half, times]):
            top, low = (ast.BinOp(base, ast.Pow(), times) for base in (x, half))
            return said(ast.BinOp(top, ast.Div(), ast.BinOp(low, ast.Add(), top)))
        case ast.Call(ast.Name("where"), [ast.Compare(left, [op], [right]), yes, no]):
            return f"({said(yes)} if {said(left)} {SIGNS[type(op)]} {said(right)} else {said(no)})"
        case ast.Call(ast.Name(name), arguments):
            called = {"exp": "_exp", "log": "np.log"}.get(name, name)
            return f"{called}({', '.join(said(argument) for argument in arguments)})"
    raise AssertionError(ast.unparse(node))


SIGNS: dict[type[ast.operator | ast.cmpop], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Gt: ">",
    ast.Lt: "<",
}


def names_of(node: ast.AST) -> set[str]:
    """The symbols of a formula or of a line; what is called is not among them."""
    called = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and id(part) not in called}


def packed(lines: Iterator[str]) -> Iterator[str]:
    """Short lines, several to one."""
    kept = list(lines)
    for start in range(0, len(kept), PER_LINE):
        yield "; ".join(kept[start : start + PER_LINE])


def _alike(one: ast.expr, other: ast.expr) -> bool:
    return ast.unparse(one) == ast.unparse(other)
