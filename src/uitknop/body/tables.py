"""The tables of the documentation, from the specification: what stands there is what runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uitknop.body.formula import Formula
from uitknop.body.spec import Spec, State


def markdown(spec: Spec) -> str:
    """Inputs, states, quantities, parameters, couplings, read-outs and kinds, in both languages."""
    return "\n".join(_lines(spec)) + "\n"


def _lines(spec: Spec) -> Iterator[str]:
    yield "# The numbers of the body model"
    yield ""
    yield "Written by `scripts/body_kernel.py` from `src/uitknop/body/data/model.toml`; do not change it by hand."
    yield "What the model is and is not stands in [The body model](body-model.md). Time in days, the rest without unit."
    yield from _section(
        "Inputs",
        ("name", "symbol", "usual", "range", "in words", "in Dutch"),
        (
            (i.name, i.symbol, f"{i.usual:g}", f"{i.low:g} to {i.high:g}", i.title.en, i.title.nl)
            for i in spec.inputs.values()
        ),
    )
    yield from _section(
        "States",
        ("name", "symbol", "moves as", "in words", "in Dutch"),
        ((s.name, s.symbol, f"`{_moves(s)}`", s.title.en, s.title.nl) for s in spec.states.values()),
    )
    yield from _section(
        "What the states share",
        ("symbol", "is"),
        ((symbol, f"`{formula.text}`") for symbol, formula in spec.quantities.items()),
    )
    yield from _section(
        "Read-outs",
        ("name", "is", "in words", "in Dutch"),
        ((r.name, f"`{r.formula.text}`", r.title.en, r.title.nl) for r in spec.readouts.values()),
    )
    yield from _section(
        "Parameters",
        ("symbol", "value", "unit", "plausible", "grade", "source", "in words", "in Dutch"),
        (
            (p.symbol, f"{p.value:.6g}", p.unit, f"{p.low:g} to {p.high:g}", p.grade, p.source, p.title.en, p.title.nl)
            for p in spec.parameters.values()
        ),
    )
    yield ""
    yield "Grades: E established, H hypothesis, M metaphor or convenience of modelling. *tuned*: chosen so that the"
    yield "targets are met, and no more than that."
    yield from _section(
        "Couplings",
        ("name", "from", "to", "grade", "off", "claims", "in words", "in Dutch"),
        (
            (
                c.name,
                c.begins,
                c.ends,
                c.grade,
                ", ".join(f"{k} = {v}" for k, v in c.off.items()),
                ", ".join(c.claims),
                c.title.en,
                c.title.nl,
            )
            for c in spec.couplings.values()
        ),
    )
    yield from _section(
        "Kinds of course",
        ("name", "values", "in words", "in Dutch"),
        (
            (k.name, ", ".join(f"{s} = {v:g}" for s, v in k.values.items()) or "as above", k.title.en, k.title.nl)
            for k in spec.kinds.values()
        ),
    )


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
