"""How a person wants to see the app: language, colours, size, how many numbers, keys; the bad day is one of them.

It is kept in the file and, so that the locked page looks the same, in a cookie that says nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from uitknop.core import Value
from uitknop.report.words import LANGUAGES, Language

Theme = Literal["dark", "light", "dim"]
Size = Literal["usual", "large"]
Mode = Literal["quiet", "ordinary", "everything"]
Switch = Literal["on", "off"]

CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": LANGUAGES,
    "theme": get_args(Theme),
    "size": get_args(Size),
    "mode": get_args(Mode),
    "keys": get_args(Switch),
    "bad_day": ("off", "on"),
}
"""What may be chosen, the default first (but for the language)."""


@dataclass(frozen=True, slots=True)
class View(Value):
    """How it is shown.

    Args:
        lang: language.
        theme: colours; dark unless chosen otherwise.
        size: of the letters.
        mode: quiet shows no numbers, ordinary those that belong to an answer, everything all there are.
        keys: whether single keys of the keyboard do something.
        bad_day: whether all is as short as it can be.
    """

    lang: Language = "nl"
    theme: Theme = "dark"
    size: Size = "usual"
    mode: Mode = "quiet"
    keys: Switch = "on"
    bad_day: Switch = "off"

    @property
    def text(self) -> str:
        """As it is kept."""
        return ".".join((self.lang, self.theme, self.size, self.mode, self.keys, self.bad_day))

    def having(self, name: str, value: str) -> View:
        """The same with one thing chosen; what is no choice changes nothing."""
        if value not in CHOICES.get(name, ()):
            return self
        chosen: dict[str, Any] = {name: value}
        return replace(self, **chosen)


def view_from(text: str | None, lang: Language) -> View:
    """What was kept; whatever of it is no choice is the default.

    >>> view_from("en.dim.odd", "nl").text
    'en.dim.usual.quiet.on.off'
    """
    view = View(lang)
    for name, value in zip(CHOICES, (text or "").split("."), strict=False):
        view = view.having(name, value)
    return view
