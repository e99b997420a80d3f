"""A diary written in one line: taps by day, answers, notes, verdicts; all counted in days before now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from uitknop.core import Bout, Entry, Level, Span, Verdict
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.state import Diary, read_diary
from uitknop.state.diary import CRASH, FINE, HEAVY, NOW

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
ZONE = "+01:00"
NOW_MS = 20_000 * DAY_MS + 19 * HOUR_MS  # 20:00 local
WORDS = {"f": FINE, "h": HEAVY, "c": CRASH}


@dataclass(frozen=True)
class Lines:
    """Builders of diary lines."""

    now_ms: int = NOW_MS
    zone: str = ZONE

    def at(self, ago: int, hour: int = 12) -> int:
        """A local hour, so many days before today."""
        return self.now_ms + (hour - 20) * HOUR_MS - ago * DAY_MS

    def taps(self, word: str, *, last_ago: int = 0) -> list[Entry]:
        """One letter a day, the last `last_ago` days before today: f fine, h heavy, c crash, anything else none."""
        days = [(last_ago + len(word) - 1 - place, letter) for place, letter in enumerate(word)]
        return [Entry(self.at(ago), self.zone, "answer", WORDS[said], label=NOW) for ago, said in days if said in WORDS]

    def answer(self, name: str, item: str, value: int | tuple[str, ...] | None, ago: int = 0) -> Entry:
        return to_entry(instrument(name), Answer(item, value, self.at(ago)), self.zone)

    def weekly(self, item: str, values: Sequence[int], *, last_ago: int = 0) -> list[Entry]:
        """Weekly answers of the list `energy`, the last one `last_ago` days before today."""
        return [
            self.answer("energy", item, value, last_ago + 7 * (len(values) - 1 - place))
            for place, value in enumerate(values)
        ]

    def event(self, label: str, value: str, ago: int, hour: int = 12) -> Entry:
        return Entry(self.at(ago, hour), self.zone, "event", value, label=label)

    def exertion(self, minutes: int, ago: int) -> Entry:
        start = self.at(ago, 10)
        return Entry(start, self.zone, "exertion", "walk", start + minutes * 60_000)

    def pem(self, positive: bool, ago: int = 80) -> list[Entry]:
        """The PEM screen, filled in whole."""
        found = []
        for item in instrument("pem_screen").items:
            value = (2 if positive else 0) if item.options[0].value == 0 else 0
            if item.needs is None or positive:
                found.append(self.answer("pem_screen", item.id, value, ago))
        return found

    def checked(self, ago: int = 10) -> Entry:
        return self.answer("red_flags", "signs", ("none",), ago)

    def verdict(self, ago: int, answer: str = "settled", hour: int = 14) -> Verdict:
        span = Span(self.at(ago, hour), self.at(ago, hour) + HOUR_MS // 2)
        bout = Bout(span, "supine", "passive")
        return Verdict(bout, answer, 0.9, "moved", Level("between"), None, None, None, None, "B")  # type: ignore[arg-type]

    def diary(self, entries: Sequence[Entry]) -> Diary:
        return read_diary(entries, now_ms=self.now_ms, zone=self.zone)


@pytest.fixture(scope="session")
def lines() -> Lines:
    return Lines()
