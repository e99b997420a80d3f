"""Signs in a line that can't be read: nothing is counted from such a line, and no sign that asks for help is lost.

Large letters, spaces, other marks between the answers, another version, an item by its code: all of that is looked
through. Where an item asks about suicide, every answer but none at all and nought opens help.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from uitknop.core import Entry
from uitknop.guidance.help_actions import known_signs
from uitknop.guidance.red_flags import By
from uitknop.instruments import Instrument
from uitknop.instruments.condition import Picked, items_of
from uitknop.instruments.instrument import FlagRule

_SIGN = "sign/"
_PROXY = re.compile(r"^\s*proxy\s*:", re.IGNORECASE)
_NOT_ANSWERED = ("", "-", "–", "—")


def by_whom(entry: Entry) -> By:
    """Who wrote a line."""
    return "proxy" if _PROXY.match(entry.value) else "self"


def pressed_sign(entry: Entry) -> str | None:
    """The sign that a button raised; None for a line of no button."""
    if "/" not in entry.label:
        return None
    label = entry.label.strip()
    if not label.casefold().startswith(_SIGN):
        return None
    name = label[len(_SIGN) :]
    return next((sign for sign in known_signs() if _plain(sign) == _plain(name)), name)


def signs_in(entry: Entry, lists: Iterable[Instrument]) -> Iterator[str]:
    """The signs in a line that is meant for one of these lists and can't be read as its answer."""
    parts = [_plain(part) for part in entry.label.split("/")]
    said = _PROXY.sub("", entry.value).strip()
    for one in lists:
        named = len(parts) > 1 and parts[0] == _plain(one.id)
        for rule in one.flags if named or parts[-1] in _codes(one) else ():
            if _is_about(one, rule, parts[-1], named) and _raises(rule, said):
                yield rule.id


@lru_cache(maxsize=8)
def _codes(one: Instrument) -> frozenset[str]:
    """The codes of the items of a list that raise a sign."""
    items = (one.item(name) for rule in one.flags for name in items_of(rule.when))
    return frozenset(_plain(item.loinc) for item in items if item is not None and item.loinc)


def _is_about(one: Instrument, rule: FlagRule, last: str, named: bool) -> bool:
    """Whether the last part of a label means an item the rule looks at: by its name, its number or its code."""
    if named and isinstance(rule.when, Picked):
        return True
    for name in items_of(rule.when):
        item = one.item(name)
        if item is not None and item.loinc and last == _plain(item.loinc):
            return True
        if named and (last == _plain(name) or re.sub(r"^[a-z]*0*", "", last) == name):
            return True
    return False


def _raises(rule: FlagRule, said: str) -> bool:
    if isinstance(rule.when, Picked):
        words = _spaced(said)
        return any(_spaced(key) in words or f" {_plain(key)} " in words for key in rule.when.keys)
    return said not in _NOT_ANSWERED and not _is_nought(said)


def _is_nought(said: str) -> bool:
    try:
        return float(said.replace(",", ".")) == 0
    except ValueError:
        return False


def _plain(text: str) -> str:
    """Small letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).casefold())


def _spaced(text: str) -> str:
    """Small letters and digits, with one space around every word."""
    return f" {re.sub('[^a-z0-9]+', ' ', unicodedata.normalize('NFKC', text).casefold()).strip()} "
