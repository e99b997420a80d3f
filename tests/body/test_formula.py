"""Formulas are arithmetic and nothing else, and say what is wrong with them."""

from __future__ import annotations

import ast
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.body.evaluate import evaluate
from uitknop.body.formula import read_formula
from uitknop.body.generate_step import code
from uitknop.core.errors import KnowledgeError

NUMBERS = st.floats(0.1, 5.0)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.b",
        "a if a > b else b",
        "a and b",
        "a // b",
        "a ** b",
        "a ** 0.5",
        "max(a)",
        "exp(a, b)",
        "where(a, b, a)",
        "where(a >= b, a, b)",
        "hill(a, b, 2.5)",
        "a +",
        "[a]",
        "True",
        "'a'",
        "print(a)",
    ],
)
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(KnowledgeError, match="can't be read as a formula"):
        read_formula(text, {"a", "b"}, "example")


def test_an_unknown_symbol_is_refused_and_the_nearest_offered() -> None:
    with pytest.raises(KnowledgeError, match=r"example: tauLL does not exist\. Did you mean tauL\?"):
        read_formula("a / tauLL", {"a", "tauL"}, "example")


@given(a=NUMBERS, b=NUMBERS, c=NUMBERS)
def test_the_kernel_and_the_read_outs_work_a_formula_out_alike(a: float, b: float, c: float) -> None:
    text = "-a + hill(a, b, 3) * where(a > b, min(a, c), max(b, c)) / (1 + exp(-c)) - log(b)**2 * where(b < c, 0.5, a)"
    formula = read_formula(text, {"a", "b", "c"}, "example")
    names = {"a": a, "b": b, "c": c, "_exp": math.exp, "np": np}
    found = eval(code(ast.parse(text, mode="eval").body), names)
    assert evaluate(formula, {"a": a, "b": b, "c": c}) == pytest.approx(found, rel=1e-12)


def test_quantities_are_worked_out_through_each_other() -> None:
    one = read_formula("2 * a", {"a"}, "one")
    two = read_formula("one + a", {"a", "one"}, "two")
    whole = read_formula("two * two", {"two"}, "whole")
    assert evaluate(whole, {"a": np.array([1.0, 2.0])}, {"one": one, "two": two}) == pytest.approx([9.0, 36.0])
