"""Heading 1: what weighs, how the days go, crashes and what lay before them."""

from __future__ import annotations

from collections.abc import Iterator

from uitknop.instruments import instrument
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import SheetLine
from uitknop.report.sheet.picked import Picked, lowered, of_me
from uitknop.state import Crash, Diary, DomainLoad, Fact, State

MOST_DOMAINS = 3
MOST_FACTS = 3
MOST_COMPLAINTS = 6
TAP_DAYS = 28
CRASH_DAYS = 84
GROUPS = ("energy_and_sleep", "body", "belly_and_food", "head")
"""Of the list of complaints; how somebody feels stands under mood."""


def load_lines(state: State, diary: Diary, picked: Picked, words: Words) -> Iterator[SheetLine]:
    """What stands under "load"."""
    yield SheetLine("domains", _domains(state, words))
    yield SheetLine("days", _days(diary, words), tells_of=("crashes",))
    yield from _crashes(state, diary, words)
    if state.envelope.where != "cannot_tell":
        yield SheetLine("crashes", words.told(f"envelope_{state.envelope.where}"))
    if day := picked.option("function", "ordinary_day"):
        yield SheetLine("function", words.told("function", day=day))
    if found := _complaints(picked):
        yield SheetLine("complaints", words.told("complaints", complaints=words.some(found, MOST_COMPLAINTS)))


def _domains(state: State, words: Words) -> str:
    known = [one for one in state.load.domains if one.estimate is not None and one.estimate.value > 0]
    first = sorted(known, key=lambda one: (one.domain not in state.load.stands_out, -_weight(one)))[:MOST_DOMAINS]
    if not first:
        return words.told("domains_few")
    days = min(one.estimate.n for one in first if one.estimate is not None)
    return words.told("domains", domains="; ".join(_domain(one, words) for one in first), n=days)


def _weight(one: DomainLoad) -> float:
    return 0.0 if one.estimate is None else one.estimate.value


def _domain(one: DomainLoad, words: Words) -> str:
    estimate = one.estimate
    assert estimate is not None
    value, low, high = (_point(end, words) for end in (estimate.value, estimate.low, estimate.high))
    return words.told("domain", name=domain_name(one.domain, words), value=value, low=low, high=high)


def _point(value: float, words: Words) -> str:
    """Points with one decimal, without one that says nothing."""
    return words.number(value, 0 if float(f"{value:.1f}").is_integer() else 1)


def domain_name(domain: str, words: Words) -> str:
    """What a domain of the list `load` is called, inside a sentence."""
    item = instrument("load").item(domain)
    if item is None or item.text is None:
        return domain
    return lowered(of_me(item.text.said(words.catalogue.lang).partition(":")[0]))


def _days(diary: Diary, words: Words) -> str:
    if diary.known(TAP_DAYS) == 0:
        return words.told("days_none")
    counted = {tap: diary.count(TAP_DAYS, (tap,)) for tap in ("fine", "heavy", "crash")}
    counted["unknown"] = TAP_DAYS - diary.known(TAP_DAYS)
    return words.told("days", days=", ".join(words.told(f"day_{tap}", n=n) for tap, n in counted.items() if n))


def _crashes(state: State, diary: Diary, words: Words) -> Iterator[SheetLine]:
    recent = [one for one in state.crashes if (diary.today - one.last_day).days < CRASH_DAYS]
    if not recent:
        if known := diary.known(CRASH_DAYS):
            yield SheetLine("crashes", words.told("crash_free", known=known))
        return
    last = recent[-1]
    length = _length(last, words)
    if state.crash_now:
        length = f"{length} {words.told('crash_on')}"
    date = words.day(last.first_day)
    if len(recent) == 1:
        yield SheetLine("crashes", words.told("crash_one", date=date, length=length))
    else:
        yield SheetLine("crashes", words.told("crash_many", n=len(recent), date=date, length=length))
    yield from (SheetLine("crashes", text, tells_of=("domains", "days")) for text in _before(state, last, words))


def _length(crash: Crash, words: Words) -> str:
    days = round(crash.duration.value)
    if crash.duration.censored == "right":
        return words.told("crash_at_least", n=days) if days > 1 else words.told("crash_day")
    return words.told("crash_day") if days == 1 else words.told("crash_days", n=days)


def _before(state: State, crash: Crash, words: Words) -> Iterator[str]:
    """What lay before it; nothing is said where too little was noted to know what is usual."""
    found = next((one for one in state.look_backs if one.crash == crash), None)
    if found is None or not any(fact.usual is not None for fact in found.facts):
        return
    facts = [_fact(fact, words) for fact in found.stands_out]
    yield words.told("before", facts=words.some(facts, MOST_FACTS)) if facts else words.told("before_nothing")


def _fact(fact: Fact, words: Words) -> str:
    assert fact.usual is not None
    side = "more" if fact.found > fact.usual.high else "less"
    code, _, domain = fact.code.partition("/")
    if domain:
        return words.told(f"{side}_load", domain=domain_name(domain, words))
    return words.told(f"{side}_{code}")


def _complaints(picked: Picked) -> list[str]:
    """One of each group in turn, so that no part of the body fills the line alone."""
    groups = [picked.options("complaints", item) for item in GROUPS]
    longest = max(map(len, groups), default=0)
    return [group[place] for place in range(longest) for group in groups if place < len(group)]
