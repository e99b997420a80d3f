"""A formula with numbers filled in, over arrays: for read-outs and for what is needed once, not for integration."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from uitknop.body.formula import Formula

Number = float | npt.NDArray[np.float64]


def evaluate(formula: Formula, values: Mapping[str, Number], quantities: Mapping[str, Formula] | None = None) -> Number:
    """The value of a formula.

    Args:
        formula: what to work out.
        values: a number or an array for each symbol; arrays must fit together.
        quantities: formulas that symbols without a value stand for.

    >>> from uitknop.body.formula import read_formula
    >>> evaluate(read_formula("hill(a, 2, 1)", {"a"}, "example"), {"a": 2.0})
    0.5
    """
    known = dict(values)
    for name in _needed(formula, quantities or {}):
        known[name] = work_out((quantities or {})[name].tree, known)
    return work_out(formula.tree, known)


def _needed(formula: Formula, quantities: Mapping[str, Formula]) -> list[str]:
    """The quantities a formula hangs on, each after those it needs itself."""
    wanted = set(formula.names)
    for name in reversed(list(quantities)):
        if name in wanted:
            wanted |= quantities[name].names
    return [name for name in quantities if name in wanted]


def work_out(node: ast.expr, values: Mapping[str, Number]) -> Number:
    """The value of a checked syntax tree."""
    match node:
        case ast.Constant(int(value) | float(value)):
            return float(value)
        case ast.Name(name):
            return values[name]
        case ast.UnaryOp(_, operand):
            return -work_out(operand, values)
        case ast.BinOp(left, op, right):
            return _combined(op, work_out(left, values), work_out(right, values))
        case ast.Call(ast.Name("where"), [ast.Compare(left, [op], [right]), yes, no]):
            a, b = work_out(left, values), work_out(right, values)
            chosen = np.where(a > b if isinstance(op, ast.Gt) else a < b, work_out(yes, values), work_out(no, values))
            return _plain(chosen)
        case ast.Call(ast.Name(name), arguments):
            return _called(name, [work_out(argument, values) for argument in arguments])
    raise AssertionError(ast.unparse(node))


def _combined(op: ast.operator, a: Number, b: Number) -> Number:
    match op:
        case ast.Add():
            return a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
        case ast.Div():
            return a / b
    return a**b


def _called(name: str, arguments: list[Number]) -> Number:
    if name == "hill":
        x, half, power = arguments
        return x**power / (half**power + x**power)
    function = {"exp": np.exp, "log": np.log, "max": np.maximum, "min": np.minimum}[name]
    return _plain(function(*arguments))


def _plain(value: npt.NDArray[np.float64]) -> Number:
    return float(value) if np.ndim(value) == 0 else value
