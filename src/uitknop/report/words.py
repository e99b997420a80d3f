"""Which words in which language? The gettext catalogues, and how numbers, dates and plurals are written.

Every sentence a person sees goes through `Catalogue.say`, `count` or `pick`. The English sentence is the key; the
Dutch and the English catalogue both hold all of them, and a test fails when one is missing.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

from uitknop.core.errors import UitknopError
from uitknop.core.phrase import Phrase
from uitknop.core.span import Span
from uitknop.core.timeline import day_of, from_ms

Language = Literal["nl", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)

DOMAIN = "uitknop"


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "a sentence for the catalogue, said later"
    """`sentence` itself; marks it for the catalogue."""
    return sentence


WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


class _Spoken(float):
    """A float that formats itself with the decimal mark of a language."""

    mark = "."

    def __format__(self, spec: str) -> str:
        if not spec and float(self).is_integer():
            return str(int(self))
        return format(float(self), spec or (".3g" if abs(self) < 1000 else ".0f")).replace(".", self.mark)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language.

    >>> catalogue("en").say("{n} of {total}", n=1, total=2)
    '1 of 2'
    """

    lang: Language
    words: gettext.NullTranslations

    def say(self, sentence: Phrase | str, /, **fields: object) -> str:
        """A sentence in this language, with its fields filled in.

        Args:
            sentence: a phrase, or an English template from the catalogue.
            fields: what goes into a template given as text; numbers are written in this language.
        """
        phrase = sentence if isinstance(sentence, Phrase) else Phrase(sentence, fields)
        return self._fill(self.words.gettext(phrase.template), phrase.fields)

    def count(self, singular: str, plural: str, n: int, /, **fields: object) -> str:
        """The form for `n` of them, with `n` and the other fields filled in."""
        return self._fill(self.words.ngettext(singular, plural, n), {"n": n, **fields})

    def _fill(self, template: str, fields: Mapping[str, object]) -> str:
        said = template.format(**{name: self._spoken(value) for name, value in fields.items()}) if fields else template
        return said.replace(" %", "\N{NO-BREAK SPACE}%")

    def _spoken(self, value: object) -> object:
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, float):
            spoken = _Spoken(value)
            spoken.mark = self._decimal_mark
            return spoken
        return value

    @property
    def _decimal_mark(self) -> str:
        return self.words.pgettext("decimal mark", ".")

    def number(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """A number with a fixed count of decimals: "9", "0,14", "−4,2"; `signed` also writes the plus."""
        text = f"{value:+.{digits}f}" if signed else f"{value:.{digits}f}"
        if float(text) == 0:
            text = text.lstrip("+-")
        return text.replace("-", "\N{MINUS SIGN}").replace(".", self._decimal_mark)

    def listed(self, items: tuple[str, ...] | list[str]) -> str:
        """The items as a list in a sentence: "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return self.say("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])

    def day(self, t_ms: int, zone: str) -> str:
        """The person's day (04:00 to 04:00) a moment belongs to: "dinsdag 3 maart"."""
        return self._named(day_of(t_ms, zone))

    def dated(self, t_ms: int, zone: str) -> str:
        """The calendar date of a moment, with its year: "dinsdag 3 maart 2026"."""
        return f"{self.calendar_day(t_ms, zone)} {from_ms(t_ms, zone).year}"

    def moment(self, t_ms: int, zone: str | None) -> str:
        """Day and time: "dinsdag 3 maart 14:00"; without a clock, the time since the start: "1:05"."""
        if zone is None:
            return self.clock(t_ms, None)
        return f"{self.calendar_day(t_ms, zone)} {self.clock(t_ms, zone)}"

    def calendar_day(self, t_ms: int, zone: str) -> str:
        """The calendar day of a moment: "dinsdag 3 maart"."""
        return self._named(from_ms(t_ms, zone).date())

    def _named(self, day: date) -> str:
        return self.say(
            "{weekday} {day} {month}",
            weekday=self.say(WEEKDAYS[day.weekday()]),
            day=day.day,
            month=self.say(MONTHS[day.month - 1]),
        )

    def clock(self, t_ms: int, zone: str | None) -> str:
        """Time of day, "14:00"; without a clock, hours and minutes since the start of the recording, "1:05"."""
        if zone is None:
            hours, minutes = divmod(t_ms // 60_000, 60)
            return f"{hours}:{minutes:02d}"
        return f"{from_ms(t_ms, zone):%H:%M}"

    def between(self, span: Span, zone: str | None) -> str:
        """From when to when within a day: "14:00 tot 14:30"."""
        first, last = self.clock(span.start_ms, zone), self.clock(span.end_ms, zone)
        if zone is None:
            return self.say("{first} to {last} after the start", first=first, last=last)
        return self.say("{first} to {last}", first=first, last=last)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language.

    Raises:
        UitknopError: no such language, or its compiled words are not part of this installation.
    """
    known = next((name for name in LANGUAGES if name == lang), None)
    if known is None:
        raise UitknopError(Phrase('There are no words for language "{lang}". Choose nl or en.', {"lang": lang[:20]}))
    compiled = resources.files("uitknop").joinpath("locale", known, "LC_MESSAGES", f"{DOMAIN}.mo")
    if not compiled.is_file():
        raise UitknopError(
            Phrase(
                'The words for "{lang}" were not compiled. Install Uitknop again, or run "make words".',
                {"lang": known},
            )
        )
    with compiled.open("rb") as file:
        return Catalogue(known, gettext.GNUTranslations(file))
