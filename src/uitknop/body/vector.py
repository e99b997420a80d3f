"""Compiles lines of arithmetic for a row of people at once, into instructions of the vector registers.

Numba compiles a loop over people one number at a time and then tries to join eight of them; here every number is a row
from the start. That is faster to compile and to run, and asks nothing of the processor: where its registers are
narrower, the compiler takes a row in parts.

What numba keeps for the next time follows kernel.py alone: after a change here, run scripts/body_kernel.py --write.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]

DOUBLE, LONG, PLACE = ir.DoubleType(), ir.IntType(64), ir.IntType(32)
FLAGS = ("contract", "arcp", "nsz")
"""What the compiler may do with the order of the sums: join a product and a sum, and no more."""

LARGEST = 60.0
SHIFT = 1.5 * 2**52
"""Added to a number, it leaves that number in whole in the lowest bits."""

SERIES = (1.0, 1.0, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040, 1 / 40320, 1 / 362880)


class Rows:
    """Rows of numbers, and what can be done with them.

    Args:
        builder: where the instructions go.
        arrays: pointers to arrays of rows of `lanes` numbers, by name.
        lanes: people in a row.
        scalars: numbers that are the same for everybody, by name.
    """

    def __init__(self, builder: Any, arrays: Mapping[str, Any], lanes: int, scalars: Mapping[str, Any]) -> None:
        self._build, self._arrays, self._lanes = builder, arrays, lanes
        self._row = ir.VectorType(DOUBLE, lanes)
        self._names = {name: self._spread(value) for name, value in scalars.items()}

    def run(self, text: str) -> None:
        """Compile lines `name = formula` and `array[row] = formula`, one after the other."""
        for line in ast.parse(text).body:
            match line:
                case ast.Assign([ast.Name(name)], formula):
                    self._names[name] = self._value(formula)
                case ast.Assign([ast.Subscript(ast.Name(array), ast.Constant(int(row)))], formula):
                    self._build.store(self._value(formula), self._at(array, row)).align = 8
                case _:
                    raise AssertionError(ast.unparse(line))

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(int(value) | float(value)):
                return self._constant(value)
            case ast.Name(name):
                return self._names[name]
            case ast.Subscript(ast.Name(array), ast.Constant(int(row))):
                found = self._build.load(self._at(array, row))
                found.align = 8
                return found
            case ast.UnaryOp(ast.USub(), operand):
                return self._build.fneg(self._value(operand), flags=FLAGS)
            case ast.BinOp(left, op, right):
                return self._joined(op, self._value(left), self._value(right))
            case ast.IfExp(ast.Compare(left, [op], [right]), yes, no):
                return self._build.select(self._is(op, left, right), self._value(yes), self._value(no))
            case ast.Call(ast.Name("max"), [left, right]):
                return self._larger(self._value(left), self._value(right))
            case ast.Call(ast.Name("min"), [left, right]):
                return self._smaller(self._value(left), self._value(right))
            case ast.Call(ast.Name("_exp"), [operand]):
                return self._exp(self._value(operand))
            case ast.Call(ast.Attribute(ast.Name("np"), "log"), [operand]):
                return self._log(self._value(operand))
        raise AssertionError(ast.unparse(node))

    def _joined(self, op: ast.operator, left: Any, right: Any) -> Any:
        build = self._build
        known: dict[type[ast.operator], Any] = {
            ast.Add: build.fadd,
            ast.Sub: build.fsub,
            ast.Mult: build.fmul,
            ast.Div: build.fdiv,
        }
        return known[type(op)](left, right, flags=FLAGS)

    def _is(self, op: ast.cmpop, left: ast.expr, right: ast.expr) -> Any:
        sign = ">" if isinstance(op, ast.Gt) else "<"
        return self._build.fcmp_ordered(sign, self._value(left), self._value(right))

    def _larger(self, left: Any, right: Any) -> Any:
        return self._build.select(self._build.fcmp_ordered(">", left, right), left, right)

    def _smaller(self, left: Any, right: Any) -> Any:
        return self._build.select(self._build.fcmp_ordered("<", left, right), left, right)

    def _exp(self, x: Any) -> Any:
        """A power of two, put into the bits of the exponent, times a short series: exact to 1e-11."""
        add, times = ast.Add(), ast.Mult()
        x = self._larger(self._smaller(x, self._constant(LARGEST)), self._constant(-LARGEST))
        shifted = self._build.fadd(self._joined(times, x, self._constant(1.4426950408889634)), self._constant(SHIFT))
        whole = self._build.fsub(shifted, self._constant(SHIFT))
        rest = self._joined(add, x, self._joined(times, whole, self._constant(-0.6931471805599453)))
        terms = [self._constant(value) for value in SERIES]
        power = rest
        while len(terms) > 1:  # in pairs, so that no term waits for all others
            terms = [
                self._joined(add, low, self._joined(times, power, high))
                for low, high in zip(terms[::2], terms[1::2], strict=False)
            ] + terms[len(terms) // 2 * 2 :]
            power = self._joined(times, power, power)
        bits = ir.VectorType(LONG, self._lanes)
        exponent = self._build.shl(self._build.bitcast(shifted, bits), ir.Constant(bits, [52] * self._lanes))
        return self._build.bitcast(self._build.add(self._build.bitcast(terms[0], bits), exponent), self._row)

    def _log(self, x: Any) -> Any:
        """One by one: no equation has one now."""
        log, found = self._build.module.declare_intrinsic("llvm.log", [DOUBLE]), x
        for lane in range(self._lanes):
            one = self._build.call(log, [self._build.extract_element(x, PLACE(lane))])
            found = self._build.insert_element(found, one, PLACE(lane))
        return found

    def _constant(self, value: float) -> Any:
        return ir.Constant(self._row, [float(value)] * self._lanes)

    def _spread(self, value: Any) -> Any:
        nothing = ir.Constant(self._row, ir.Undefined)
        first = self._build.insert_element(nothing, value, PLACE(0))
        return self._build.shuffle_vector(first, nothing, ir.Constant(ir.VectorType(PLACE, self._lanes), None))

    def _at(self, array: str, row: int) -> Any:
        found = self._build.gep(self._arrays[array], [LONG(row * self._lanes)], inbounds=True)
        return self._build.bitcast(found, self._row.as_pointer())
