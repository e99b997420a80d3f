"""A formula of the specification: read once, checked against the names that exist, written out where it is needed.

The language is arithmetic and nothing else: + - * / **, a comparison inside where(a > b, x, y), exp, log, max, min, and
hill(x, half, n) = x**n / (half**n + x**n) with a whole number n.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass

from uitknop.body.nearest import unknown
from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError

FUNCTIONS = {"exp": 1, "log": 1, "max": 2, "min": 2, "where": 3, "hill": 3}
"""Functions of a formula, and how many arguments each takes."""

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was checked.

    Args:
        text: as it stands in the specification.
        names: the symbols it uses.
    """

    text: str
    names: frozenset[str]

    @property
    def tree(self) -> ast.expr:
        """The formula as a syntax tree."""
        return ast.parse(self.text, mode="eval").body


def read_formula(text: str, known: Collection[str], where: str) -> Formula:
    """Check a formula.

    Args:
        text: the formula.
        known: the symbols it may use.
        where: how the place is called in an error.

    Raises:
        KnowledgeError: it is no arithmetic, or it names what does not exist.

    >>> sorted(read_formula("a * max(b, 0)", {"a", "b", "c"}, "example").names)
    ['a', 'b']
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as fault:
        raise _not_arithmetic(where, text) from fault
    names: set[str] = set()
    _check(tree, names, where)
    for name in sorted(names - set(known)):
        raise unknown(where, name, known, KnowledgeError)
    return Formula(text, frozenset(names))


def _check(node: ast.expr, names: set[str], where: str) -> None:
    match node:
        case ast.BinOp(left, op, right) if isinstance(op, OPERATORS):
            if isinstance(op, ast.Pow) and not _is_whole(right):
                raise _not_arithmetic(where, ast.unparse(node))
            _check(left, names, where)
            _check(right, names, where)
        case ast.UnaryOp(op, operand) if isinstance(op, OPERATORS):
            _check(operand, names, where)
        case ast.Constant(value) if isinstance(value, int | float) and not isinstance(value, bool):
            return
        case ast.Name(name):
            names.add(name)
        case ast.Call(ast.Name(name), arguments, []) if FUNCTIONS.get(name) == len(arguments):
            _check_call(name, arguments, names, where)
        case _:
            raise _not_arithmetic(where, ast.unparse(node))


def _check_call(name: str, arguments: list[ast.expr], names: set[str], where: str) -> None:
    if name == "where":
        condition, *arguments = arguments
        match condition:
            case ast.Compare(left, [ast.Gt() | ast.Lt()], [right]):
                arguments = [left, right, *arguments]
            case _:
                raise _not_arithmetic(where, ast.unparse(condition))
    if name == "hill" and not _is_whole(arguments[2]):
        raise _not_arithmetic(where, ast.unparse(arguments[2]))
    for argument in arguments:
        _check(argument, names, where)


def _is_whole(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and 1 <= node.value <= 8


def _not_arithmetic(where: str, text: str) -> KnowledgeError:
    return KnowledgeError(
        Phrase(
            "{where}: {text} can't be read as a formula. Use numbers, names, + - * / ** and {functions}.",
            {"where": where, "text": text, "functions": ", ".join(FUNCTIONS)},
        )
    )
