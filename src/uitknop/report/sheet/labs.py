"""Heading 4: values from the doctor, inside or outside that laboratory's own range and nothing more; what is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uitknop.core.timeline import from_ms
from uitknop.guidance import conditions
from uitknop.instruments import LabResult, concerns, lab_tests, substances
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import SheetLine
from uitknop.report.sheet.picked import raised
from uitknop.report.sheet.source import Stands, Taken

MOST_VALUES = 5
MOST_SUPPLEMENTS = 5
MOST_CONDITIONS = 5
LONGEST_NAME = 40
SAID_ELSEWHERE = ("bedbound",)
"""Conditions that another field tells, which may be left out."""


def lab_lines(stands: Stands, words: Words) -> Iterator[SheetLine]:
    """What stands under "laboratory values"."""
    latest = latest_values(stands)
    yield from (SheetLine("values", _value(one, stands.zone, words)) for one in latest[:MOST_VALUES])
    if len(latest) > MOST_VALUES:
        yield SheetLine("values", words.told("more_labs", n=len(latest) - MOST_VALUES))
    if not latest:
        yield SheetLine("values", words.told("labs_none"))
    if taken := [_substance(one, words) for one in stands.supplements if _goes_on(one, stands.now_ms)]:
        listed = words.some(list(dict.fromkeys(taken)), MOST_SUPPLEMENTS)
        yield SheetLine("supplements", words.told("supplements", supplements=listed))
    told_here = [name for name in stands.named if not _told_elsewhere(name, stands)]
    if names := list(dict.fromkeys(_condition(name, words) for name in told_here)):
        yield SheetLine("conditions", words.told("conditions", names=words.some(names, MOST_CONDITIONS)))


def latest_values(stands: Stands) -> list[LabResult]:
    """The last value of each test, those outside the range first and then the newest."""
    found: dict[str, LabResult] = {}
    for one in sorted(stands.labs, key=lambda one: one.at_ms):
        found[one.test] = one
    return sorted(found.values(), key=lambda one: (one.place != "outside", -one.at_ms, one.test))


def _value(one: LabResult, zone: str, words: Words) -> str:
    sign = {"exact": "", "below": "< ", "above": "> "}[one.bound]
    told = {
        "test": raised(lab_tests()[one.test].title.said(words.catalogue.lang)),
        "value": f"{sign}{_figure(one.value, words)}",
        "unit": one.unit,
        "date": words.day(from_ms(one.at_ms, zone).date()),
    }
    if one.place == "unknown":
        return words.told("lab_unknown", **told)
    return words.told("lab", **told, place=words.told(one.place), range=_range(one, words))


def _range(one: LabResult, words: Words) -> str:
    low, high = ("" if end is None else _figure(end, words) for end in (one.low, one.high))
    if low and high:
        return words.told("range", low=low, high=high)
    return words.told("range_low", low=low) if low else words.told("range_high", high=high)


def _figure(value: float, words: Words) -> str:
    """The number as it stands on the report, without zeros it does not have."""
    digits = max(0, -_exponent(value))
    return words.number(value, digits)


def _exponent(value: float) -> int:
    tail = repr(value).removesuffix(".0").partition(".")[2]
    return -len(tail)


def _goes_on(one: Taken, now_ms: int) -> bool:
    taken = one.supplement
    return taken.from_ms <= now_ms and (taken.until_ms is None or taken.until_ms > now_ms)


def _told_elsewhere(name: str, stands: Stands) -> bool:
    """Whether another field tells it, such as an open sign that speaks of the same; that one may be left out."""
    signs = conditions()[name].signs if name in conditions() else ()
    return name in SAID_ELSEWHERE or any(flag.id in signs for flag in stands.flags)


def _condition(name: str, words: Words) -> str:
    """What a condition or medicine is called; a word of the person's own stays as it is, on one short line."""
    lang = words.catalogue.lang
    if name in conditions():
        return conditions()[name].words.said(lang)
    known = dict(concerns())
    return known[name].said(lang) if name in known else " ".join(name.split())[:LONGEST_NAME]


def _substance(one: Taken, words: Words) -> str:
    known = {substance.id: substance for substance in substances()}
    substance = known[one.supplement.substance]
    name, lang = substance.title, words.catalogue.lang
    form: Sequence[str] = [text.said(lang) for key, text in substance.forms if key == one.supplement.form]
    return words.told("form", substance=name.said(lang), form=form[0]) if form else name.said(lang)
