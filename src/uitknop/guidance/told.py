"""What a person told of themselves and set for themselves, as lines of the diary: conditions, medicines, settings.

| what | kind | label | value |
|---|---|---|---|
| something the person has or takes | `condition` or `medication` | anything | its name; the line ends when it is over |
| asked about, with the answer | `answer` | `condition/<name>` | `yes` or `no` |
| proposals to do more | `event` | `setting/plan` | `on` or `off` |
| minutes of a practice | `event` | `setting/minutes/<practice>` | a number, or `off` |

The last word on each counts. `proxy:` before a value says that somebody else wrote the line; nobody else can switch
proposals to do more on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from uitknop.core import Entry, Phrase
from uitknop.core.errors import Malformed
from uitknop.guidance.closed import after_signs
from uitknop.guidance.help_actions import actions
from uitknop.guidance.practices import practices
from uitknop.guidance.raised import DISCUSSED, FLAG, KNOWN, PROXY
from uitknop.guidance.red_flags import OpenFlag, conditions_meant
from uitknop.guidance.settings import Settings
from uitknop.instruments import instrument
from uitknop.state import Diary
from uitknop.state.diary import answers_of
from uitknop.state.parameters import CHECK_WEEKS, DAY_MS, WEEK_DAYS

CONDITION, SETTING = "condition/", "setting/"
PLAN, MINUTES = "plan", "minutes/"
YES, NO, ON, OFF = "yes", "no", "on", "off"
STANDING = ("condition", "medication")

MEANS = {"atrial_fibrillation": "arrhythmia", "ivabradine": "beta_blocker", "digoxin": "beta_blocker"}
"""Names that say more than the condition a practice asks about: who has the one has the other."""

Word = tuple[int, bool]
"""When something was told, UTC ms, and whether it holds."""


def condition_entry(name: str, has: bool, at_ms: int, zone: str, *, medicine: bool = False) -> Entry:
    """The line of something the person has, or was asked about and does not have.

    What holds is a line that every room reads, also the one that judges rest: a beta blocker changes a heart rate.
    """
    if has:
        return Entry(at_ms, zone, "medication" if medicine else "condition", name)
    return Entry(at_ms, zone, "answer", NO, label=f"{CONDITION}{name}")


def conditions_from(entries: Iterable[Entry], *, now_ms: int) -> Mapping[str, Word]:
    """The last word on each condition and medicine, by its name: when it was told, and whether it holds."""
    words: dict[str, Word] = {}
    for entry in entries:
        if entry.kind not in STANDING and not entry.label.startswith(CONDITION):
            continue
        for name, word in _words(entry, now_ms):
            # Of two words at one moment the one that holds something back counts.
            words[name] = max(words.get(name, word), word)
    for name, wider in MEANS.items():
        if name in words and words[name][1]:
            words[wider] = max(words.get(wider, words[name]), words[name], key=lambda word: (word[1], word[0]))
    return dict(sorted(words.items()))


def conditions_of(diary: Diary, flags: Iterable[OpenFlag]) -> Mapping[str, bool]:
    """What is known of each condition and medicine, by its name; one that is missing is unknown.

    The page of red flags counts as asking about pregnancy, age and lying in bed: what is picked there holds until the
    page says otherwise, also after the person closed the flag; what is not picked holds until the page is due again.
    What other signs say of a condition, open and after they were closed: `after_signs`.
    """
    opened = tuple(flags)
    words = dict(conditions_from(diary.entries, now_ms=diary.now_ms))
    page = answers_of(diary, instrument("red_flags")).of("signs")
    if page is not None and isinstance(page.value, tuple):
        fresh = diary.now_ms - page.at_ms < CHECK_WEEKS * WEEK_DAYS * DAY_MS
        for action in actions().values():
            picked = not set(action.flags).isdisjoint(page.value)
            if action.means is not None and (picked or fresh):
                word = page.at_ms, picked
                words[action.means] = max(words.get(action.means, word), word)
    has = {name: word[1] for name, word in words.items()} | dict.fromkeys(conditions_meant(opened), True)
    return dict(sorted(after_signs(has, words, diary, opened).items()))


def setting_entry(name: str, value: bool | float | None, at_ms: int, zone: str) -> Entry:
    """The line of a setting; minutes that are None are those of the practice again."""
    said = ON if value is True else OFF if value in (False, None) else f"{value:g}"
    return Entry(at_ms, zone, "event", said, label=f"{SETTING}{name}")


def settings_from(entries: Iterable[Entry], *, now_ms: int) -> Settings:
    """The settings of a person; a line that can't be read changes nothing, and `fault_of` says why."""
    found = Settings()
    lines = (one for one in entries if one.kind == "event" and one.label.startswith(SETTING) and one.at_ms <= now_ms)
    # Of "on" and "off" at one moment, off counts.
    for entry in sorted(lines, key=lambda one: (one.at_ms, one.value.removeprefix(PROXY) == OFF, one.value)):
        if setting_fault(entry) is None:
            found = _with(found, entry)
    return found


def fault_of(entry: Entry) -> Malformed | None:
    """Why a setting, a word on a condition or the closing of a flag can't be used; None for every other line."""
    said = entry.value.removeprefix(PROXY)
    if entry.kind == "answer" and entry.label.startswith(CONDITION) and said not in (YES, NO):
        return Malformed("A condition that was asked about takes yes or no. The line stays as it is.")
    if entry.kind != "event":
        return None
    if entry.label.startswith(FLAG) and entry.value not in (DISCUSSED, KNOWN):
        return Malformed(
            "A sign is closed by the person, as discussed or as known for long. It stays open, and the line as it is."
        )
    return setting_fault(entry) if entry.label.startswith(SETTING) else None


def setting_fault(entry: Entry) -> Malformed | None:
    """Why a line of a setting can't be used; None when it can."""
    name, value = entry.label.removeprefix(SETTING), entry.value.removeprefix(PROXY)
    if name == PLAN and value in (ON, OFF):
        if value == ON and value != entry.value:
            return Malformed("Only the person can switch proposals to do more on. Nothing was changed.")
        return None
    if name.startswith(MINUTES) and name.removeprefix(MINUTES) in practices():
        if value == OFF or re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", value, flags=re.ASCII):
            return None
        return Malformed(
            Phrase("The setting {name} takes a number of minutes, or off. Nothing was changed.", {"name": name})
        )
    known = {"name": name, "plan": PLAN, "minutes": f"{MINUTES}slow_breathing"}
    return Malformed(
        Phrase(
            "There is no setting {name} with that value; there are {plan} (on or off) and the like of {minutes}.", known
        )
    )


def _words(entry: Entry, now_ms: int) -> list[tuple[str, Word]]:
    if entry.at_ms > now_ms:
        return []
    if entry.kind in STANDING:
        ended = entry.end_ms is not None and entry.end_ms <= now_ms
        return [(entry.value.removeprefix(PROXY), (entry.end_ms or 0, False) if ended else (entry.at_ms, True))]
    said = entry.value.removeprefix(PROXY)
    if entry.kind == "answer" and entry.label.startswith(CONDITION) and said in (YES, NO):
        return [(entry.label.removeprefix(CONDITION), (entry.at_ms, said == YES))]
    return []


def _with(before: Settings, entry: Entry) -> Settings:
    name, value = entry.label.removeprefix(SETTING), entry.value.removeprefix(PROXY)
    if name == PLAN:
        return replace(before, plan=value == ON)
    practice = name.removeprefix(MINUTES)
    minutes = {one: number for one, number in before.minutes.items() if one != practice}
    return replace(before, minutes=minutes if value == OFF else {**minutes, practice: float(value)})
