"""Reads a specification strictly: nothing missing, nothing unknown, every name and every number checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from uitknop.body.formula import Formula, read_formula
from uitknop.body.nearest import unknown
from uitknop.body.spec import GRADES, Coupling, Input, Kind, Parameter, Readout, Spec, State
from uitknop.body.toml_fields import Fields, parse
from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError

MODEL = "model.toml"


@lru_cache(maxsize=1)
def body_model() -> Spec:
    """The model that comes with this version.

    Raises:
        KnowledgeError: the file breaks its schema; the installation is damaged.
    """
    return read_spec(MODEL, resources.files("uitknop.body").joinpath("data", MODEL).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def published_model(name: str) -> Spec:
    """A published model that ships on its own, such as "karin" or "gupta".

    Raises:
        KnowledgeError: the file breaks its schema.
    """
    file = f"{name}.toml"
    return read_spec(file, resources.files("uitknop.body").joinpath("data", file).read_text(encoding="utf-8"))


def read_spec(file: str, text: str) -> Spec:
    """Read and check a specification.

    Args:
        file: how it is called in an error.
        text: TOML.

    Raises:
        KnowledgeError: the place and what should stand there are named.
    """
    top = Fields(file, "top", parse(file, text))
    name, title = top.text("name"), top.title()
    inputs = {row.name: _input(row) for row in top.tables("input")}
    parameters = {row.name: _parameter(row) for row in top.tables("parameter")}
    state_rows = top.tables("state")
    symbols = _symbols(file, inputs, parameters, state_rows)
    quantities = _quantities(file, top, symbols)
    known = {*symbols, *quantities}
    states = {row.name: _state(row, known) for row in state_rows}
    readouts = {row.name: _readout(row, known) for row in top.tables("readout", needed=False)}
    ends = {*states, *inputs}
    couplings = {row.name: _coupling(row, ends, parameters) for row in top.tables("coupling", needed=False)}
    kinds = {row.name: _kind(row, parameters) for row in top.tables("kind", needed=False)}
    loop = _loop(top, couplings) if top.has("loop") else ()
    top.finish()
    return Spec(
        name,
        title,
        MappingProxyType(inputs),
        MappingProxyType(states),
        MappingProxyType(quantities),
        MappingProxyType(parameters),
        MappingProxyType(readouts),
        MappingProxyType(couplings),
        MappingProxyType(kinds),
        loop,
    )


def _loop(top: Fields, couplings: Mapping[str, Coupling]) -> tuple[str, ...]:
    names = top.ids("loop")
    for name, after in zip(names, (*names[1:], *names[:1]), strict=True):
        if name not in couplings:
            raise unknown(f"{top.file}, loop", name, couplings, KnowledgeError)
        if after in couplings and couplings[name].ends != couplings[after].begins:
            raise top.wrong("loop", Phrase("couplings that each end where the next begins"))
    return names


def _input(row: Fields) -> Input:
    low, high = row.span()
    found = Input(row.name, row.text("symbol"), row.number("usual", low, high), low, high, row.title())
    row.finish()
    return found


def _parameter(row: Fields) -> Parameter:
    low, high = row.span()
    found = Parameter(
        row.name,
        row.number("value", low, high),
        row.one_of("unit", ("1", "d", "1/d", "h", "1/h")),
        low,
        high,
        row.one_of("grade", GRADES),
        row.text("source"),
        row.title(),
    )
    row.finish()
    return found


def _symbols(
    file: str, inputs: Mapping[str, Input], parameters: Mapping[str, Parameter], states: list[Fields]
) -> set[str]:
    every = [item.symbol for item in inputs.values()] + list(parameters) + [row.peek("symbol") for row in states]
    for symbol in every:
        if every.count(symbol) > 1:
            raise KnowledgeError(Phrase("{file}: the symbol {symbol} stands twice.", {"file": file, "symbol": symbol}))
    return set(every)


def _quantities(file: str, top: Fields, symbols: set[str]) -> dict[str, Formula]:
    found: dict[str, Formula] = {}
    for symbol, text in top.texts("quantity").items():
        found[symbol] = read_formula(text, symbols | set(found), f"{file}, quantity {symbol}")
    return found


def _state(row: Fields, known: set[str]) -> State:
    low, high = row.span()
    symbol, start, title = row.text("symbol"), row.number("start", low, high), row.title()

    def formula(part: str) -> Formula:
        return read_formula(row.text(part), known, f"{row.file}, state {row.name}, {part}")

    if row.has("rate"):
        found = State(row.name, symbol, start, low, high, None, None, formula("rate"), title)
    else:
        found = State(row.name, symbol, start, low, high, formula("target"), formula("tau"), None, title)
    row.finish()
    return found


def _readout(row: Fields, known: set[str]) -> Readout:
    found = Readout(row.name, read_formula(row.text("formula"), known, f"{row.file}, readout {row.name}"), row.title())
    row.finish()
    return found


def _coupling(row: Fields, ends: set[str], parameters: Mapping[str, Parameter]) -> Coupling:
    off = row.table("off")
    values: dict[str, float | str] = {}
    for symbol in off.left():
        if symbol not in parameters:
            raise unknown(f"{row.file}, coupling {row.name}, off", symbol, parameters, KnowledgeError)
        values[symbol] = off.number_or_name(symbol, parameters)
    if not values:
        raise row.wrong("off", Phrase("a table that is not empty"))
    found = Coupling(
        row.name,
        row.one_of("from", ends),
        row.one_of("to", ends),
        row.one_of("grade", GRADES),
        MappingProxyType(values),
        row.ids("claims"),
        row.title(),
    )
    row.finish()
    return found


def _kind(row: Fields, parameters: Mapping[str, Parameter]) -> Kind:
    values = row.table("values")
    found = {}
    for symbol in values.left():
        if symbol not in parameters:
            raise unknown(f"{row.file}, kind {row.name}", symbol, parameters, KnowledgeError)
        found[symbol] = values.number(symbol, parameters[symbol].low, parameters[symbol].high)
    kind = Kind(row.name, MappingProxyType(found), row.title())
    row.finish()
    return kind
