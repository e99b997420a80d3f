"""Laboratory values from a doctor's report: value, unit and that laboratory's own interval; inside or outside it.

Nothing more is said of them. A value in another unit is refused, never converted: a wrong guess would harm (clinical
reference, section 6 and hazard 12).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from uitknop.core import Phrase, Value
from uitknop.core.errors import KnowledgeError, Malformed
from uitknop.instruments.text import Text
from uitknop.instruments.toml_node import Node, parse

Place = Literal["inside", "outside", "unknown"]
Bound = Literal["exact", "below", "above"]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LabTest(Value):
    """A test and what a report of it can say.

    Args:
        id: name.
        title: what it is called.
        unit: the one unit it is taken in.
        same: other spellings of that same unit.
        value: smallest and largest possible value.
        low, high: where laboratories put the ends of their interval.
        fasting: whether it was taken fasting must be said.
        clock: the time of day must be known.
    """

    id: str
    title: Text
    unit: str
    same: tuple[str, ...]
    value: Range
    low: Range
    high: Range
    fasting: bool
    clock: bool


@dataclass(frozen=True, slots=True)
class TypedLab(Value):
    """A line of a report, as typed in.

    Args:
        value: such as "0,85" or "<5".
        unit: as on the report.
        low, high: ends of the laboratory's own interval; empty where the report has none.
        at_ms: when blood was taken, UTC ms.
        fasting: None when not known.
        clock_known: whether the time of day is that of the sample, not just its date.
    """

    value: str
    unit: str
    low: str
    high: str
    at_ms: int
    fasting: bool | None = None
    clock_known: bool = False


@dataclass(frozen=True, slots=True)
class LabResult(Value):
    """A value as recorded.

    Args:
        test: name of the test.
        value: in `unit`.
        bound: below for "<5", above for ">90".
        unit: of the value and the interval.
        low, high: the laboratory's own interval; None where the report has no such end.
        at_ms: when blood was taken, UTC ms.
        fasting: None when not known.
        clock_known: whether the time of day is known.
        place: inside or outside the laboratory's own interval, ends inside; unknown when that can't be told.
    """

    test: str
    value: float
    bound: Bound
    unit: str
    low: float | None
    high: float | None
    at_ms: int
    fasting: bool | None
    clock_known: bool
    place: Place


@lru_cache(maxsize=1)
def lab_tests() -> dict[str, LabTest]:
    """Every test by its name."""
    text = resources.files("uitknop.instruments").joinpath("labs.toml").read_text(encoding="utf-8")
    top = parse(text, "labs.toml")
    found = {name: _read_test(top.node(name), name) for name in top.names()}
    top.done()
    return found


def take_lab(name: str, typed: TypedLab, *, now_ms: int) -> LabResult:
    """A typed line as a recorded value.

    Raises:
        KnowledgeError: no test of that name.
        Malformed: no number, another unit, a value or interval that unit can't have, or something that is missing.
            Nothing is stored then.
    """
    tests = lab_tests()
    if name not in tests:
        raise KnowledgeError(
            Phrase(
                "There is no laboratory test called {name}; there are {known}.",
                {"name": name, "known": ", ".join(tests)},
            )
        )
    test = tests[name]
    _check_circumstances(test, typed, now_ms)
    bound, value = _bounded(typed.value)
    low, high = (_number(text) if text.strip() else None for text in (typed.low, typed.high))
    if not _within(value, test.value):
        raise _does_not_fit(test)
    if low is not None and high is not None and low >= high:
        raise Malformed("The lower end of the interval lies above its upper end. Nothing was stored; check both.")
    if (low is not None and not _within(low, test.low)) or (high is not None and not _within(high, test.high)):
        raise _does_not_fit(test)
    place = _place(bound, value, low, high)
    return LabResult(*(name, value, bound, test.unit, low, high, typed.at_ms, typed.fasting, typed.clock_known, place))


def _check_circumstances(test: LabTest, typed: TypedLab, now_ms: int) -> None:
    if not typed.unit.strip():
        raise Malformed(
            Phrase("The unit is missing. The report says it beside the value; expected {unit}.", {"unit": test.unit})
        )
    if _plain_unit(typed.unit) not in {_plain_unit(unit) for unit in (test.unit, *test.same)}:
        raise Malformed(
            Phrase(
                "This test is taken in {unit}, and the report says another unit. Nothing was stored or converted; "
                "ask the laboratory or your doctor for the value in {unit}.",
                {"unit": test.unit},
            )
        )
    if typed.at_ms > now_ms:
        raise Malformed("The date of the sample lies in the future. Nothing was stored; check the date.")
    if test.fasting and typed.fasting is None:
        raise Malformed("For this test it must be known whether it was taken fasting. Nothing was stored; add it.")
    if test.clock and not typed.clock_known:
        raise Malformed("This test means nothing without the time of day. Nothing was stored; add the time.")


def _place(bound: Bound, value: float, low: float | None, high: float | None) -> Place:
    if low is None and high is None:
        return "unknown"
    under, over = low is not None and value < low, high is not None and value > high
    if bound == "exact":
        return "outside" if under or over else "inside"
    if bound == "below":
        settled: Place = "inside" if low is None and not over else "unknown"
        return "outside" if low is not None and value <= low else settled
    settled = "inside" if high is None and not under else "unknown"
    return "outside" if high is not None and value >= high else settled


def _bounded(text: str) -> tuple[Bound, float]:
    bare = text.strip()
    bound: Bound = "below" if bare.startswith("<") else "above" if bare.startswith(">") else "exact"
    return bound, _number(bare.lstrip("<>") if bound != "exact" and bare[1:2] not in ("<", ">") else bare)


def _number(text: str) -> float:
    """A number with a decimal comma or point and no separator of thousands."""
    if not re.fullmatch(r"\s*\d{1,6}(?:[.,]\d{1,4})?\s*", text, flags=re.ASCII):
        raise Malformed("That is no number as on a report, such as 0,85 or <5. Nothing was stored; type it again.")
    return float(text.replace(",", "."))


def _within(value: float, span: Range) -> bool:
    return math.isfinite(value) and span[0] <= value <= span[1]


def _does_not_fit(test: LabTest) -> Malformed:
    return Malformed(
        Phrase(
            "The value or the interval does not fit {unit}. Nothing was stored; check the numbers and the unit.",
            {"unit": test.unit},
        )
    )


def _plain_unit(unit: str) -> str:
    """A unit without spaces, with u for micro and without raised digits; case is left out, as reports do."""
    return "".join(unit.casefold().split()).replace("µ", "u").replace("μ", "u").replace("²", "2")


def _read_test(row: Node, name: str) -> LabTest:
    test = LabTest(
        name,
        row.text(),
        row.take("unit", str),
        row.words("same"),
        _range(row, "value"),
        _range(row, "low"),
        _range(row, "high"),
        row.take("fasting", bool, False),
        row.take("clock", bool, False),
    )
    row.done()
    return test


def _range(row: Node, key: str) -> Range:
    ends = [float(end) for end in row.take(key, list)]
    if len(ends) != 2 or ends[0] >= ends[1]:
        raise row.fault(key, "two numbers, the smaller first", str(len(ends)))
    return ends[0], ends[1]
