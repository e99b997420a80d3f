"""Answers as lines of the diary, so that they are kept as facts and can be taken up again at any item."""

from __future__ import annotations

from collections.abc import Iterable

from uitknop.core import Entry
from uitknop.core.errors import Malformed
from uitknop.instruments.answers import Answer, Answers, By, give, no_answers
from uitknop.instruments.condition import Given
from uitknop.instruments.instrument import Instrument

_PROXY = "proxy:"
_SKIPPED = "-"


def to_entry(instrument: Instrument, answer: Answer, zone: str) -> Entry:
    """An answer as a line: kind "answer", label "list/version/item", and the answer as text.

    Args:
        instrument: the list it belongs to.
        answer: what was answered.
        zone: where the person was, IANA name or fixed offset.
    """
    value = answer.value
    said = _SKIPPED if value is None else str(value) if isinstance(value, int) else ",".join(value)
    label = f"{instrument.id}/{instrument.version}/{answer.item}"
    return Entry(answer.at_ms, zone, "answer", f"{_PROXY if answer.by == 'proxy' else ''}{said}", label=label)


def from_entries(instrument: Instrument, entries: Iterable[Entry], *, since_ms: int | None = None) -> Answers:
    """The answers to this version of a list among the lines of a diary, in whatever order they stand.

    Args:
        instrument: the list.
        entries: lines of a diary.
        since_ms: only answers from then on, UTC ms: when the list was begun anew. None for all there are.
    Raises:
        Malformed: a line of this version holds no answer of its item.
    """
    answers = no_answers(instrument)
    for entry in entries:
        early = since_ms is not None and entry.at_ms < since_ms
        if belongs(instrument, entry) and not early:
            answers = give(instrument, answers, answer_from_entry(instrument, entry))
    return answers


def belongs(instrument: Instrument, entry: Entry) -> bool:
    """Whether a line answers this version of a list."""
    return entry.kind == "answer" and entry.label.startswith(f"{instrument.id}/{instrument.version}/")


def answer_from_entry(instrument: Instrument, entry: Entry) -> Answer:
    """The answer that a line of this version of a list holds.

    Raises:
        Malformed: the line can't be read. Whether it is an answer of its item is seen when it is given.
    """
    by: By = "proxy" if entry.value.startswith(_PROXY) else "self"
    item = entry.label.removeprefix(f"{instrument.id}/{instrument.version}/")
    return Answer(item, _read(instrument, item, entry.value.removeprefix(_PROXY)), entry.at_ms, by)


def _read(instrument: Instrument, name: str, text: str) -> Given:
    if text == _SKIPPED:
        return None
    item = instrument.item(name)
    if item is not None and item.kind == "many":
        return tuple(text.split(","))
    if not text.isascii() or not text.isdecimal():
        raise Malformed("A kept answer can't be read any more. It stays as it is; answer that question again to go on.")
    return int(text)
