"""The tables of the documentation, from the specification: what stands there is what runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uitknop.body.formula import Formula
from uitknop.body.spec import Spec, State, Title


def markdown(spec: Spec) -> str:
    """Inputs, states, quantities, parameters, couplings, read-outs and kinds, in both languages."""
    return "\n".join(_lines(spec)) + "\n"


def _lines(spec: Spec) -> Iterator[str]:
    yield "# The numbers of the body model"
    yield ""
    yield "Written by `scripts/body_kernel.py` from `src/uitknop/body/data/model.toml`; do not change it by hand."
    yield "What the model is and is not stands in [The body model](body-model.md). Time in days, the rest without unit."
    yield from _section("Inputs", ("name", "symbol", "usual", "range", *IN_WORDS), _inputs(spec))
    yield from _section("States", ("name", "symbol", "moves as", *IN_WORDS), _states(spec))
    shared = ((symbol, f"`{formula.text}`") for symbol, formula in spec.quantities.items())
    yield from _section("What the states share", ("symbol", "is"), shared)
    told = ((r.name, f"`{r.formula.text}`", *_said(r.title)) for r in spec.readouts.values())
    yield from _section("Read-outs", ("name", "is", *IN_WORDS), told)
    head = ("symbol", "value", "unit", "plausible", "grade", "source", *IN_WORDS)
    yield from _section("Parameters", head, _parameters(spec))
    yield ""
    yield "Grades: E established, H hypothesis, M metaphor or convenience of modelling. *tuned*: chosen so that the"
    yield "targets are met, and no more than that."
    yield from _section("Couplings", ("name", "from", "to", "grade", "off", "claims", *IN_WORDS), _couplings(spec))
    yield from _section("Kinds of course", ("name", "values", *IN_WORDS), _kinds(spec))


IN_WORDS = ("in words", "in Dutch")
Rows = Iterator[tuple[str, ...]]


def _said(title: Title) -> tuple[str, str]:
    return title.en, title.nl


def _inputs(spec: Spec) -> Rows:
    for item in spec.inputs.values():
        yield item.name, item.symbol, f"{item.usual:g}", f"{item.low:g} to {item.high:g}", *_said(item.title)


def _states(spec: Spec) -> Rows:
    for item in spec.states.values():
        yield item.name, item.symbol, f"`{_moves(item)}`", *_said(item.title)


def _parameters(spec: Spec) -> Rows:
    for item in spec.parameters.values():
        plausible = f"{item.low:g} to {item.high:g}"
        yield item.symbol, f"{item.value:.6g}", item.unit, plausible, item.grade, item.source, *_said(item.title)


def _couplings(spec: Spec) -> Rows:
    for item in spec.couplings.values():
        off = ", ".join(f"{symbol} = {value}" for symbol, value in item.off.items())
        yield item.name, item.begins, item.ends, item.grade, off, ", ".join(item.claims), *_said(item.title)


def _kinds(spec: Spec) -> Rows:
    for item in spec.kinds.values():
        values = ", ".join(f"{symbol} = {value:g}" for symbol, value in item.values.items())
        yield item.name, values or "as above", *_said(item.title)


def _moves(state: State) -> str:
    if state.rate is not None:
        return f"{state.symbol}' = ({state.rate.text}) * {state.symbol}"
    assert isinstance(state.target, Formula)
    assert isinstance(state.tau, Formula)
    return f"{state.symbol}' = ({state.target.text} - {state.symbol}) / ({state.tau.text})"


def _section(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    yield from (f"| {' | '.join(row)} |" for row in rows)
