"""What was answered to the lists worded here, in the words of their own options."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from uitknop.core.timeline import day_of
from uitknop.instruments import Answer, Answers, instrument
from uitknop.report.sheet.source import Stands
from uitknop.report.words import Language

NONE = "none"


@dataclass(frozen=True, slots=True)
class Picked:
    """The answers somebody stands on, looked up by list and item."""

    stands: Stands
    lang: Language

    def of(self, name: str) -> Answers | None:
        """The latest round of a list; None when it was never answered."""
        return next((one.answers for one in self.stands.answered if one.answers.instrument == name), None)

    def answer(self, name: str, item: str) -> Answer | None:
        """The answer to one item; None when there is none or it was passed over."""
        answers = self.of(name)
        found = None if answers is None else answers.of(item)
        return None if found is None or found.value is None else found

    def number(self, name: str, item: str) -> int | None:
        """The number that was answered to one item."""
        found = self.answer(name, item)
        return found.value if found is not None and isinstance(found.value, int) else None

    def option(self, name: str, item: str) -> str:
        """The words of the one option that was chosen; empty without one."""
        number, asked = self.number(name, item), instrument(name).item(item)
        options = () if asked is None else asked.options
        return next((option.text.said(self.lang) for option in options if option.value == number), "")

    def options(self, name: str, item: str) -> list[str]:
        """The words of every option that was picked, in the order of the list; "none of these" is not one."""
        found, asked = self.answer(name, item), instrument(name).item(item)
        keys = found.value if found is not None and isinstance(found.value, tuple) else ()
        options = () if asked is None else asked.options
        return [option.text.said(self.lang) for option in options if option.key in keys and option.key != NONE]

    def items_at_least(self, name: str, low: int) -> list[str]:
        """The words of every item of a list that was answered with `low` or more."""
        asked = [item for item in instrument(name).items if item.text and (self.number(name, item.id) or -1) >= low]
        return [of_me(item.text.said(self.lang)) for item in asked if item.text]

    def day(self, name: str) -> date | None:
        """The day of the last answer to a list."""
        answers = self.of(name)
        moments = [one.at_ms for one in answers.given if one.value is not None] if answers is not None else []
        return day_of(max(moments), self.stands.zone) if moments else None


def of_me(text: str) -> str:
    """The words of a question, as the person says them: "around you" becomes "around me".

    >>> of_me("Wat je lijf doet"), of_me("Movement around you")
    ('Wat mijn lijf doet', 'Movement around me')
    """
    for asked, said in ((r"om je heen", "om me heen"), (r"je", "mijn"), (r"your", "my"), (r"you", "me")):
        text = re.sub(rf"\b{asked}\b", said, text)
    return text


def lowered(text: str) -> str:
    """Words as they stand inside a sentence; what is written in capitals stays so."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def raised(text: str) -> str:
    """Words as they stand at the start of a sentence."""
    return text[:1].upper() + text[1:]
