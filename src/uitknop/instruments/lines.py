"""What was typed in beside the lists, as lines of the diary, and back: laboratory values, supplements, totals of forms.

| what | kind | label | value |
|---|---|---|---|
| a laboratory value | event | `lab/<test>` | `0.85 \\| mmol/l \\| 0.7 \\| 1.05 \\| fasting \\| clock` |
| a supplement | event | `supplement/<substance>` | its form; the line ends when it is taken no more |
| the total of a form | event | `total/<list>/<scale>` | `12 \\| Dutch, 2014` |

A line stands at the moment of the sample, the first day of the supplement, or the day of the form. What a line holds
goes through the same checks as what is typed in: a line with another unit is kept, and gives no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from uitknop.core import Entry
from uitknop.core.errors import Malformed
from uitknop.instruments.answers import By
from uitknop.instruments.instrument import Instrument
from uitknop.instruments.labs import Bound, LabResult, TypedLab, take_lab
from uitknop.instruments.scoring import Score
from uitknop.instruments.supplements import Supplement, take_note
from uitknop.instruments.totals import TypedTotal, take_total

LAB, SUPPLEMENT, TOTAL = "lab/", "supplement/", "total/"
_PROXY = "proxy:"
_BETWEEN = "|"
_SIGNS: dict[Bound, str] = {"exact": "", "below": "<", "above": ">"}
_FASTING = {"fasting": True, "not_fasting": False, "": None}
_CLOCK = {"clock": True, "": False}


def lab_to_entry(result: LabResult, zone: str) -> Entry:
    """A laboratory value as a line.

    Args:
        result: as recorded.
        zone: where the person was, IANA name or fixed offset.
    """
    fasting = next(word for word, known in _FASTING.items() if known is result.fasting)
    told = [f"{_SIGNS[result.bound]}{_plain(result.value)}", result.unit]
    told += ["" if end is None else _plain(end) for end in (result.low, result.high)]
    told += [fasting, "clock" if result.clock_known else ""]
    return Entry(result.at_ms, zone, "event", f" {_BETWEEN} ".join(told), label=f"{LAB}{result.test}")


def lab_from_entry(entry: Entry, *, now_ms: int) -> LabResult:
    """The laboratory value of a line.

    Raises:
        KnowledgeError: no test of that name.
        Malformed: the line can't be read, or what it holds is refused as it would be when typed in.
    """
    parts = [part.strip() for part in entry.value.removeprefix(_PROXY).split(_BETWEEN)]
    if len(parts) != 6 or parts[4] not in _FASTING or parts[5] not in _CLOCK:
        raise _unreadable()
    value, unit, low, high, fasting, clock = parts
    typed = TypedLab(value, unit, low, high, entry.at_ms, _FASTING[fasting], _CLOCK[clock])
    return take_lab(entry.label.removeprefix(LAB), typed, now_ms=now_ms)


def supplement_to_entry(supplement: Supplement, zone: str) -> Entry:
    """A supplement as a line; when it is taken no more, the same line with its end."""
    label = f"{SUPPLEMENT}{supplement.substance}"
    return Entry(supplement.from_ms, zone, "event", supplement.form, supplement.until_ms, label)


def supplement_from_entry(entry: Entry) -> Supplement:
    """The supplement of a line.

    Raises:
        Malformed: an unknown substance or form, or an end before its start.
    """
    name, form = entry.label.removeprefix(SUPPLEMENT), entry.value.removeprefix(_PROXY)
    return take_note(name, form, from_ms=entry.at_ms, until_ms=entry.end_ms)


def each_once(supplements: Iterable[Supplement]) -> tuple[Supplement, ...]:
    """Supplements in order of time; of one that was told without and with an end, the one with the earliest end."""
    found: dict[tuple[int, str, str], Supplement] = {}
    for one in supplements:
        key = one.from_ms, one.substance, one.form
        before = found.get(key)
        ends = [each.until_ms for each in (one, before) if each is not None and each.until_ms is not None]
        found[key] = Supplement(one.substance, one.form, one.from_ms, min(ends, default=None))
    return tuple(found[key] for key in sorted(found))


def total_to_entry(instrument: Instrument, total: TypedTotal, zone: str) -> Entry:
    """The total of a form as a line."""
    value = f"{_PROXY if total.by == 'proxy' else ''}{_plain(total.value)} {_BETWEEN} {total.form_version}"
    return Entry(total.at_ms, zone, "event", value, label=f"{TOTAL}{instrument.id}/{total.scale}")


def total_from_entry(instrument: Instrument, entry: Entry, *, now_ms: int) -> Score:
    """The total that a line of this list holds, as a result.

    Raises:
        Malformed: the line can't be read, or what it holds is refused as it would be when typed in.
    """
    by: By = "proxy" if entry.value.startswith(_PROXY) else "self"
    number, between, version = entry.value.removeprefix(_PROXY).partition(_BETWEEN)
    scale = entry.label.removeprefix(f"{TOTAL}{instrument.id}/")
    if not between or not re.fullmatch(r"\s*\d{1,5}(?:[.,]\d{1,16})?\s*", number, flags=re.ASCII):
        raise _unreadable()
    total = TypedTotal(scale, float(number.replace(",", ".")), entry.at_ms, version.strip(), by)
    return take_total(instrument, total, now_ms=now_ms)


def _plain(number: float) -> str:
    """A number as short as it can be read back."""
    return repr(float(number)).removesuffix(".0")


def _unreadable() -> Malformed:
    return Malformed("A kept value can't be read any more. The line stays as it is; type the value in again to go on.")
