"""What a person has, as far as it changes what fits: what is asked first, and how an answer becomes lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from uitknop.core import Entry
from uitknop.core.errors import NotWritable
from uitknop.guidance import condition_entry, conditions, practice
from uitknop.guidance.red_flags import OpenFlag
from uitknop.guidance.told import STANDING
from uitknop.store import Store
from uitknop.walk import Standing
from uitknop.web.lines import Lines
from uitknop.web.vault import Locked
from uitknop.web.visit import Visit

PASSED = "conditions_passed"
"""Setting: the day on which conditions were passed over, from when (UTC ms), and which."""

BEFORE_MORE, MORE = "ask_before_more", "careful_restart"
"""The step that asks first, and the practice it asks for."""

MEDICINES = ("beta_blocker",)


def asked_first(stands: Standing) -> tuple[str, ...]:
    """Conditions that are unknown and that the next thing needs first; none while nothing needs any."""
    if stands.guided.step != BEFORE_MORE:
        return ()
    return tuple(name for name in practice(MORE).not_with if name not in stands.has)


def next_asked(visit: Visit, stands: Standing) -> str | None:
    """The one that is asked now; what was passed over today is for another day."""
    passed = _passed(visit)
    return next((name for name in asked_first(stands) if name not in passed), None)


def pass_over(visit: Visit, name: str) -> None:
    """Not known, or not now: it stays unknown and is not asked again today."""
    if name in conditions():
        kept = json.dumps([visit.today[0], *_passed(visit), name])
        visit.house.vault.do(lambda store: store.keep_setting(PASSED, kept))


def tell(visit: Visit, name: str, has: bool) -> int | None:
    """Keep the answer on a condition; gives the number by which it is taken back, None where it waits, sealed.

    What was told to be there and is over ends now: a verdict on rest of that time still has to know of it.
    """
    vault = visit.house.vault
    line = condition_entry(name, has, visit.now_ms, visit.zone, medicine=name in MEDICINES)

    def kept(store: Store) -> int:
        over = () if has else _ended(store, vault.lines, name, visit.now_ms)
        return vault.lines.write(store, (*over, line), visit.now_ms)

    try:
        return vault.do(kept)
    except (Locked, NotWritable):
        vault.seal([line])
        return None


def needs_help_first(name: str, flags: Sequence[OpenFlag]) -> bool:
    """Whether the page of signs comes after a yes: a sign speaks of it, and none of those is open yet."""
    signs = conditions()[name].signs
    return bool(signs) and not {flag.id for flag in flags} & set(signs)


def _ended(store: Store, lines: Lines, name: str, now_ms: int) -> tuple[Entry, ...]:
    """The lines that said it is there, with their end; those that were tapped make place for these."""
    over = []
    for entry in tuple(lines.all(store)):
        stood = entry.kind in STANDING and entry.value == name and entry.end_ms is None and entry.at_ms < now_ms
        batch = lines.batch_of(entry) if stood else None
        if batch is not None and len(lines.between(store, entry.at_ms, entry.at_ms + 1)) == 1:
            lines.take_back(store, batch, now_ms)
            over.append(Entry(entry.at_ms, entry.zone, entry.kind, name, now_ms))
    return tuple(over)


def _passed(visit: Visit) -> list[str]:
    """Those that were passed over today."""
    kept = visit.house.vault.do(lambda store: store.setting(PASSED))
    found: list[object] = json.loads(kept) if kept else []
    return [str(name) for name in found[1:]] if found[:1] == [visit.today[0]] else []
