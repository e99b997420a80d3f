"""A list over time: its rounds, so that answers months apart are never counted together."""

from __future__ import annotations

from collections.abc import Iterable

from uitknop.core import Entry
from uitknop.instruments.answers import Answers, give, no_answers
from uitknop.instruments.entries import answer_from_entry, belongs, from_entries
from uitknop.instruments.instrument import Instrument

SHORTEST_ROUND_DAYS = 14
"""A list that may be begun anew at any time is given so many days at the least: fifty items at five a day take ten."""

_DAY_MS = 86_400_000


def rounds(instrument: Instrument, entries: Iterable[Entry]) -> tuple[Answers, ...]:
    """The rounds in which a list was answered, in order of time; the lines may stand in any order.

    A round lasts until the list may be begun anew, counted from its first answer; for a list without such a time, the
    longer of the period it asks about and two weeks. Within a round a later answer takes the place of an earlier one.

    Raises:
        Malformed: a line of this version holds no answer of its item.
    """
    lasts_ms = (instrument.repeat_days or max(instrument.period_days, SHORTEST_ROUND_DAYS)) * _DAY_MS
    last: list[dict[str, Entry]] = []
    begun_ms, looked_at = 0, set()
    for line in _in_order(instrument, entries):
        if (line.label, line.value) not in looked_at:
            give(instrument, no_answers(instrument), answer_from_entry(instrument, line))
            looked_at.add((line.label, line.value))
        if not last or line.at_ms - begun_ms >= lasts_ms:
            last.append({})
            begun_ms = line.at_ms
        last[-1][line.label] = line
    return tuple(from_entries(instrument, lines.values()) for lines in last)


def _in_order(instrument: Instrument, entries: Iterable[Entry]) -> list[Entry]:
    mine = [entry for entry in entries if belongs(instrument, entry)]
    return sorted(mine, key=lambda entry: (entry.at_ms, entry.label, entry.value))
