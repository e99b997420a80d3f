"""What an SBML file says about itself: what the model is and is not, sources, grades and the claims it rests on."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from uitknop.body.spec import Coupling, Parameter, Spec, Title

XHTML = "http://www.w3.org/1999/xhtml"
Told = tuple[str, ...]
"""Paragraphs."""

NATURE = Title(
    nl="Een uitlegmodel: niemands lichaam, en geen voorspelling. De getallen zijn zo gekozen dat het model laat zien "
    "wat de teksten beschrijven.",
    en="An explanatory model: nobody's biology, and no forecast. Its numbers were chosen so that it shows what the "
    "texts describe.",
)
GRADE = {
    "E": Title(nl="vastgesteld", en="established"),
    "H": Title(nl="hypothese", en="hypothesis"),
    "M": Title(nl="beeld of rekengemak", en="metaphor or convenience of modelling"),
}
CLAIMS = Title(nl="stellingen", en="claims")
OFF = Title(nl="uit met", en="off with")
SOURCE = Title(nl="bron", en="source")
RANGE = Title(nl="aannemelijk van {low} tot {high}", en="plausible from {low} to {high}")
KIND = Title(nl="Soort beloop: {kind}.", en="Kind of course: {kind}.")
TUNED = Title(nl="gekozen om de doelen te halen", en="tuned to meet the targets")


def of_model(spec: Spec, kind: str | None, lang: str) -> Told:
    """About the whole model."""
    course = (KIND.said(lang).format(kind=spec.kinds[kind].title.said(lang)),) if kind is not None else ()
    return (f"{spec.title.said(lang)} ({spec.name}).", NATURE.said(lang), *course)


def of_parameter(parameter: Parameter, lang: str) -> Told:
    """How sure a number is, where it may lie and where it comes from."""
    span = RANGE.said(lang).format(low=f"{parameter.low:g}", high=f"{parameter.high:g}")
    source = TUNED.said(lang) if parameter.source == "tuned" else parameter.source
    return (f"{parameter.grade}, {GRADE[parameter.grade].said(lang)}; {span}; {SOURCE.said(lang)}: {source}.",)


def of_coupling(coupling: Coupling, lang: str) -> Told:
    """What leads to a state, how sure that is, how it is switched off and which claims it rests on."""
    off = ", ".join(f"{symbol} = {value}" for symbol, value in coupling.off.items())
    parts = [f"{coupling.name}: {coupling.title.said(lang)} ({coupling.grade}, {GRADE[coupling.grade].said(lang)})"]
    parts.append(f"{OFF.said(lang)} {off}")
    if coupling.claims:
        parts.append(f"{CLAIMS.said(lang)} {', '.join(coupling.claims)}")
    return ("; ".join(parts) + ".",)


def add_notes(parent: ET.Element, told: Told) -> None:
    """Puts paragraphs into an element; nothing where there are none."""
    if told:
        notes = ET.SubElement(parent, "notes")
        for paragraph in told:
            ET.SubElement(notes, "p", xmlns=XHTML).text = paragraph
