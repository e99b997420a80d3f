"""The tables of the documentation, from the specification: what stands there is what runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from uitknop.body.formula import Formula
from uitknop.body.spec import Spec, State, Title

Language = Literal["nl", "en"]
Rows = Iterator[tuple[str, ...]]

INTRODUCTION: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "# The numbers of the body model",
        "",
        "Written by `scripts/body_kernel.py` from `src/uitknop/body/data/model.toml`; do not change it by hand.",
        "What the model is and is not stands in [The body model](body-model.md). Time in days, the rest without unit.",
        "In Dutch: [De getallen van het lichaamsmodel](body-parameters-nl.md).",
    ),
    "nl": (
        "# De getallen van het lichaamsmodel",
        "",
        "Geschreven door `scripts/body_kernel.py` uit `src/uitknop/body/data/model.toml`; wijzig het niet zelf.",
        "Wat het model wel en niet is, staat in [The body model](body-model.md), in het Engels. Tijd in dagen, de rest",
        "zonder eenheid. Getallen hebben een punt, zoals in de formules. In het Engels:",
        "[The numbers of the body model](body-parameters.md).",
    ),
}
GRADES: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "Grades: E established, H hypothesis, M metaphor or convenience of modelling. *tuned*: chosen so that the",
        "targets are met, and no more than that.",
    ),
    "nl": (
        "Graad: E goed onderbouwd, H hypothese, M beeldspraak of gemak bij het rekenen. *afgeregeld*: zo gekozen",
        "dat het model laat zien wat het moest laten zien, en meer niet.",
    ),
}
DUTCH: Mapping[str, str] = {
    "Inputs": "Invoer",
    "States": "Toestanden",
    "What the states share": "Wat de toestanden delen",
    "Read-outs": "Uitkomsten",
    "Parameters": "Parameters",
    "Couplings": "Koppelingen",
    "Kinds of course": "Soorten beloop",
    "name": "naam",
    "symbol": "teken",
    "usual": "gewoon",
    "range": "bereik",
    "moves as": "verandert als",
    "is": "is",
    "value": "waarde",
    "unit": "eenheid",
    "plausible": "aannemelijk",
    "grade": "graad",
    "source": "bron",
    "from": "van",
    "to": "naar",
    "off": "uit",
    "claims": "beweringen",
    "values": "waarden",
    "in words": "in woorden",
    "no claim": "geen bewering",
    "as above": "zoals hierboven",
}
"""What stands in the tables beside the specification, which has its own words in both languages."""

SOURCES: Mapping[str, str] = {
    "sets the scale": "zet de schaal",
    "half-life": "halfwaardetijd",
    "in animals": "bij dieren",
    "the link as a whole": "de hele schakel",
    "none: off but in the course without a full return": "geen: uit, behalve in het beloop zonder volledige terugkeer",
    "chosen": "gekozen",
    "tuned": "afgeregeld",
}
"""The words in the sources of the parameters."""


class Tables:
    """The page in one language."""

    def __init__(self, spec: Spec, lang: Language) -> None:
        self._spec, self._lang = spec, lang

    def lines(self) -> Iterator[str]:
        """Line by line."""
        spec = self._spec
        yield from INTRODUCTION[self._lang]
        yield from self._section("Inputs", ("name", "symbol", "usual", "range", "in words"), self._inputs())
        yield from self._section("States", ("name", "symbol", "moves as", "in words"), self._states())
        shared = ((symbol, f"`{formula.text}`") for symbol, formula in spec.quantities.items())
        yield from self._section("What the states share", ("symbol", "is"), shared)
        told = ((r.name, f"`{r.formula.text}`", self._said(r.title)) for r in spec.readouts.values())
        yield from self._section("Read-outs", ("name", "is", "in words"), told)
        head = ("symbol", "value", "unit", "plausible", "grade", "source", "in words")
        yield from self._section("Parameters", head, self._parameters())
        yield ""
        yield from GRADES[self._lang]
        head = ("name", "from", "to", "grade", "off", "claims", "in words")
        yield from self._section("Couplings", head, self._couplings())
        yield from self._section("Kinds of course", ("name", "values", "in words"), self._kinds())

    def _inputs(self) -> Rows:
        for item in self._spec.inputs.values():
            yield item.name, item.symbol, f"{item.usual:g}", self._span(item.low, item.high), self._said(item.title)

    def _states(self) -> Rows:
        for item in self._spec.states.values():
            yield item.name, item.symbol, f"`{_moves(item)}`", self._said(item.title)

    def _parameters(self) -> Rows:
        for item in self._spec.parameters.values():
            plausible, source = self._span(item.low, item.high), self._source(item.source)
            yield item.symbol, f"{item.value:.6g}", item.unit, plausible, item.grade, source, self._said(item.title)

    def _couplings(self) -> Rows:
        for item in self._spec.couplings.values():
            off = ", ".join(f"{symbol} = {value}" for symbol, value in item.off.items())
            claims = ", ".join(item.claims) or self._say("no claim")
            yield item.name, item.begins, item.ends, item.grade, off, claims, self._said(item.title)

    def _kinds(self) -> Rows:
        for item in self._spec.kinds.values():
            values = ", ".join(f"{symbol} = {value:g}" for symbol, value in item.values.items())
            yield item.name, values or self._say("as above"), self._said(item.title)

    def _section(self, title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
        yield from ("", f"## {self._say(title)}", "")
        yield f"| {' | '.join(map(self._say, head))} |"
        yield "|" + "---|" * len(head)
        yield from (f"| {' | '.join(row)} |" for row in rows)

    def _span(self, low: float, high: float) -> str:
        return f"{low:g} {'tot' if self._lang == 'nl' else 'to'} {high:g}"

    def _said(self, title: Title) -> str:
        return title.said(self._lang)

    def _source(self, source: str) -> str:
        if self._lang == "nl":
            for english, dutch in SOURCES.items():
                source = source.replace(english, dutch)
        return source

    def _say(self, english: str) -> str:
        return DUTCH[english] if self._lang == "nl" else english


def markdown(spec: Spec, lang: Language) -> str:
    """Inputs, states, quantities, parameters, couplings, read-outs and kinds."""
    return "\n".join(Tables(spec, lang).lines()) + "\n"


def _moves(state: State) -> str:
    if state.rate is not None:
        return f"{state.symbol}' = ({state.rate.text}) * {state.symbol}"
    assert isinstance(state.target, Formula)
    assert isinstance(state.tau, Formula)
    return f"{state.symbol}' = ({state.target.text} - {state.symbol}) / ({state.tau.text})"
