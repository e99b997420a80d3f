"""What an instrument is: items, scales with cut-offs, decisions, contradictions and flags. Only data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core import Value
from uitknop.instruments.condition import Condition, items_of
from uitknop.instruments.text import Text

ItemKind = Literal["choice", "number", "many"]
Wording = Literal["own", "absent", "loaded"]
"""own: worded here. absent: an official instrument of which only the scoring is here. loaded: from the user's file."""

How = Literal["sum", "mean", "percent"]
Side = Literal["at_least", "above", "at_most", "below"]
Licence = Literal["own", "free", "non_commercial", "permission", "contract"]
"""What holds for the official wording; none of it is shipped."""

Urgency = Literal["now", "112", "today", "days", "doctor", "adapted", "help"]
"""now: help page at once. 112: emergency. today, days: see a doctor within that time. doctor: an appointment.
adapted: the app adapts itself. help: a help line."""

NONE = "none"
"""Key of "none of these" in an item with several answers; it stands alone."""


@dataclass(frozen=True, slots=True)
class Option(Value):
    """One answer to choose.

    Args:
        value: its number (ordinal); in an item with several answers its place.
        text: its words.
        key: its name in an item with several answers, else empty.
        code: LOINC code of the answer, where it has one.
    """

    value: int
    text: Text
    key: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Item(Value):
    """One question.

    Args:
        id: name inside the instrument.
        number: place, from 1.
        kind: choice (one of the options), number (low to high), many (any of the options, or none of these).
        low, high: limits of the number; of a choice its smallest and largest value.
        options: empty for a number, and for an official item whose wording is absent.
        text: None while the wording is absent.
        allowed: the only numbers that exist, where not all between low and high do.
        construct: what an official item is about, in a few words of ours; no wording.
        loinc: LOINC code, where it has one.
        needs: asked only when this holds.
        from_day: not asked before this day of using the app, from 1.
        label: "own wording, not validated" on every item worded here.
    """

    id: str
    number: int
    kind: ItemKind
    low: int
    high: int
    options: tuple[Option, ...] = ()
    text: Text | None = None
    allowed: tuple[int, ...] = ()
    construct: str = ""
    loinc: str = ""
    needs: Condition | None = None
    from_day: int = 1
    label: Text | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number that is an answer; empty in an item with several answers."""
        if self.kind == "many":
            return ()
        if self.options:
            return tuple(option.value for option in self.options)
        return self.allowed or tuple(range(self.low, self.high + 1))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that can be picked; empty in an item with one answer."""
        return tuple(option.key for option in self.options) if self.kind == "many" else ()


@dataclass(frozen=True, slots=True)
class Cutoff(Value):
    """A limit that others published.

    Args:
        side: which side of the limit it speaks of.
        value: in points of the scale.
        meaning: what its source calls that side.
        source: key of the source in the clinical reference, or a name and year.
        version: form the limit was made for.
        verified: whether the limit was checked against the source.
    """

    side: Side
    value: float
    meaning: Text
    source: str
    version: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Scale(Value):
    """How items become one number.

    Args:
        id: name inside the instrument.
        title: what it is called.
        items: the items that count.
        how: sum, mean, or percent of the way from the smallest to the largest possible sum.
        reversed: items counted from the other end: low + high - value.
        recode: what 0, 1, 2 ... become before anything else; empty for as they are.
        weights: one per item; empty for 1 each.
        factor: the result is multiplied by this.
        may_miss: so many items may be missing, only for a mean, and only where the publication says so.
        low, high: the smallest and largest result.
        cutoffs: published limits; they hold for the official wording only.
        verified: whether the allocation of items was checked against the source.
    """

    id: str
    title: Text
    items: tuple[str, ...]
    how: How
    low: float
    high: float
    reversed: tuple[str, ...] = ()
    recode: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    factor: float = 1.0
    may_miss: int = 0
    cutoffs: tuple[Cutoff, ...] = ()
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Decision(Value):
    """A question that answers decide: true, false or unknown.

    Args:
        id: name inside the instrument.
        when: what has to hold.
        yes, no, unknown: what is then said; None for an official rule, which says nothing by itself.
        source: where the rule is from.
        verified: whether the rule was checked against the source.
    """

    id: str
    when: Condition
    yes: Text | None
    no: Text | None
    unknown: Text | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Contradiction(Value):
    """Answers that can't both be meant: kept, but nothing is concluded from them until one is changed."""

    when: Condition
    text: Text

    @property
    def items(self) -> tuple[str, ...]:
        """The items that contradict each other."""
        return tuple(items_of(self.when))


@dataclass(frozen=True, slots=True)
class FlagRule(Value):
    """Answers that come before everything else."""

    id: str
    urgency: Urgency
    when: Condition


@dataclass(frozen=True, slots=True)
class Instrument(Value):
    """A list of questions with all that is known about it.

    Args:
        id: name; an instrument worded here never carries the name of an official one.
        version: changes whenever an item, an option or a rule does.
        title: what it is called.
        about: what it is for, in a sentence.
        wording: whose words the items have.
        licence: what holds for the official wording.
        period_days: the stretch of time it asks about; 0 when it asks about now.
        repeat_days: not asked again before so many days have gone by; 0 when nothing is known about that.
        reference: name of the publication.
        burden_taps: taps to fill in everything that is asked of everybody.
        unlimited: protection: asked whatever was asked that day already.
        panel, total: LOINC codes of the whole and of its total; also: codes of questions beside it.
        groups: how many groups the official form has, where each is a scale.
        wording_title, wording_language, wording_version: of loaded wording.
    """

    id: str
    version: str
    title: Text
    about: Text
    wording: Wording
    licence: Licence
    period_days: int
    reference: str
    burden_taps: int
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()
    decisions: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    flags: tuple[FlagRule, ...] = ()
    panel: str = ""
    total: str = ""
    also: tuple[str, ...] = ()
    groups: int = 0
    unlimited: bool = False
    repeat_days: int = 0
    wording_title: str = ""
    wording_language: str = ""
    wording_version: str = ""

    def __hash__(self) -> int:
        return hash((self.id, self.version))  # of the whole list it would take longer than what is looked up by it

    def item(self, name: str) -> Item | None:
        """The item of that name."""
        return next((item for item in self.items if item.id == name), None)

    def scale(self, name: str) -> Scale | None:
        """The scale of that name."""
        return next((scale for scale in self.scales if scale.id == name), None)

    @property
    def label(self) -> Text | None:
        """The label of an instrument worded here; None for an official one."""
        return next((item.label for item in self.items), None)
