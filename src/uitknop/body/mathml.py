"""A formula as MathML, in the part of it that SBML knows."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET

MATHML = "http://www.w3.org/1998/Math/MathML"
TIME = "http://www.sbml.org/sbml/symbols/time"

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "plus",
    ast.Sub: "minus",
    ast.Mult: "times",
    ast.Div: "divide",
    ast.Pow: "power",
}
FUNCTIONS = {"exp": "exp", "log": "ln", "max": "max", "min": "min"}


def mathml(node: ast.expr) -> ET.Element:
    """A checked syntax tree (`Formula.tree`) as an element, without the element `math` around it.

    >>> ET.tostring(mathml(ast.parse("max(a, 2)", mode="eval").body), encoding="unicode")
    '<apply><max /><ci>a</ci><cn sbml:units="dimensionless">2.0</cn></apply>'
    """
    match node:
        case ast.Constant(int(value) | float(value)):
            return number(float(value))
        case ast.Name(name):
            return symbol(name)
        case ast.UnaryOp(_, operand):
            return applied("minus", mathml(operand))
        case ast.BinOp(left, ast.Pow(), ast.Constant(int(times))):
            return applied("power", mathml(left), whole(times))
        case ast.BinOp(left, op, right):
            return applied(OPERATORS[type(op)], mathml(left), mathml(right))
        case ast.Call(ast.Name("hill"), [x, half, ast.Constant(int(times))]):
            top, lower = (applied("power", mathml(part), whole(times)) for part in (x, half))
            again = applied("power", mathml(x), whole(times))
            return applied("divide", top, applied("plus", lower, again))
        case ast.Call(ast.Name("where"), [ast.Compare(left, [op], [right]), yes, no]):
            condition = applied("gt" if isinstance(op, ast.Gt) else "lt", mathml(left), mathml(right))
            return either(condition, mathml(yes), mathml(no))
        case ast.Call(ast.Name(name), arguments):
            return applied(FUNCTIONS[name], *(mathml(argument) for argument in arguments))
    raise AssertionError(ast.unparse(node))


def applied(operator: str, *arguments: ET.Element) -> ET.Element:
    """An operator or function with its arguments."""
    made = ET.Element("apply")
    ET.SubElement(made, operator)
    made.extend(arguments)
    return made


def either(condition: ET.Element, yes: ET.Element, no: ET.Element) -> ET.Element:
    """One value where a condition holds, another where it does not."""
    made = ET.Element("piecewise")
    ET.SubElement(made, "piece").extend((yes, condition))
    ET.SubElement(made, "otherwise").append(no)
    return made


def number(value: float, unit: str = "dimensionless") -> ET.Element:
    """A number with its unit."""
    made = ET.Element("cn", {"sbml:units": unit})
    made.text = repr(value)
    return made


def whole(value: int) -> ET.Element:
    """A whole number without a unit, for powers."""
    made = ET.Element("cn", {"sbml:units": "dimensionless", "type": "integer"})
    made.text = str(value)
    return made


def symbol(name: str) -> ET.Element:
    """A quantity by its id."""
    made = ET.Element("ci")
    made.text = name
    return made


def time() -> ET.Element:
    """The time since the start."""
    made = ET.Element("csymbol", {"encoding": "text", "definitionURL": TIME})
    made.text = "t"
    return made
