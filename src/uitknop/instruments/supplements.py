"""Supplements: which one and in which form is recorded, what can go wrong with it is shown, and nothing is advised.

Every warning of a substance is always shown; those that touch what the person has or takes come first. Source:
clinical reference, section 6 and hazard 11.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from uitknop.core import Phrase, Value
from uitknop.core.errors import Malformed
from uitknop.instruments.text import Text
from uitknop.instruments.toml_node import Node, parse

OTHER_FORM = "other"
"""A form that is not listed, or not known: the jar does not always say."""

ASK = Text(
    nl="Vragen hierover? Je apotheker of huisarts kent jouw middelen.",
    en="Questions about this? Your pharmacist or doctor knows what you take.",
)
"""Beside every list of warnings."""


@dataclass(frozen=True, slots=True)
class Warning(Value):  # noqa: A001 - the word of the field
    """What can go wrong.

    Args:
        text: in both languages.
        concerns: conditions and medicines it is about; empty for everybody.
        touches: those of them that the person named.
        source: key of the clinical reference.
        verified: whether it was checked against the source.
    """

    text: Text
    concerns: tuple[str, ...]
    source: str
    verified: bool
    touches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Substance(Value):
    """A supplement.

    Args:
        id: name.
        title: what it is called.
        forms: in which forms it is sold, by name.
        grade: how much is known of the use it is sold for, A to D.
        warnings: what can go wrong.
    """

    id: str
    title: Text
    forms: tuple[tuple[str, Text], ...]
    grade: str
    warnings: tuple[Warning, ...]


@dataclass(frozen=True, slots=True)
class Supplement(Value):
    """What somebody takes. How much is not asked.

    Args:
        substance: name of the substance.
        form: name of its form, or "other".
        from_ms: since when, UTC ms.
        until_ms: until when; None while it goes on.
    """

    substance: str
    form: str
    from_ms: int
    until_ms: int | None = None


def substances() -> tuple[Substance, ...]:
    """Every substance, by name."""
    return _read()[0]


def concerns() -> tuple[tuple[str, Text], ...]:
    """The conditions and medicines that warnings are about, by name."""
    return _read()[1]


def take_note(substance: str, form: str, *, from_ms: int, until_ms: int | None = None) -> Supplement:
    """A supplement as recorded.

    Raises:
        Malformed: an unknown substance or form, or an end before its start.
    """
    found = _substance(substance)
    forms = [name for name, _ in found.forms]
    if form not in (*forms, OTHER_FORM):
        raise Malformed(
            Phrase(
                "This supplement is not known in the form {form}; it is known as {known}, or as {other}.",
                {"form": form, "known": ", ".join(forms), "other": OTHER_FORM},
            )
        )
    if until_ms is not None and until_ms <= from_ms:
        raise Malformed("The end lies before the start. Nothing was stored; check both dates.")
    return Supplement(substance, form, from_ms, until_ms)


def warnings_of(supplement: Supplement, named: Collection[str] = ()) -> tuple[Warning, ...]:
    """Every warning about a supplement, those that touch the person first.

    Args:
        supplement: what is taken.
        named: the conditions and medicines the person named; names that no warning knows change nothing.
    Raises:
        Malformed: an unknown substance.
    """
    found = [
        Warning(one.text, one.concerns, one.source, one.verified, tuple(name for name in one.concerns if name in named))
        for one in _substance(supplement.substance).warnings
    ]
    return tuple(sorted(found, key=lambda one: (not one.touches, bool(one.concerns))))


def _substance(name: str) -> Substance:
    for found in substances():
        if found.id == name:
            return found
    raise Malformed(
        Phrase(
            "There is no supplement called {name} here; a note in the diary can hold it. No warnings are known here.",
            {"name": name},
        )
    )


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[Substance, ...], tuple[tuple[str, Text], ...]]:
    text = resources.files("uitknop.instruments").joinpath("supplements.toml").read_text(encoding="utf-8")
    top = parse(text, "supplements.toml")
    named = _texts(top.node("concern"))
    rows = top.node("substance")
    found = tuple(_read_substance(rows.node(name), name, {key for key, _ in named}) for name in sorted(rows.names()))
    top.done()
    return found, named


def _read_substance(row: Node, name: str, named: set[str]) -> Substance:
    warnings = []
    for line in row.nodes("warning"):
        about = line.words("concerns")
        if not set(about) <= named:
            raise line.fault("concerns", "names from [concern]", ", ".join(sorted(set(about) - named)))
        warnings.append(Warning(line.text(), about, line.take("source", str), line.take("verified", bool)))
        line.done()
    substance = Substance(
        *(name, row.text(), _texts(row.node("forms"))),
        row.one_of("grade", ("A", "B", "C", "D")),
        tuple(warnings),
    )
    row.done()
    return substance


def _texts(node: Node) -> tuple[tuple[str, Text], ...]:
    found = tuple((name, node.text_of(name)) for name in node.names())
    node.done()
    return found
