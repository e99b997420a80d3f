"""The power of time in a formula: 0 for a plain number, 1 for a time, -1 for a rate. Nothing else has a unit here."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from uitknop.body.spec import Spec

POWER = {"1": 0, "d": 1, "h": 1, "1/d": -1, "1/h": -1}


def dimensions(spec: Spec) -> dict[str, int]:
    """The power of time of every symbol of a model.

    >>> from uitknop.body.load import body_model
    >>> dimensions(body_model())["production"], dimensions(body_model())["envelope"]
    (-1, 0)
    """
    found = {item.symbol: 0 for item in spec.inputs.values()}
    found |= {state.symbol: 0 for state in spec.states.values()}
    found |= {symbol: POWER[parameter.unit] for symbol, parameter in spec.parameters.items()}
    for symbol, formula in spec.quantities.items():
        found[symbol] = dimension(formula.tree, found)
    return found


def dimension(node: ast.expr, known: Mapping[str, int]) -> int:
    """The power of time of a formula, given those of its symbols.

    Sums and choices have that of their first part; whether the parts agree is for the checks of SBML to say.
    """
    match node:
        case ast.Name(name):
            return known[name]
        case ast.UnaryOp(_, operand):
            return dimension(operand, known)
        case ast.BinOp(left, ast.Pow(), ast.Constant(int(times))):
            return times * dimension(left, known)
        case ast.BinOp(left, ast.Mult(), right):
            return dimension(left, known) + dimension(right, known)
        case ast.BinOp(left, ast.Div(), right):
            return dimension(left, known) - dimension(right, known)
        case ast.BinOp(left, _, _):
            return dimension(left, known)
        case ast.Call(ast.Name("where"), [_, yes, _]):
            return dimension(yes, known)
        case ast.Call(ast.Name("max" | "min"), [first, _]):
            return dimension(first, known)
    return 0
